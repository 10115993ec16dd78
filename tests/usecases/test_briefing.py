"""The digest of a week and "the brief is ready": when they come, to whom, how often, with what."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete
from sqlmodel import Session

from bot.store import away, dues, groups, newcomers, outbox, people, staff, tables
from bot.store.digests import Chosen, choose
from bot.store.groups import SessionTime
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import briefing, group_settings, ring, tidy
from bot.usecases.kit import Kit
from tests.usecases.clockwork import LEO, MADRID, OPPOSITE, RIVERA, Clockwork, Sent
from tests.usecases.one_group import MORE, at, checks_in, does, open_clinic

HALF_A_DAY, DAY = timedelta(hours=12), timedelta(days=1)
HERE = ZoneInfo(MADRID)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Dr Rivera's group meets on Thursdays at six; it is Monday, one o'clock."""
    return open_clinic(Clockwork(database, shipped))


def lives(works: Clockwork, span: timedelta) -> None:
    """We are up all the time; twice a day the tidying plans what comes."""
    for _ in range(int(span / HALF_A_DAY)):
        works.run(lambda session: tidy.tidy(session, works.now))
        works.live(HALF_A_DAY)


def told(works: Clockwork, part: str) -> list[Sent]:
    """What Dr Rivera was sent with these words."""
    return [each for each in works.to(RIVERA) if part in each.text]


def digests(works: Clockwork) -> list[Sent]:
    """Her digests."""
    return told(works, "Your summary of seven days")


def briefs(works: Clockwork) -> list[Sent]:
    """Her notices of a brief."""
    return told(works, "its brief is ready")


def local(sent: list[Sent]) -> list[str]:
    """When each was sent, on the clock of Madrid."""
    return [f"{each.at.astimezone(HERE):%a %d %H:%M}" for each in sent]


def goes_to(works: Clockwork, moment: str) -> None:
    """It is that moment, and the tidying has run; nothing of before is due."""
    works.now = at(moment)
    works.beat()
    works.run(lambda session: tidy.tidy(session, works.now))


def test_the_digest_comes_on_monday_at_eight_in_numbers(works: Clockwork) -> None:
    """Who practised, who is quiet, what waits; no alias and no word."""
    lives(works, 4 * DAY)
    does(works, MORE[0], OPPOSITE.id, "it wants me to drink")
    checks_in(works, 3, MORE[1])
    works.types(MORE[2], "hello")
    lives(works, 3 * DAY)
    (found,) = digests(works)
    assert local([found]) == ["Mon 09 08:00"]
    assert "1 group · 2 of 6 practised" in found.text
    assert not [word for word in ("Heron", "Colibrí", "Member", "drink") if word in found.text]
    assert found.text.startswith("<b>Your summary of seven days</b>, sent automatically")


def test_it_says_what_waits_and_opens_the_page(works: Clockwork) -> None:
    """By a button where the pages have an address Telegram takes; else the address is said."""
    works.run(lambda session: _newcomers(session, works))
    for pages, button in (
        (None, None),
        ("http://127.0.0.1:8080", None),
        ("https://pages.example.org", "https://pages.example.org/office"),
    ):
        works.kit = replace(works.kit, pages=pages)
        lives(works, 7 * DAY)
        found = digests(works)[-1]
        assert "· 1 newcomer\n" in f"{found.text}\n"
        urls = [each.url for row in found.message.buttons for each in row if each.url]
        assert urls == ([button] if button else [])
        assert ("127.0.0.1:8080/office" in found.text) == (pages is not None and not button)


def test_it_does_not_forget_who_wants_to_come_back(works: Clockwork) -> None:
    """“Nothing waits for you” was said of a week in which somebody had asked for it."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Colibrí")
    works.presses(RIVERA, "Finish the programme")
    works.presses(RIVERA, "Yes, finish")
    works.presses(LEO, "Quiero volver")
    lives(works, 7 * DAY)
    found = digests(works)[-1].text
    assert "· 1 person who would like to come back" in found
    assert "Nothing waits for you" not in found


def _newcomers(session: Session, works: Clockwork) -> None:
    person = people.welcome(session, works.kit.vault, 4001, "en", MADRID, works.now)
    people.set_standing(session, person.id, Standing.PENDING)
    group = works.group(session).id
    newcomers.arrive(session, works.kit.vault, person.id, group, "1234", works.now)


@pytest.mark.both
def test_day_and_hour_are_chosen_in_the_menu(works: Clockwork) -> None:
    """Friday at four, then never; the summary follows at once."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My weekly summary")
    assert "comes on Monday at 08:00" in works.to(RIVERA)[-1].text
    works.presses(RIVERA, "Friday")
    works.presses(RIVERA, "16:00")
    assert "comes on Friday at 16:00" in works.to(RIVERA)[-1].text
    lives(works, 8 * DAY)
    assert local(digests(works)) == ["Fri 06 16:00"]
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My weekly summary")
    works.presses(RIVERA, "Don’t send it")
    assert "You get no weekly summary" in works.to(RIVERA)[-1].text
    lives(works, 14 * DAY)
    assert len(digests(works)) == 1


@pytest.mark.parametrize(
    ("start", "sent"),
    [
        ("2026-03-23T12:00+01:00", "Mon 30 08:00"),  # the clocks go forward in between
        ("2026-10-19T12:00+02:00", "Mon 26 08:00"),  # and back
    ],
)
@pytest.mark.both
def test_eight_stays_eight_when_the_clocks_are_changed(
    works: Clockwork, start: str, sent: str
) -> None:
    """Once, at the hour on the wall."""
    goes_to(works, start)
    works.sent.clear()
    lives(works, 8 * DAY)
    assert local(digests(works)) == [sent]


def test_a_restart_sends_nothing_twice_and_loses_nothing(works: Clockwork) -> None:
    """Down over the hour: it comes when we are back that morning, once, however often the
    tidying runs before or after."""
    lives(works, 6 * DAY)
    works.now = at("2026-03-09T09:20+01:00")
    works.beat()
    for _ in range(3):
        works.run(lambda session: tidy.tidy(session, works.now))
    works.ring()
    assert local(digests(works)) == ["Mon 09 09:20"]
    lives(works, DAY)
    works.run(lambda session: dues.bring_forward(session, [briefing.DIGEST], works.now))
    works.ring()
    assert len(digests(works)) == 1


def test_a_digest_of_yesterday_is_not_told(works: Clockwork) -> None:
    """Down until the evening: the next one comes in a week."""
    lives(works, 6 * DAY)
    works.now = at("2026-03-09T20:00+01:00")
    works.beat()
    works.ring()
    assert digests(works) == []
    lives(works, 7 * DAY)
    assert local(digests(works)) == ["Mon 16 08:00"]


def test_whoever_is_away_hears_when_they_are_back(works: Clockwork) -> None:
    """Until Wednesday: then, once; of a session meanwhile nothing."""
    until = at("2026-03-13T09:00+01:00")
    works.run(lambda session: away.leave(session, _rivera(session, works), until, works.now))
    lives(works, 12 * DAY)
    assert local(digests(works)) == ["Fri 13 09:00"]
    assert briefs(works) == []
    lives(works, 4 * DAY)
    assert local(digests(works)) == ["Fri 13 09:00", "Mon 16 08:00"]


def _rivera(session: Session, works: Clockwork) -> UUID:
    return works.person(session, RIVERA).id


@pytest.mark.both
def test_whoever_left_hears_nothing(works: Clockwork) -> None:
    """Neither what would come nor what waits in the outbox."""
    lives(works, 2 * DAY)
    works.now = at("2026-03-05T17:30+01:00")
    works.beat()
    found = works.database.call(lambda session: dues.ripe(session, works.now))
    assert [each.kind for each in found if each.kind == briefing.BRIEF] == [briefing.BRIEF]
    for each in found:
        works.database.call(partial(ring.ring, due=each, now=works.now, kit=works.kit))
    works.run(lambda session: staff.remove(session, _rivera(session, works)))
    works.deliver()
    lives(works, 14 * DAY)
    assert briefs(works) == []
    assert digests(works) == []


def test_the_brief_is_told_of_half_an_hour_before(works: Clockwork) -> None:
    """Once for each session, with the hour on the group's clock."""
    lives(works, 11 * DAY)
    found = briefs(works)
    assert local(found) == ["Thu 05 17:30", "Thu 12 17:30"]
    assert found[0].text.startswith(
        "Your next group begins at 18:00, and its brief is ready: <b>Thursday-B</b>"
    )


def test_the_hour_of_another_town_is_named(works: Clockwork) -> None:
    """“At 12:00” at five, to somebody whose own pages say 17:30."""
    calendar = (SessionTime(3, "12:00", 90),)
    works.run(
        lambda session: group_settings.set_calendar(
            *(session, works.kit, works.group(session), calendar, "America/Bogota", works.now)
        )
    )
    lives(works, 5 * DAY)
    assert local(briefs(works)) == ["Thu 05 17:30"]
    assert "begins at 12:00 (Bogota time), and" in briefs(works)[0].text


@pytest.mark.parametrize(
    ("start", "sent"),
    [("2026-03-26T12:00+01:00", "Sun 29 17:30"), ("2026-10-22T12:00+02:00", "Sun 25 17:30")],
)
def test_half_an_hour_stays_that_when_the_clocks_are_changed(
    works: Clockwork, start: str, sent: str
) -> None:
    """A session on the Sunday of the change itself."""
    goes_to(works, start)
    calendar = (SessionTime(6, "18:00", 90),)
    works.run(lambda session: _meets(session, works, calendar))
    works.sent.clear()
    lives(works, 4 * DAY)
    assert local(briefs(works)) == [sent]


def _meets(session: Session, works: Clockwork, calendar: tuple[SessionTime, ...]) -> None:
    group = works.group(session)
    group_settings.set_calendar(session, works.kit, group, calendar, MADRID, works.now)


def test_a_calendar_that_moves_takes_the_notice_along(works: Clockwork) -> None:
    """Earlier on the same day: told before the new hour, and not again before the old one."""
    lives(works, 2 * DAY)
    works.run(lambda session: _meets(session, works, (SessionTime(3, "16:00", 60),)))
    lives(works, 3 * DAY)
    assert local(briefs(works)) == ["Thu 05 15:30"]


def test_moved_after_it_was_told_it_is_not_told_again(works: Clockwork) -> None:
    """Ten minutes later on the same day is the same session; two on a day are two."""
    works.run(
        lambda session: _meets(
            session, works, (SessionTime(3, "10:00", 60), SessionTime(3, "18:00", 60))
        )
    )
    works.until(date(2026, 3, 5), "17:35", MADRID)
    assert local(briefs(works)) == ["Thu 05 09:30", "Thu 05 17:30"]
    works.run(
        lambda session: _meets(
            session, works, (SessionTime(3, "10:00", 60), SessionTime(3, "18:20", 60))
        )
    )
    lives(works, DAY)
    assert len(briefs(works)) == 2


def test_without_a_session_nothing_is_told(works: Clockwork) -> None:
    """The calendar is emptied an hour before."""
    works.until(date(2026, 3, 5), "17:00", MADRID)
    works.run(lambda session: _meets(session, works, ()))
    lives(works, 3 * DAY)
    assert briefs(works) == []


def test_a_late_notice_comes_before_the_session_or_not_at_all(works: Clockwork) -> None:
    """Down at half past five and back at quarter to six: told. Back at ten past: not."""
    works.run(lambda session: tidy.tidy(session, works.now))
    works.now = at("2026-03-05T17:45+01:00")
    works.beat()
    works.run(lambda session: tidy.tidy(session, works.now))
    works.ring()
    assert local(briefs(works)) == ["Thu 05 17:45"]
    works.now = at("2026-03-12T18:10+01:00")
    works.beat()
    works.ring()
    assert len(briefs(works)) == 1


def test_only_those_of_the_group_hear_of_its_brief(works: Clockwork) -> None:
    """A group Dr Rivera no longer looks after is silent."""
    works.run(lambda session: tidy.tidy(session, works.now))
    works.database.call(lambda session: session.connection().execute(delete(tables.group_staff)))
    lives(works, 8 * DAY)
    assert briefs(works) == []
    assert digests(works) == []


def test_the_hours_chosen_hold_on_the_clock_of_the_programme(works: Clockwork) -> None:
    """The programme moves to New York on a Monday: eight is eight there, that very day too."""

    def moves(session: Session) -> None:
        found = groups.programme(session)
        assert found is not None
        groups.set_programme(session, replace(found, zone="America/New_York"), works.now)
        choose(session, _rivera(session, works), Chosen(0, "08:00"))

    works.run(lambda session: tidy.tidy(session, works.now))
    works.run(moves)
    lives(works, 7 * DAY)
    # There the clocks were put forward on the eighth, in Madrid not yet.
    assert local(digests(works)) == ["Mon 02 14:00", "Mon 09 13:00"]


def test_the_same_key_is_never_queued_twice(works: Clockwork) -> None:
    """Whatever rings however often, the outbox knows one digest of a day."""
    lives(works, 7 * DAY)
    me = works.id_of(RIVERA)
    status = works.database.call(
        lambda session: outbox.status(session, f"digest.{me.hex}.2026-03-09")
    )
    assert status is not None
    assert status[0] == "sent"
