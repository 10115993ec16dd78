"""Every way out of a pair, each one or two taps: mute, pause, end, block, report. None is told."""

from bot.care.pairing import Mute, Report, Rest, Stay
from bot.messages.message import Message
from bot.store import pair_blocks, pairs, people
from bot.store.outbox import guards
from bot.store.pairs import StoredPair
from bot.usecases.pairs import asking, looking_back, notes, own, telling
from bot.usecases.pairs.own import button
from bot.usecases.scene import Scene


def mute(scene: Scene, argument: str) -> None:
    """Receive nothing from the other, or again something."""
    on, stored = _switch(scene, argument)
    if stored is not None:
        pairs.take(scene.session, stored.id, Mute(scene.person.id, on), scene.now)
        _done(scene, "muted" if on else "unmuted", stored)


def rest(scene: Scene, argument: str) -> None:
    """Pause the pair, or go on with it."""
    on, stored = _switch(scene, argument)
    if stored is not None:
        pairs.take(scene.session, stored.id, Rest(scene.person.id, on), scene.now)
        _done(scene, "resting" if on else "going_on", stored)


def stay(scene: Scene, argument: str) -> None:
    """Go on together after the programme, or not; it needs both."""
    on, stored = _switch(scene, argument)
    if stored is not None:
        pairs.take(scene.session, stored.id, Stay(scene.person.id, on), scene.now)
        _done(scene, "stays" if on else "stays_not", stored)


def end(scene: Scene, argument: str) -> None:
    """Asks once, because a slip of the thumb must not end it."""
    stored = own.named(scene, argument)
    if stored is None:
        asking.gone(scene)
        return
    rows = (
        (button(scene, "end_yes", "ended", stored.id),),
        (button(scene, "end_another", "another", stored.id),),
        (button(scene, "end_block", "block", stored.id),),
        (button(scene, "end_no", "page"),),
    )
    text = scene.kit.words.text(scene.language, "pairs/end", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=rows))


def ended(scene: Scene, argument: str) -> None:
    """It is over."""
    stored = _named(scene, argument)
    if stored is not None:
        asking.end(scene, stored)
        scene.say("pairs/said", what="ended", alias="")


def another(scene: Scene, argument: str) -> None:
    """It is over, and somebody else would be welcome."""
    stored = _named(scene, argument)
    if stored is not None:
        looking_back.another(scene, stored)


def block(scene: Scene, argument: str) -> None:
    """It is over, and these two are never proposed to each other again."""
    stored = _named(scene, argument)
    if stored is not None:
        me = scene.person.id
        pair_blocks.block(scene.session, me, stored.partner_of(me), scene.now)
        asking.end(scene, stored)
        scene.say("pairs/said", what="blocked", alias="")


def report(scene: Scene, argument: str) -> None:
    """Says first what it does, and asks once: "tell my team" does not sound like an end, and only
    the therapist can take it back."""
    stored = own.named(scene, argument)
    if stored is None:
        asking.gone(scene)
        return
    if stored.pair.side(scene.person.id).reported:
        scene.note = scene.word("notes.answered")
        return
    rows = (
        (button(scene, "report_yes", "reported", stored.id),),
        (button(scene, "report_no", "page"),),
    )
    alias, other = own.partner(scene, stored), scene.word("alerts.buttons.call_me")
    text = scene.kit.words.text(scene.language, "pairs/report", alias=alias, other=other)
    scene.post(Message(text=text, buttons=rows))


def reported(scene: Scene, argument: str) -> None:
    """Nothing passes any more, and the therapist is told. The other is not."""
    stored = _named(scene, argument)
    if stored is None or not own.is_on(stored):
        return
    if stored.pair.side(scene.person.id).reported:
        scene.note = scene.word("notes.answered")
        return
    pairs.take(scene.session, stored.id, Report(scene.person.id), scene.now)
    notes.tell_team(scene, "partner_report")


def ask_to_stay(scene: Scene) -> None:
    """Asks both whether the pair shall go on after the programme; both must say yes."""
    stored = own.live(scene)
    if stored is None or not own.is_on(stored):
        return
    for one in stored.people:
        person = people.get(scene.session, one)
        if person is not None:
            _ask_to_stay(scene if one == scene.person.id else scene.beside(person), stored)


def _ask_to_stay(theirs: Scene, stored: StoredPair) -> None:
    rows = (
        (button(theirs, "stay_yes", "stay", 1, stored.id),),
        (button(theirs, "stay_no", "stay", 0, stored.id),),
    )
    guard = guards.going(stored.id, theirs.person.id)
    key = f"pair-stay.{stored.id.hex}.{theirs.person.id.hex}"
    alias = own.partner(theirs, stored)
    telling.write(theirs, "stay", rows, guard=guard, key=key, alias=alias)


def _named(scene: Scene, short: str) -> StoredPair | None:
    stored = own.named(scene, short)
    if stored is None:
        asking.gone(scene)
    scene.settled = stored is not None
    return stored


def _switch(scene: Scene, argument: str) -> tuple[bool, StoredPair | None]:
    on, _, short = argument.partition(".")
    stored = _named(scene, short)
    return on == "1", stored if stored is not None and own.is_on(stored) else None


def _done(scene: Scene, what: str, stored: StoredPair) -> None:
    back = (button(scene, "page", "page"),)
    text = scene.kit.words.text(
        scene.language, "pairs/said", what=what, alias=own.partner(scene, stored)
    )
    scene.post(Message(text=text, buttons=(back,)))
