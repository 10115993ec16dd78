"""Several of many: tapped on and off, typed, with own words where they are welcome."""

import pytest

from bot.engine.event import Asked, Why
from tests.engine.playing import Edit, Press, Step, play

SIGNS = """
- id: signs
  type: ask_many
  options:
    - {id: heart, label: {en: My heart races, es: Corazón}}
    - {id: sweat, label: {en: Sweating, es: Sudor}}
    - {id: cold, label: {en: Cold hands, es: Manos frías}}
    - {id: none, alone: true, label: {en: None of these, es: Nada}}
  max_items: 2
- {id: strength, type: rate_each, of: signs, scale: {min: 0, max: 10}}
- {id: first, type: choose_from, of: signs}
- {id: note, type: ask_text}
"""
OWN = SIGNS.replace("max_items: 2", "own: true\n  min_items: 2\n  max_items: 3")
MAYBE = SIGNS[: SIGNS.index("- {id: strength")].replace("max_items: 2", "optional: true")


@pytest.mark.parametrize(
    ("inputs", "items"),
    [
        ([Press("s0")], ["heart"]),
        ([Press("s1"), Press("s0")], ["sweat", "heart"]),
        ([Press("s0"), Press("s0")], ["heart"]),
        ([Press("s0"), Press("u0")], []),
        ([Press("u0")], []),
        (["sweating"], ["sweat"]),
        (["Sweating, my heart races"], ["sweat", "heart"]),
        (["sweat"], ["sweat"]),
        ([Press("s0"), Press("s3")], ["none"]),
        ([Press("s3"), Press("s0")], ["heart"]),
        (["none of these"], ["none"]),
        ([Press("s0"), Press("s1"), Press("s3")], ["none"]),
        (["sweating", Edit(1, "cold hands")], ["cold"]),
    ],
)
def test_what_is_chosen(inputs: list[Step], items: list[str]) -> None:
    """A tap does what its button said, a typed name is a tap, and “none of these” stands alone."""
    assert play(SIGNS, *inputs).items == items


@pytest.mark.parametrize(
    ("steps", "inputs", "why"),
    [
        (SIGNS, ["/done"], Why.NOTHING_YET),
        (SIGNS, ["something else"], Why.PICK_SEVERAL),
        (SIGNS, [""], Why.PICK_SEVERAL),
        (SIGNS, [Press("s0"), Press("s1"), Press("s2")], Why.LIST_FULL),
        (SIGNS, [Press("s9")], Why.PICK_ONE),
        (SIGNS, [Press("heart")], Why.PICK_ONE),
        (SIGNS, ["/skip"], Why.PICK_ONE),
        (OWN, [Press("s0"), "/done"], Why.TOO_FEW),
        (OWN, ["x" * 121], Why.TOO_LONG),
        (OWN, ["one\ntwo\nthree\nfour"], Why.LIST_FULL),
    ],
)
def test_what_cannot_be_chosen(steps: str, inputs: list[Step], why: Why) -> None:
    """Each refusal keeps what was chosen and says what would help."""
    refused = play(steps, *inputs)
    assert (refused.refused, refused.run.cursor) == (why, "signs")


def test_a_tap_keeps_its_turn_and_changes_the_message_in_place() -> None:
    """Quick taps on several buttons all count (docs/decisions/toggles.md)."""
    begun = play(SIGNS)
    tapped = play(SIGNS, Press("s0"), Press("s1", begun.run.turn))
    assert tapped.run.turn == begun.run.turn
    assert [each.redraw for each in tapped.events if isinstance(each, Asked)] == [True]
    assert tapped.items == ["heart", "sweat"]


@pytest.mark.parametrize(
    ("steps", "inputs", "answer"),
    [
        (SIGNS, [Press("s1"), "/done"], ("sweat",)),
        (OWN, [Press("s1"), "Shame, and more", "/done"], ("sweat", "Shame, and more")),
        (OWN, ["My heart races\nshame", "/done"], ("heart", "shame")),
        (OWN, [Press("s3"), "/done"], ("none",)),
        (MAYBE, ["/done"], None),
        (MAYBE, ["/skip"], None),
    ],
)
def test_done_keeps_ids_and_own_words(
    steps: str, inputs: list[Step], answer: tuple[str, ...] | None
) -> None:
    """The answer holds the ids of options and own words; “none of these” is enough alone."""
    assert play(steps, *inputs).answers["signs"] == answer


def test_back_brings_the_choice_again() -> None:
    """Nobody taps it all twice."""
    back = play(SIGNS, Press("s1"), Press("s0"), "/done", "/back")
    assert (back.run.cursor, back.items) == ("signs", ["sweat", "heart"])


def test_what_was_chosen_can_be_rated_and_chosen_from() -> None:
    """An entry is rated by its id, and one of them can be typed by its label."""
    done = play(SIGNS, Press("s1"), Press("s0"), "/done", "8", "3", "my heart races")
    assert done.answers["strength"] == {"sweat": 8, "heart": 3}
    assert done.answers["first"] == "heart"


def test_own_words_may_answer_a_choice() -> None:
    """With `own: true` a typed label still chooses its option; anything else is the answer."""
    steps = """
- id: way
  type: ask_choice
  own: true
  options: [{id: walk, goto: end, label: {en: A walk, es: Caminar}}, {id: tea}]
- {id: more, type: ask_text}
- {id: end, type: finish}
"""
    assert play(steps, "a walk").answers == {"way": "walk"}
    own = play(steps, "Call my sister")
    assert (own.answers["way"], own.run.cursor) == ("Call my sister", "more")
    assert play(steps, "Call my sister", "/back", "/keep").answers["way"] == "Call my sister"
    assert play(steps, "x" * 121).refused is Why.TOO_LONG
    assert play(steps, Press("other")).refused is Why.PICK_ONE
