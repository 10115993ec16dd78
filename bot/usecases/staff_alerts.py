"""Alerts in the therapist's chat: the list, taking one, opening it behind the PIN, closing it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.messages.callback import MenuPress, for_menu, long_id, short_id, unpack
from bot.messages.fill import short
from bot.messages.message import Button, Message
from bot.store import alerts, groups, pairs, staff
from bot.store.alerts import Alert
from bot.store.outbox import Kind, guards
from bot.store.pins import Verdict
from bot.usecases import alert as alarms
from bot.usecases import alert_view, staff_pin
from bot.usecases.incoming import Command, Press, What, Words
from bot.usecases.office.reader import reader_of
from bot.usecases.office.today import Kind as Waits
from bot.usecases.office.today import today
from bot.usecases.pairs import deciding
from bot.usecases.scene import Scene
from bot.usecases.staff_pin import Asked

ASKS = "asks"
"""The kind of due row that holds what the next typed words of a member of staff are."""
LISTED = 20
PAGES = "page"
"""The command that opens the pages."""


def handle(scene: Scene, what: What) -> bool:
    """Does what a member of staff wants with alerts; False if it is about something else."""
    match what:
        case Press(data):
            meant = unpack(data)
            if isinstance(meant, MenuPress) and meant.verb in VERBS:
                VERBS[meant.verb](scene, meant.argument)
                return True
            # Or a newcomer's four digits, typed next, would close the alert.
            staff_pin.put_away(scene, ASKS)
        case Command("alerts"):
            alerts_page(scene)
            return True
        case Command():
            staff_pin.put_away(scene, ASKS)
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
    text = scene.kit.words.text(
        scene.language,
        "alerts/list",
        count=len(mine),
        waiting=any(each.taken_by is None for each in mine),
        others=others,
    )
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
    when = alarms.when(scene, alert)
    if alert.taken_by is None:
        state = scene.word("alerts.staff.waits")
    elif alert.taken_by == scene.person.id:
        state = scene.word("alerts.staff.mine")
    else:
        state = scene.word("alerts.staff.with", name=_name(scene, alert.taken_by))
    verb = "take" if alert.taken_by is None else "alert"
    parts = (when, alarms.whose(scene, alert), state)
    text = " · ".join(each for each in parts if each)
    return Button(text=text, data=for_menu(verb, short_id(alert.id)))


def take(scene: Scene, argument: str) -> None:
    """[I take it]: the way up ends, everybody concerned is told. Needs no PIN: it shows nothing."""
    alert = _found(scene, argument)
    if alert is None:
        return
    if alert.taken_by not in (None, scene.person.id):
        scene.note = scene.word("alerts.staff.taken_by", name=_name(scene, alert.taken_by))
        return
    _took(scene, alert)


def take_over(scene: Scene, argument: str) -> None:
    """[Take it over]: a colleague cannot see to it any longer; the person and they are told. It
    names who had it, so that nobody takes it from somebody who took it a moment ago."""
    alert_id, _, had = argument.partition(".")
    alert = _found(scene, alert_id)
    if alert is None:
        return
    if alert.taken_by not in (None, scene.person.id, long_id(had)):
        scene.note = scene.word("alerts.staff.taken_by", name=_name(scene, alert.taken_by))
        return
    _took(scene, alert)


def _took(scene: Scene, alert: Alert) -> None:
    scene.settled = True
    if alert.taken_by != scene.person.id:
        alert = alarms.take(scene, alert)
    buttons = (_button(scene, "alert", "open", alert), _button(scene, "close", "close", alert))
    text = scene.kit.words.text(scene.language, "alerts/taken", item=alarms.named(scene, alert))
    scene.post(Message(text=text, buttons=(buttons,)), kind=Kind.ALERT)


def open_alert(scene: Scene, argument: str) -> None:
    """[Open]: asks for the PIN, or for a new one the first time."""
    alert = _found(scene, argument)
    if alert is None:
        return
    programme = groups.programme(scene.session)
    if programme is not None and not programme.alerts_in_chat:
        staff_pin.say(scene, "not_here")
        return
    staff_pin.ask(scene, ASKS, alert.id)


def close(scene: Scene, argument: str) -> None:
    """[Close]: asks for the note without which nothing is closed; not below what they have read
    before something new came."""
    alert = _found(scene, argument)
    if alert is not None and _has_grown(
        scene, alert, alarms.viewed_at(scene, alert, scene.person.id)
    ):
        staff_pin.put_away(scene, ASKS)
        _say_grown(scene, alert, "unread")
    elif alert is not None:
        staff_pin.expect(scene, ASKS, Asked.NOTE, alert.id)
        _say(scene, "note", item=alarms.named(scene, alert))


def typed(scene: Scene, text: str, mark: int) -> bool:
    """The answer to what was asked; False if nothing was. What was typed leaves the chat, but for a
    note that closes nothing: it would be lost."""
    found = staff_pin.asked(scene, ASKS)
    if found is None:
        return False
    asked, alert_id = found
    alert = alerts.get(scene.session, alert_id)
    # Asked again: since the question they may have left the group, or lost the lead.
    if alert is None or alert.is_closed or not _may(scene, alert):
        staff_pin.put_away(scene, ASKS)
        if asked is not Asked.NOTE:
            _delete(scene, mark)
        _say(scene, "gone", note=asked is Asked.NOTE)
        return True
    if asked is Asked.NOTE and _has_grown(scene, alert, staff_pin.asked_at(scene, ASKS)):
        _say_grown(scene, alert, "grown")
        return True
    _delete(scene, mark)
    match asked:
        case Asked.NOTE:
            _close_with(scene, alert, text)
        case Asked.NEW_PIN:
            staff_pin.choose(scene, ASKS, alert.id, text.strip())
        case Asked.PIN:
            _try_pin(scene, alert, text.strip())
    return True


def _delete(scene: Scene, mark: int) -> None:
    scene.post(Message(text="", deletes=(mark,)))


def _has_grown(scene: Scene, alert: Alert, since: datetime | None) -> bool:
    """Whether something came to it since then: closed with what nobody has read, it would never be
    read. What a clock that ran ahead kept is nothing new, or it could not be closed until then."""
    return since is not None and since < alert.latest_at <= scene.now


def _say_grown(scene: Scene, alert: Alert, which: str) -> None:
    buttons = (_button(scene, "alert", "open", alert), _button(scene, "close", "close", alert))
    _say(scene, which, *buttons, item=alarms.named(scene, alert))


def _try_pin(scene: Scene, alert: Alert, pin: str) -> None:
    match staff_pin.attempt(scene, ASKS, alert.id, pin):
        case Verdict.RIGHT:
            _show(scene, alert)
        case Verdict.LOCKED:
            _record(scene, alert, "pin.locked")
        case _:
            pass


def _close_with(scene: Scene, alert: Alert, note: str) -> None:
    if not alarms.is_note(note):
        _say(scene, "no_note")
        return
    item = alarms.named(scene, alert)
    alarms.close(scene, alert, note.strip())
    staff_pin.put_away(scene, ASKS)
    pair = pairs.live_of(scene.session, alert.person)
    # A closed item reads like an end, and the two would wait for each other for weeks.
    stopped = pair is not None and deciding.is_reported(pair)
    _say(scene, "closed", item=item, stopped=stopped)


def _say(scene: Scene, which: str, *buttons: Button, **values: object) -> None:
    text = scene.kit.words.text(scene.language, "alerts/closing", which=which, **values)
    scene.post(Message(text=text, buttons=(buttons,) if buttons else ()), kind=Kind.ALERT)


def _show(scene: Scene, alert: Alert) -> None:
    """The content, and in the same transaction the line in the audit trail."""
    _record(scene, alert, alarms.VIEWED)
    buttons = [_button(scene, "close", "close", alert)]
    if alert.taken_by is None:
        buttons.insert(0, _button(scene, "take", "take", alert))
    elif alert.taken_by != scene.person.id:
        name, had = _name(scene, alert.taken_by), short_id(alert.taken_by)
        text = short(scene.word("alerts.buttons.take_over", name=name), 40)
        over = Button(text=text, data=for_menu("take_over", f"{short_id(alert.id)}.{had}"))
        buttons.insert(0, over)
    guard = f"{guards.works(scene.person.id)} {guards.alert(alert.id)}"
    for message in alert_view.of_alert(scene, alert, tuple(buttons)):
        scene.post(message, kind=Kind.ALERT, guard=guard)


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


def _button(scene: Scene, verb: str, word: str, alert: Alert) -> Button:
    text = short(scene.word(f"alerts.buttons.{word}"), 40)
    return Button(text=text, data=for_menu(verb, short_id(alert.id)))


def _name(scene: Scene, staff_id: UUID | None) -> str:
    found = staff.get(scene.session, scene.kit.vault, staff_id) if staff_id is not None else None
    return found.name if found is not None else ""


def _record(scene: Scene, alert: Alert, action: str) -> None:
    scene.record(action, alert.person, alert.source)


VERBS: dict[str, Callable[[Scene, str], None]] = {
    "alerts": alerts_page,
    "alert": open_alert,
    "take": take,
    "take_over": take_over,
    "close": close,
}
"""What the buttons under an alert do; for the registry of the therapist's chat."""
