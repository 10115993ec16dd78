"""Which buttons stand under a question."""

from collections.abc import Callable
from uuid import UUID

from bot.catalog.steps import AskChoice, AskList, AskScale, ChooseFrom, Question, RateEach
from bot.catalog.text import listed, said
from bot.engine.event import Asked
from bot.engine.given import BACK, DONE, ENOUGH, KEEP, PAUSE, SKIP, STOP
from bot.engine.run import Run
from bot.messages.callback import for_run
from bot.messages.fill import short
from bot.messages.message import Button, Rows
from bot.messages.words import Words

WIDE = 6
"""So many short buttons fit side by side on a small phone."""
LINE = 26
"""So many characters two buttons in one row share."""


def keyboard(words: Words, run_id: UUID, run: Run, asked: Asked) -> Rows:
    """The answers of this question, then Keep or Done, then the way back, on and out."""

    def button(text: str, choice: str) -> Button:
        return Button(text=text, data=for_run(run_id, run.turn, choice))

    def word(name: str, choice: str) -> Button:
        return button(words.word(run.language, f"buttons.{name}"), choice)

    rows = _answers(asked.step, run, button)
    if asked.previous is not None:
        rows.append((word("keep", KEEP),))
    if isinstance(asked.step, AskList) and run.draft.items:
        rows.append((word("done", DONE),))
    way = [word("back", BACK)] if run.trail or run.draft.ratings else []
    if asked.step.optional and not run.draft.items:
        way.append(word("skip", SKIP))
    rows.append((*way, word("pause", PAUSE), word("stop", STOP)))
    return tuple(rows)


def pace_keyboard(words: Words, run_id: UUID, run: Run) -> Rows:
    """While a rhythm runs there is one thing to press, and the way out."""
    enough = words.word(run.language, "buttons.enough")
    return ((Button(text=enough, data=for_run(run_id, run.turn, ENOUGH)),),)


def _answers(
    step: Question, run: Run, button: Callable[[str, str], Button]
) -> list[tuple[Button, ...]]:
    match step:
        case AskScale() | RateEach():
            return in_rows([button(str(mark), str(mark)) for mark in step.scale.marks], WIDE)
        case AskChoice():
            labels = [(said(option.label, run.language), option.id) for option in step.options]
            return by_length([button(label, choice) for label, choice in labels])
        case ChooseFrom():
            entries = run.answers.get(step.of)
            offered = entries if isinstance(entries, tuple) else ()
            return [
                (button(f"{at + 1} · {short(entry, 30)}", f"i{at}"),)
                for at, entry in enumerate(offered)
            ]
        case AskList():
            chosen = {item.text for item in run.draft.items}
            offered = listed(step.suggest or {}, run.language)
            return by_length(
                [
                    button(f"✓ {entry}", f"u{at}") if entry in chosen else button(entry, f"s{at}")
                    for at, entry in enumerate(offered)
                ],
                most=3,
            )
    return []


def in_rows(buttons: list[Button], most: int) -> list[tuple[Button, ...]]:
    """Rows of nearly equal length, none longer than `most`."""
    count = -(-len(buttons) // most)
    size = -(-len(buttons) // count) if count else 1
    return [tuple(buttons[at : at + size]) for at in range(0, len(buttons), size)]


def by_length(buttons: list[Button], most: int = 2) -> list[tuple[Button, ...]]:
    """Short labels share a row, long ones have their own."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        together = sum(len(each.text) for each in last) + len(button.text)
        if last and len(last) < most and together <= LINE + 4 * (most - 2):
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return rows
