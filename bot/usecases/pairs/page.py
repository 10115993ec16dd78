"""/partner: who it is, what is seen, the promise; and every way out, none of them explained."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.care.pairing import Mute, Report, Rest, Stay
from bot.care.pairing.ticks import SHOWN, ticks
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import activity, pair_wishes, pairs, promises
from bot.store.pair_shares import Kind
from bot.store.pair_wishes import Wants
from bot.store.pairs import StoredPair
from bot.store.people import Standing
from bot.usecases.pairs import asking, looking_back, notes, own, sharing, telling
from bot.usecases.pairs.own import button
from bot.usecases.scene import Scene


def page(scene: Scene, _: str = "") -> None:
    """How it stands, as far as this person may know."""
    stored = own.live(scene)
    if not own.are_on(scene) and stored is None:
        scene.say("pairs/none", on=False, wants="")
    elif stored is None:
        _nobody(scene)
    elif not own.is_on(stored):
        asking.again(scene, stored)
    else:
        _with(scene, stored)


def _nobody(scene: Scene) -> None:
    wish = pair_wishes.get(scene.session, scene.kit.vault, scene.person.id)
    member = scene.person.standing is Standing.MEMBER
    rows: Rows = ()
    if member:
        other = "no" if wish.wants is Wants.YES else "yes"
        rows = (
            (button(scene, "want" if other == "yes" else "want_no", "want", other),),
            (button(scene, "about_me", "wish"),),
        )
        if wish.wants is Wants.OPEN:
            rows = (rows[0], (button(scene, "want_no", "want", "no"),), rows[1])
    rows = (*rows, _menu(scene))
    text = scene.kit.words.text(
        scene.language, "pairs/none", on=member, wants=wish.wants.value if member else ""
    )
    scene.post(Message(text=text, buttons=rows, protect=True))


def _with(scene: Scene, stored: StoredPair) -> None:
    me, promise = stored.pair.side(scene.person.id), None
    found = promises.open_of(scene.session, scene.kit.vault, scene.person.id, stored.id)
    if found is not None:
        day = str(format_date(found.day, "EEEE d", locale=scene.language))
        promise = {"text": found.text, "day": day}
    text = scene.kit.words.text(
        scene.language,
        "pairs/page",
        alias=own.partner(scene, stored),
        tick=_tick(scene, stored),
        promise=promise,
        muted=me.muted,
        resting=me.paused,
        reported=me.reported,
        shares=[
            scene.word(f"pairs.kinds.{kind}")
            for kind in Kind
            if kind in sharing.seen(scene, stored, scene.person.id)
        ],
    )
    scene.post(Message(text=text, buttons=_buttons(scene, stored), protect=True))


def _tick(scene: Scene, stored: StoredPair) -> dict[str, object] | None:
    """The last day that was looked at, if the other one lets it be seen. Also while they rest: it
    must not be seen from what is missing that somebody paused."""
    other = telling.other(scene, stored.partner_of(scene.person.id))
    if other is None or stored.pair.side(other.id).reported:
        return None
    if Kind.CHECKIN not in sharing.seen(scene, stored, other.id):
        return None
    since = scene.now - timedelta(days=SHOWN + 1)
    moments = activity.finished(scene.session, other.id, since)
    last = ticks(moments, scene.now, ZoneInfo(other.zone))[-1]
    day = str(format_date(last.day, "EEEE", locale=scene.language))
    return {"day": day, "was_here": last.was_here}


def _buttons(scene: Scene, stored: StoredPair) -> Rows:
    me, pair = stored.pair.side(scene.person.id), stored.id
    rows: list[tuple[Button, ...]] = []
    if me.paused:
        rows.append((button(scene, "go_on", "rest", 0, pair),))
    elif not me.reported:
        rows.append((button(scene, "phrases", "phrases", pair),))
        if own.notes_are_on(scene):
            rows.append((button(scene, "note", "note", pair),))
        rows.append((button(scene, "promise", "promise", pair),))
    rows.append((button(scene, "shares", "share", pair),))
    muting = button(scene, "unmute" if me.muted else "mute", "mute", int(not me.muted), pair)
    resting = button(scene, "rest", "rest", 1, pair)
    rows.append((muting,) if me.paused else (muting, resting))
    rows.append((button(scene, "end", "end", pair), button(scene, "report", "report", pair)))
    rows.append(_menu(scene))
    return tuple(rows)


def _menu(scene: Scene) -> tuple[Button, ...]:
    return (Button(text=scene.word("buttons.menu"), data=for_menu("menu")),)


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
        pairs.block(scene.session, me, stored.partner_of(me), scene.now)
        asking.end(scene, stored)
        scene.say("pairs/said", what="blocked", alias="")


def report(scene: Scene, argument: str) -> None:
    """One tap: nothing passes any more, and the therapist is told. The other is not."""
    stored = _named(scene, argument)
    if stored is None or not own.is_on(stored):
        return
    if stored.pair.side(scene.person.id).reported:
        scene.note = scene.word("notes.answered")
        return
    pairs.take(scene.session, stored.id, Report(scene.person.id), scene.now)
    notes.tell_team(scene, "partner_report")


def want(scene: Scene, answer: str) -> None:
    """Whether they would like a partner at all."""
    scene.settled = True
    looking_back.wish(scene, Wants.YES if answer == "yes" else Wants.NO)
    scene.say("pairs/said", what="wants" if answer == "yes" else "wants_not", alias="")


def ask_to_stay(scene: Scene) -> None:
    """Asks whether the pair shall go on after the programme; both must say yes."""
    stored = own.live(scene)
    if stored is None or not own.is_on(stored):
        return
    rows = (
        (button(scene, "stay_yes", "stay", 1, stored.id),),
        (button(scene, "stay_no", "stay", 0, stored.id),),
    )
    text = scene.kit.words.text(scene.language, "pairs/stay", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=rows))


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
