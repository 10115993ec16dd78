"""Today, Group and Brief: what is shown to whom, and of how many people."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.store import (
    attendance,
    audit,
    board,
    brought,
    enrolments,
    groups,
    pairs,
    people,
    tables,
)
from bot.store.board import Kind as Line
from bot.store.board import State
from bot.store.groups import Programme
from bot.store.people import Standing
from bot.store.worker import Database
from bot.usecases import assign, export, silence
from bot.usecases.kit import Kit
from bot.usecases.office import brief as briefs
from bot.usecases.office import group as pages
from bot.usecases.office import today as todays
from bot.usecases.office.brief import Brief, Room
from bot.usecases.office.group import GroupPage, Row
from bot.usecases.office.quiet import quiet_ones
from bot.usecases.office.reader import NotYoursError, Reader
from bot.usecases.office.today import Kind, Today
from bot.usecases.workshops import enrol
from tests.usecases.clockwork import LEO, MADRID, MAYA, OPPOSITE, RIVERA, Clockwork, texts
from tests.usecases.lessons import two_lessons
from tests.usecases.one_group import (
    ELSEWHERE,
    FEELINGS,
    MORE,
    SIX,
    agrees,
    checks_in,
    does,
    here,
    lead,
    open_clinic,
    rivera,
)

DAY = timedelta(days=1)
THURSDAY = date(2026, 3, 5)
T = TypeVar("T")


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Six people in Thursday-B on a Monday, one in another group."""
    return open_clinic(Clockwork(database, shipped))


def asks(
    works: Clockwork,
    page: Callable[[Session, Kit, Reader, UUID, datetime], T],
    reader: Callable[[Session, Clockwork], Reader] = rivera,
) -> T:
    """Dr Rivera opens a page of her group."""
    return works.database.call(
        lambda session: page(
            session, works.kit, reader(session, works), works.group(session).id, works.now
        )
    )


def today(works: Clockwork, reader: Callable[[Session, Clockwork], Reader] = rivera) -> Today:
    """She opens Today."""
    return works.database.call(
        lambda session: todays.today(session, works.kit, reader(session, works), works.now)
    )


def group_page(works: Clockwork) -> GroupPage:
    """She opens the page of her group."""
    return asks(works, pages.group_page)


def brief(works: Clockwork) -> Brief:
    """She opens the brief."""
    return asks(works, briefs.brief)


def room(works: Clockwork) -> Room:
    """She opens the picture for the room."""
    return asks(works, briefs.room)


def row(works: Clockwork, alias: str) -> Row:
    """One line of the table."""
    return next(each for each in group_page(works).rows if each.alias == alias)


def records(works: Clockwork) -> list[tuple[str, UUID | None]]:
    """What Dr Rivera did by the pages, in order."""
    t = tables.audit
    me = works.id_of(RIVERA)
    query = select(t.c.action, t.c.subject).where(t.c.actor == me).order_by(t.c.seq)
    return works.database.call(
        lambda session: [tuple(each) for each in session.connection().execute(query)]
    )


# Today


def test_nothing_to_do_is_nothing(works: Clockwork) -> None:
    """Only the session that comes and the group stand there; other groups do not exist."""
    found = today(works)
    assert found.items == ()
    assert [each.group.name for each in found.sessions] == ["Thursday-B"]
    assert found.sessions[0].meeting.day == THURSDAY
    assert [each.name for each in found.groups] == ["Thursday-B"]
    assert [each.name for each in today(works, lead).groups] == ["Thursday-B", "Zeta"]


def test_alerts_stand_first_and_say_who_has_them(works: Clockwork) -> None:
    """Though something else has waited for longer; no word of what was written."""
    line_waits(works, MAYA)
    works.now += DAY
    works.beat()
    works.types(LEO, "quiero morir")
    alert, line = today(works).items
    assert (alert.kind, alert.who, alert.taken, alert.crisis) == (Kind.ALERT, "Colibrí", "", True)
    assert (line.kind, line.many, line.name) == (Kind.LINES, 1, "Thursday-B")
    assert "morir" not in repr(today(works))
    works.types(RIVERA, "/alerts")
    works.presses(RIVERA, "")
    assert today(works).items[0].taken == "Dr Rivera"
    works.types(RIVERA, "/alerts")
    assert works.to(RIVERA)[-1].message.buttons[0][0].text.endswith(" · with you")
    assert "one that waits" not in works.to(RIVERA)[-1].text


def line_waits(works: Clockwork, who: int) -> None:
    """A line of somebody's waits for the therapist."""
    agrees(works, Scope.BOARD_LINES, who)

    def work(session: Session) -> None:
        person, vault = works.person(session, who).id, works.kit.vault
        now, group = works.now, groups.of_person(session, person)
        assert group is not None
        line = board.begin(session, vault, person, group.id, Line.HELPED, "weekend", "en", now)
        begun = board.get(session, vault, line)
        assert begun is not None
        board.write(session, vault, begun, "I go where people are.", State.HELD, "en", now)

    works.run(work)


def test_what_waits_is_counted_group_by_group_oldest_first(works: Clockwork) -> None:
    """Newcomers, lines, answers, pairs, somebody who wants back; never of another group."""

    def others(session: Session) -> None:
        groups.set_programme(
            session, Programme("P", "Europe/Madrid", partner_pairs=True), works.now
        )
        maya, leo = (works.person(session, each).id for each in (MAYA, LEO))
        pairs.propose(session, works.group(session).id, (maya, leo), ("language",), works.now)
        back = works.person(session, MORE[3]).id
        people.set_standing(session, back, Standing.DISCHARGED)
        action = {"action": "return.asked", "reason": "request"}
        audit.write(session, actor=back, subject=back, now=works.now + DAY, **action)

    works.run(others)
    works.now += 2 * DAY
    works.beat()
    for who in (MAYA, LEO, ELSEWHERE):
        line_waits(works, who)
    kinds = [(each.kind, each.many) for each in today(works).items]
    assert [(kind, many) for kind, many in kinds if kind is not Kind.QUIET] == [
        (Kind.PAIRS, 1),
        (Kind.RETURNING, 1),
        (Kind.LINES, 2),
    ]
    found = next(each for each in today(works).items if each.kind is Kind.RETURNING)
    assert found.who == "Member 2004"


def test_broken_ways_and_a_stopped_clock_are_told(works: Clockwork) -> None:
    """A probe of one's own chat that failed; a heartbeat of ten minutes ago."""
    works.now += 3 * DAY

    def fails(session: Session) -> None:
        t, me = tables.outbox, works.person(session, RIVERA).id
        key = f"probe.{me.hex}.{works.now.date()}"
        row = {"key": key, "participant_id": me, "kind": 0, "policy": "at_least_once"}
        row |= {"status": "failed", "attempts": 1, "ambiguous": 0, "redraws": False}
        times = {"not_before": works.now, "created_at": works.now}
        session.connection().execute(t.insert(), row | times)

    works.run(fails)
    kinds = {each.kind for each in today(works).items}
    assert {Kind.CLOCK, Kind.CHAT} <= kinds


def test_quiet_is_the_same_here_as_in_the_chat(works: Clockwork) -> None:
    """The look at the whole group finds whom the look at each one finds: after answers, taps,
    pauses and our own downtime."""
    works.now += 4 * DAY
    does(works, MAYA, OPPOSITE.id, "it wants")
    agrees(works, Scope.NUMBERS_COUNTED, LEO)
    works.run(lambda session: _pauses(session, works))
    works.run(lambda session: _was_there(session, works, MORE[1]))
    works.go_down(2 * DAY)
    for _ in range(9):
        works.now += DAY

        def both(session: Session) -> tuple[list[UUID], list[UUID]]:
            group = works.group(session)
            scene = here(session, works, RIVERA)
            fast = quiet_ones(session, works.kit, [group], works.now)
            slow = silence.quiet_ones(scene, group)
            return [each.person for each in fast], [each.person for each in slow]

        fast, slow = works.database.call(both)
        assert fast == slow
    assert len(fast) >= 4


def _pauses(session: Session, works: Clockwork) -> None:
    people.set_paused(session, works.person(session, MORE[0]).id, works.now + 5 * DAY)


def _was_there(session: Session, works: Clockwork, who: int) -> None:
    group = works.group(session).id
    attendance.here(session, works.person(session, who).id, group, THURSDAY, works.now)


# Group


def test_the_table_counts_practice_and_answers_without_words(works: Clockwork) -> None:
    """Exercises, not check-ins; the last answer; nobody of another group."""
    does(works, MAYA, OPPOSITE.id, "it wants me to drink")
    checks_in(works, 4, MAYA, LEO)
    found = group_page(works)
    assert [each.alias for each in found.rows] == [
        *("Colibrí", "Heron", "Member 2001", "Member 2002", "Member 2003", "Member 2004"),
    ]
    assert (row(works, "Heron").practised, row(works, "Colibrí").practised) == (1, 0)
    assert row(works, "Colibrí").last == works.now.date()
    assert row(works, "Member 2001").last is None
    assert (row(works, "Colibrí").checked_in, row(works, "Heron").checked_in) == (1, 1)
    assert found.practised == 2
    assert "drink" not in repr(found)
    works.now += 8 * DAY
    assert row(works, "Heron").practised == 0


def test_what_was_given_and_who_has_done_it(works: Clockwork) -> None:
    """From the moment it was given on; what one person was given is theirs alone."""
    does(works, LEO, OPPOSITE.id, "before it was given")
    works.now += timedelta(hours=1)

    def give(session: Session) -> None:
        scene, group = here(session, works, RIVERA), works.group(session)
        assign.assign(scene, group, None, OPPOSITE)
        assign.assign(scene, group, works.person(session, LEO).id, FEELINGS)

    works.run(give)
    works.now += timedelta(hours=1)
    does(works, MAYA, OPPOSITE.id, "it wants")
    found = group_page(works)
    assert [(each.title, each.whom, each.done, each.people) for each in found.given] == [
        ("Feelings", "Colibrí", 0, 1),
        ("Opposite action", "", 1, 6),
    ]
    assert (row(works, "Heron").done, row(works, "Heron").given) == (1, 1)
    assert (row(works, "Colibrí").done, row(works, "Colibrí").given) == (0, 2)


def test_workshops_that_were_given_stand_there_too(works: Clockwork) -> None:
    """Who has begun one is counted; what somebody joined by themselves is nobody's business."""
    workshop = two_lessons()

    def give(session: Session) -> None:
        scene, group = here(session, works, RIVERA), works.group(session)
        enrol.give(scene, group, None, workshop)
        mine = enrolments.running(session, works.person(session, LEO).id)
        assert mine is not None
        enrolments.open_lesson(session, mine, "l1", works.now.date(), works.now)

    works.run(give)
    found = group_page(works).workshops
    assert [(each.title, each.whom, each.begun, each.people) for each in found] == [
        ("Seven days", "", 1, 6)
    ]


def test_attendance_is_of_the_last_session_and_of_those_who_were_in_the_group(
    works: Clockwork,
) -> None:
    """Whoever came later is neither there nor missing."""
    assert group_page(works).attendance is None
    works.now += 4 * DAY
    works.run(lambda session: _was_there(session, works, MAYA))
    found = group_page(works).attendance
    assert found is not None
    assert (found.meeting.day, found.there, found.people) == (THURSDAY, 1, 6)
    assert (row(works, "Heron").was_there, row(works, "Colibrí").was_there) == (True, False)


def test_the_ring_needs_five(works: Clockwork) -> None:
    """As everywhere."""
    does(works, MAYA, OPPOSITE.id, "it wants")
    works.now += DAY
    agrees(works, Scope.NUMBERS_COUNTED, *SIX[:4])
    assert group_page(works).ring is None
    agrees(works, Scope.NUMBERS_COUNTED, SIX[4])
    ring = group_page(works).ring
    assert ring is not None
    assert (ring.practised, ring.counted) == (1, 5)


@pytest.mark.parametrize("page", [pages.group_page, briefs.brief, briefs.room])
def test_another_group_is_not_there(works: Clockwork, page: Callable[..., object]) -> None:
    """A foreign id, an id of nobody: the same refusal, and nothing on record."""

    def foreign(session: Session) -> UUID:
        return next(each.id for each in groups.groups(session) if each.name == "Zeta")

    for wrong in (works.database.call(foreign), UUID(int=7)):
        with pytest.raises(NotYoursError):
            works.database.call(
                lambda session, of=wrong: page(  # type: ignore[misc] # a default binds the loop's value
                    session, works.kit, rivera(session, works), of, works.now
                )
            )
    assert records(works) == []


# Brief and room


@pytest.mark.parametrize(("many", "days"), [(0, 0), (4, 0), (5, 1), (6, 1)])
def test_the_curve_needs_five_who_agreed(works: Clockwork, many: int, days: int) -> None:
    """Whoever did not agree is not in it, though they answered too."""
    agrees(works, Scope.NUMBERS_COUNTED, *SIX[:many])
    for mood, who in enumerate(SIX):
        checks_in(works, mood, who)
    for found in (brief(works).curves, room(works).curves):
        assert sum(len(each.days) for each in found.curves) == days
        assert found.counted == many
    if days:
        (mood_curve,) = room(works).curves.curves
        assert mood_curve.code == "mood"
        assert mood_curve.days[0].middle == (many - 1) / 2


def test_a_withdrawal_takes_the_curve_away_at_once(works: Clockwork) -> None:
    """The fifth says no, and nothing is drawn any more."""
    agrees(works, Scope.NUMBERS_COUNTED, *SIX[:5])
    checks_in(works, 6, *SIX)
    assert room(works).curves.curves
    agrees(works, Scope.NUMBERS_COUNTED, LEO, granted=False)
    assert not room(works).curves.curves
    assert not brief(works).themes.any


def test_themes_count_what_was_tapped_by_three(works: Clockwork) -> None:
    """Exercises, needs, feelings; in the reader's language, whichever the writer's was; a word
    somebody typed is in none of it."""
    agrees(works, Scope.NUMBERS_COUNTED, *SIX)
    for who, feeling in ((MAYA, "sad"), (LEO, "tristeza"), (MORE[0], "sad"), (MORE[1], "anxious")):
        does(works, who, FEELINGS.id, feeling, f"my own word {who}", "/done")
    found = brief(works).themes
    assert [(each.what, each.people) for each in found.exercises] == [("Feelings", 4)]
    assert [(each.what.value, each.people) for each in found.needs] == [("low", 4)]
    assert [(each.what.option, each.people) for each in found.choices] == [("sad", 3)]
    assert "my own word" not in repr(brief(works))


def test_what_is_brought_has_a_name_only_with_a_yes(works: Clockwork) -> None:
    """Of those who do not let the therapists read there is a number; each look is on record."""
    run = does(works, MAYA, OPPOSITE.id, "it wants")
    other = does(works, LEO, OPPOSITE.id, "me pide")
    agrees(works, Scope.THERAPIST_READS, MAYA)

    def bring(session: Session) -> None:
        group = works.group(session).id
        for who, entry in ((MAYA, run), (LEO, other)):
            person = works.person(session, who).id
            brought.bring(session, entry, person, group, THURSDAY, works.now)

    works.run(bring)
    found = brief(works)
    assert [(each.alias, each.title) for each in found.entries] == [("Heron", "Opposite action")]
    assert found.unnamed == 1
    assert records(works) == [
        ("brief.opened", None),
        ("brought.seen", works.id_of(MAYA)),
    ]
    agrees(works, Scope.THERAPIST_READS, MAYA, granted=False)
    again = brief(works)
    assert (again.entries, again.unnamed) == ((), 2)
    assert [(each.kind, each.many) for each in today(works).items] == [(Kind.BROUGHT, 2)]


def test_answers_are_those_shown_for_this_session(works: Clockwork) -> None:
    """A choice of its own for each; an answer kept, or of another session, is not there. What was
    read does not wait any more: it did for ever, on the page of the day and in the summary."""
    question = brief(works).question
    assert question

    def answers(session: Session) -> None:
        vault, group = works.kit.vault, works.group(session).id
        for who, about, state in (
            (MAYA, "any.20260305", State.SHOWN),
            (LEO, "any.20260305", State.KEPT),
            (MORE[0], "any.20260226", State.SHOWN),
        ):
            person = works.person(session, who).id
            line = board.begin(session, vault, person, group, Line.QUESTION, about, "en", works.now)
            begun = board.get(session, vault, line)
            assert begun is not None
            board.write(session, vault, begun, f"answer of {who}", state, "en", works.now)

    works.run(answers)
    waits = [(each.kind, each.many) for each in today(works).items]
    assert (Kind.ANSWERS, 2) in waits
    works.types(RIVERA, "/menu")
    works.button(RIVERA, "The group between sessions (2 waiting)")
    found = brief(works).answers
    assert [(each.alias, each.text) for each in found] == [("Heron", f"answer of {MAYA}")]
    assert ("answer.read", works.id_of(MAYA)) in records(works)
    waits = [(each.kind, each.many) for each in today(works).items]
    assert (Kind.ANSWERS, 1) in waits


def test_the_brief_stays_with_a_session_until_it_is_over(works: Clockwork) -> None:
    """In the room it is still this session's, afterwards the next one's."""
    works.now += 3 * DAY + timedelta(hours=5, minutes=30)  # Thursday, half past six in Madrid
    meeting = brief(works).meeting
    assert meeting is not None
    assert meeting.day == THURSDAY
    works.now += timedelta(hours=1)
    meeting = brief(works).meeting
    assert meeting is not None
    assert meeting.day == THURSDAY + 7 * DAY


def test_the_room_sees_no_small_ring(works: Clockwork) -> None:
    """One or two of six would point at somebody; three would not."""
    agrees(works, Scope.NUMBERS_COUNTED, *SIX)
    for who in SIX[:2]:
        does(works, who, OPPOSITE.id, "it wants")
    works.now += DAY
    assert room(works).ring is None
    does(works, SIX[2], OPPOSITE.id, "it wants")
    works.now += DAY
    assert room(works).ring is not None


def test_nothing_of_the_room_names_anybody(works: Clockwork) -> None:
    """No alias, no id of a person, in anything the page is made of."""
    agrees(works, Scope.NUMBERS_COUNTED, *SIX)
    checks_in(works, 5, *SIX)
    found = repr(room(works))
    for who in SIX:
        assert works.id_of(who).hex not in found
        assert str(works.id_of(who)) not in found
    assert not [each for each in ("Heron", "Colibrí", "Member") if each in found]


def test_bringing_says_who_sees_it_and_can_be_taken_back(works: Clockwork) -> None:
    """With a yes the therapists see which entry, without one a number only; a tap undoes it."""
    does(works, MAYA, OPPOSITE.id, "it wants")
    works.until(THURSDAY, "16:30", MADRID)
    works.presses(MAYA, _bring(works))
    (words,) = [each for each in texts(works.to(MAYA)) if "to have at hand" in each]
    assert "not who or which" in words
    found = brief(works)
    assert (found.entries, found.unnamed) == ((), 1)
    assert _copied(works) == [THURSDAY]
    works.presses(MAYA, "Leave it at home")
    assert _copied(works) == []
    assert "Left at home" in works.to(MAYA)[-1].text
    assert brief(works).unnamed == 0
    agrees(works, Scope.THERAPIST_READS, MAYA)
    works.presses(MAYA, _bring(works))
    words = [each for each in texts(works.to(MAYA)) if "to have at hand" in each][-1]
    assert "Your therapists see that you want to bring it" in words
    assert [each.alias for each in brief(works).entries] == ["Heron"]


def _copied(works: Clockwork) -> list[date]:
    """What the copy of her own data says of entries to bring."""

    def build(session: Session) -> list[date]:
        data = export.build(session, works.kit, works.person(session, MAYA).id, works.now)
        assert data is not None
        return [each.brought for each in data.entries if each.brought is not None]

    return works.database.call(build)


def _bring(works: Clockwork) -> str:
    """The whole label of the button that offers the entry."""
    return next(
        button.text
        for each in reversed(works.to(MAYA))
        for row in each.message.buttons
        for button in row
        if "· Opposite action" in button.text
    )
