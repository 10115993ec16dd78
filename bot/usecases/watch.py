"""Every word a person sends is read for danger before anything else is done with it."""

from collections.abc import Callable

from bot.care import cards
from bot.care.risk import Finding, Tier, screen, screen_joined
from bot.messages.callback import MenuPress, unpack
from bot.store import recent
from bot.store.alert_items import Item, of_answer
from bot.store.people import Standing
from bot.store.recent import Said
from bot.usecases import alert as alarms
from bot.usecases import below_card, card, hello, help_now
from bot.usecases.incoming import Attachment, Command, Membership, Press, What, Words
from bot.usecases.scene import Scene

BETWEEN_REASONS = "; "
SAFETY: dict[str, Callable[[Scene, str], None]] = {
    "help": help_now.help_now,
    "country": help_now.countries,
    "barrier": help_now.barrier,
    "hello": hello.told,
    **below_card.VERBS,
}
"""Buttons that work for everybody whom a team knows, whatever they are to the programme."""


def watch(scene: Scene, what: What) -> None:
    """Screens what was written, alone and with the minute before; on a hit help goes first.

    Nothing is lost for it: whoever calls goes on as if nothing had been found. Only an exercise's
    next question waits below the whole card of a crisis (`Scene.halts`), for one tap.
    """
    if scene.person.standing is Standing.STAFF:
        return
    text, mark = _words(what)
    if _is_known_command(scene, what):  # "/start", then "alcohol", would be a start with alcohol
        return
    if not text.strip() or scene.kit.words.is_key(text):
        return
    if scene.person.standing is Standing.STRANGER:
        found = screen(text, scene.kit.rules)
        if found.tier > Tier.NONE:
            card.for_stranger(scene, cards.of_words(found.tier, found.categories))
        return
    found, together = _screened(scene, text, mark)
    scene.heavy = found.tier > Tier.NONE
    if found.tier > Tier.NONE:
        item = Item(
            at=scene.now,
            tier=found.tier.value,
            source="words",
            reason=reasons(found),
            text=together,
        )
        card.alarm(scene, found.tier, item, cards.of_words(found.tier, found.categories))


def _screened(scene: Scene, text: str, mark: int) -> tuple[Finding, str]:
    """What was found, and in which words: the text alone, unless the minute before adds to it.

    People part a sentence over several messages. What those said already is not found again.
    """
    session, vault, person = scene.session, scene.kit.vault, scene.person.id
    before = recent.within_a_minute(session, vault, person, scene.now)
    before = [said for said in before if not mark or said.mark != mark]  # an edit replaces it
    found, words = screen(text, scene.kit.rules), text
    if before:
        known = max(found.tier, *(said.tier for said in before))
        texts = [*(said.text for said in before), text]
        several = screen_joined(texts, scene.kit.rules)
        if several.tier > known:
            found, words = several, "\n".join(texts)
    said = Said(at=scene.now, mark=mark, text=text, tier=found.tier)
    recent.keep(session, vault, person, [*before, said], scene.now)
    return found, words


def reasons(found: Finding) -> str:
    """Why it counts, in the words of the phrase files: the gravest first."""
    counted = (hit.reason for hit in found.hits if hit.tier > Tier.NONE)
    return BETWEEN_REASONS.join(list(dict.fromkeys(counted))[:3])


def heed(scene: Scene) -> None:
    """Answers (of a questionnaire, a diary, a safety question) that speak of danger: each signal
    brings the card and the alert that words would. Call it once all that happened was handled."""
    for where in scene.altered:
        alarms.note_altered(scene, where)
    for raised in scene.signals:
        tier = Tier(raised.tier)
        item = Item(
            at=scene.now,
            tier=tier.value,
            source="answer",
            reason=of_answer(raised.exercise, raised.reason),
            text=raised.answered,
            today=raised.today,
        )
        card.alarm(scene, tier, item, cards.of_answer(tier, raised.reason))


def press(scene: Scene, what: What) -> bool:
    """Does what a safety button says for a newcomer or somebody discharged; False if it is none."""
    meant = unpack(what.data) if isinstance(what, Press) else None
    if scene.person.standing in (Standing.STRANGER, Standing.STAFF):
        return False
    match meant:
        case MenuPress(verb, argument) if verb in SAFETY:
            SAFETY[verb](scene, argument)
            return True
    return False


def _is_known_command(scene: Scene, what: What) -> bool:
    known = scene.kit.words.short(scene.language)["commands"]
    return isinstance(what, Command) and not what.argument and what.name in known


def _words(what: What) -> tuple[str, int]:
    """What of it the person wrote, and the mark that an edit has in common with its original."""
    match what:
        case Words(text, mark):
            return text, mark
        case Command(name, argument):
            return f"{name} {argument}".strip(), 0
        case Attachment(caption=caption):
            return caption, 0
        case Press() | Membership():
            return "", 0
