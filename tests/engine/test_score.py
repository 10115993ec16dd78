"""What the answers add up to, and the conditions that look at it."""

from typing import Any

import pytest

from bot.catalog.condition import AnyCondition, Compare, Moved, Pair, Scored
from bot.catalog.exercise import Exercise
from bot.catalog.score import Score
from bot.catalog.span import reach
from bot.engine.holds import holds
from bot.engine.run import Value
from bot.engine.score import number_of, total
from tests.engine.playing import exercise_of

NINE = [f"q{n}" for n in range(1, 10)]
OFTEN = "[{id: never, value: 0}, {id: some, value: 1}, {id: half, value: 2}, {id: daily, value: 3}]"
STEPS = "\n".join(
    [f"- {{id: {name}, type: ask_choice, optional: true, options: {OFTEN}}}" for name in NINE]
    + [
        "- {id: well, type: ask_scale, optional: true, scale: {min: 1, max: 5}}",
        "- {id: hours, type: ask_number, optional: true, decimals: 1, min: 0, max: 24}",
        "- {id: before, type: ask_scale, scale: {min: 0, max: 10}}",
        "- {id: moods, type: ask_list}",
        "- {id: then, type: rate_each, of: moods, scale: {min: 0, max: 100, by: 10}}",
        "- {id: now, type: rate_each, of: moods, scale: {min: 0, max: 100, by: 10}}",
        "- {id: after, type: ask_scale, scale: {min: 0, max: 10}}",
    ]
)
BANDS = """
- {id: minimal, from: 0, to: 4, label: {en: minimal, es: mínima}}
- {id: mild, from: 5, to: 9, label: {en: mild, es: leve}}
- {id: moderate, from: 10, to: 14, label: {en: moderate, es: moderada}}
- {id: rather_severe, from: 15, to: 19, label: {en: rather severe, es: bastante grave}}
- {id: severe, from: 20, to: 27, label: {en: severe, es: grave}}
""".replace("\n", "\n    ")
SCORES = f"""
scores:
  - id: nine
    label: {{en: Score, es: Puntuación}}
    items: [{", ".join(NINE)}]
    bands: {BANDS}
  - {{id: made_up, label: {{en: a, es: a}}, items: [{", ".join(NINE)}],
     missing: {{most: 2, by: prorate}}}}
  - {{id: counted, label: {{en: a, es: a}}, items: [{", ".join(NINE)}],
     missing: {{most: 2, by: none}}}}
  - {{id: mean, label: {{en: a, es: a}}, items: [well, q1], how: mean, reverse: [well]}}
  - {{id: mean_of, label: {{en: a, es: a}}, items: [q1, q2, q3], how: mean,
     missing: {{most: 1, by: prorate}}}}
  - {{id: times, label: {{en: a, es: a}}, items: [well], times: 4}}
  - {{id: halves, label: {{en: a, es: a}}, items: [hours, well]}}
"""
EXERCISE: Exercise = exercise_of(STEPS, SCORES)


def _nine(*values: int | None) -> dict[str, Value]:
    names = ("never", "some", "half", "daily")
    return {
        name: None if value is None else names[value]
        for name, value in zip(NINE, values, strict=False)
    }


@pytest.mark.parametrize(
    ("score", "answers", "value", "band"),
    [
        ("nine", _nine(*[0] * 9), 0, "minimal"),
        ("nine", _nine(*[3] * 9), 27, "severe"),
        ("nine", _nine(1, 1, 1, 1, 0, 0, 0, 0, 0), 4, "minimal"),
        ("nine", _nine(1, 1, 1, 1, 1, 0, 0, 0, 0), 5, "mild"),
        ("nine", _nine(2, 2, 2, 2, 1, 0, 0, 0, 0), 9, "mild"),
        ("nine", _nine(2, 2, 2, 2, 2, 0, 0, 0, 0), 10, "moderate"),
        ("nine", _nine(3, 3, 3, 3, 2, 0, 0, 0, 0), 14, "moderate"),
        ("nine", _nine(3, 3, 3, 3, 3, 0, 0, 0, 0), 15, "rather_severe"),
        ("nine", _nine(3, 3, 3, 3, 3, 3, 2, 0, 0), 20, "severe"),
        ("nine", _nine(3, 3, 3, 3, 3, 3, 3, 3, None), None, None),
        ("nine", {}, None, None),
        ("made_up", _nine(1, 1, 1, 1, 1, 1, 1, None, None), 9, None),
        ("made_up", _nine(2, 1, 1, 1, 1, 1, 1, None, None), 10, None),
        ("made_up", _nine(1, 1, 1, 1, 1, 1, 1, 0, 0), 7, None),
        ("made_up", _nine(1, 1, 1, 1, 1, 1, None, None, None), None, None),
        ("counted", _nine(1, 1, 1, 1, 1, 1, 1, None, None), 7, None),
        ("mean", {"well": 5, "q1": "never"}, 0.5, None),
        ("mean", {"well": 1, "q1": "daily"}, 4, None),
        ("mean", {"well": 2, "q1": None}, None, None),
        ("mean_of", _nine(0, 1, 3), 1.33, None),
        ("mean_of", _nine(0, 1, None), 0.5, None),
        ("times", {"well": 3}, 12, None),
        ("halves", {"hours": 7.5, "well": 2}, 9.5, None),
        ("halves", {"hours": 7.5, "well": "2"}, None, None),
    ],
)
def test_a_score_counts_reversed_and_missing_items_as_its_form_says(
    score: str, answers: dict[str, Value], value: float | None, band: str | None
) -> None:
    """Sums, means, reversed and missing items, and the band at each of its edges."""
    scored: Score = EXERCISE.scored[score]
    found = total(EXERCISE, scored, answers)
    assert (found, type(found)) == (value, type(value))
    within = scored.band(found) if found is not None else None
    assert (within.id if within else None) == band


@pytest.mark.parametrize(
    ("score", "ends"),
    [("nine", (0, 27)), ("mean", (0.5, 4)), ("times", (4, 20)), ("halves", (1, 29))],
)
def test_how_far_a_score_reaches(score: str, ends: tuple[float, float]) -> None:
    """The ends are those of the items, so that nobody types them twice."""
    assert reach(EXERCISE, EXERCISE.scored[score]) == ends


RATED: dict[str, Value] = {
    "before": 8, "after": 5, "moods": ("sad", "angry"), "then": {"sad": 80, "angry": 30},
    "now": {"sad": 50, "angry": 90}, **_nine(2, 2, 2, 2, 2, 0, 0, 0, 0),
}  # fmt: skip


def _moved(before: str, after: str, **bounds: float) -> Moved:
    return Moved(change=Pair(before=before, after=after), **bounds)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Scored(score="nine", at_least=10), True),
        (Scored(score="nine", at_least=11), False),
        (Scored(score="nine", at_least=5, at_most=10), True),
        (Scored(score="nine", is_="moderate"), True),
        (Scored(score="nine", is_="mild"), False),
        (Scored(score="nine", is_="empty"), False),
        (Scored(score="times", is_="empty"), True),
        (Scored(score="times", at_most=100), False),
        (Compare(answer="q1", at_least=2), True),
        (Compare(answer="q1", at_least=3), False),
        (Compare(answer="q1", is_="half"), True),
        (Compare(answer="well", at_least=0), False),
        (_moved("before", "after", at_least=30), True),
        (_moved("before", "after", at_least=31), False),
        (_moved("after", "before", at_most=-30), True),
        (_moved("then", "now", at_least=30, at_most=30), True),
        (_moved("then", "after", at_least=-100), False),
        (_moved("before", "now", at_least=-100), False),
    ],
)
def test_conditions_on_scores_and_changes(condition: AnyCondition, expected: bool) -> None:
    """Options count by their value; of several ratings the strongest before tells the change."""
    assert holds(condition, EXERCISE, RATED) is expected


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [("q1", "half", 2), ("q1", "gone", None), ("q1", None, None), ("hours", 7.5, 7.5),
     ("then", {"a": 1, "b": 5}, 5), ("moods", ("a",), None), ("nobody", 3, 3)],
)  # fmt: skip
def test_the_number_of_an_answer(name: str, value: Any, number: float | None) -> None:
    """What was rated, typed, or what the chosen option counts as."""
    assert number_of(EXERCISE, name, value) == number
