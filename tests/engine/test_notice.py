"""What others must hear of, what comes later, and what was brought along from before."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.catalog.signal import Tier
from bot.engine.advance import advance, start
from bot.engine.event import Altered, Finished, Promised, Signalled
from bot.engine.given import Pressed, Said
from bot.engine.run import Run, Value
from tests.engine.playing import NOON, Played, Press, Ring, Step, exercise_of, go_on, play

STEPS = """
- {id: urge, type: ask_scale, scale: {min: 0, max: 5}}
- {id: hurt, type: ask_choice, options: [{id: "yes"}, {id: "no"}]}
- {id: several, type: ask_list}
- {id: each, type: rate_each, of: several, scale: {min: 0, max: 5}}
"""
SIGNALS = """
signals:
  - {reason: urge, tier: concern, when: {answer: urge, at_least: 3}}
  - {reason: urge_now, tier: crisis, when: {answer: urge, at_least: 5}}
  - {reason: hurt, tier: concern, when: {answer: hurt, is: "yes"}}
  - {reason: rated, tier: concern, when: {answer: each, at_least: 4}}
"""
EXERCISE = exercise_of(STEPS, SIGNALS)


def _raised(*inputs: Step) -> list[str]:
    """The reasons raised by the last input."""
    return [e.reason for e in play(EXERCISE, *inputs).events if isinstance(e, Signalled)]


@pytest.mark.parametrize(
    ("inputs", "reasons"),
    [
        (["2"], []),
        (["3"], ["urge"]),
        (["5"], ["urge", "urge_now"]),
        (["3", "/back"], []),
        (["3", "/back", "4"], []),
        (["3", "/back", "5"], ["urge_now"]),
        (["0", Press("yes")], ["hurt"]),
        (["0", "no", "a\nb", "/done", "4"], ["rated"]),
        (["0", "no", "a\nb", "/done", "4", "1"], []),
        (["0", "no", "a\nb", "/done", "4", "/stop"], []),
        (["3", "/pause"], []),
    ],
)
def test_a_signal_is_raised_once_with_the_answer(inputs: list[Step], reasons: list[str]) -> None:
    """At once and not only at the end, by half a set of ratings too, and never twice."""
    assert _raised(*inputs) == reasons


@pytest.mark.parametrize(
    ("inputs", "reasons"),
    [
        (["3", "/back"], []),
        (["3", "/back", "/pause"], []),
        (["5", "/back", "4"], ["urge_now"]),
        (["5", "/back", "0"], ["urge", "urge_now"]),
        (["3", "/back", "0", "/back", "0"], []),
        (["0", "no", "a\nb", "/done", "4", "/back"], []),
        (["0", "no", "a\nb", "/done", "4", "/back", "1"], ["rated"]),
        (["5", "/stop"], []),
    ],
)
def test_a_changed_answer_says_so(inputs: list[Step], reasons: list[str]) -> None:
    """Once it is another: not while its question is only looked at again, and not twice."""
    altered = [e.reason for e in play(EXERCISE, *inputs).events if isinstance(e, Altered)]
    assert altered == reasons


def test_an_answer_that_is_changed_back_is_raised_anew() -> None:
    """Else the last that anybody heard would be that it was changed."""
    assert _raised("5", "/back", "0", "/back", "3") == ["urge"]


def test_a_way_left_again_is_changed_at_the_end() -> None:
    """The question that only the first answer led to is not answered any more."""
    asks = exercise_of(
        """
- {id: often, type: ask_scale, scale: {min: 0, max: 3}}
- {id: fork, type: branch, when: {answer: often, at_least: 1}, then: acting, else: end}
- {id: acting, type: ask_choice, options: [{id: "yes"}, {id: "no"}], goto: more}
- {id: more, type: ask_text, goto: end}
- {id: end, type: finish}
""",
        'signals: [{reason: acting, tier: crisis, when: {answer: acting, is: "yes"}}]',
    )
    played = play(asks, "2", Press("yes"), "/back", "/back", "0")
    assert [e.reason for e in played.events if isinstance(e, Altered)] == ["acting"]


def test_a_signal_says_how_soon() -> None:
    """The tier goes along; the run remembers across JSON that it was raised."""
    played = play(EXERCISE, "5")
    assert [e.tier for e in played.events if isinstance(e, Signalled)] == [
        Tier.CONCERN, Tier.CRISIS,
    ]  # fmt: skip
    again = Run.model_validate_json(played.run.model_dump_json())
    assert again.signalled == ("urge", "urge_now")
    turn = advance(EXERCISE, again, Said("x", 9), NOON)
    assert not any(isinstance(event, Signalled) for event in turn.events)


def test_answers_of_an_earlier_time_raise_nothing() -> None:
    """What stands there to be kept was not said today."""
    run = start(EXERCISE, NOON, answers={"urge": 5}).run
    assert run.signalled == ()
    turn = advance(EXERCISE, run, Pressed(run.turn, "0"), NOON)
    assert not any(isinstance(event, Signalled) for event in turn.events)


PLAN = exercise_of(
    """
- {id: plan, type: ask_text}
- {id: day, type: ask_when, optional: true}
""",
    """
later:
  - {when: day, offset_minutes: -60, quote: [plan]}
  - {when: day, ask: test.review, quote: [plan]}
""",
)


def _promised(played: Played) -> list[Promised]:
    return [event for event in played.events if isinstance(event, Promised)]


def test_what_comes_later_is_promised_at_the_end() -> None:
    """Before the moment and at it, on the person's own clock, in UTC."""
    done = play(PLAN, "call her", "tomorrow 9:00", zone="America/Bogota")
    moment = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
    assert _promised(done) == [
        Promised(moment - timedelta(hours=1), 0, None, ("plan",)),
        Promised(moment, 1, "test.review", ("plan",)),
    ]
    assert isinstance(done.events[1], Finished)


def test_without_a_moment_nothing_is_promised() -> None:
    """Skipped is skipped."""
    assert _promised(play(PLAN, "call her", "/skip")) == []


def test_what_would_be_over_already_is_not_promised() -> None:
    """An hour before half an hour from now has passed."""
    assert [each.later for each in _promised(play(PLAN, "x", "in 30 minutes"))] == [1]


REVIEW = exercise_of(
    """
- {id: hello, type: say, text: {en: "{{ plan }}", es: "{{ plan }}"}}
- {id: way, type: branch, when: {answer: sure, at_least: 8}, then: sure_now, else: sure_now}
- {id: sure_now, type: ask_scale, scale: {min: 0, max: 10}}
- {id: big, type: branch, when: {change: {before: sure, after: sure_now}, at_least: 20},
   then: why, else: end}
- {id: why, type: ask_text}
- {id: end, type: finish, shows: [plan]}
""",
    """
opt: true
keep_in_view: plan
given:
  - {id: plan, label: {en: Plan, es: Plan}}
  - {id: sure, label: {en: Sure, es: Seguridad}, scale: {min: 0, max: 10}}
""",
)


@pytest.mark.parametrize(("now", "cursor"), [("5", "why"), ("7", "end")])
def test_what_was_brought_along_counts(now: str, cursor: str) -> None:
    """It can be compared with, and it stands until the end."""
    brought: dict[str, Value] = {"plan": "call her", "sure": 8, "nobody_asked": "x"}
    turn = start(REVIEW, NOON, answers=brought)
    played = go_on(Played(REVIEW, turn.run, turn.events, NOON, 0), now)
    assert played.run.cursor == cursor
    assert {**played.answers, "sure_now": 0} == {"plan": "call her", "sure": 8, "sure_now": 0}


OLD = """{"exercise": "test.small", "language": "es", "status": "waiting", "cursor": "urge",
"turn": 1, "draft": {"items": [], "ratings": {}, "marks": {}}, "answers": {"x": 7, "y": ["a"]},
"trail": [], "asked_at": "2026-03-02T12:00:00Z", "due_at": null, "held": null,
"opened_after": 0, "latest_mark": 0}"""


def test_a_run_of_before_can_go_on() -> None:
    """Runs stored before there were zones, easier words and signals still load, and go on."""
    run = Run.model_validate_json(OLD)
    assert (run.zone, run.plain, run.signalled) == ("UTC", False, ())
    turn = advance(EXERCISE, run, Pressed(1, "3"), NOON)
    assert [event.reason for event in turn.events if isinstance(event, Signalled)] == ["urge"]
    assert go_on(Played(EXERCISE, turn.run, turn.events, NOON, 0), Ring()).run == turn.run
