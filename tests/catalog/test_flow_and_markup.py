"""Which answers are certain where, and which markup Telegram would take."""

import pytest

from bot.catalog.flow import certain, graph, reached
from bot.catalog.markup import faults, has_logic, looks_like_markup, placeholders
from tests.engine.playing import exercise_of

STRAIGHT = (
    "[{id: a, type: ask_text}, {id: b, type: ask_text, optional: true}, {id: c, type: ask_text}]"
)
FORK = """
- {id: way, type: ask_choice, options: [{id: left, goto: l}, {id: right, goto: r}]}
- {id: l, type: ask_text, goto: after}
- {id: r, type: ask_text}
- {id: after, type: ask_text}
"""
LOOP = """
- {id: a, type: ask_scale, scale: {min: 0, max: 10}}
- {id: b, type: ask_text}
- {id: more, type: branch, when: {answer: a, at_least: 8}, then: a, else: end}
- {id: end, type: finish}
"""
SKIPPED_CHOICE = """
- {id: way, type: ask_choice, optional: true, options: [{id: x, goto: end}, {id: y, goto: end}]}
- {id: then, type: ask_text}
- {id: end, type: finish}
"""
PACED = """
- {id: a, type: ask_text}
- id: p
  type: pace
  rounds: 1
  phases: [{seconds: 4, cue: {en: In, es: Inhala}}]
  stopped: why
  goto: end
- {id: why, type: ask_text}
- {id: end, type: finish}
"""


ASKED_AGAIN = """
- {id: a, type: ask_text, optional: true}
- {id: given, type: branch, when: {answer: a, is: empty}, then: without, else: with}
- {id: with, type: ask_text, goto: end}
- {id: without, type: ask_text}
- {id: end, type: finish}
"""


@pytest.mark.parametrize(
    ("steps", "sure"),
    [
        (STRAIGHT, {"a": "", "b": "a", "c": "a", "end": "a c"}),
        (FORK, {"way": "", "l": "way", "r": "way", "after": "way", "end": "way after"}),
        (LOOP, {"a": "", "b": "a", "more": "a b", "end": "a b"}),
        (SKIPPED_CHOICE, {"way": "", "then": "", "end": ""}),
        (ASKED_AGAIN, {"a": "", "given": "", "with": "a", "without": "", "end": ""}),
        (PACED, {"a": "", "p": "a", "why": "a", "end": "a"}),
    ],
)
def test_what_is_certain_to_be_answered(steps: str, sure: dict[str, str]) -> None:
    """Only what every path has asked, and nobody could skip, or a branch found, is certain."""
    expected = {step: frozenset(names.split()) for step, names in sure.items()}
    assert certain(exercise_of(steps)) == expected


def test_what_can_follow() -> None:
    """A choice with a way for each option never falls through; an optional one does."""
    assert graph(exercise_of(FORK))["way"] == ("l", "r")
    assert set(graph(exercise_of(SKIPPED_CHOICE))["way"]) == {"end", "then"}
    assert set(graph(exercise_of(PACED))["p"]) == {"end", "why"}
    assert reached(exercise_of(FORK)) == {"way", "l", "r", "after", "end"}


@pytest.mark.parametrize(
    "text",
    [
        "plain", "<b>bold</b>", "<b><i>both</i></b>", "<tg-spoiler>x</tg-spoiler>", "5 &lt; 6",
        "<B>loud</B>", "a > b", "&amp; &gt; &quot; &#39; &#x27;", "{{ thought }}", "«sí» ♥", "",
        "<blockquote>a\nb</blockquote>",
    ],
)  # fmt: skip
def test_markup_telegram_takes(text: str) -> None:
    """Closed tags of the small set, and the entities Telegram knows, are fine."""
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<b>open", "shut</b>", "<b><i>crossed</b></i>", "<a href='x'>link</a>", "<b id=x>y</b>",
        "<br>", "<br/>", "<b/>", "<h1>x</h1>", "I <3 you", "a < b", "a <b", "if x<y then", "R & D",
        "&nbsp;", "&copy", "&#zz;", "<!-- x -->", "<i>a</i", "<", "&", "<?x>", "<>",
    ],
)  # fmt: skip
def test_markup_telegram_would_refuse(text: str) -> None:
    """Each of these would make Telegram refuse the whole message."""
    assert list(faults(text)) != []


@pytest.mark.parametrize(
    ("text", "logic", "names"),
    [
        ("{{ a }} and {{b_2}}", False, ("a", "b_2")),
        ("{{ a|upper }}", True, ("a|upper",)),
        ("{{ a + 1 }}", True, ("a + 1",)),
        ("{{ A }}", True, ("A",)),
        ("{{ }}", True, ("",)),
        ("{% if a %}", True, ()),
        ("{# note #}", True, ()),
        ("{ a } %", False, ()),
    ],
)
def test_braces_hold_names_only(text: str, logic: bool, names: tuple[str, ...]) -> None:
    """Between double braces stands the id of an answer, or it is logic and refused."""
    assert (has_logic(text), placeholders(text)) == (logic, names)


@pytest.mark.parametrize(
    ("words", "markup"),
    [("Rest & relax", False), ("I <3 you", False), ("a < b", False), ("sad, <b>very</b>", True),
     ("R&amp;D", True), ("&#39;", True)],
)  # fmt: skip
def test_plain_words_may_hold_any_character(words: str, markup: bool) -> None:
    """A label shows exactly what is written, so only what looks like markup is a mistake."""
    assert looks_like_markup(words) is markup
