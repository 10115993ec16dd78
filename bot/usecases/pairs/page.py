"""/partner: who it is, what may be seen, the promise, and the ways on and out."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.care.pairing.ticks import SHOWN, ticks
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import activity, pair_wishes, promises
from bot.store.pair_shares import Kind
from bot.store.pair_wishes import Wants
from bot.store.pairs import StoredPair
from bot.store.people import Standing
from bot.usecases.pairs import asking, looking_back, own, sharing, telling
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
    tick = _tick(scene, stored)
    text = scene.kit.words.text(
        scene.language,
        "pairs/page",
        alias=own.partner(scene, stored),
        tick=tick,
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
    # A tick may have been asked for while Telegram was slow, and taken back meanwhile.
    other = stored.partner_of(scene.person.id)
    guard = None if tick is None else sharing.guard(scene, stored, other, Kind.CHECKIN)
    scene.post(Message(text=text, buttons=_buttons(scene, stored), protect=True), guard=guard)


def _tick(scene: Scene, stored: StoredPair) -> dict[str, object] | None:
    """The last day that was looked at, if the other one lets it be seen; nothing of before there
    was a pair, and so no “no” for the day it began: they may well have been here that morning. Also
    while they rest: it must not be seen from what is missing that somebody paused.
    """
    other, begun = telling.other(scene, stored.partner_of(scene.person.id)), stored.active_at
    if other is None or begun is None or stored.pair.side(other.id).reported:
        return None
    if Kind.CHECKIN not in sharing.seen(scene, stored, other.id):
        return None
    since = max(begun, scene.now - timedelta(days=SHOWN + 1))
    moments, zone = activity.finished(scene.session, other.id, since), ZoneInfo(other.zone)
    last = ticks(moments, scene.now, zone)[-1]
    first = begun.astimezone(zone).date()
    if last.day < first or (last.day == first and not last.was_here):
        return None
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


def want(scene: Scene, answer: str) -> None:
    """Whether they would like a partner at all."""
    scene.settled = True
    looking_back.wish(scene, Wants.YES if answer == "yes" else Wants.NO)
    scene.say("pairs/said", what="wants" if answer == "yes" else "wants_not", alias="")
