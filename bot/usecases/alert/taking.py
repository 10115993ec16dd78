"""A member of staff takes an alert and closes it; and what becomes of it when the person leaves."""

from uuid import UUID

from sqlmodel import Session

from bot.messages.message import Message
from bot.store import alerts, dues, staff, tellings
from bot.store.alerts import Alert
from bot.store.staff import Role
from bot.usecases import desk as desks
from bot.usecases.alert.naming import item
from bot.usecases.alert.telling import record, tell_person
from bot.usecases.alert.way import due_key
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

LONGEST_NOTE = 4096
"""Characters of the note that closes an alert: as many as Telegram carries in one message, because
a note from the chat is deleted there, and what was cut off would be lost."""
FEWEST_LETTERS = 3


def is_note(text: str) -> bool:
    """Whether it says anything of what was done: a stray dot or a PIN typed by habit does not."""
    return sum(sign.isalpha() for sign in text) >= FEWEST_LETTERS


def take(scene: Scene, alert: Alert) -> Alert:
    """A member of staff takes it, or takes it over: its way up ends, the person and the others are
    told."""
    by, before = scene.person.id, alert.taken_by
    taken = {"state": "taken", "taken_by": by, "taken_at": scene.now}
    alert = alerts.change(scene.session, alert, **taken)
    dues.clear_due(scene.session, due_key(alert.id))
    tellings.call_off_mail(scene.session, alert)
    record(scene, by, "alert.taken", alert.tier.value, alert.person)
    me = staff.get(scene.session, scene.kit.vault, by)
    name = me.name if me is not None else ""
    tell_person(scene, alert, "seen", who=name)
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    told = {each.staff for each in tellings.of_alert(scene.session, alert)}
    for each in sorted((told | ({before} if before is not None else set())) - {by}):
        reach = reached.get(each)
        if reach is not None and reach.chat and reach.person is not None:
            theirs = scene.beside(reach.person)
            which = item(theirs, alert)  # they may have been told of several
            text = theirs.line("alerts.staff.taken_item", name=name, item=which)
            theirs.post(Message(text=text, silent=True))
    return alert


def close(scene: Scene, alert: Alert, note: str) -> Alert:
    """A member of staff ends it with a note (at most `LONGEST_NOTE` characters); whoever ends what
    nobody had taken has taken it by that."""
    if alert.taken_by is None:
        alert = take(scene, alert)
    me = scene.person.id
    alert = alerts.close(scene.session, scene.kit.vault, alert, me, note[:LONGEST_NOTE], scene.now)
    dues.clear_due(scene.session, due_key(alert.id))
    tellings.call_off_mail(scene.session, alert)
    record(scene, me, "alert.closed", alert.source, alert.person)
    return alert


def has_open(session: Session, person: UUID) -> bool:
    """Whether something about this person still waits for the end that a note gives it."""
    newest = alerts.newest_of(session, person)
    return newest is not None and not newest.is_closed


def was_told(session: Session, alert: Alert, staff_id: UUID) -> bool:
    """Whether this member of staff was told of it."""
    return any(each.staff == staff_id for each in tellings.of_alert(session, alert))


def may_see(session: Session, kit: Kit, staff_id: UUID, alert: Alert) -> bool:
    """Therapists of the group, the leads, whoever was told of this one (on call, or as the back-up)
    or has taken it. The pages keep the same rule."""
    me = staff.get(session, kit.vault, staff_id)
    if me is None or not me.active:
        return False
    if me.role is Role.LEAD:
        return True
    is_theirs = alert.taken_by == me.id or was_told(session, alert, me.id)
    return is_theirs or alert.group in staff.groups_of(session, me.id)


def person_left(scene: Scene, why: str) -> None:
    """Somebody with an open alert erases everything (`erased`) or is discharged (`discharged`).

    Staff are told without content, the rows may go afterwards.
    """
    alert = alerts.newest_of(scene.session, scene.person.id)
    if alert is None or alert.is_closed:
        return
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    desk, _ = desks.desk(scene.session, scene.kit, alert.group, reached, scene.now)
    told = tuple(each.staff for each in tellings.of_alert(scene.session, alert))
    taker = () if alert.taken_by is None else (alert.taken_by,)
    everybody = dict.fromkeys((*taker, *told, *desk.therapists[:1], *desk.leads))
    for each in everybody:
        reach = reached.get(each)
        if reach is not None:
            text = desks.said(scene, reach, f"staff.{why}")
            desks.tell(scene, reach, why, Message(text=text))
    record(scene, None, f"alert.{why}", alert.tier.value)
