"""One tap, one phrase: counted, held over quiet hours, and never sent twice.

Whoever sends hears the same words whether it passes or not, so that nobody can find out that they
were muted, that the other rests, or that the other paused everything.
"""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.catalog.phrases import PhraseKind
from bot.messages.message import Message, Rows
from bot.store import dues, nudges, pairs
from bot.store.dues import Due
from bot.store.nudges import Nudge
from bot.store.outbox import Kind, guards
from bot.store.pairs import StoredPair
from bot.store.people import Participant
from bot.usecases import alert as alarms
from bot.usecases import consented
from bot.usecases.pairs import own, telling
from bot.usecases.pairs.own import button, pressing
from bot.usecases.scene import Scene

HEAVY = "heavy"
"""Stands in the ledger instead of a phrase: a note that was more than a partner should carry."""

ONE_TAP = timedelta(minutes=1)
"""The same phrase again within this is the same tap: a trembling thumb sent it three times, and
had nothing left for the day."""


def page(scene: Scene, argument: str) -> None:
    """What can be sent, each with one tap."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    offered = phrase_rows(scene, stored, PhraseKind.HELLO, PhraseKind.ASK)
    rows = (*offered, (button(scene, "page", "page"),))
    text = scene.kit.words.text(
        scene.language, "pairs/phrases", alias=own.partner(scene, stored), most=nudges.A_DAY
    )
    scene.post(Message(text=text, buttons=rows))


def say(scene: Scene, argument: str) -> None:
    """One phrase to the other."""
    phrase, _, short = argument.partition(".")
    stored = own.named(scene, short)
    if stored is None or not own.is_on(stored) or scene.kit.phrases.kind(phrase) is None:
        scene.note = scene.word("pairs.notes.gone")
        return
    alias = own.partner(scene, stored)
    if rests(stored, scene.person.id):
        scene.note = scene.word("pairs.notes.you_rest")
    elif send(scene, stored, phrase=phrase):
        scene.note = scene.word("pairs.notes.passed", alias=alias)
    else:
        scene.note = scene.word("pairs.notes.full", alias=alias, most=nudges.A_DAY)


def rests(stored: StoredPair, person: UUID) -> bool:
    """Whether this one of the two has put the pair to rest, which they know."""
    me = stored.pair.side(person)
    return me.paused or me.reported


def not_today(scene: Scene, _: str) -> None:
    """Nothing is sent, and nobody hears of it."""
    scene.settled = True
    scene.note = scene.word("pairs.notes.not_today")


def send(
    scene: Scene, stored: StoredPair, *, phrase: str | None = None, note: str | None = None
) -> bool:
    """Counts it and passes it on now or after the quiet hours; False where the day is full."""
    other = telling.other(scene, stored.partner_of(scene.person.id))
    if other is None:
        return True
    at = own.awake_at(scene, other, scene.now)
    day = at.astimezone(ZoneInfo(other.zone)).date()
    giver = scene.person.id
    if phrase == HEAVY and nudges.was_said(scene.session, stored.id, giver, day, HEAVY):
        return True  # once is enough to know; told again and again, the partner would keep watch
    since = scene.now - ONE_TAP
    if phrase and nudges.was_said(scene.session, stored.id, giver, day, phrase, since):
        return True
    nudge = nudges.add(
        *(scene.session, scene.kit.vault, stored.id, (scene.person.id, other.id), day, scene.now),
        phrase=phrase,
        note=note,
    )
    if nudge is None:
        return False
    if at <= scene.now:
        deliver(scene.beside(other), stored, nudge)
    else:
        _hold(scene, other, nudge, at)
    return True


def _hold(scene: Scene, other: Participant, nudge: Nudge, at: datetime) -> None:
    # Not in the outbox: there it would stand before everything else that is for this person.
    dues.set_due(scene.session, other.id, telling.HELD, nudge.id, None, at, nudge.key, scene.now)


def ring(scene: Scene, due: Due) -> None:
    """The quiet hours are over: what still holds goes on."""
    nudge = nudges.get(scene.session, due.subject) if due.subject is not None else None
    stored = pairs.get(scene.session, nudge.pair) if nudge is not None else None
    if nudge is None or stored is None:
        return
    if own.today(scene) != nudge.day:  # we were down, or the zone has changed: it has expired
        nudges.forget_note(scene.session, nudge.id)
        return
    deliver(scene, stored, nudge)


def deliver(theirs: Scene, stored: StoredPair, nudge: Nudge) -> None:
    """Queues it for the receiver (of this scene), in their language, if it may pass at all."""
    receiver = theirs.person.id
    note = nudges.note_of(theirs.session, theirs.kit.vault, nudge, receiver)
    if nudge.sealed_note is not None:
        nudges.forget_note(theirs.session, nudge.id)
    if nudge.phrase == HEAVY and alarms.has_open(theirs.session, receiver):
        return  # nobody who may be in danger is asked for a kind line to somebody who is
    passes = guards.passes(stored.id, receiver)
    if not guards.holds(theirs.session, passes, theirs.now):
        return
    alias = own.alias(theirs, nudge.giver)
    text, rows = _said(theirs, stored, nudge, alias, note)
    telling.post(theirs, text, rows, guard=passes, key=nudge.key, kind=Kind.NUDGE)


def _said(
    theirs: Scene, stored: StoredPair, nudge: Nudge, alias: str, note: str | None
) -> tuple[str, Rows]:
    """What arrives: alias and phrase, alias and note, or that it was too heavy to pass on."""
    fill, language = theirs.kit.words.text, theirs.language
    if nudge.phrase == HEAVY:
        return fill(language, "pairs/heavy", alias=alias), heavy_rows(theirs, stored)
    phrase = nudge.phrase or ""
    words = note or theirs.kit.phrases.text(language, phrase) or ""
    text = fill(language, "pairs/nudge", alias=alias, words=words, is_note=note is not None)
    asks = theirs.kit.phrases.kind(phrase) is PhraseKind.ASK
    return text, _answers(theirs, stored, asks=asks, is_note=note is not None)


def _answers(scene: Scene, stored: StoredPair, *, asks: bool, is_note: bool) -> Rows:
    rows = phrase_rows(scene, stored, PhraseKind.REPLY)
    last = [button(scene, "nottoday", "nottoday")] if asks else []
    if is_note:
        last.append(button(scene, "report", "report", stored.id))
    return (*rows, tuple(last)) if last else rows


def heavy_rows(scene: Scene, stored: StoredPair) -> Rows:
    """One phrase to send, and how it was for them."""
    glad = phrase_rows(scene, stored, PhraseKind.GLAD)
    name = therapist(scene)
    return (
        *glad,
        (button(scene, "hard_fine", "hard", "fine"), button(scene, "hard_tool", "hard", "tool")),
        (button(scene, "hard_tell", "hard", "tell", therapist=name),),
    )


def therapist(scene: Scene) -> str:
    """Who looks after this person's group, by name; the team where that is nobody."""
    names = consented.team(scene)
    return names[0] if names else scene.word("alerts.team")


def phrase_rows(scene: Scene, stored: StoredPair, *kinds: PhraseKind) -> Rows:
    """The phrases of these kinds as buttons, in the person's own language."""
    ids = scene.kit.phrases.of_kind(*kinds)
    known = ((each, scene.kit.phrases.text(scene.language, each)) for each in ids)
    return tuple((pressing(text, "say", each, stored.id),) for each, text in known if text)
