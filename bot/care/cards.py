"""Which card answers what was found in words, or in an answer that was tapped."""

from collections.abc import Collection

from bot.catalog.risk import Tier

WANTS_TEAM = "wants_team"
"""They said yes to being called back: what they asked for is answered, in one line."""
_ANSWERED = {
    "unsafe": "unsafe",  # from whom, and whether there is an act to be thought of, is not said yet
    "danger_now": "danger",
    "unsafe_by_other": "danger",
    "someone_hurts": "abuse",
    "unsafe_to_other": "harm",
    "hurt_now": "self_harm",
    "lapse_danger": "overdose",  # “took a lot, mixed things or feel unwell”
    "lapse_unsure": "lapse",
    "withdrawal_danger": "withdrawal",
    "withdrawal": "concern",  # sweating, shaking: the exercise says whom to call today
}
"""Which card fits an answer, by the reason of its signal: “if you might act on this” was said to
whoever had tapped a seizure. All other answers get the plain card of their tier."""


def of_words(tier: Tier, categories: Collection[str]) -> str:
    """Which card fits what was found (clinical notes, D3 and D4)."""
    found = set(categories)
    crisis = tier is Tier.CRISIS
    if found == {WANTS_TEAM}:
        return WANTS_TEAM
    if "withdrawal" in found:
        return "withdrawal"
    if crisis and "overdose" in found:
        return "overdose"
    if crisis and "suicide" in found and "violence" not in found:
        return "crisis"  # its words hold for others in danger too; those of "harm" not for oneself
    if found & {"harm_to_others", "harm_others", "temper"}:
        return "harm"
    if found & {"abuse", "violence"}:
        return "danger" if crisis else "abuse"
    if crisis:
        return "self_harm" if found == {"self_harm"} else "crisis"
    return "lapse" if found and found <= {"relapse", "lapse"} else "concern"


def of_answer(tier: Tier, reason: str) -> str:
    """Which card fits what was answered."""
    return _ANSWERED.get(reason) or of_words(tier, (reason,))
