"""A group's settings changed on the page: what is due moves, odd input keeps what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.care.alerting import next_opening
from bot.store import audit, away, groups, people, staff, tables
from bot.store.people import Standing
from bot.store.staff import Role
from bot.store.worker import Database
from bot.usecases import consented, desk
from bot.usecases.kit import Kit
from bot.usecases.office import settings as pages
from bot.usecases.office.reader import NotYoursError, reader_of
from bot.usecases.office.settings import Settings
from bot.usecases.scene import Scene
from tests.catalog.shelf import SHIPPED
from tests.usecases.clockwork import CORE, LEO, MADRID, MAYA, RIVERA, Clockwork

MORA = 1004
THURSDAY = date(2026, 3, 5)


class Typed(dict[str, str]):
    """A form as a browser sends it, fields that repeat included."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)
        super().__init__(self.pairs)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(value for each, value in self.pairs if each == name)


def form(*rows: tuple[str, ...], names: tuple[str, ...] = (), **fields: str) -> Typed:
    """Rows of fields that repeat, then the others."""
    repeated = [pair for row in rows for pair in zip(names, row, strict=True)]
    return Typed([*repeated, *fields.items()])


def only(fields: Mapping[str, str]) -> Typed:
    """A form without rows."""
    return Typed(fields.items())


def calendar(*rows: tuple[str, str, str], **fields: str) -> Typed:
    """The form of the calendar."""
    return form(*rows, names=("weekday", "starts", "minutes"), **{"zone": MADRID, **fields})


def hours(*rows: tuple[str, str, str], **fields: str) -> Typed:
    """The form of the office hours."""
    return form(*rows, names=("weekday", "opens", "closes"), **fields)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Maya in New York and Leo in Madrid meet on Thursdays at six; Dr Mora leads."""
    works = Clockwork(database, shipped).build(CORE)
    works.kit = replace(works.kit, library=replace(works.kit.library, tracks=SHIPPED.tracks))
    works.run(lambda session: _lead(session, works))
    return works


def _lead(session: Session, works: Clockwork) -> None:
    vault, now = works.kit.vault, works.now
    place = staff.add_staff(session, vault, "Dr Mora", Role.LEAD, now)
    person = people.welcome(session, vault, MORA, "en", MADRID, now)
    taken = people.take_place(session, vault, place.id, MORA, person, now)
    people.set_standing(session, taken.id, Standing.STAFF)


def at_page(works: Clockwork, who: int, work: Any, *given: object) -> Any:
    """Somebody of the staff at the page of the one group."""
    found: list[Any] = []

    def unit(session: Session) -> None:
        reader = reader_of(session, works.kit, works.person(session, who).id)
        assert reader is not None
        group = works.group(session).id
        found.append(work(session, works.kit, reader, group, *given, works.now))

    works.run(unit)
    return found[0]


def saves(works: Clockwork, part: str, typed: Typed, who: int = RIVERA) -> Settings | None:
    """Somebody sends one form."""
    found: Settings | None = at_page(works, who, pages.save, part, typed)
    return found


def around_sessions(works: Clockwork, who: int) -> list[str]:
    """When somebody is written to around a session: day of March and hour in Madrid. Minutes differ
    from person to person, so that not everybody is written to at once."""
    found: list[str] = []

    def unit(session: Session) -> None:
        t = tables.due
        mine = (t.c.participant_id == works.person(session, who).id, t.c.kind == "session")
        rows = session.connection().execute(select(t.c.at).where(*mine).order_by(t.c.at))
        found.extend(f"{at.astimezone(ZoneInfo(MADRID)):%d %Hh}" for at in rows.scalars())

    works.run(unit)
    return found


def test_moving_a_session_moves_what_is_due_around_it(works: Clockwork) -> None:
    """For everybody of the group, before and after; what was written for other reasons stays."""
    before, after = "05 16h", "05 19h"
    assert around_sessions(works, LEO) == [before, after]
    assert saves(works, "calendar", calendar(("4", "10:00", "60"))) is None
    moved = ["06 08h", "06 11h"]
    assert around_sessions(works, LEO) == moved
    assert [each[:2] for each in around_sessions(works, MAYA)] == ["06", "06"]
    page = at_page(works, RIVERA, pages.settings)
    assert page.sessions == (("4", "10:00", "60"),)


@pytest.mark.both
def test_the_zone_counts_and_a_city_will_do(works: Clockwork) -> None:
    """Six o'clock in Bogotá is midnight in Madrid."""
    assert saves(works, "calendar", calendar(("3", "18:00", "90"), zone="Bogotá")) is None
    assert around_sessions(works, LEO)[0] == "05 22h"
    assert at_page(works, RIVERA, pages.settings).zone == "America/Bogota"


def test_a_second_session_and_none_at_all(works: Clockwork) -> None:
    """The nearest of the two counts; with none left nothing comes around sessions any more, and
    with one again it does."""
    two = calendar(("3", "18:00", "90"), ("1", "12:00", "45"), ("", "", ""), ("", " ", ""))
    assert saves(works, "calendar", two) is None
    assert around_sessions(works, LEO)[0] == "03 10h"
    assert saves(works, "calendar", calendar(("3", "18:00", "90"), remove="0")) is None
    assert around_sessions(works, LEO) == []
    assert saves(works, "calendar", calendar(("3", "18:00", "90"))) is None
    assert around_sessions(works, LEO)[0] == "05 16h"


def test_what_was_sent_around_the_old_time_is_not_sent_twice(works: Clockwork) -> None:
    """It was asked what to bring on Thursday; moving the hour on that day asks nobody again."""
    works.until(THURSDAY, "16:30", MADRID)
    before = len(works.to(LEO))
    assert saves(works, "calendar", calendar(("3", "20:00", "90"))) is None
    works.until(THURSDAY, "19:00", MADRID)
    asked = [each for each in works.to(LEO)[before:] if "grupo" in each.text.lower()]
    assert asked == []


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("calendar", calendar(("", "18:00", "90")), "Row 1: please choose a day."),
        ("calendar", calendar(("8", "18:00", "90")), "Row 1: please choose a day."),
        ("calendar", calendar(("3", "6 pm", "90")), "Row 1: “6 pm” is no time of day."),
        ("calendar", calendar(("3", "24:00", "90")), "Row 1: “24:00” is no time of day."),
        ("calendar", calendar(("3", "18:00", "0")), "whole number from 1 to 600, not “0”"),
        ("calendar", calendar(("3", "18:00", "")), "Row 1: please write how many minutes, from 1"),
        ("calendar", calendar(("3", "", "90")), "Row 1: please write a time of day, such as 18:00"),
        ("calendar", calendar(("3", "18:00", "90"), zone=" "), "Please write a city or a time"),
        ("calendar", calendar(("3", "18:00", "²")), "whole number from 1 to 600, not “²”"),
        ("calendar", calendar(("3", "18:00", "90"), ("3", "18:00", "45")), "begin at the same"),
        ("calendar", calendar(("3", "18:00", "90"), zone="Madird"), "Did you mean Madrid?"),
        ("calendar", calendar(("3", "18:00", "90"), zone="{typed}"), "“{typed}” is no city"),
        ("hours", hours(("0", "17:00", "09:00")), "Row 1: the office closes before it opens."),
        ("hours", hours(("0", "09:00", "09:00")), "Row 1: the office closes before it opens."),
        ("hours", hours(("0", "24:00", "24:00")), "Row 1: “24:00” is no time of day."),
        (
            "hours",
            hours(("0", "09:00", "13:00"), ("0", "12:00", "17:00")),
            "The hours on Monday overlap.",
        ),
        ("group", form(quiet_days="-1", track=""), "whole number from 0 to 60, not “-1”"),
        ("group", form(quiet_days="", track=""), "Please write how many days, from 0 to 60."),
        ("group", form(quiet_days="soon", track=""), "whole number from 0 to 60, not “soon”"),
        ("group", form(quiet_days="7", track="../etc"), "There is no such track."),
        ("away", form(span="other", until=""), "Please choose until when"),
        ("away", form(span="other", until="31/12/2026"), "Please choose until when"),
        ("away", form(span="other", until="2026-03-02T08:00"), "is over already"),
        ("away", form(span="other", until="2027-03-02T08:00"), "more than three months"),
        ("away", form(span="never"), "Please choose until when"),
    ],
)
def test_odd_input_changes_nothing_and_says_what_to_do(
    works: Clockwork, part: str, typed: Typed, sentence: str
) -> None:
    """A clear sentence, and everything stays as it was."""
    before = at_page(works, RIVERA, pages.settings)
    page = saves(works, part, typed)
    assert page is not None
    assert page.part == part
    assert sentence in page.problem
    assert at_page(works, RIVERA, pages.settings) == before


def test_a_form_of_an_older_page_overwrites_nothing(works: Clockwork) -> None:
    """Two had the page open: what the first had changed the second put back without a word. Sent
    again from the page as it is now, it is kept; other forms are not held up by it."""
    old = at_page(works, RIVERA, pages.settings).stood
    earlier = calendar(("3", "19:00", "90"), stood=old["calendar"])
    assert saves(works, "calendar", earlier) is None
    mine = calendar(("3", "18:00", "75"), stood=old["calendar"])
    page = saves(works, "calendar", mine)
    assert page is not None
    assert "Somebody changed this while your page was open" in page.problem
    assert page.sessions == (("3", "19:00", "90"),)
    assert saves(works, "group", form(quiet_days="5", track="", stood=old["group"])) is None
    fresh = calendar(("3", "18:00", "75"), stood=page.stood["calendar"])
    assert saves(works, "calendar", fresh) is None
    assert at_page(works, RIVERA, pages.settings).sessions == (("3", "18:00", "75"),)


def test_a_form_sent_twice_is_no_older_page(works: Clockwork) -> None:
    """Pressed twice, “what you typed was not kept” stood above what had just been kept."""
    old = at_page(works, RIVERA, pages.settings).stood
    for part, twice in (
        ("calendar", calendar(("3", "19:00", "90"), stood=old["calendar"])),
        ("group", form(quiet_days="5", track="", stood=old["group"])),
    ):
        assert saves(works, part, twice) is None
        assert saves(works, part, twice) is None


def test_what_was_typed_is_still_there(works: Clockwork) -> None:
    """In the form that could not be kept; the others are as they stand."""
    page = saves(works, "calendar", calendar(("3", "soon", "ninety"), zone="Nowhere at all"))
    assert page is not None
    assert page.sessions == (("3", "soon", "ninety"),)
    assert page.zone == "Nowhere at all"
    page = saves(works, "group", form(quiet_days="many", track="trauma"))
    assert page is not None
    assert (page.quiet_days, page.track, page.sessions) == (
        "many",
        "trauma",
        (("3", "18:00", "90"),),
    )
    page = saves(works, "away", form(span="other", until="2026-03-01T08:00"))
    assert page is not None
    assert page.extra["until"] == "2026-03-01T08:00"


def test_office_hours_decide_who_is_told_when(works: Clockwork) -> None:
    """From Saturday to Sunday: the office opens on Saturday."""
    assert saves(works, "hours", hours(("5", "9:00", "12:00"), ("6", "10:00", "11:00"))) is None

    def opens(session: Session) -> None:
        read = desk.hours_of(session, works.group(session).id, None)
        assert next_opening(read, works.now) == datetime(2026, 3, 7, 8, tzinfo=UTC)

    works.run(opens)
    assert saves(works, "hours", hours(("5", "00:00", "24:00"))) is None
    works.run(lambda session: _reads(works, session, "on Saturday, 0:00–24:00, Madrid time"))
    assert saves(works, "hours", hours()) is None
    assert at_page(works, RIVERA, pages.settings).hours == ()


def _reads(works: Clockwork, session: Session, hours_said: str) -> None:
    maya = works.person(session, MAYA)
    assert consented.hours(Scene(session, works.kit, maya, works.now, "hours")) == hours_said


@pytest.mark.both
def test_the_order_of_therapists(works: Clockwork) -> None:
    """Dr Else comes first; two people in one place are refused, and keep what was typed."""

    def add(session: Session) -> None:
        group = works.group(session).id
        staff.add_staff(
            session, works.kit.vault, "Dr Else", Role.THERAPIST, works.now, groups=(group,)
        )

    works.run(add)
    rivera, other = at_page(works, RIVERA, pages.settings).team
    assert [rivera.name, other.name] == ["Dr Rivera", "Dr Else"]
    swapped = {f"place.{rivera.id.hex}": "2", f"place.{other.id.hex}": "1"}
    assert saves(works, "order", only(swapped)) is None
    team = at_page(works, RIVERA, pages.settings).team
    assert [each.name for each in team] == ["Dr Else", "Dr Rivera"]
    same = {f"place.{rivera.id.hex}": "1", f"place.{other.id.hex}": "1"}
    page = saves(works, "order", only(same))
    assert page is not None
    assert "the same place" in page.problem
    assert [each.place for each in page.team] == ["1", "1"]


@pytest.mark.both
def test_silence_and_track(works: Clockwork) -> None:
    """Both are kept at once; the page then offers them as chosen."""
    assert saves(works, "group", form(quiet_days="0", track="trauma")) is None
    page = at_page(works, RIVERA, pages.settings)
    assert (page.quiet_days, page.track) == ("0", "trauma")
    assert {"trauma", "alcohol"} <= {name for name, _ in page.tracks}
    assert saves(works, "group", form(quiet_days="7", track="")) is None
    assert at_page(works, RIVERA, pages.settings).track == ""


def test_only_the_lead_changes_the_minutes_of_the_programme(works: Clockwork) -> None:
    """For a therapist they are not there; the lead must not hear of it before the back-up."""
    minutes = dict.fromkeys(pages.WAITS, "10") | {
        "open_lead_minutes": "20",
        "closed_lead_minutes": "45",
    }
    assert at_page(works, RIVERA, pages.settings).waits == {}
    with pytest.raises(NotYoursError):
        saves(works, "programme", only(minutes))
    assert saves(works, "programme", only(minutes), MORA) is None

    def kept(session: Session) -> None:
        found = groups.programme(session)
        assert found is not None
        assert (found.open_backup_minutes, found.closed_lead_minutes) == (10, 45)

    works.run(kept)
    page = saves(works, "programme", only(minutes | {"open_lead_minutes": "10"}), MORA)
    assert page is not None
    assert "the lead must hear of it later" in page.problem
    assert page.waits["open_lead_minutes"] == "10"
    page = saves(works, "programme", only(minutes | {"open_lead_minutes": "1441"}), MORA)
    assert page is not None
    assert "from 1 to 1440" in page.problem


def test_away_from_the_page(works: Clockwork) -> None:
    """A ready span, an own moment on the clinic's clock, back again; only the lead says it for
    others."""

    def until(who: int) -> datetime | None:
        found: list[datetime | None] = []
        works.run(
            lambda session: found.append(
                away.until(session, works.person(session, who).id, works.now)
            )
        )
        return found[0]

    assert saves(works, "away", form(span="tomorrow")) is None
    assert until(RIVERA) == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert saves(works, "away", form(span="other", until="2026-03-04T12:30")) is None
    assert until(RIVERA) == datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
    team = at_page(works, MORA, pages.settings).team
    assert team[0].until == datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
    page = at_page(works, RIVERA, pages.settings)
    assert page.gone == (("Dr Rivera", "Wednesday at 12:30"),)
    assert page.cover == "Dr Mora"  # and where the lead is away too, nobody: it is not promised
    assert saves(works, "away", form(span="tomorrow"), MORA) is None
    assert at_page(works, RIVERA, pages.settings).cover == ""
    assert saves(works, "away", form(span="back"), MORA) is None
    assert saves(works, "away", form(span="back", who=team[0].id.hex), MORA) is None
    assert until(RIVERA) is None
    with pytest.raises(NotYoursError):
        saves(works, "away", form(span="tomorrow", who=UUID(int=9).hex), MORA)
    mora = at_page(works, MORA, lambda _session, _kit, reader, *_: reader.id)
    with pytest.raises(NotYoursError):
        saves(works, "away", form(span="tomorrow", who=mora.hex))


def test_settings_of_another_group_are_not_there(works: Clockwork) -> None:
    """Neither to see nor to change; and every change is on record."""
    found: list[UUID] = []

    def add(session: Session) -> None:
        group = groups.add_group(session, "Tuesday-A", MADRID, works.now)
        found.append(group.id)

    works.run(add)

    def refused(session: Session) -> None:
        reader = reader_of(session, works.kit, works.person(session, RIVERA).id)
        assert reader is not None
        with pytest.raises(NotYoursError):
            pages.settings(session, works.kit, reader, found[0], works.now)
        with pytest.raises(NotYoursError):
            pages.save(session, works.kit, reader, found[0], "hours", hours(), works.now)

    works.run(refused)
    assert saves(works, "hours", hours()) is None
    rows: list[str] = []
    works.run(
        lambda session: rows.extend(
            each.action
            for each in audit.newest(session, None, actor=UUID(int=0), before=None, limit=5)
        )
    )
    assert rows[0] == "settings.hours"
