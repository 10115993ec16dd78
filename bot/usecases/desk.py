"""Who on the staff can be told of something now, and by which way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from bot.care.alerting import Desk, Hours, Opening, Patience
from bot.messages.message import Message
from bot.store import away, groups, mail, outbox, people, staff
from bot.store.groups import Programme
from bot.store.outbox import Kind
from bot.store.people import Participant, Standing
from bot.store.staff import Staff
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

LATE = timedelta(minutes=9)
"""A probe that waits for longer proves that the way is blocked."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One member of staff: `person` once they took their place in the chat; `chat` and `mail`
    say which ways exist, `sure` whether one of them is not known to be broken."""

    staff: Staff
    person: Participant | None
    chat: bool
    mail: bool
    sure: bool

    @property
    def at_all(self) -> bool:
        """Whether there is any way."""
        return self.chat or self.mail


def reaches(session: Session, kit: Kit, now: datetime) -> dict[UUID, Reach]:
    """Everybody on the active staff."""
    mail_works = kit.mail and _proven(mail_probes(session, now))
    found = {}
    for each in staff.everybody(session, kit.vault):
        person = people.look(session, each.id)
        if person is not None and person.standing is not Standing.STAFF:
            person = None
        chat = person is not None and person.reachable
        by_mail = kit.mail and each.email is not None
        chat_works = chat and _proven(chat_probes(session, each.id, now))
        sure = chat_works or (by_mail and mail_works)
        found[each.id] = Reach(each, person, chat, by_mail, sure)
    return found


def chat_probes(session: Session, staff_id: UUID, now: datetime) -> list[str]:
    """How the probes of somebody's chat fared, today's and yesterday's, the newest first."""
    keys = [chat_probe_key(staff_id, day) for day in _days(now)]
    return _fates([outbox.status(session, key) for key in keys], now)


def mail_probes(session: Session, now: datetime) -> list[str]:
    """The same of the mail server."""
    return _fates([mail.status(session, mail_probe_key(day)) for day in _days(now)], now)


def _fates(found: list[tuple[str, datetime] | None], now: datetime) -> list[str]:
    """What each came to; one that has waited too long is `late`."""
    fates = []
    for status, since in filter(None, found):
        waits = status in ("pending", "sending")
        fates.append("late" if waits and now - since >= LATE else status)
    return fates


def chat_probe_key(staff_id: UUID, day: date) -> str:
    """One probe of a chat a day."""
    return f"probe.{staff_id.hex}.{day}"


def mail_probe_key(day: date) -> str:
    """One probe of the mail server a day."""
    return f"probe.mail.{day}"


def _days(now: datetime) -> tuple[date, date]:
    return now.date(), (now - timedelta(days=1)).date()


def _proven(probes: list[str]) -> bool:
    """The newest probe that ended decides; before the first one, nothing speaks against it."""
    ended = [each for each in probes if each not in ("pending", "sending", "cancelled")]
    return not ended or ended[0] == "sent"


def desk(
    session: Session, kit: Kit, group: UUID | None, reached: Mapping[UUID, Reach], now: datetime
) -> tuple[Desk, bool]:
    """The desk an alert of this group goes to, and whether somebody on it can surely be told.

    Ways known to be broken are tried only when there is no other.
    """
    gone = frozenset(away.everybody(session, now))
    sure = [who for who, reach in reached.items() if reach.sure]
    found = _desk(session, kit, group, sure, gone)
    if found.everybody:
        return found, True
    any_way = [who for who, each in reached.items() if each.at_all]
    return _desk(session, kit, group, any_way, gone), False


def _desk(
    session: Session, kit: Kit, group: UUID | None, known: Collection[UUID], gone: frozenset[UUID]
) -> Desk:
    def listed(several: list[Staff]) -> tuple[UUID, ...]:
        return tuple(each.id for each in several if each.id in known)

    chosen = groups.programme(session)
    return Desk(
        hours_of(session, group, chosen),
        Patience()
        if chosen is None
        else Patience(
            chosen.open_backup_minutes,
            chosen.open_lead_minutes,
            chosen.closed_backup_minutes,
            chosen.closed_lead_minutes,
        ),
        listed(staff.of_group(session, kit.vault, group)) if group is not None else (),
        listed(staff.on_call(session, kit.vault)),
        listed(staff.leads(session, kit.vault)),
        gone,
    )


def hours_of(session: Session, group: UUID | None, programme: Programme | None) -> Hours:
    """When the group's therapists read; nothing is open for somebody without a group."""
    found = groups.group(session, group) if group is not None else None
    if found is None:
        return Hours(programme.zone if programme is not None else "UTC")
    openings = (
        Opening(each.weekday, each.opens, each.closes)
        for each in groups.hours_of(session, found.id)
    )
    return Hours(found.zone, tuple(openings))


def tell(
    scene: Scene, reach: Reach, word: str, message: Message, *, kind: Kind = Kind.ALERT
) -> list[tuple[str, str]]:
    """Tells one member of staff by every way there is; the channels used, with the row's key.

    `word` names the e-mail's subject and text below `alerts.mail`. Neither holds any content.
    """
    used = []
    if reach.chat and reach.person is not None:
        other = scene.beside(reach.person)
        used.append(("chat", f"{other.cause}.{other.posted}"))
        other.post(message, kind=kind)
    if reach.mail and reach.staff.email is not None:
        key = f"{scene.cause}.{word}.{reach.staff.id.hex}"
        letter = mail.Letter(
            to=reach.staff.email,
            subject=said(scene, reach, f"mail.{word}.subject"),
            text=said(scene, reach, f"mail.{word}.text"),
        )
        if mail.enqueue(scene.session, scene.kit.vault, key, reach.staff.id, letter, scene.now):
            used.append(("mail", key))
    return used


def said(scene: Scene, reach: Reach, path: str, **values: object) -> str:
    """A message of one line in the language of somebody on the staff."""
    return scene.kit.words.line(language_of(reach), f"alerts.{path}", **values)


def language_of(reach: Reach) -> str:
    """English until somebody has come to the chat in another language."""
    return reach.person.language if reach.person is not None else "en"
