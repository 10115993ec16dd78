"""A quiet minute together: both press start within a quarter of an hour, both get the bell."""

from datetime import timedelta

from bot.messages.message import Message, Rows
from bot.store import dues, people
from bot.store.dues import Due
from bot.store.outbox import Kind, guards
from bot.store.pairs import StoredPair
from bot.store.people import Participant
from bot.usecases.pairs import own as pair_own
from bot.usecases.pairs.telling import due_key
from bot.usecases.roleplay import ledger, own
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene

WAIT, BELL = "play-minute", "play-bell"
"""The kinds of due rows: somebody waits for the other; the minute is over."""
PATIENCE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


def start(scene: Scene, _: str = "") -> None:
    """They are ready; it begins when the other one is, too."""
    pair = own.together(scene)
    if pair is None:
        scene.note = scene.word("notes.old_button")
        return
    other = people.look(scene.session, pair.partner_of(scene.person.id))
    if other is None:
        return
    alias = pair_own.alias(scene, other.id)
    if _waits(scene, pair, other) and _both_may(scene, pair):
        dues.clear_due(scene.session, due_key(WAIT, pair.id, other.id))
        dues.clear_due(scene.session, due_key(WAIT, pair.id, scene.person.id))
        for each in (scene, scene.beside(other)):
            _begin(each, alias=pair_own.partner(each, pair))
    elif _waits(scene, pair, scene.person):
        scene.note = scene.word("roleplay.notes.waits", alias=alias)
    else:
        _ask(scene, pair, other, alias)


def _ask(scene: Scene, pair: StoredPair, other: Participant, alias: str) -> None:
    """The other one is asked, if it is not quiet there: a minute cannot wait for the morning."""
    scene.settled = True
    awake = ledger.when(scene, other.id) == scene.now
    if awake and not ledger.count(scene, pair, other.id, scene.now, ledger.MINUTE):
        scene.note = scene.word("roleplay.notes.full", alias=alias)
        return
    key, at = due_key(WAIT, pair.id, scene.person.id), scene.now + PATIENCE
    me = scene.person.id
    dues.set_due(scene.session, me, WAIT, pair.id, None, at, key, scene.now)
    scene.expect(at)
    scene.post(_message(scene, "wait", alias, ((button(scene, "minute_alone", "calm"),),)))
    if awake and _both_may(scene, pair):
        _invite(scene.beside(other), pair)


def _invite(theirs: Scene, pair: StoredPair) -> None:
    rows: Rows = (
        (button(theirs, "minute_yes", "minute"),),
        (button(theirs, "not_today", "nottoday"),),
    )
    message = _message(theirs, "invite", pair_own.partner(theirs, pair), rows)
    both = " ".join(guards.passes(pair.id, each) for each in pair.people)
    theirs.post(
        message,
        kind=Kind.NUDGE,
        guard=f"{both} {guards.loud(theirs.person.id)}",
        expires_at=theirs.now + PATIENCE,
    )


def alone(scene: Scene, _: str = "") -> None:
    """The minute for one."""
    scene.settled = True
    _begin(scene, alias="")


def not_today(scene: Scene, _: str = "") -> None:
    """Nobody hears of it."""
    scene.settled = True
    scene.note = scene.word("pairs.notes.not_today")


def _begin(scene: Scene, *, alias: str) -> None:
    me, at = scene.person.id, scene.now + MINUTE
    dues.set_due(scene.session, me, BELL, None, None, at, f"{BELL}.{me.hex}", scene.now)
    scene.expect(at)
    scene.post(_message(scene, "begin", alias, ()))


def ring_wait(scene: Scene, _: Due) -> None:
    """The quarter of an hour is over, and the other one was elsewhere."""
    alone_now = (button(scene, "minute_alone", "calm"),)
    message = _message(scene, "nobody", "", (alone_now,))
    guard = guards.unpaused(scene.person.id)
    scene.post(message, kind=Kind.CHECKIN, guard=guard, expires_at=scene.now + PATIENCE)


def ring_bell(scene: Scene, _: Due) -> None:
    """The minute is over."""
    scene.post(bell(scene), expires_at=scene.now + PATIENCE)


def bell(scene: Scene) -> Message:
    """The bell at the end; a voice note of it is attached here, and nowhere else."""
    return _message(scene, "bell", "", ((button(scene, "partner", "partner"),),))


def _waits(scene: Scene, pair: StoredPair, person: Participant) -> bool:
    due = dues.find_due(scene.session, due_key(WAIT, pair.id, person.id))
    return due is not None and due.at > scene.now


def _both_may(scene: Scene, pair: StoredPair) -> bool:
    both = " ".join(guards.passes(pair.id, each) for each in pair.people)
    return guards.holds(scene.session, both, scene.now)


def _message(scene: Scene, which: str, alias: str, rows: Rows) -> Message:
    text = scene.kit.words.text(scene.language, "roleplay/minute", which=which, alias=alias)
    return Message(text=text, buttons=rows)
