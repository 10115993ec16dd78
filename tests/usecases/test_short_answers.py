"""A word for no, none or I do not know: what each kind of question makes of it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from bot.engine.run import Value
from bot.messages.callback import for_menu
from bot.store import runs
from bot.usecases.incoming import Press
from tests.engine.playing import exercise_of
from tests.usecases.chat import Chat
from tests.usecases.test_watch import LIBRARY

PLACES = {
    "number": "{id: it, type: ask_number, min: 0, max: 20}",
    "option": "{id: it, type: ask_choice, options: [{id: 'yes', label: {en: Sure, es: Vale}},"
    " {id: 'no', label: {en: Rather not, es: Mejor no}}, {id: unsure, label: {en: Hm, es: Mm}}]}",
    "another": "{id: it, type: ask_text, optional: true}",
    "note": "{id: it, type: ask_text, optional: true, or_none: true}",
    "words": "{id: it, type: ask_text, optional: true}",
    "list": "{id: it, type: ask_list}",
}
AFTER = {
    "another": "- {id: fork, type: branch, when: {answer: it, is: empty}, then: z, else: more}\n"
    "- {id: more, type: ask_text}\n"
}
EXERCISES = {
    name: exercise_of(
        f"- {step}\n{AFTER.get(name, '')}- {{id: z, type: ask_text}}\n", f"id: test.{name}"
    )
    for name, step in PLACES.items()
}
NO, NONE, THANKS = "- no skip skip kept done", "0 - skip skip kept done", "- - skip skip kept done"
UNSURE, BLANK = "- unsure skip skip skip done", "- - skip skip skip done"
NO_MORE, WORDS = "- - kept skip kept done", "- - kept kept kept kept"


@pytest.mark.parametrize(("typed", "taken"), [
    ("no", NO), ("Nope.", NO), ("no I don’t", NO), ("claro que no", NO),
    ("none", NONE), ("Nothing!", NONE), ("no, nothing", NONE), ("nada", NONE), ("Ninguna.", NONE),
    ("no, nada", NONE), ("no hay", NONE), ("Nothing really", NONE), ("nope, nothing", NONE),
    ("pues nada", NONE), ("No hay nada.", NONE), ("nada de nada", NONE),
    ("can’t think of anything", BLANK), ("nothing comes to mind", BLANK),
    ("no thanks", THANKS), ("No, gracias.", THANKS),
    ("I don't know", UNSURE), ("idk", UNSURE), ("not sure", UNSURE), ("No lo sé…", UNSURE),
    ("no se", UNSURE), ("ni idea", UNSURE),
    ("no se me ocurre nada", BLANK),
    ("nothing else", NO_MORE), ("That’s all", NO_MORE), ("nada más", NO_MORE), ("ya está", NO_MORE),
    ("no rain today", WORDS), ("nada de nada hoy", WORDS), ("I know", WORDS),
])  # fmt: skip
def test_a_short_answer_is_what_the_question_makes_of_it(
    chat: Callable[..., Chat], typed: str, taken: str
) -> None:
    """In this order: a number, an option of yes, no and unsure, “is there another?”, “anything
    to note?”, words that can be skipped, a list that has something."""
    maya = chat(*EXERCISES.values())
    assert " ".join(_taken(maya, name, typed) for name in PLACES) == taken


def _taken(maya: Chat, name: str, typed: str) -> str:
    maya.give(Press(for_menu("begin", f"test.{name}")))
    maya.say(*(["one thing"] if name == "list" else []), typed)
    answers = _answers(maya)
    maya.press("Stop")
    if "it" not in answers:
        return "kept" if name == "list" else "-"
    if name == "list":
        return "done"
    if name in ("number", "option"):
        return str(answers["it"])
    return "skip" if answers["it"] is None else "kept"


def _answers(maya: Chat) -> dict[str, Value]:
    found: list[dict[str, Value]] = []

    def look(session: Session) -> None:
        stored = runs.open_run(session, maya.kit.vault, maya.person(session).id)
        assert stored is not None
        found.append(dict(stored.run.answers))

    maya.run(look)
    return found[0]


@pytest.mark.parametrize("typed", ["nothing", "idk", "no se me ocurre nada"])
@pytest.mark.parametrize("name", ["cbt.thought5", "cbt.thought7"])
def test_nothing_is_no_thought_whose_belief_is_asked(
    chat: Callable[..., Chat], name: str, typed: str
) -> None:
    """“Fairer answer: nothing. How much do you believe the answer you just wrote?”"""
    maya = chat(LIBRARY.exercises[name])
    maya.give(Press(for_menu("begin", name)))
    said = iter(["A quiet room", "sad", "done", "60", "They hate me", "done", "80", *["-"] * 4])
    while not any(word in maya.last for word in ("a fairer answer", "fair to the whole")):
        if "facts" in maya.last or "Imagine" in maya.last:
            maya.say("They looked away")
            maya.say("done")
        else:
            maya.say(next(said))
    maya.say(typed)
    assert "How much do you believe it now?" in maya.last


@pytest.mark.parametrize("nothing", ["nothing", "nope, nothing", "idk", "pues nada"])
@pytest.mark.parametrize("kind", ["I want to ask", "I want to say no"])
def test_nothing_is_no_line_of_a_message(
    chat: Callable[..., Chat], kind: str, nothing: str
) -> None:
    """Who has nothing to offer, or sees nothing good in it for the other, does not send “nothing”
    to anybody: it is left out of the words to copy."""
    maya = chat(LIBRARY.exercises["ie.dearman"])
    maya.give(Press(for_menu("begin", "ie.dearman")))
    maya.press("No")
    maya.press(kind)
    maya.press("Skip")
    maya.say("my sister: the kids on Thursday", "Group is at six.", "I worry.", "Not this month.")
    maya.say(*[nothing] * (2 if kind == "I want to ask" else 1))
    assert "I worry.\nNot this month.</i>" in maya.last
    maya.press("Yes, it fits")
    maya.press("Skip")
    maya.press("Skip")
    copied = maya.button("Copy my words").copy_text
    assert copied is not None
    assert copied.splitlines() == ["Group is at six.", "I worry.", "Not this month."]
