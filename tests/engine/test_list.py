"""A list grows message by message, line by line, tap by tap."""

import pytest

from bot.engine.answer.reading import off
from bot.engine.event import Asked, Why
from tests.engine.playing import Edit, Press, Step, go_on, play

PLAIN = "[{id: thoughts, type: ask_list, max_items: 3, max_chars: 20}]"
OPTIONAL = "[{id: facts, type: ask_list, optional: true}]"
SUGGESTED = """
- id: moods
  type: ask_list
  max_items: 3
  suggest: {en: [sad, anxious, angry, empty], es: [tristeza, ansiedad, enojo, vacío]}
"""


@pytest.mark.parametrize(
    ("steps", "inputs", "items"),
    [
        (PLAIN, ["one"], ["one"]),
        (PLAIN, ["one", "two"], ["one", "two"]),
        (PLAIN, ["one\ntwo\n\n three "], ["one", "two", "three"]),
        (PLAIN, ["one, two"], ["one, two"]),
        (PLAIN, ["one", "ONE", "one"], ["one"]),
        (PLAIN, ["One\none\ntwo\nONE"], ["One", "two"]),
        (SUGGESTED, ["sad, angry"], ["sad", "angry"]),
        (SUGGESTED, ["SAD; Angry"], ["sad", "angry"]),
        (SUGGESTED, ["Sad and anxious"], ["sad", "anxious"]),
        (SUGGESTED, ["sad, angry & empty"], ["sad", "angry", "empty"]),
        (SUGGESTED, ["sad and numb"], ["sad and numb"]),
        (SUGGESTED, ["sad، numb"], ["sad", "numb"]),
        (SUGGESTED, [Press("s0"), Press("s3")], ["sad", "empty"]),
        (SUGGESTED, [Press("s0"), "numb", Press("s1")], ["sad", "numb", "anxious"]),
        (SUGGESTED, [Press("s0"), Press("s0")], ["sad"]),
        (SUGGESTED, [Press("s0"), Press("s1"), Press("u0")], ["anxious"]),
        (SUGGESTED, [Press("s0"), Press("u0"), Press("u0")], []),
        (SUGGESTED, ["sad", Press("u0")], []),
        (SUGGESTED, ["sad", Press("s0")], ["sad"]),
    ],
)
def test_what_stands_on_the_list(steps: str, inputs: list[Step], items: list[str]) -> None:
    """Lines part entries; commas do where words are suggested; the same word counts once."""
    assert play(steps, *inputs).items == items


@pytest.mark.parametrize("typed", ["vacio", "VACÍO", "Vacío."])
def test_a_suggested_word_is_known_without_its_accents(typed: str) -> None:
    """A hurried thumb's “vacio” is the button “vacío”, so that it can be taken off again."""
    typed_it = play(SUGGESTED, typed, language="es")
    assert typed_it.items == ["vacío"]
    assert play(SUGGESTED, typed, Press("u3"), language="es").items == []


@pytest.mark.parametrize(
    ("steps", "inputs", "why"),
    [
        (PLAIN, ["/done"], Why.NOTHING_YET),
        (PLAIN, [""], Why.EMPTY),
        (PLAIN, ["\n \n"], Why.EMPTY),
        (PLAIN, ["x" * 21], Why.TOO_LONG),
        (PLAIN, ["ok\n" + "x" * 21], Why.TOO_LONG),
        (PLAIN, ["1\n2\n3", "4"], Why.LIST_FULL),
        (PLAIN, ["1\n2\n3\n4"], Why.LIST_FULL),
        (SUGGESTED, ["a, b, c", Press("s0")], Why.LIST_FULL),
        (PLAIN, [Press("s0")], Why.PICK_ONE),
        (SUGGESTED, [Press("s4")], Why.PICK_ONE),
        (SUGGESTED, [Press("s-1")], Why.PICK_ONE),
        (SUGGESTED, [Press("s")], Why.PICK_ONE),
        (SUGGESTED, [Press("s٣")], Why.PICK_ONE),
        (SUGGESTED, [Press("")], Why.PICK_ONE),
        (SUGGESTED, ["/skip"], Why.PICK_ONE),
        (SUGGESTED, ["/keep"], Why.PICK_ONE),
    ],
)
def test_what_is_refused_changes_nothing(steps: str, inputs: list[Step], why: Why) -> None:
    """A refusal keeps the list exactly as it was before."""
    refused = play(steps, *inputs)
    assert refused.refused is why
    assert refused.run.draft == play(steps, *inputs[:-1]).run.draft


def test_a_full_list_may_still_be_ticked_twice() -> None:
    """The second tap of a double tap on the last free place is no complaint."""
    assert play(SUGGESTED, "a, b", Press("s0"), Press("s0")).refused is None


def test_done_ends_the_list() -> None:
    """Done keeps the entries in order and goes on."""
    after = play(SUGGESTED, "numb", Press("s0"), "/done")
    assert after.answers == {"moods": ("numb", "sad")}
    assert after.kinds() == ["Answered", "Finished"]


def test_done_with_nothing_skips_what_may_be_skipped() -> None:
    """In an optional list Done without entries is the same as Skip."""
    assert play(OPTIONAL, "/done").answers == play(OPTIONAL, "/skip").answers == {"facts": None}


def test_a_tap_redraws_the_question_and_words_ask_it_anew() -> None:
    """Taps keep the turn, so several quick ones all count; words come with a new turn."""
    begun, tapped = play(SUGGESTED), play(SUGGESTED, Press("s0"))
    typed = play(SUGGESTED, "numb")
    assert (tapped.run.turn, typed.run.turn) == (begun.run.turn, begun.run.turn + 1)
    assert [each.redraw for each in tapped.events if isinstance(each, Asked)] == [True]
    assert [each.redraw for each in typed.events if isinstance(each, Asked)] == [False]


@pytest.mark.parametrize(
    ("inputs", "items"),
    [
        (["one", "two", Edit(1, "uno")], ["uno", "two"]),
        (["one", "two", Edit(1, "uno\ndos")], ["uno", "dos", "two"]),
        (["one\ntwo", "three", Edit(1, "both")], ["both", "three"]),
        (["one", "two", Edit(2, "one")], ["one"]),
        (["one", Edit(1, "one")], ["one"]),
        (["one", "two", "three", Edit(3, "four")], ["one", "two", "four"]),
        (["one", "two", "three", Edit(3, "four\nfive")], ["one", "two", "three"]),
        (["one", Edit(1, "")], ["one"]),
        (["1\n2\n3\n4", Edit(1, "1\n2")], ["1", "2"]),
    ],
)
def test_an_edited_message_corrects_its_entries(inputs: list[Step], items: list[str]) -> None:
    """An edit replaces what came from that message, in its place, or nothing at all."""
    assert play(PLAIN, *inputs).items == items


AROUND = """
- {id: before, type: ask_text}
- {id: facts, type: ask_list}
- {id: after, type: ask_text}
"""


def test_a_list_is_never_typed_twice() -> None:
    """A list left by Back, done or not, stands there again when the way comes back to it."""
    half = play(AROUND, "x", "one", "two", "/back")
    assert half.run.cursor == "before"
    assert go_on(half, "/keep").items == ["one", "two"]
    assert go_on(half, "/keep", "/done").answers["facts"] == ("one", "two")
    done = play(AROUND, "x", "one", "/done", "/back", "/back", "/keep")
    assert done.items == ["one"]


def test_a_list_begun_is_kept_when_the_person_stops() -> None:
    """Stop promises that what was written is kept, so the unfinished list is an answer too."""
    stopped = play(AROUND, "x", "one", "two", "/stop")
    assert stopped.kinds() == ["Answered", "Stopped"]
    assert stopped.answers == {"before": "x", "facts": ("one", "two")}


def test_back_brings_the_list_itself_back() -> None:
    """Going back to a list is going on with it, not starting over."""
    two = PLAIN[:-1] + ", {id: next, type: ask_text}]"
    back = play(two, "one", "two", "/done", "/back")
    assert (back.run.cursor, back.items) == ("thoughts", ["one", "two"])
    assert play(two, "one", "/done", "/back", "two", "/done").answers == {
        "thoughts": ("one", "two")
    }


def test_own_words_are_taken_off_once_however_often_it_is_tapped() -> None:
    """A slip, or a name that should go, leaves the list; the others stay."""
    two = "[{id: people, type: ask_list, max_items: 2}, {id: note, type: ask_text}]"
    taken = play(two, "Ana\nJo", Press(off("Jo")), Press(off("Jo")))
    assert taken.items == ["Ana"]
    assert play(two, "Ana\nJo", Press(off("Ana")), "Kim", "/done").answers["people"] == (
        "Jo",
        "Kim",
    )
