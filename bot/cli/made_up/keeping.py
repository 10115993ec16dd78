"""A story becomes rows: who somebody is, what they were asked and when, what they answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Chance, Facts, Outage, Outcome, Why, chance, placed, read_hour
from bot.cli.made_up.answering import Answering
from bot.cli.made_up.story import DAYS, Story
from bot.engine.run import Value
from bot.store import attendance, brought, consents, occurrences, people, runs, schedules
from bot.store.consents import Event
from bot.store.groups import Group
from bot.store.occurrences import Occurrence
from bot.store.people import Participant
from bot.store.runs import Ended
from bot.store.schedules import Stored
from bot.usecases import checkin, checkins, set_up, timetable
from bot.usecases.kit import Kit
from bot.usecases.office import meetings
from bot.usecases.set_up import Known
from bot.usecases.timetable.keep import CHECKIN, MEASURE, SESSION
from bot.usecases.timetable.wanted import LOOK

WEEKLY = ("mood", "worry", "rest", "energy", "body", "close", "urges", "hope")
URGE, AFTERNOON = "check.craving", "17:20"
JOINED = time(21, 0)
"""After the last check-in of that day would have come."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it all happens: the group, its past sessions, the time in which we were down (UTC)."""

    session: Session
    kit: Kit
    group: Group
    sessions: tuple[datetime, ...]
    down: Outage
    now: datetime


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person as the database knows them; `today` is their own date."""

    story: Story
    person: Participant
    today: date

    def at(self, ago: int, hour: str) -> datetime:
        """So many days ago at that time on their clock (UTC)."""
        read = read_hour(hour)
        assert read is not None
        return placed(self.today - timedelta(days=ago), read, ZoneInfo(self.person.zone)).at


@dataclass(frozen=True, slots=True)
class Asked:
    """One moment of a schedule that lies behind: what it began, and the answers if there were."""

    stored: Stored
    chance: Chance
    exercise: str | None
    answers: Mapping[str, Value] | None


def moment(zone: str, now: datetime, ago: int, hour: str) -> datetime:
    """So many local dates ago at that time on the clock there (UTC)."""
    local, read = ZoneInfo(zone), read_hour(hour)
    assert read is not None
    return placed(now.astimezone(local).date() - timedelta(days=ago), read, local).at


def joined_at(zone: str, now: datetime) -> datetime:
    """When everybody joined: before the first day of the stories (UTC)."""
    local = ZoneInfo(zone)
    day = now.astimezone(local).date() - timedelta(days=DAYS + 1)
    return placed(day, JOINED, local).at


def take_in(stage: Stage, story: Story, known: Known) -> Someone:
    """A member of the group since before the two weeks, with what they agreed to."""
    session, kit = stage.session, stage.kit
    at = joined_at(known.zone, stage.now)
    person = set_up.enrol(session, kit, stage.group.id, known, at)
    for scope in story.consents:
        text = kit.consents.texts[scope]
        said = Event(scope.value, True, text.version, text.sha(known.language), at)
        consents.record(session, person.id, said)
    return Someone(story, person, stage.now.astimezone(ZoneInfo(known.zone)).date())


def live_through(stage: Stage, who: Someone) -> None:
    """Their two weeks: what they did by themselves, what they were asked, what became of it."""
    answering = Answering(stage.session, stage.kit, who.person)
    told = [
        answering.ended(each.exercise, each.answers, who.at(each.ago, each.at))
        for each in who.story.told
    ]
    urges = [
        answering.ended(
            URGE, {"craving_now": each, "craving_worst": min(10, each + 1)}, who.at(ago, AFTERNOON)
        )
        for ago, each in zip(range(DAYS, 0, -1), who.story.urges, strict=False)
        if each is not None
    ]
    lived = [(asked, _answered(stage, answering, asked)) for asked in _asked(stage, who)]
    answered = [run for _, run in lived if run is not None]
    runs.bring_in(stage.session, stage.kit.vault, [*told, *urges, *answered])
    past = [_became(stage, who, asked, run) for asked, run in lived]
    occurrences.bring_in(stage.session, who.person.id, past)
    for each, run in zip(who.story.told, told, strict=True):
        if each.is_brought:
            _bring(stage, who, run)
    go_on(stage.session, stage.kit, who.person, stage.now)


def _bring(stage: Stage, who: Someone, run: Ended) -> None:
    """They picked this entry for the next session."""
    meeting = meetings.coming(stage.session, stage.group, stage.now)
    at = min(run.stored.updated_at + timedelta(minutes=5), stage.now)
    if meeting is not None:
        named = run.stored.id, who.person.id, stage.group.id
        brought.bring(stage.session, *named, meeting.day, at)


def _asked(stage: Stage, who: Someone) -> Iterator[Asked]:
    """Every moment of their schedules up to now, the oldest day first."""
    facts = Facts(sessions=stage.sessions, enrolled_on=who.today - timedelta(days=DAYS + 1))
    mine = [each for each in schedules.of_person(stage.session, who.person.id) if each.active]
    for ago in range(DAYS, -1, -1):
        day = who.today - timedelta(days=ago)
        for stored in mine:
            span = chance(stored.plan, facts, day)
            if span is not None and span.opens <= stage.now:
                yield Asked(stored, span, *_meant(stage, who, stored, ago))


def _meant(
    stage: Stage, who: Someone, stored: Stored, ago: int
) -> tuple[str | None, Mapping[str, Value] | None]:
    """The exercise a moment began, and what they answered; None where they did not."""
    story, at = who.story, DAYS - ago
    skill = "yes" if at % 3 else "no"
    match stored.purpose, stored.name.rpartition(".")[2]:
        case (purpose, "1") if purpose == CHECKIN:
            evening = {
                "mood": story.day[at],
                "carried": story.carried[at % len(story.carried)],
                "safe_today": "yes",
                "skill_used": skill,
            }
            return checkin.EVENING, evening if story.day[at] is not None else None
        case (purpose, _) if purpose == CHECKIN:
            morning = {
                "mood": story.mood[at],
                "anxiety": story.anxiety[at],
                "sleep": story.sleep[at],
                "medication": story.medication,
                "safe_today": "unsure" if ago == story.unsure_on else "yes",
                "skill_used": skill,
            }
            name = checkins.checkin_for(stage.kit.library, stage.group.track)
            return name, morning if story.mood[at] is not None else None
        case (purpose, _) if purpose == MEASURE:
            week = story.weeks[-1 - ago // 7] if ago // 7 < len(story.weeks) else None
            return LOOK, None if week is None else dict(zip(WEEKLY, week, strict=True))
    return None, None


def _answered(stage: Stage, answering: Answering, asked: Asked) -> Ended | None:
    """The run of an answered moment; some minutes after it came."""
    if asked.exercise is None or asked.answers is None or _was_down(stage, asked):
        return None
    at = asked.chance.opens + timedelta(minutes=2 + asked.chance.local_date.toordinal() * 7 % 40)
    run = answering.ended(asked.exercise, asked.answers, at)
    return run if run.stored.updated_at < stage.now else None


def _was_down(stage: Stage, asked: Asked) -> bool:
    return stage.down.start <= asked.chance.opens < stage.down.end


def _became(stage: Stage, who: Someone, asked: Asked, run: Ended | None) -> Occurrence:
    """What became of this date: sent and perhaps answered, or not sent because we were down."""
    day, planned = asked.chance.local_date, asked.chance.planned
    if _was_down(stage, asked):
        missed = Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN
        return Occurrence(asked.stored.id, day, *missed, stage.down.end, planned)
    return Occurrence(
        *(asked.stored.id, day, Outcome.SENT, None, asked.chance.opens, planned, asked.exercise),
        run=run.stored.id if run is not None else None,
        touched_at=_in_the_room(stage, who, asked),
        answered_at=run.stored.updated_at if run is not None else None,
    )


def _in_the_room(stage: Stage, who: Someone, asked: Asked) -> datetime | None:
    """ "I was here", some minutes after the session: when they tapped it."""
    held = [each for each in stage.sessions if each <= asked.chance.planned]
    place = len(held) - len(stage.sessions) - 1
    was_here = who.story.here[place] if -len(who.story.here) <= place < 0 else False
    at = asked.chance.opens + timedelta(minutes=6)
    is_after = asked.stored.purpose == SESSION and asked.stored.name.endswith(".after")
    if not is_after or not held or not was_here or at >= stage.now:
        return None
    day = held[-1].astimezone(ZoneInfo(stage.group.zone)).date()
    attendance.here(stage.session, who.person.id, stage.group.id, day, at)
    return at


def go_on(session: Session, kit: Kit, known: Participant, now: datetime) -> None:
    """Somebody's schedules go on from here as those of anybody else."""
    person = people.look(session, known.id)
    assert person is not None
    found = timetable.Known(session, kit, person, now)
    timetable.follow(found)
    for each in timetable.account_all(found):
        timetable.plan_next(found, each)
