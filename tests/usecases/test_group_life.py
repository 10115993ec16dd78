"""A group between sessions on a clock of its own: the ring, who is quiet, the round, the board."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.catalog.consents import Scope
from bot.engine.given import Said
from bot.messages.callback import for_menu
from bot.store import board, board_helped, groups, people, tables
from bot.store.board import Kind, State
from bot.store.worker import Database
from bot.usecases import carry_on, consented, export, group_ring, set_up, tidy
from bot.usecases.incoming import Command, Press, What
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.usecases import content
from tests.usecases.clockwork import CORE, LEO, MADRID, MAYA, OPPOSITE, RIVERA, Clockwork, texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY, SUNDAY = date(2026, 3, 3), date(2026, 3, 8)
MORE = range(2001, 2005)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Clockwork:
    """Six people in one group, none of whom has agreed to anything but the frame."""
    kit = replace(shipped, consents=content.consents(), board=content.board())
    clockwork = Clockwork(database, kit).build(CORE, OPPOSITE)
    clockwork.run(partial(_more, works=clockwork))
    return clockwork


def _more(session: Session, works: Clockwork) -> None:
    for number in MORE:
        known = Known(number, "en", MADRID, f"Member {number}", checkins=())
        set_up.enrol(session, works.kit, works.group(session).id, known, works.now)


def scene(session: Session, works: Clockwork, who: int) -> Scene:
    """One happening for somebody."""
    return Scene(session, works.kit, works.person(session, who), works.now, f"t{works.now}{who}")


def agrees(works: Clockwork, who: int, scope: Scope, *, granted: bool = True) -> None:
    """Somebody says yes or no to one scope."""
    works.run(lambda session: consented.decide(scene(session, works, who), scope, granted=granted))


def practises(works: Clockwork, who: int) -> None:
    """Somebody does an exercise from beginning to end."""

    def work(session: Session) -> None:
        here = scene(session, works, who)
        exercise = works.kit.library.find(OPPOSITE.id)
        assert exercise is not None
        stored = carry_on.begin(here, exercise)
        carry_on.give(here, stored, Said("it wants", 1))

    works.run(work)
    works.deliver()


def ring(works: Clockwork) -> str:
    """The figure as people read it."""
    found: list[str] = []

    def work(session: Session) -> None:
        happening = scene(session, works, MAYA)
        figure = group_ring.of_group(happening, works.group(session).id)
        found.append(group_ring.said(happening, figure))

    works.run(work)
    return found[0]


def test_the_ring_counts_only_who_agreed_and_never_fewer_than_five(works: Clockwork) -> None:
    """Four yeses give no figure; the fifth does; a no takes it away at once."""
    for who in (MAYA, LEO, *MORE):
        practises(works, who)
    works.now += DAY
    for who in (MAYA, LEO, *MORE[:2]):
        agrees(works, who, Scope.NUMBERS_COUNTED)
    assert ring(works) == ""
    agrees(works, MORE[2], Scope.NUMBERS_COUNTED)
    assert ring(works) == "5 of 5 in your group practised this week."
    agrees(works, LEO, Scope.NUMBERS_COUNTED, granted=False)
    assert ring(works) == ""


def test_the_ring_does_not_move_within_a_day(works: Clockwork) -> None:
    """What is done today counts from tomorrow on, and no longer after a week."""
    for who in (MAYA, LEO, *MORE[:3]):
        agrees(works, who, Scope.NUMBERS_COUNTED)
    practises(works, MAYA)
    assert ring(works) == ""
    works.now += DAY
    assert ring(works) == "1 of 5 in your group practised this week."
    practises(works, LEO)
    assert ring(works) == "1 of 5 in your group practised this week."
    works.now += 7 * DAY
    assert ring(works) == "1 of 5 in your group practised this week."
    works.now += DAY
    assert ring(works) == ""


@pytest.mark.both
@pytest.mark.parametrize(
    ("who", "wanted", "part"),
    [
        (MAYA, Command("progress"), "In the last"),
        (MAYA, Press(for_menu("board")), "What helped"),
        (RIVERA, Press(for_menu("life")), "Thursday-B"),
    ],
)
def test_a_yes_taken_back_takes_the_figure_out_of_what_is_queued(
    works: Clockwork, who: int, wanted: What, part: str
) -> None:
    """While Telegram is away somebody counted says no: the page arrives without the figure. Where
    nobody says no it arrives once, with it."""
    for each in (MAYA, LEO, *MORE[:3]):
        practises(works, each)
        agrees(works, each, Scope.NUMBERS_COUNTED)
    works.now += DAY
    for granted in (True, False):
        before = len(works.to(who))
        works.hears(who, wanted)
        agrees(works, LEO, Scope.NUMBERS_COUNTED, granted=granted)
        works.deliver()
        (page,) = [each for each in texts(works.to(who)[before:]) if part in each]
        assert ("5 of 5" in page) is granted


def told_of_silence(works: Clockwork) -> list[str]:
    """What Dr Rivera heard about somebody quiet."""
    return [each for each in texts(works.to(RIVERA)) if "has been quiet" in each]


def lives(works: Clockwork, days: int) -> None:
    """Days go by, with the hourly tidying that plans the looks."""
    for _ in range(days):
        works.run(partial(tidy.tidy, now=works.now))
        works.live(DAY)


def only(works: Clockwork, *who: int) -> None:
    """All others ended the programme."""

    def work(session: Session) -> None:
        for number in {MAYA, LEO, *MORE} - set(who):
            people.set_standing(session, works.person(session, number).id, people.Standing.STRANGER)

    works.run(work)


def test_a_therapist_hears_once_that_somebody_is_quiet(works: Clockwork) -> None:
    """After the days of the group, at nine in the morning, without a name; and not again."""
    only(works, MORE[0])
    lives(works, 7)
    assert told_of_silence(works) == []
    lives(works, 3)
    (told,) = told_of_silence(works)
    assert told.startswith("In Thursday-B somebody has been quiet for 7 days.")
    assert "Member" not in told
    sent = next(each for each in works.to(RIVERA) if each.text == told)
    assert sent.at == datetime.fromisoformat("2026-03-10T09:00:00+01:00")
    works.presses(RIVERA, "See who")
    assert "Member 2001" in texts(works.to(RIVERA))[-1]


def test_a_sign_of_life_begins_the_count_anew(works: Clockwork) -> None:
    """A practice on the sixth day is heard; seven days later they are quiet again."""
    only(works, MORE[0])
    lives(works, 6)
    practises(works, MORE[0])
    lives(works, 6)
    assert told_of_silence(works) == []
    lives(works, 3)
    assert len(told_of_silence(works)) == 1


def test_our_own_downtime_is_no_silence(works: Clockwork) -> None:
    """Five days in which we were down, and two in which we were up, are two days of silence."""
    only(works, MORE[0])
    works.go_down(5 * DAY)
    lives(works, 3)
    assert told_of_silence(works) == []
    lives(works, 6)
    assert len(told_of_silence(works)) == 1


def test_a_pause_is_no_silence_and_a_group_can_choose_never(works: Clockwork) -> None:
    """Who asked for quiet is not reported; who said never hears nothing."""
    only(works, MORE[0])

    def paused(session: Session) -> None:
        person = works.person(session, MORE[0]).id
        people.set_paused(session, person, works.now + 20 * DAY)

    works.run(paused)
    lives(works, 12)
    assert told_of_silence(works) == []
    works.run(lambda session: groups.set_quiet_days(session, works.group(session).id, 0))
    lives(works, 20)
    assert told_of_silence(works) == []


def test_the_therapist_sets_the_days_in_the_chat(works: Clockwork) -> None:
    """The group's own number, marked as chosen, and kept."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "The group between sessions")
    works.presses(RIVERA, "When somebody is quiet")
    works.presses(RIVERA, "After 3 days")
    assert "Nobody is quiet for 3 days" in texts(works.to(RIVERA))[-1]
    days: list[int] = []
    works.run(lambda session: days.append(works.group(session).quiet_days))
    assert days == [3]


def test_the_round_asks_only_who_joined_on_sundays(works: Clockwork) -> None:
    """Opt-in; a button opens the question, so that other words are not taken for it."""
    works.types(LEO, "/language")
    works.presses(LEO, "English")
    works.types(LEO, "/menu")
    works.presses(LEO, "What helped others")
    works.presses(LEO, "One good thing a week")
    works.presses(LEO, "Ask me on Sundays")
    sent = works.until(SUNDAY, "21:00", MADRID)
    (asked,) = [each for each in sent if "What was one good thing this week" in each.text]
    assert asked.who == LEO
    assert asked.at.isoweekday() == 7
    assert asked.text.startswith("A message sent automatically by Between")
    works.presses(LEO, "Write one")
    works.presses(LEO, "Yes")
    works.types(LEO, "The soup I cooked.")
    line = lines_of(works, LEO)[0]
    assert (line.kind, line.state, line.text) == (Kind.GOOD, State.HELD, "The soup I cooked.")
    works.presses(LEO, "What helped others")
    works.presses(LEO, "One good thing a week")
    works.presses(LEO, "Don’t ask me any more")
    later = works.live(8 * DAY)
    assert not [each for each in later if "What was one good thing" in each.text]


def lines_of(works: Clockwork, who: int) -> list[board.BoardLine]:
    """Everything somebody wrote for the group."""
    return works.database.call(
        lambda session: board.of_person(session, works.kit.vault, works.person(session, who).id)
    )


def approved(works: Clockwork, who: int, text: str, about: str = "weekend") -> board.BoardLine:
    """A line of somebody's that stands on the board."""
    agrees(works, who, Scope.BOARD_LINES)

    def work(session: Session) -> None:
        person, vault = works.person(session, who).id, works.kit.vault
        group, now = works.group(session).id, works.now
        line_id = board.begin(session, vault, person, group, Kind.HELPED, about, "en", now)
        line = board.get(session, vault, line_id)
        assert line is not None
        board.write(session, vault, line, text, State.APPROVED, "en", now)

    works.run(work)
    return lines_of(works, who)[-1]


@pytest.mark.both
def test_helped_is_counted_once_each_and_shown_from_three(works: Clockwork) -> None:
    """Two people are no number yet; tapping again changes nothing; one's own does not count."""
    line = approved(works, MAYA, "I go where people are.")

    def taps(who: int) -> None:
        works.types(who, "/menu")
        works.presses(who, "What helped others")
        works.presses(who, "Weekend")
        works.presses(who, "This helped me")

    taps(MORE[0])
    works.presses(MORE[0], "This helped me")
    taps(MORE[1])
    assert not any("It helped" in each for each in texts(works.sent))
    taps(MORE[2])
    works.types(MORE[3], "/menu")
    works.presses(MORE[3], "What helped others")
    works.presses(MORE[3], "Weekend")
    assert "It helped 3 people." in texts(works.to(MORE[3]))[-2]
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "Weekend")
    own = works.to(MAYA)[-2].message
    assert "This one is yours." in own.text
    assert own.buttons == ()
    counts: list[dict[UUID, int]] = []
    works.run(lambda session: counts.append(board_helped.counts(session, [line.id])))
    assert counts == [{line.id: 3}]


@pytest.mark.both
def test_a_no_takes_every_line_off_and_leaves_the_words_to_their_writer(works: Clockwork) -> None:
    """Approved or waiting, in this transaction; a later yes brings nothing back by itself, and
    nothing is lost: the line can be put forward again, and a therapist reads it again."""
    approved(works, MAYA, "I go where people are.")
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "The question before group")
    works.presses(MAYA, "Answer for myself")
    works.types(MAYA, "I said no.")
    works.presses(MAYA, "Put it on the board")
    assert [each.state for each in lines_of(works, MAYA)] == [State.APPROVED, State.HELD]
    works.types(MAYA, "/settings")
    works.presses(MAYA, "Who may see what")
    works.presses(MAYA, "✓ 3.")
    assert [(each.text, each.state) for each in lines_of(works, MAYA)] == [
        ("I go where people are.", State.KEPT),
        ("I said no.", State.KEPT),
    ]
    agrees(works, MAYA, Scope.BOARD_LINES)
    works.types(LEO, "/menu")
    works.presses(LEO, "Lo que ayuda en el grupo")
    assert "Aquí todavía no hay nada" in texts(works.to(LEO))[-1]
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "My lines")
    works.presses(MAYA, "only you · I go where people are.")
    assert all(
        "therapist" not in each.text for row in works.sent[-1].message.buttons for each in row
    )
    works.presses(MAYA, "Put it on the board")
    assert [each.state for each in lines_of(works, MAYA)] == [State.HELD, State.KEPT]


@pytest.mark.parametrize(("who", "zone"), [(MAYA, "America/Mexico_City"), (LEO, "Asia/Tokyo")])
def test_the_question_names_the_day_of_the_group(works: Clockwork, who: int, zone: str) -> None:
    """“Before group on 3 Dec, 00:00”, and west of it the evening before: a day was shown as the
    midnight it begins with."""
    works.run(lambda session: people.set_zone(session, works.person(session, who).id, zone))
    works.types(who, "/menu")
    works.presses(who, "What helped others" if who == MAYA else "Lo que ayuda en el grupo")
    works.presses(who, "The question before" if who == MAYA else "La pregunta antes")
    heading = texts(works.to(who))[-1].splitlines()[0]
    assert re.search("on Thursday [0-9]+ [A-Z]|del jueves [0-9]+ de ", heading), heading


def test_the_copy_of_ones_own_data_holds_the_lines(works: Clockwork) -> None:
    """Each with where it stands, in the file and on the page."""
    approved(works, MAYA, "I go where people are.")

    def build(session: Session) -> tuple[list[str], str]:
        data = export.build(session, works.kit, works.person(session, MAYA).id, works.now)
        assert data is not None
        with zipfile.ZipFile(io.BytesIO(export.packed(data, works.kit))) as files:
            page = files.read("between.html").decode()
        return [f"{each.title}: {each.text} ({each.state})" for each in data.lines], page

    lines, page = works.database.call(build)
    assert lines == ["Weekend · nothing to do: I go where people are. (approved)"]
    assert "I go where people are." in page
    assert "on the board" in page


def test_a_late_look_waits_for_the_morning(works: Clockwork) -> None:
    """We come back at night after two weeks: nobody is written to before nine, and the two weeks
    are nobody's silence."""
    only(works, MORE[0])
    lives(works, 6)
    works.go_down(14 * DAY - 10 * HOUR)  # until three at night
    assert told_of_silence(works) == []
    lives(works, 3)
    sent = [each for each in works.to(RIVERA) if "has been quiet" in each.text]
    assert [each.at.astimezone(ZoneInfo(MADRID)).hour for each in sent] == [9]


def test_a_line_of_another_group_is_nobodys_to_see(works: Clockwork) -> None:
    """Neither the page nor a button from elsewhere leads to it, and its therapist is another."""
    line = approved(works, MORE[0], "I go where people are.")

    def moves(session: Session) -> None:
        other = groups.add_group(session, "Monday-A", MADRID, works.now)
        moved = tables.board_line.update().where(tables.board_line.c.id == line.id)
        session.connection().execute(moved.values(group_id=other.id))

    works.run(moves)
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    assert "Nothing stands here yet" in texts(works.to(MAYA))[-1]


@pytest.mark.both
def test_words_that_mean_something_else_now_are_asked_anew(works: Clockwork) -> None:
    """A yes to older words keeps a line off the board until the new ones are agreed to."""
    approved(works, LEO, "I go where people are.")
    texts_now = dict(works.kit.consents.texts)
    newer = texts_now[Scope.BOARD_LINES].model_copy(update={"version": 3, "since": 3})
    consents = works.kit.consents.model_copy(
        update={"texts": {**texts_now, Scope.BOARD_LINES: newer}}
    )
    works.kit = replace(works.kit, consents=consents)
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    assert "Nothing stands here yet" in texts(works.to(MAYA))[-1]
    agrees(works, LEO, Scope.BOARD_LINES)
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "Weekend")
    assert any("I go where people are." in each for each in texts(works.to(MAYA)))


def test_a_line_typed_before_its_place_is_not_lost(works: Clockwork) -> None:
    """Below “when did it help you?” it was met with “I can’t answer” and the menu."""
    agrees(works, MAYA, Scope.BOARD_LINES)
    works.types(MAYA, "/menu")
    works.presses(MAYA, "What helped others")
    works.presses(MAYA, "Add what helped me")
    works.types(MAYA, "Called my sister and went to bed at nine.")
    assert "it has gone nowhere yet. Tap when it helped you" in texts(works.to(MAYA))[-1]
    works.presses(MAYA, "Weekend")
    works.types(MAYA, "Called my sister and went to bed at nine.")
    assert [each.state for each in lines_of(works, MAYA)] == [State.HELD]


def test_no_more_than_five_wait_at_a_time(works: Clockwork) -> None:
    """One flooding person does not flood the therapist."""
    agrees(works, MAYA, Scope.BOARD_LINES)
    for number in "abcdef":
        works.types(MAYA, "/menu")
        works.presses(MAYA, "What helped others")
        works.presses(MAYA, "Add what helped me")
        works.presses(MAYA, "Weekend")
        works.types(MAYA, f"I went for a walk, way {number}.")
    assert "Five of yours are waiting already" in texts(works.to(MAYA))[-1]
    assert [each.state for each in lines_of(works, MAYA)] == [State.HELD] * 5
    waits = [each for each in texts(works.to(RIVERA)) if "for you in" in each]
    assert waits == ["1 line waits for you in Thursday-B."]
