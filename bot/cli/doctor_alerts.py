"""What `between doctor` says about alerts: would one reach a human now?"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.cli.finding import Finding
from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.smtp import NO_SENDER
from bot.store import alerts, audit, groups, pins, staff
from bot.store.database import is_current, open_engine
from bot.store.groups import Programme
from bot.store.staff import Role
from bot.store.vault import SealBroken
from bot.store.worker import Database
from bot.usecases import desk
from bot.usecases.desk import Reach
from bot.usecases.kit import Kit
from bot.wiring import Clock, mail_answers, make_kit

NO_LEAD = (
    "An alert that the therapists do not take goes to the lead. Run: between therapist add"
    " --name NAME --lead --email ADDRESS"
)

NO_TLS = (
    "What is read and written there can be read on the way. Put a proxy with TLS in front, and let"
    " WEB_ADDRESS begin with https://"
)
_HERE = ("127.0.0.1", "localhost", "::1")

NO_HOURS = (
    "Alerts go out at any hour, and nobody can be told when they are read. Set some on the page of"
    " the group's settings."
)


def examine_alerts(settings: Settings) -> Iterator[Finding]:
    """Staff, their chats and PINs, who is on call, the mail server, the last probes, the trail."""
    try:
        if not is_current(settings.url):
            return
        kit, now = make_kit(settings, Clock()().date()), Clock()()
    except (BetweenError, SQLAlchemyError):
        return  # said elsewhere already, in its own words
    database = Database(open_engine(settings.url))
    programme = database.call(groups.programme)
    if programme is not None:  # before that there is nobody whom an alert could be about
        yield _mail(settings)
        yield _pages(settings, programme)
        try:
            yield from database.call(partial(_of_staff, kit=kit, now=now))
        except SealBroken as error:
            yield Finding("master key", str(settings.master_key_file), str(error))
    else:
        next_step = "between programme --name NAME --zone ZONE"
        yield Finding("programme", f"none yet, so nobody can come in. Next: {next_step}")
    database.engine.dispose()


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding(
            "e-mail to staff",
            "not set up",
            "Alerts have one way only, the chat. Set SMTP_HOST and the lines below it in .env.",
        )
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    trouble = asyncio.run(mail_answers(settings))
    if trouble == NO_SENDER:
        advice = "Set SMTP_FROM in .env, such as between@your-clinic.org: no e-mail goes out."
        return Finding("e-mail to staff", f"{where}: no address it could come from", advice)
    if trouble:
        return Finding("e-mail to staff", f"{where}: {trouble}", "Check the SMTP_ settings.")
    return Finding("e-mail to staff", f"{where} answers")


def _pages(settings: Settings, programme: Programme) -> Finding:
    """Where therapists find the pages; without them alerts must be opened in the chat."""
    where = settings.web_address
    found = where or "none: WEB_PORT is not set, and /export has no private page"
    if not where and settings.web_port is not None:
        found = f"on this machine alone, port {settings.web_port}: WEB_ADDRESS is not set"
    if where.startswith("http://") and urlsplit(where).hostname not in _HERE:
        return Finding("pages", found, NO_TLS)
    if where or programme.alerts_in_chat:
        return Finding("pages", found)
    advice = (
        "Nobody can open an alert: neither in the chat nor on a page. Set WEB_PORT and WEB_ADDRESS,"
        " or run: between programme --alerts-in-chat"
    )
    return Finding("pages", found, advice)


def _of_staff(session: Session, kit: Kit, now: datetime) -> list[Finding]:
    reached = desk.reaches(session, kit, now)
    found = []
    if not groups.groups(session):
        found.append(
            Finding("groups", "none, so nobody can come in", "Run: between group add NAME")
        )
    if not reached:
        advice = "Nobody can be told of an alert. Run: between therapist add"
        return [*found, Finding("staff", "nobody", advice)]
    found += [_one(session, each, now) for each in reached.values()]
    found.append(_on_call(session, kit, reached))
    if not any(each.staff.role is Role.LEAD for each in reached.values()):
        found.append(Finding("lead", "nobody", NO_LEAD))
    for group in groups.groups(session):
        if not any(each.id in reached for each in staff.of_group(session, kit.vault, group.id)):
            advice = f'Run: between therapist change NAME --group "{group.name}"'
            found.append(Finding(f"group {group.name}", "no therapist", advice))
        if not groups.hours_of(session, group.id):
            found.append(Finding(f"group {group.name}", "no office hours", NO_HOURS))
    found += _idle(session, reached)
    waiting = [each for each in alerts.all_open(session) if each.state == "open"]
    if waiting:
        advice = "Somebody may need help. Open the list with /alerts in the chat."
        found.append(Finding("open alerts", f"{len(waiting)} that nobody has taken", advice))
    broken = audit.verify(session)
    if broken is not None:
        advice = "Keep this database as it is, and compare it with a backup."
        found.append(Finding("audit trail", f"broken at number {broken}", advice))
    return found


def _idle(session: Session, reached: Mapping[UUID, Reach]) -> Iterator[Finding]:
    """Therapists whose last group was removed: they see nobody, and no alert goes to them."""
    for each in (reach.staff for reach in reached.values()):
        if each.role is Role.THERAPIST and not staff.groups_of(session, each.id):
            advice = "Run: between therapist change NAME --group GROUP, or between therapist remove"
            yield Finding(f"therapist {each.name}", "looks after no group", advice)


def _one(session: Session, reach: Reach, now: datetime) -> Finding:
    what = f"{reach.staff.role.value} {reach.staff.name}"
    probes = desk.chat_probes(session, reach.staff.id, now)
    state = [
        "in the chat" if reach.person is not None else "not in the chat yet",
        "PIN set" if pins.has_pin(session, reach.staff.id) else "no PIN yet",
        f"last probe: {probes[0]}" if probes else "no probe in two days",
    ]
    if reach.staff.email is not None:
        state.insert(1, "has an e-mail address")
    if reach.person is not None and not reach.person.reachable:
        state[0] = "has blocked the bot"
    advice = ""
    if not reach.at_all:
        advice = f"No alert can reach them. {_way_to(reach)}"
    elif not reach.sure:
        advice = "The daily test failed: an alert may not reach them."
    return Finding(what, ", ".join(state), advice)


def _way_to(reach: Reach) -> str:
    """How an alert could reach somebody whom none can reach now."""
    chat = (
        "Let them open their invitation (a new one: between therapist invite NAME)"
        if reach.person is None
        else "Let them unblock the bot and press Start"
    )
    if reach.staff.email is None:
        return f"{chat}, or run: between therapist change NAME --email ADDRESS"
    return f"{chat}; their e-mail address needs SMTP_HOST in .env."


def _on_call(session: Session, kit: Kit, reached: Mapping[UUID, Reach]) -> Finding:
    order = [each.name for each in staff.on_call(session, kit.vault) if each.id in reached]
    if order:
        return Finding("on call", ", then ".join(order))
    return Finding(
        "on call",
        "nobody",
        "While the office is closed an alert waits for its opening, and the person is told so."
        " If the programme takes people at high risk, run: between therapist change NAME"
        " --on-call 1",
    )
