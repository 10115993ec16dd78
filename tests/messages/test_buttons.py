"""What a button carries, what a press of it means, and how buttons stand in rows."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.walk import Turn
from bot.messages.callback import (
    LONGEST,
    MenuPress,
    RunPress,
    for_menu,
    for_run,
    long_id,
    number_in,
    short_id,
    unpack,
)
from bot.messages.keyboard import by_length, in_rows
from bot.messages.message import Button
from tests.engine.playing import Press, Step, exercise_of, play
from tests.messages.reading import RUN, shown

SHORT = short_id(RUN)
CHOICES = st.from_regex(r"!?[a-z][a-z0-9_]{0,23}", fullmatch=True)


@given(st.uuids(), st.integers(0, 9_999_999), CHOICES)
@settings(deadline=None, derandomize=True)
def test_what_a_button_carries_comes_back(run: UUID, turn: int, choice: str) -> None:
    """Every run, turn and choice fits into 64 bytes and means the same when it is pressed."""
    data = for_run(run, turn, choice)
    assert len(data.encode()) <= LONGEST
    assert unpack(data) == RunPress(run, turn, choice)


@pytest.mark.parametrize(
    ("data", "press"),
    [
        (for_menu("menu"), MenuPress("menu", "")),
        (for_menu("begin", "cbt.thought7"), MenuPress("begin", "cbt.thought7")),
        (for_menu("entry", SHORT), MenuPress("entry", SHORT)),
        ("m.menu", MenuPress("menu", "")),
        (f"r.{SHORT}.3.", RunPress(RUN, 3, "")),
        (f"r.{SHORT}.3.a.b", RunPress(RUN, 3, "a.b")),
    ],
)
def test_other_buttons(data: str, press: MenuPress | RunPress) -> None:
    """Menu buttons carry a verb and what it is about; dots may stand in the last part."""
    assert unpack(data) == press


@pytest.mark.parametrize(
    "data",
    [
        "", ".", "...", "r", "m", "x.menu", "r.menu", f"r.{SHORT}", f"r.{SHORT}.3", "R.a.1.b",
        f"r.{SHORT}.-1.yes", f"r.{SHORT}.1x.yes", f"r.{SHORT}..yes",
        f"r.{SHORT}.٣.yes", f"r.{SHORT}.³.yes", f"r.{SHORT}.99999999.yes", "r.abc.1.yes",
        f"r.{SHORT}AAAA.1.yes", f"r.{SHORT}!.1.yes", "r..1.yes", "r.é.1.yes", f"r.{SHORT}.1.sí",
        "m.\ud800.", "m." + "x" * 70, "m.🙂", "\x00", "null", "{}",
    ],
)  # fmt: skip
def test_garbage_means_nothing(data: str) -> None:
    """What we never wrote is no press, and never an error."""
    assert unpack(data) is None


@given(st.text(max_size=80))
@settings(deadline=None, derandomize=True)
def test_no_data_at_all_raises(data: str) -> None:
    """Nothing in a callback is trusted, so anything may come."""
    unpack(data)
    unpack(f"r.{data}")
    long_id(data)


@given(st.uuids())
@settings(deadline=None, derandomize=True)
def test_short_ids_are_short_and_come_back(run: UUID) -> None:
    """22 letters that may stand in a button or a link."""
    assert len(short_id(run)) == 22
    assert long_id(short_id(run)) == run


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("07", 7), ("999", 999), ("1000", None), ("", None), ("-1", None), ("+1", None),
        ("1_0", None), (" 1", None), ("1.0", None), ("٣", None), ("²", None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_a_number_in_a_button_is_a_short_one(text: str, number: int | None) -> None:
    """At most as many digits as ours have, 0 to 9 alone; anything else is none, and no error."""
    assert number_in(text, 3) == number


def _buttons(*labels: str) -> list[Button]:
    return [Button(text=label, data="m.x.") for label in labels]


def _labels(rows: object) -> list[list[str]]:
    return [[button.text for button in row] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (6, [6]), (7, [4, 3]), (11, [6, 5]), (12, [6, 6])]
)
def test_numbers_stand_in_even_rows(count: int, sizes: list[int]) -> None:
    """Eleven marks are a row of six and one of five, not ten and one."""
    assert [len(row) for row in in_rows(_buttons("1") * count, 6)] == sizes


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Yes", "No"], [["Yes", "No"]]),
        (["Yes", "No", "Not sure"], [["Yes", "No"], ["Not sure"]]),
        (["Steady myself first", "Carry on here"], [["Steady myself first"], ["Carry on here"]]),
        (["Feeling low or ashamed", "No"], [["Feeling low or ashamed"], ["No"]]),
        ([], []),
    ],
)
def test_long_labels_have_a_row_of_their_own(labels: list[str], rows: list[list[str]]) -> None:
    """Two buttons share a row only when both can be read on a small phone."""
    assert _labels(by_length(_buttons(*labels))) == rows


@given(st.lists(st.text("abc ", min_size=1, max_size=34), max_size=14), st.data())
@settings(deadline=None, derandomize=True)
def test_no_button_moves_when_one_is_ticked(labels: list[str], data: st.DataObject) -> None:
    """Whoever taps several in a row finds each where it was."""
    ticked = data.draw(st.sets(st.sampled_from(range(len(labels))))) if labels else set()
    after = [f"✓ {each}" if at in ticked else each for at, each in enumerate(labels)]
    before, now = by_length(_buttons(*labels), 3), by_length(_buttons(*after), 3)
    assert [len(row) for row in now] == [len(row) for row in before]


STEPS = exercise_of("""
- {id: first, type: ask_text}
- {id: moods, type: ask_list, optional: true, suggest: {en: [sad, angry], es: [a, b]}}
- {id: last, type: ask_text, optional: true}
""")
OUT = ["Pause", "Stop"]


@pytest.mark.parametrize(
    ("inputs", "rows"),
    [
        ([], [OUT]),
        (["a"], [["sad", "angry"], ["‹ Back", "Skip", *OUT]]),
        (["a", Press("s0")], [["✓ sad", "angry"], ["Done"], ["‹ Back", *OUT]]),
        (["a", "numb"], [["sad", "angry"], ["✕ numb"], ["Done"], ["‹ Back", *OUT]]),
        (["a", "/skip"], [["‹ Back", "Skip", *OUT]]),
        (["a", "/skip", "b"], [["Menu"]]),
        (["a", "/back"], [["Keep this"], OUT]),
        (["/pause"], []),
        (["/pause", "words"], [["It’s my answer"], ["Go on"], ["Menu"]]),
        (["/stop"], []),
    ],
)
def test_which_buttons_stand_under_a_question(inputs: list[Step], rows: list[list[str]]) -> None:
    """The answers, Done once there is something, Keep after Back, and the way back, on and out."""
    played = play(STEPS, *inputs)
    message = shown(STEPS, Turn(played.run, played.events))[-1].message
    assert _labels(message.buttons) == rows
