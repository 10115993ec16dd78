"""A story becomes rows: who somebody is, what they were asked and when, what they answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Chance, Facts, Outage, Outcome, Why, chance, placed, read_hour
from bot.care.cadence import Day as Date
from bot.cli.made_up.story import DAYS, Story, Told
from bot.cli.made_up.walking import walk
from bot.engine.advance import Day
from bot.engine.run import Value
from bot.store import attendance, consents, occurrences, people, revisions, runs, schedules
from bot.store.consents import Event
from bot.store.groups import Group
from bot.store.ids import new_id
from bot.store.people import Participant
from bot.store.runs import Ended, StoredRun
from bot.store.schedules import Stored
from bot.usecases import checkin, checkins, set_up, timetable
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from bot.usecases.timetable.follow import LOOK
from bot.usecases.timetable.keep import CHECKIN, MEASURE, SESSION

WEEKLY = ("mood", "worry", "rest", "energy", "body", "close", "urges", "hope")
JOINED = time(10, 0)


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
    ended = [_told(stage, who, each) for each in who.story.told]
    lived = [(asked, _answered(stage, who, asked)) for asked in _asked(stage, who)]
    ended += [run for _, run in lived if run is not None]
    runs.bring_in(stage.session, stage.kit.vault, [each for each in ended if each is not None])
    for asked, run in lived:
        _note(stage, who, asked, run)
    _from_now_on(stage, who)


def _told(stage: Stage, who: Someone, told: Told) -> Ended | None:
    at = who.at(told.ago, told.at)
    return ended(stage.session, stage.kit, who.person, told.exercise, told.answers, at)


def ended(
    session: Session,
    kit: Kit,
    person: Participant,
    name: str,
    answers: Mapping[str, Value],
    at: datetime,
) -> Ended:
    """One exercise from its first question to its end, begun at that moment."""
    exercise = kit.library.exercises[name]
    day = at.astimezone(ZoneInfo(person.zone)).date() if exercise.daily else None
    walked = walk(
        *(exercise, answers, at),
        language=person.language,
        zone=person.zone,
        day=None if day is None else Day(day),
    )
    sha = revisions.keep(session, exercise, at)
    stored = StoredRun(new_id(at), person.id, sha, walked.run, at, walked.ended_at)
    return Ended(stored, walked.answers)


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


def _answered(stage: Stage, who: Someone, asked: Asked) -> Ended | None:
    """The run of an answered moment; some minutes after it came."""
    if asked.exercise is None or asked.answers is None or _was_down(stage, asked):
        return None
    at = asked.chance.opens + timedelta(minutes=2 + asked.chance.local_date.toordinal() * 7 % 40)
    run = ended(stage.session, stage.kit, who.person, asked.exercise, asked.answers, at)
    return run if run.stored.updated_at < stage.now else None


def _was_down(stage: Stage, asked: Asked) -> bool:
    return stage.down.start <= asked.chance.opens < stage.down.end


def _note(stage: Stage, who: Someone, asked: Asked, run: Ended | None) -> None:
    """What became of this date: sent and perhaps answered, or not sent because we were down."""
    session, person = stage.session, who.person.id
    date_of = (session, person, asked.stored.id, asked.chance.local_date)
    at, planned = asked.chance.opens, asked.chance.planned
    if _was_down(stage, asked):
        missed = Date(asked.chance.local_date, Outcome.MISSED_SYSTEM, Why.WE_WERE_DOWN)
        occurrences.record(
            *(session, person, asked.stored.id, missed, stage.down.end), planned_at=planned
        )
        return
    sent = Date(asked.chance.local_date, Outcome.SENT)
    occurrences.record(*(session, person, asked.stored.id, sent, at), planned_at=planned)
    if asked.exercise is not None:
        occurrences.begun(*date_of, run.stored.id if run else None, asked.exercise)
    if run is not None:
        done = run.stored.updated_at
        occurrences.finished(session, person, run.stored.id, asked.exercise or "", at, done)
    elif asked.stored.purpose == SESSION:
        _in_the_room(stage, who, asked)


def _in_the_room(stage: Stage, who: Someone, asked: Asked) -> None:
    """ "I was here", some minutes after the session."""
    held = [each for each in stage.sessions if each <= asked.chance.planned]
    place = len(held) - len(stage.sessions) - 1
    was_here = who.story.here[place] if -len(who.story.here) <= place < 0 else False
    if not asked.stored.name.endswith(".after") or not held or not was_here:
        return
    at = asked.chance.opens + timedelta(minutes=6)
    if at < stage.now:
        day = held[-1].astimezone(ZoneInfo(stage.group.zone)).date()
        attendance.here(stage.session, who.person.id, stage.group.id, day, at)
        occurrences.touched(
            *(stage.session, who.person.id, asked.stored.id, asked.chance.local_date), at
        )


def _from_now_on(stage: Stage, who: Someone) -> None:
    """Their schedules go on from here as those of anybody else."""
    person = people.look(stage.session, who.person.id)
    assert person is not None
    known = timetable.Known(stage.session, stage.kit, person, stage.now)
    timetable.follow(known)
    for each in timetable.account_all(known):
        timetable.plan_next(known, each)
