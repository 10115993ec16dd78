"""Check-ins, diary and measures in the chat: which day, whose targets, how many days, what plan."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot.catalog.load import Library, read_library
from bot.catalog.load_measures import read_measures, stand_in
from bot.catalog.measure import Measure, StaffMeasure
from bot.engine.run import Status
from bot.errors import BetweenError
from bot.messages.message import Message
from bot.store import past_runs, staff_scores, targets
from bot.store.runs import StoredRun
from bot.store.targets import Chosen
from bot.usecases import measures as usecase
from bot.usecases.checkins import checkin_for
from bot.usecases.incoming import Command, Press
from bot.usecases.targets import choose
from tests.usecases.chat import SETTINGS, Chat

LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
MEASURES = read_measures(SETTINGS.measures_dir, SETTINGS.cache)
Open = Callable[..., Chat]
DAY = timedelta(days=1)


@pytest.fixture
def maya(chat: Open) -> Chat:
    """Maya's chat with everything that is shipped."""
    return chat(*LIBRARY.exercises.values())


def _begin(maya: Chat, exercise: str) -> None:
    maya.give(Press(f"m.begin.{exercise}"))


def _through(maya: Chat, exercise: str, *labels: str) -> None:
    """From the beginning to the end, a button or typed words at a time."""
    _begin(maya, exercise)
    _answer(maya, *labels)


def _answer(maya: Chat, *labels: str) -> None:
    for label in labels:
        shown = [button.text for row in maya.messages[-1].buttons for button in row]
        if label in shown:
            maya.press_exactly(label)
        else:
            maya.say(label)


def _runs(maya: Chat, exercise: str) -> list[StoredRun]:
    found: list[StoredRun] = []

    def look(session: Session) -> None:
        person = maya.person(session).id
        found.extend(
            past_runs.history(session, maya.kit.vault, person, exercise=exercise, limit=20)
        )

    maya.run(look)
    return found


CALM = ("6", "3", "7", "Yes", "Yes", "Yes")
CLEAR = ("2", "4", "No", "No, none of these", "Done", "No", "Yes")
USED = ("6", "8", "Yes", "Alcohol", "Done", "No, none of these", "Done", "No", "Yes")


def test_each_track_has_its_check_in() -> None:
    """The check-in of the track where there is one, the core one for everybody else."""
    assert checkin_for(LIBRARY, "addiction") == "check.addiction"
    assert checkin_for(LIBRARY, "trauma") == "check.trauma"
    assert checkin_for(LIBRARY, None) == "check.core"
    assert checkin_for(LIBRARY, "something new") == "check.core"


def test_one_line_back_uses_the_answer(maya: Chat) -> None:
    """The receipt says what was told, once, and the next skill fits it."""
    _through(maya, "check.core", "1", "8", "7", "Yes", "Yes", "Not yet")
    assert "Mood at 1." in maya.last
    assert "Anxiety at 8" not in maya.last
    offered = [row[0].text for row in maya.messages[-1].buttons]
    assert offered[0] == "Paced breathing"


def test_not_safe_brings_help_before_the_rest(maya: Chat) -> None:
    """A no is heard at once, and the rest of the check-in waits or goes on as the person likes."""
    _through(maya, "check.core", "2", "8", "3", "Not quite", "No")
    assert "If you might come to harm" in maya.last
    maya.press("Keep going")
    assert "Which comes closest?" in maya.last
    _answer(maya, "I’d rather not say")
    assert "You matter more than these questions" in maya.last
    _answer(maya, "Go on", "Not yet")
    (stored,) = _runs(maya, "check.core")
    assert stored.run.signalled == ("unsafe",)


def test_the_first_diary_asks_no_day(maya: Chat) -> None:
    """Nobody is asked about a yesterday before they began."""
    _begin(maya, "dbt.diary")
    assert "Sadness" in maya.last


def _fill_diary(maya: Chat) -> None:
    maya.run(partial(_choose, maya, Chosen(targets=("joy",))))
    _through(maya, "dbt.diary", "3")


def _choose(maya: Chat, chosen: Chosen, session: Session) -> None:
    person = maya.person(session).id
    targets.choose(session, maya.kit.vault, person, "dbt.diary", chosen, None, maya.now)


def test_yesterday_can_still_be_filled_in_and_is_marked_late(maya: Chat) -> None:
    """Asked only while yesterday is open; the entry keeps its day, and is shown as later."""
    _fill_diary(maya)
    maya.pass_time(2 * DAY)
    _begin(maya, "dbt.diary")
    assert "Which day is this about?" in maya.last
    _answer(maya, "Yesterday, Tuesday 3 Mar")
    _answer(maya, "4")
    assert "For Tuesday 3 Mar, filled in later" in maya.last
    late, first = _runs(maya, "dbt.diary")
    assert (late.run.about, late.run.late) == (date(2026, 3, 3), True)
    assert (first.run.about, first.run.late) == (date(2026, 3, 2), False)
    _begin(maya, "dbt.diary")
    assert "Joy" in maya.last, "yesterday is told by now, so today's begins at once"


def test_a_button_for_a_day_long_gone_asks_again(maya: Chat) -> None:
    """Yesterday's button pressed a week later does not fill in last week."""
    _fill_diary(maya)
    maya.pass_time(2 * DAY)
    _begin(maya, "dbt.diary")
    old = maya.button("Yesterday").data
    maya.pass_time(7 * DAY)
    maya.give(Press(old or ""))
    assert "Which day is this about?" in maya.last
    assert len(_runs(maya, "dbt.diary")) == 1


def test_the_day_is_the_persons_own(maya: Chat) -> None:
    """At half past midnight in Madrid it is tomorrow already, though UTC says otherwise."""
    maya.now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    _fill_diary(maya)
    (stored,) = _runs(maya, "dbt.diary")
    assert stored.run.about == date(2026, 3, 3)


def test_a_diary_follows_what_was_chosen_for_the_person(maya: Chat) -> None:
    """Two targets and one in own words: three things are asked, and the last two ways."""
    chosen = Chosen(targets=("anger", "sleep"), own=("calling Marco",))
    maya.run(partial(_choose, maya, chosen))
    _begin(maya, "dbt.diary")
    assert "Anger" in maya.last
    assert "1/4" in maya.last
    _answer(maya, "2")
    assert "“calling Marco”. How strong" in maya.last
    _answer(maya, "4")
    assert "“calling Marco”. How many times" in maya.last
    _answer(maya, "0", "7.5")
    (stored,) = _runs(maya, "dbt.diary")
    assert stored.run.answers["own_strength"] == {"calling Marco": 4}
    assert stored.run.answers["own_acted"] == {"calling Marco": 0}
    assert stored.run.answers["sleep"] == 7.5
    assert "calling Marco" not in LIBRARY.exercises["dbt.diary"].canonical()


@pytest.mark.parametrize(
    ("follow", "own", "says"),
    [
        (("angr",), (), "Did you mean “anger”?"),
        (("own",), (), "no target “own”"),
        ((), (), "at least one"),
        (("anger",), ("x" * 61,), "60 characters"),
        (("anger",), tuple("abcdefg"), "At most 6"),
    ],
)
def test_targets_that_cannot_be_chosen(
    maya: Chat, follow: tuple[str, ...], own: tuple[str, ...], says: str
) -> None:
    """Whoever chooses hears in one sentence why not."""
    diary = LIBRARY.exercises["dbt.diary"]

    def work(session: Session) -> None:
        person = maya.person(session).id
        choose(session, maya.kit, person, diary, follow, own, None, maya.now)

    with pytest.raises(BetweenError, match=says):
        maya.run(work)


def test_nobody_counts_who_did_not_begin_to(maya: Chat) -> None:
    """Without a count of their own, no days are shown to anybody."""
    _through(maya, "check.addiction", *CALM, *CLEAR)
    assert "days" not in maya.last


def test_a_lapse_takes_its_own_day_and_nothing_else(maya: Chat) -> None:
    """41 days, a lapse, a day more: 42 of 43, with the long row still there."""
    _through(maya, "sud.days", "41")
    assert "41 recovery days." in maya.last
    _through(maya, "check.addiction", *CALM, *USED)
    assert "41 of the last 42 days." in maya.last
    assert "The longest row: 41" in maya.last
    maya.pass_time(DAY)
    _through(maya, "check.addiction", *CALM, *CLEAR)
    assert "42 of the last 43 days." in maya.last
    assert "The longest row: 41. The present one: 1." in maya.last
    maya.give(Press("m.progress"))
    assert "42 of the last 43 days." in maya.last


def test_a_lapse_told_twice_is_one(maya: Chat) -> None:
    """The check-in tells of it, the report dates it to the day before: one day, the dated one."""
    _through(maya, "sud.days", "10")
    _through(maya, "check.addiction", *CALM, *USED)
    _through(
        maya, "sud.lapse", "I am safe", "Yesterday", "Alcohol", "Skip", "30", "10", "Skip",
        "Skip", "Sleep safely", "I will tell them",
    )  # fmt: skip
    assert "10 of the last 11 days." in _newest(maya, "Saved").text
    assert "The longest row: 9." in _newest(maya, "Saved").text


def _newest(maya: Chat, begins: str) -> Message:
    return next(each for each in reversed(maya.messages) if begins in each.text[:20])


def test_a_lapse_leads_to_the_own_plan(maya: Chat) -> None:
    """What was written in calmer days comes right below, in the person's own words."""
    _through(
        maya, "safe.plan", "I stop answering", "music", "Done", "Skip", "Aunt Rosa", "Done",
        "Skip", "Done with Ana", "my dog", "9", "In a week",
    )  # fmt: skip
    assert _runs(maya, "safe.plan")
    _through(
        maya, "sud.lapse", "I am safe", "Today", "Alcohol", "Skip", "30", "10", "Skip", "Skip",
        "Tell one person", "I will tell them",
    )  # fmt: skip
    assert "This is what you wrote down for a moment like this." in maya.messages[-2].text
    assert "I stop answering" in maya.last
    assert maya.messages[-1].protect


def _measured(maya: Chat) -> None:
    """The same chat with the definitions the wiring would give it."""
    maya.kit.measures.known.update(MEASURES.known)


def _install(maya: Chat, name: str) -> None:
    measure = MEASURES.find(name)
    assert isinstance(measure, Measure)
    words = stand_in(measure)
    maya.run(lambda session: _done(usecase.install(session, measure, words, maya.now)))


def _done(_: object) -> None:
    """Makes a result into nothing."""


def test_a_measure_is_offered_from_the_moment_its_words_are_installed(maya: Chat) -> None:
    """Before it is gone, afterwards it is an exercise like any other, without a restart."""
    _measured(maya)
    _begin(maya, "measure.gad2")
    assert maya.kit.library.find("measure.gad2") is None
    _install(maya, "gad2")
    _through(maya, "measure.gad2", "often.a1 (en)", "often.a3 (en)")
    assert "GAD-2: 4 (0–6) · worth a closer look" in maya.last
    (stored,) = _runs(maya, "measure.gad2")
    assert stored.run.status is Status.FINISHED
    assert stored.run.answers == {"q1": "a1", "q2": "a3"}


def test_an_answer_keeps_the_version_it_was_given_to(maya: Chat) -> None:
    """New words are a new revision; the old entry is read with the old ones."""
    _measured(maya)
    _install(maya, "gad2")
    _through(maya, "measure.gad2", "often.a1 (en)", "often.a3 (en)")
    measure = MEASURES.find("gad2")
    assert isinstance(measure, Measure)
    words = {**stand_in(measure), "q1": {"en": "In new words", "es": "Con otras palabras"}}
    versions: list[int] = []
    maya.run(lambda session: versions.append(usecase.install(session, measure, words, maya.now)))
    _begin(maya, "measure.gad2")
    assert versions == [2]
    assert "In new words" in maya.last
    _answer(maya, "often.a0 (en)", "often.a0 (en)")
    newer, older = _runs(maya, "measure.gad2")
    assert newer.revision != older.revision


def test_phq9_gives_way_while_nobody_can_answer() -> None:
    """Closed and nobody on call: PHQ-8 in its place where it is installed, else nothing."""
    library = Library(dict(LIBRARY.exercises))

    def there(*names: str) -> None:
        known = [MEASURES.find(name) for name in names]
        usecase.offer(
            library,
            MEASURES,
            {each.measure: (1, stand_in(each)) for each in known if isinstance(each, Measure)},
        )

    there("phq9")
    find = partial(usecase.measure_for, MEASURES, library, "phq9")
    assert find(attended=True) == "measure.phq9"
    assert find(attended=False) is None
    there("phq9", "phq8")
    assert find(attended=False) == "measure.phq8"
    there()
    assert find(attended=True) is None


def test_words_that_do_not_fit_are_not_installed(maya: Chat) -> None:
    """What a person could not read on a phone is refused with the reason."""
    measure = MEASURES.find("gad2")
    assert isinstance(measure, Measure)
    words = {**stand_in(measure), "q1": {"en": "x" * 2000, "es": "y"}}
    with pytest.raises(BetweenError, match="SIZE_003"):
        maya.run(lambda session: _done(usecase.install(session, measure, words, maya.now)))


@pytest.mark.parametrize(
    ("name", "scores", "says"),
    [
        ("isi", {"total": 29}, "from 0 to 28"),
        ("isi", {"total": 3.5}, "whole number"),
        ("isi", {"sum": 3}, "no score “sum”. It has: total"),
        ("wccl", {"skills": 1}, "“dysfunctional” is missing"),
        ("isi", {"total": 3, "sum": 3}, "no score “sum”"),
        ("sure", {"total": -1}, "0 or more"),
    ],
)
def test_scores_that_cannot_be(maya: Chat, name: str, scores: dict[str, float], says: str) -> None:
    """What is no score of that form is refused, and nothing is kept."""
    with pytest.raises(BetweenError, match=says):
        _enter(maya, name, scores)
    assert _entered(maya) == []


def test_scores_of_a_paper_form_are_kept(maya: Chat) -> None:
    """Of their day, by score, and readable with her key only."""
    _enter(maya, "wccl", {"skills": 1.75, "dysfunctional": 0.5, "blaming": 2})
    (found,) = _entered(maya)
    assert (found.measure, found.day) == ("wccl", date(2026, 2, 27))
    assert found.scores == {"skills": 1.75, "dysfunctional": 0.5, "blaming": 2}


def test_what_staff_enter_and_choose_is_on_record(maya: Chat) -> None:
    """In /who as what it is, also where the command line was not told who did it; no score and no
    target stands there."""
    _enter(maya, "wccl", {"skills": 1.75, "dysfunctional": 0.5, "blaming": 2})
    diary = LIBRARY.exercises["dbt.diary"]

    def follow(session: Session) -> None:
        person = maya.person(session).id
        choose(session, maya.kit, person, diary, ("anger",), ("calling Marco",), None, maya.now)

    maya.run(follow)
    maya.give(Command("who", ""))
    assert "Somebody of the team chose what your diary follows" in _plain(maya.last)
    assert "Somebody of the team entered scores of a paper form of yours" in _plain(maya.last)
    for hidden in ("Marco", "anger", "1.75", "wccl"):
        assert hidden not in maya.last


def _plain(text: str) -> str:
    """Without tags and line breaks."""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def _enter(maya: Chat, name: str, scores: dict[str, float]) -> None:
    measure = MEASURES.find(name)
    assert isinstance(measure, StaffMeasure)

    def work(session: Session) -> None:
        person = maya.person(session).id
        on = date(2026, 2, 27)
        usecase.enter(session, maya.kit, measure, person, scores, on, None, maya.now)

    maya.run(work)


def _entered(maya: Chat) -> list[staff_scores.Entered]:
    found: list[staff_scores.Entered] = []
    maya.run(
        lambda session: found.extend(
            staff_scores.of_person(session, maya.kit.vault, maya.person(session).id)
        )
    )
    return found
