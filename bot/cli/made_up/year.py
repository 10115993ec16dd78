"""A made-up programme of many people and a long time, always the same for the same seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Chance, Facts, Outage, Outcome, chances
from bot.catalog.risk import Tier
from bot.cli.made_up.answering import Answering
from bot.cli.made_up.evenings import told
from bot.cli.made_up.keeping import Stage, go_on
from bot.cli.made_up.leo import LEO
from bot.cli.made_up.lines import write_line
from bot.cli.made_up.maya import MAYA
from bot.cli.made_up.story import READ, Line
from bot.cli.made_up.walking import Walks
from bot.store import alerts, attendance, consents, groups, occurrences, runs, schedules, staff
from bot.store.alert_items import Detail, Item
from bot.store.board import Kind, State
from bot.store.consents import Event
from bot.store.groups import Group, SessionTime
from bot.store.occurrences import Occurrence
from bot.store.people import Participant
from bot.store.runs import Ended
from bot.store.schedules import Stored
from bot.store.staff import Role
from bot.store.worker import Database
from bot.usecases import checkin, set_up
from bot.usecases.kit import Kit
from bot.usecases.set_up import NINE_TO_FIVE, Known
from bot.usecases.timetable.facts import meetings
from bot.usecases.timetable.keep import CHECKIN, MEASURE, SESSION
from bot.usecases.timetable.wanted import LOOK

FIRST = 3001
"""The Telegram id of the first of them; none has a phone on the page."""
IN_GROUP = 10
HERS = 3
"""So many of the groups are Dr Rivera's."""
HOUR = ("20:00",)
DAY = timedelta(days=1)
LONGEST = timedelta(minutes=30)
"""No made-up exercise takes longer."""
LINES: dict[str, tuple[Line, ...]] = {"en": MAYA.lines, "es": LEO.lines}


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to be."""

    people: int = 200
    days: int = 365
    seed: int = 7

    @property
    def groups(self) -> int:
        """Of ten people each, the last one perhaps smaller."""
        return -(-self.people // IN_GROUP)


@dataclass(frozen=True, slots=True)
class Made:
    """What there is now: how many entries and answers."""

    entries: int
    answers: int


def telegram_ids(size: Size) -> range:
    """Of everybody made up here."""
    return range(FIRST, FIRST + size.people)


def make_groups(session: Session, size: Size, zone: str, now: datetime) -> list[Group]:
    """The groups, each with its weekly session; nobody is in them yet."""
    began = now - (size.days + 2) * DAY
    return [
        groups.add_group(
            *(session, f"Group {number + 1:02}", zone, began),
            sessions=(SessionTime(number % 5, "17:30", 90),),
            hours=NINE_TO_FIVE,
        )
        for number in range(size.groups)
    ]


def employ_others(session: Session, kit: Kit, made: list[Group], now: datetime) -> None:
    """Therapists without phones for the groups that are not Dr Rivera's."""
    for number, group in enumerate(made[HERS:], start=HERS):
        name = f"Dr {number:02}"
        staff.add_staff(session, kit.vault, name, Role.THERAPIST, now, groups=(group.id,))


def bring_in(
    database: Database,
    kit: Kit,
    size: Size,
    made: list[Group],
    now: datetime,
    done: Callable[[], None],
) -> Made:
    """All of them, a transaction for each person; `done` is called after each."""
    entries = answers = 0
    walks = Walks()
    for number in range(size.people):
        group = made[number // IN_GROUP]
        unit = partial(_live, kit=kit, size=size, group=group, number=number, walks=walks)
        one = database.call(partial(unit, now=now))
        entries, answers = entries + one.entries, answers + one.answers
        done()
    return Made(entries, answers)


def _live(
    session: Session,
    *,
    kit: Kit,
    size: Size,
    group: Group,
    number: int,
    walks: Walks,
    now: datetime,
) -> Made:
    """One person's time from their first day to today."""
    random = Random(size.seed * 1_000_003 + number)  # noqa: S311 # made-up data must come out the same, not be hard to guess
    language = "es" if number % 4 == 3 else "en"
    began = now - (size.days + 1) * DAY
    names = kit.aliases.get(language, ()) or ("Member",)
    alias = f"{names[number % len(names)]} {number + 1}"
    known = Known(FIRST + number, language, group.zone, alias, HOUR)
    person = set_up.enrol(session, kit, group.id, known, began)
    _agree(session, kit, person, began, everything=number % 10 != 9)
    answering = Answering(session, kit, person, walks)
    past = list(_past(session, size, person, answering, random, now))
    done = [run for _, run in past if run is not None]
    runs.bring_in(session, kit.vault, done)
    occurrences.bring_in(session, person.id, [became for became, _ in past])
    _attend(session, size, group, person, random, now)
    _last_days(session, kit, group, person, number, now)
    return Made(len(done), sum(len(each.answers) for each in done))


def _agree(
    session: Session, kit: Kit, person: Participant, at: datetime, *, everything: bool
) -> None:
    for scope in READ if everything else READ[1:]:
        text = kit.consents.texts[scope]
        said = Event(scope.value, True, text.version, text.sha(person.language), at)
        consents.record(session, person.id, said)


def _past(
    session: Session,
    size: Size,
    person: Participant,
    answering: Answering,
    random: Random,
    now: datetime,
) -> Iterator[tuple[Occurrence, Ended | None]]:
    """Every evening something was told, every Sunday there was a weekly look as well; what came
    just now is not answered yet."""
    mood = random.uniform(3, 6)
    today = now.astimezone(ZoneInfo(person.zone)).date()
    mine = {each.purpose: each for each in schedules.of_person(session, person.id)}
    for purpose in (CHECKIN, MEASURE):
        stored = mine[purpose]
        for chance in chances(stored.plan, Facts(), today - size.days * DAY, today):
            if chance.opens > now:
                continue
            mood = min(9.4, max(1.0, mood + random.gauss(0, 0.9) + (5.4 - mood) * 0.08))
            name, answers = told(purpose, person.language, mood, random)
            at = chance.opens + timedelta(minutes=random.randint(2, 25))
            run = answering.ended(name, answers, at) if at + LONGEST < now else None
            yield _became(stored, chance, run), run


def _became(stored: Stored, chance: Chance, run: Ended | None) -> Occurrence:
    """It was sent; and answered, unless they did something else that evening."""
    asked = checkin.EVENING if stored.purpose == CHECKIN else LOOK
    done = run.stored if run is not None and run.stored.run.exercise == asked else None
    return Occurrence(
        *(stored.id, chance.local_date, Outcome.SENT, None, chance.opens, chance.planned, asked),
        run=done.id if done is not None else None,
        answered_at=done.updated_at if done is not None else None,
    )


def _attend(
    session: Session, size: Size, group: Group, person: Participant, random: Random, now: datetime
) -> None:
    """Before and after each weekly session they were written to; they were in most of them."""
    zone = ZoneInfo(group.zone)
    today = now.astimezone(zone).date()
    first = today - size.days * DAY
    facts = Facts(sessions=tuple(at for _, at, _ in meetings(session, group, first, today)))
    past = []
    for stored in schedules.of_person(session, person.id):
        if stored.purpose != SESSION:
            continue
        for chance in chances(stored.plan, facts, first, today):
            at = chance.opens + timedelta(minutes=6)
            is_after, was_here = stored.name.endswith(".after"), random.random() < 0.85
            if chance.opens <= now:
                came = is_after and was_here and at < now
                sent = Occurrence(
                    *(stored.id, chance.local_date, Outcome.SENT, None, chance.opens),
                    planned_at=chance.planned,
                    touched_at=at if came else None,
                )
                past.append(sent)
                if came:
                    held = chance.planned.astimezone(zone).date()
                    attendance.here(session, person.id, group.id, held, at)
    occurrences.bring_in(session, person.id, past)


def _last_days(
    session: Session, kit: Kit, group: Group, person: Participant, number: int, now: datetime
) -> None:
    """What waits for the therapist today, and the schedules from here on."""
    stage = Stage(session, kit, group, (), Outage(now, now), now)
    if number % IN_GROUP == 0:
        line = LINES[person.language][0]
        write_line(stage, person, Kind.HELPED, line.about, line.text, State.HELD, now - DAY)
    if number % (2 * IN_GROUP) == 4:
        _alert(session, kit, group, person, now - timedelta(hours=5))
    go_on(session, kit, person, now)


def _alert(session: Session, kit: Kit, group: Group, person: Participant, at: datetime) -> None:
    """One that was closed, so that nobody is written to about somebody who does not exist."""
    item = Item(
        at=at, tier=Tier.CONCERN.value, source="answer", reason="check.evening: unsafe_unsure"
    )
    detail = Detail(routed_at=at, carded_at=at, carded=Tier.CONCERN.value).plus(item)
    alert = alerts.add(
        session, kit.vault, person.id, group.id, Tier.CONCERN, item.source, detail, at
    )
    who = staff.of_group(session, kit.vault, group.id)[0].id
    alerts.close(session, kit.vault, alert, who, "Called back, all well.", at + timedelta(hours=1))
