"""Once a day each way to the staff is proven, before it is needed: chats silently, the mail server.

A probe is a row like any message. Ten minutes later it is looked what became of it.
"""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.messages.message import Message
from bot.store import dues, groups, mail, outbox, staff
from bot.store.outbox import Kind
from bot.usecases import desk as desks
from bot.usecases import staff_commands
from bot.usecases.desk import Reach
from bot.usecases.scene import Scene

PROBE, PROBED = "probe", "probed"
"""The kinds of due rows that send the day's probe, and that look what became of it."""
AT = time(7, 30)
"""Before the first office opens (the programme's clock)."""
LOOK = timedelta(minutes=10)

_log = structlog.get_logger(__name__)


def plan(session: Session, now: datetime) -> None:
    """Sees to it that everybody on the staff who is in the chat has a probe to come. Each probe
    plans the next one; this mends what fell out of that."""
    for person in staff.in_chat(session):
        plan_for(session, person, now)


def plan_for(session: Session, person: UUID, now: datetime) -> None:
    """Sees to it that this member of the staff has a probe to come."""
    programme = groups.programme(session)
    if programme is not None:
        at = next_at(programme.zone, now)
        dues.ensure_due(session, person, PROBE, at, _key(person), now)


def next_at(zone: str, now: datetime) -> datetime:
    """The next half past seven there (UTC)."""
    local = ZoneInfo(zone)
    day = now.astimezone(local).date()
    at = datetime.combine(day, AT, tzinfo=local)
    if at <= now:
        at = datetime.combine(day + timedelta(days=1), AT, tzinfo=local)
    return at.astimezone(ZoneInfo("UTC"))


def send(scene: Scene) -> None:
    """Sends today's probe of this chat and, once a day, of the mail server; plans tomorrow's.

    Whoever does not work here any more gets none.
    """
    me, today = scene.person.id, scene.now.date()
    if me not in staff.in_chat(scene.session):
        return
    plan_for(scene.session, me, scene.now)
    staff_commands.mend(scene)
    letter = outbox.Letter(
        key=desks.chat_probe_key(me, today),
        person=me,
        kind=Kind.ALERT,
        body=Message(text="", probe=True).model_dump_json(exclude_defaults=True),
        not_before=scene.now,
    )
    outbox.enqueue(scene.session, scene.kit.vault, letter, scene.now)
    if scene.kit.mail:
        key = desks.mail_probe_key(today)
        mail.enqueue(scene.session, scene.kit.vault, key, me, None, scene.now)
    at = scene.now + LOOK
    dues.set_due(scene.session, me, PROBED, None, None, at, f"probed.{me.hex}", scene.now)


def look(scene: Scene) -> None:
    """A way that was not proven: the operator's log says so, and the leads by the other way."""
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    me = reached.get(scene.person.id)
    if me is None:
        return
    chat = next(iter(desks.chat_probes(scene.session, me.staff.id, scene.now)), "none")
    if not me.chat or chat != "sent":
        _log.critical("alert_channel_broken", channel="chat", staff=str(me.staff.id), state=chat)
        _tell_leads(scene, reached, me, "chat")
    asked = mail.recipient(scene.session, desks.mail_probe_key(scene.now.date()))
    if asked != me.staff.id:  # the mail server is everybody's; one of them looks after its probe
        return
    answered = next(iter(desks.mail_probes(scene.session, scene.now)), "none")
    if answered != "sent":
        _log.critical("alert_channel_broken", channel="mail", state=answered)
        _tell_leads(scene, reached, me, "mail")


def _tell_leads(scene: Scene, reached: dict[UUID, Reach], broken: Reach, channel: str) -> None:
    """By mail of a broken chat, by chat of broken mail; whoever it is about is told as well."""
    leads = [each for each in reached.values() if each.staff.role.value == "lead"]
    for each in {reach.staff.id: reach for reach in (*leads, broken)}.values():
        text = desks.said(scene, each, f"staff.broken.{channel}", name=broken.staff.name)
        other = Reach(each.staff, each.person, channel == "mail" and each.chat, False, sure=True)
        if channel == "chat":
            chat = each.chat and each.staff.id != broken.staff.id
            other = Reach(each.staff, each.person, chat, each.mail, sure=True)
        desks.tell(scene, other, "broken", Message(text=text), kind=Kind.REPLY)


def _key(person: UUID) -> str:
    return f"probe.{person.hex}"
