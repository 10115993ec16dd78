"""Alerts in the therapist's chat: the list, taking one, opening it behind the PIN, closing it."""

from collections.abc import Callable
from datetime import timedelta
from enum import IntEnum
from uuid import UUID

from bot.messages.callback import MenuPress, for_menu, long_id, short_id, unpack
from bot.messages.fill import short
from bot.messages.message import Button, Message
from bot.store import alerts, audit, dues, groups, pins, staff
from bot.store.alerts import Alert
from bot.store.outbox import Kind
from bot.store.pins import Verdict
from bot.usecases import alert as alarms
from bot.usecases import alert_view
from bot.usecases.incoming import Command, Press, What, Words
from bot.usecases.office.reader import reader_of
from bot.usecases.office.today import Kind as Waits
from bot.usecases.office.today import today
from bot.usecases.scene import Scene

ASKS = "asks"
"""The kind of due row that holds what the next typed words of a member of staff are."""
UNLOCK = "unlock"
"""The kind of due row that ends the lock after too many wrong PINs."""
PATIENCE = timedelta(minutes=10)
"""So long a question about a PIN or a note stays open."""
LOCKED = timedelta(minutes=15)
LISTED = 20
PAGES = "page"
"""The command that opens the pages."""


class Asked(IntEnum):
    """What was asked: the PIN, a new PIN, the note that closes an alert."""

    PIN = 1
    NEW_PIN = 2
    NOTE = 3


def handle(scene: Scene, what: What) -> bool:
    """Does what a member of staff wants with alerts; False if it is about something else."""
    match what:
        case Press(data):
            meant = unpack(data)
            if isinstance(meant, MenuPress) and meant.verb in VERBS:
                VERBS[meant.verb](scene, meant.argument)
                return True
            put_away(scene)  # or a newcomer's four digits, typed next, would close the alert
        case Command("alerts"):
            alerts_page(scene)
            return True
        case Command():
            put_away(scene)
        case Words(text, mark, edited) if not edited:
            return typed(scene, text, mark)
    return False


def alerts_page(scene: Scene, _: str = "") -> None:
    """What is open and this member of staff's to see, and how much else waits on the pages; without
    any content."""
    mine = [each for each in alerts.all_open(scene.session) if _may(scene, each)]
    rows = [(_entry(scene, each),) for each in mine[:LISTED]]
    others = _others(scene)
    if others:
        rows.append((Button(text=scene.word("signin.open"), data=for_menu(PAGES)),))
    text = scene.kit.words.text(scene.language, "alerts/list", count=len(mine), others=others)
    scene.post(Message(text=text, buttons=tuple(rows)))


def _others(scene: Scene) -> int:
    """How many things besides alerts the page of the day has for this member of staff."""
    if scene.kit.pages is None:
        return 0
    reader = reader_of(scene.session, scene.kit, scene.person.id)
    if reader is None:
        return 0
    found = today(scene.session, scene.kit, reader, scene.now)
    return sum(each.kind is not Waits.ALERT for each in found.items)


def waiting_for(scene: Scene) -> int:
    """How many open alerts this member of staff may see."""
    return sum(_may(scene, each) for each in alerts.all_open(scene.session))


def _entry(scene: Scene, alert: Alert) -> Button:
    when = scene.viewer.day(alert.opened_at)
    if alert.taken_by is None:
        state = scene.word("alerts.staff.waits")
    else:
        state = scene.word("alerts.staff.with", name=_name(scene, alert.taken_by))
    verb = "take" if alert.taken_by is None else "alert"
    return Button(text=f"{when} · {state}", data=for_menu(verb, short_id(alert.id)))


def take(scene: Scene, argument: str) -> None:
    """[I take it]: the way up ends, everybody concerned is told. Needs no PIN: it shows nothing."""
    alert = _found(scene, argument)
    if alert is None:
        return
    if alert.taken_by not in (None, scene.person.id):
        scene.note = scene.word("alerts.staff.taken_by", name=_name(scene, alert.taken_by))
        return
    scene.settled = True
    if alert.taken_by is None:
        alert = alarms.take(scene, alert)
    buttons = (_button(scene, "alert", "open", alert), _button(scene, "close", "close", alert))
    text = scene.kit.words.text(scene.language, "alerts/taken")
    scene.post(Message(text=text, buttons=(buttons,)), kind=Kind.ALERT)


def open_alert(scene: Scene, argument: str) -> None:
    """[Open]: asks for the PIN, or for a new one the first time."""
    alert = _found(scene, argument)
    if alert is None:
        return
    programme = groups.programme(scene.session)
    if programme is not None and not programme.alerts_in_chat:
        _say(scene, "not_here")
        return
    if is_locked(scene):
        _say(scene, "locked")
        return
    known = pins.has_pin(scene.session, scene.person.id)
    _ask(scene, Asked.PIN if known else Asked.NEW_PIN, alert)
    _say(scene, "pin" if known else "new_pin")


def close(scene: Scene, argument: str) -> None:
    """[Close]: asks for the note without which nothing is closed."""
    alert = _found(scene, argument)
    if alert is not None:
        _ask(scene, Asked.NOTE, alert)
        _say(scene, "note")


def typed(scene: Scene, text: str, mark: int) -> bool:
    """The answer to what was asked; False if nothing was. What was typed leaves the chat."""
    key = asks_key(scene.person.id)
    asked = dues.find_due(scene.session, key)
    if asked is None or asked.at <= scene.now or asked.turn is None or asked.subject is None:
        return False
    scene.post(Message(text="", deletes=(mark,)))
    alert = alerts.get(scene.session, asked.subject)
    if alert is None or alert.is_closed:
        dues.clear_due(scene.session, key)
        _say(scene, "gone")
        return True
    match Asked(asked.turn):
        case Asked.NOTE:
            _close_with(scene, alert, text)
        case Asked.NEW_PIN:
            _choose_pin(scene, alert, text)
        case Asked.PIN:
            _try_pin(scene, alert, text)
    return True


def _close_with(scene: Scene, alert: Alert, note: str) -> None:
    if not alarms.is_note(note):
        _say(scene, "no_note")
        return
    alarms.close(scene, alert, note.strip())
    dues.clear_due(scene.session, asks_key(scene.person.id))
    _say(scene, "closed")


def _choose_pin(scene: Scene, alert: Alert, pin: str) -> None:
    if not pins.is_pin(pin.strip()):
        _say(scene, "new_pin")
        return
    pins.choose(scene.session, scene.kit.vault, scene.person.id, pin.strip())
    _ask(scene, Asked.PIN, alert)
    _say(scene, "again")


def _try_pin(scene: Scene, alert: Alert, pin: str) -> None:
    if is_locked(scene):
        _say(scene, "locked")
        return
    match pins.check(scene.session, scene.kit.vault, scene.person.id, pin.strip()):
        case Verdict.RIGHT:
            dues.clear_due(scene.session, asks_key(scene.person.id))
            _show(scene, alert)
        case Verdict.MISTYPED:
            _ask(scene, Asked.NEW_PIN, alert)
            _say(scene, "mistyped")
        case Verdict.WRONG:
            _say(scene, "wrong")
        case Verdict.LOCKED:
            lock(scene)
            _record(scene, alert, "pin.locked")
            _say(scene, "locked")


def _show(scene: Scene, alert: Alert) -> None:
    """The content, and in the same transaction the line in the audit trail."""
    _record(scene, alert, "alert.viewed")
    buttons = [_button(scene, "close", "close", alert)]
    if alert.taken_by is None:
        buttons.insert(0, _button(scene, "take", "take", alert))
    for message in alert_view.of_alert(scene, alert, tuple(buttons)):
        scene.post(message, kind=Kind.ALERT)


def unlock(scene: Scene) -> None:
    """The lock after too many wrong PINs is over."""
    pins.unlock(scene.session, scene.person.id)


def put_away(scene: Scene) -> None:
    """What was asked about an alert is not asked any more."""
    dues.clear_due(scene.session, asks_key(scene.person.id))


def lock(scene: Scene) -> None:
    """Too many wrong PINs: nothing opens for a while."""
    me, at = scene.person.id, scene.now + LOCKED
    dues.clear_due(scene.session, asks_key(me))
    dues.set_due(scene.session, me, UNLOCK, None, None, at, _lock_key(me), scene.now)


def is_locked(scene: Scene) -> bool:
    """Past its time a lock is over, even if the heartbeat has not come to it yet."""
    lock = dues.find_due(scene.session, _lock_key(scene.person.id))
    if lock is None:
        return False
    if lock.at > scene.now:
        return True
    dues.clear_due(scene.session, _lock_key(scene.person.id))
    pins.unlock(scene.session, scene.person.id)
    return False


def _found(scene: Scene, argument: str) -> Alert | None:
    """The alert a button names, if it is open and theirs to see; else the list, without a word."""
    alert_id = long_id(argument)
    alert = alerts.get(scene.session, alert_id) if alert_id is not None else None
    if alert is None or alert.is_closed or not _may(scene, alert):
        scene.note = scene.word("alerts.staff.gone")
        alerts_page(scene)
        return None
    return alert


def _may(scene: Scene, alert: Alert) -> bool:
    return alarms.may_see(scene.session, scene.kit, scene.person.id, alert)


def _ask(scene: Scene, asked: Asked, alert: Alert) -> None:
    me, at = scene.person.id, scene.now + PATIENCE
    dues.set_due(scene.session, me, ASKS, alert.id, asked.value, at, asks_key(me), scene.now)


def asks_key(me: UUID) -> str:
    """One such question is open at a time."""
    return f"asks.{me.hex}"


def _lock_key(me: UUID) -> str:
    return f"locked.{me.hex}"


def _say(scene: Scene, which: str) -> None:
    text = scene.kit.words.text(scene.language, "alerts/staff", which=which)
    scene.post(Message(text=text), kind=Kind.ALERT)


def _button(scene: Scene, verb: str, word: str, alert: Alert) -> Button:
    text = short(scene.word(f"alerts.buttons.{word}"), 40)
    return Button(text=text, data=for_menu(verb, short_id(alert.id)))


def _name(scene: Scene, staff_id: UUID | None) -> str:
    found = staff.get(scene.session, scene.kit.vault, staff_id) if staff_id is not None else None
    return found.name if found is not None else ""


def _record(scene: Scene, alert: Alert, action: str) -> None:
    audit.write(
        scene.session,
        actor=scene.person.id,
        subject=alert.person,
        action=action,
        reason=alert.source,
        now=scene.now,
    )


VERBS: dict[str, Callable[[Scene, str], None]] = {
    "alerts": alerts_page,
    "alert": open_alert,
    "take": take,
    "close": close,
}
"""What the buttons under an alert do; for the registry of the therapist's chat."""
