"""What somebody made up tells of an evening: mostly the check-in, now and then an exercise."""

from collections.abc import Mapping
from random import Random

from bot.cli.made_up.keeping import WEEKLY
from bot.cli.made_up.leo import LEO
from bot.cli.made_up.maya import MAYA
from bot.engine.run import Value
from bot.usecases import checkin
from bot.usecases.timetable.keep import MEASURE
from bot.usecases.timetable.wanted import LOOK

THOUGHTS = {
    "en": tuple(each for each in MAYA.told if each.exercise == "cbt.thought7"),
    "es": tuple(each for each in LEO.told if each.exercise == "cbt.thought7"),
}


def told(
    purpose: str, language: str, mood: float, random: Random
) -> tuple[str, Mapping[str, Value]]:
    """What was done that evening; mostly the check-in that came."""
    level, dice = round(mood), random.random()
    if purpose == MEASURE:
        return LOOK, {name: min(10, max(2, level + random.randint(-2, 2))) for name in WEEKLY}
    if dice < 0.62:
        carried = random.sample(("people", "rest", "moving", "doing", "skill", "faith"), 2)
        return checkin.EVENING, {
            "mood": level,
            "carried": tuple(carried),
            "safe_today": "yes",
            "skill_used": "yes" if random.random() < 0.6 else "no",
        }
    if dice < 0.88:
        now = max(0, min(6, 9 - level + random.randint(-2, 1)))
        return "check.craving", {"craving_now": now, "craving_worst": min(10, now + 2)}
    if dice < 0.96:
        before = max(3, min(10, 11 - level))
        after = max(0, before - random.randint(0, 4))
        return "breath.paced", {
            "body_check": "no",
            "tension_before": before,
            "length": "one",
            "tension_after": after,
        }
    thought = random.choice(THOUGHTS[language])
    return thought.exercise, thought.answers
