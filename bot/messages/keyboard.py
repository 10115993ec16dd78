"""Which buttons stand under a question."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from bot.catalog.exercise import Exercise
from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskMany,
    AskNumber,
    AskScale,
    AskWhen,
    ChooseFrom,
    RateEach,
)
from bot.catalog.text import listed, said
from bot.engine.answer.reading import off
from bot.engine.event import Asked
from bot.engine.given import BACK, DONE, ENOUGH, KEEP, PAUSE, SKIP, STOP
from bot.engine.moment import for_button, handy, wall
from bot.engine.run import Run
from bot.messages.callback import for_run
from bot.messages.fill import entry_said, number_said, short
from bot.messages.message import Button, Rows
from bot.messages.words import Words

WIDE = 6
"""So many short buttons fit side by side on a small phone."""
LINE = 26
"""So many characters two buttons in one row share."""
HALF = 18
"""So many characters fit into half of a small phone's width."""
SHARES = {2: 16, 3: 11}
"""So many characters one button of a row of so many shows, with a tick, before it is cut off."""
OWN_OFF = 28
"""So much of an own entry stands on the button that takes it off."""
TICK = "✓ "
"""Stands before what is chosen already."""

Make = Callable[[str, str], Button]
"""From a label and a choice to a button of this run and turn."""


def keyboard(words: Words, exercise: Exercise, run_id: UUID, run: Run, asked: Asked) -> Rows:
    """The answers of this question, then Keep or Done, then the way back, on and out."""

    def button(text: str, choice: str) -> Button:
        return Button(text=text, data=for_run(run_id, run.turn, choice))

    def word(name: str, choice: str) -> Button:
        return button(words.word(run.language, f"buttons.{name}"), choice)

    rows = _answers(words, exercise, asked, run, button)
    if asked.previous is not None:
        rows.append((word("keep", KEEP),))
    if _can_be_done(asked, run):
        rows.append((word("done", DONE),))
    way = [word("back", BACK)] if run.trail or run.draft.ratings else []
    if asked.step.optional and not run.draft.items:
        way.append(word("skip", SKIP))
    rows.append((*way, word("pause", PAUSE), word("stop", STOP)))
    return tuple(rows)


def _can_be_done(asked: Asked, run: Run) -> bool:
    items = run.draft.items
    if isinstance(asked.step, AskMany):
        alone = {option.id for option in asked.step.options if option.alone}
        return len(items) >= asked.step.min_items or any(item.text in alone for item in items)
    return isinstance(asked.step, AskList) and bool(items)


def timed_keyboard(words: Words, run_id: UUID, run: Run) -> Rows:
    """While time runs there is one thing to press, and the way out."""
    enough = words.word(run.language, "buttons.enough")
    return ((Button(text=enough, data=for_run(run_id, run.turn, ENOUGH)),),)


def _answers(
    words: Words, exercise: Exercise, asked: Asked, run: Run, button: Make
) -> list[tuple[Button, ...]]:
    language = run.language
    match asked.step:
        case AskScale(scale=scale) | RateEach(scale=scale):
            return in_rows([button(str(mark), str(mark)) for mark in scale.marks], WIDE)
        case AskNumber(suggest=numbers):
            return in_rows([button(number_said(each, language), str(each)) for each in numbers], 4)
        case AskChoice(options=options):
            return by_length([button(said(each.label, language), each.id) for each in options])
        case ChooseFrom() as step:
            entries = run.answers.get(step.of)
            offered = entries if isinstance(entries, tuple) else ()
            return [
                (button(f"{at + 1} · {short(entry_said(exercise, step.id, entry, language), 30)}",
                        f"i{at}"),)
                for at, entry in enumerate(offered)
            ]  # fmt: skip
        case AskList(suggest=suggested):
            known = [(entry, entry) for entry in listed(suggested or {}, language)]
            return _several(run, known, button)
        case AskMany(options=offers):
            return _several(run, [(each.id, said(each.label, language)) for each in offers], button)
        case AskWhen() as step:
            return _moments(words, step, run, button)
    return []


def _several(run: Run, offered: list[tuple[str, str]], button: Make) -> list[tuple[Button, ...]]:
    """What can be put on a list or taken off it; each entry `offered` with its label."""
    chosen = {item.text for item in run.draft.items}
    rows = by_length(_toggles(offered, chosen, button), most=3)
    return [*rows, *_own_off(run, offered, button)]


def _toggles(shown: list[tuple[str, str]], chosen: set[str], button: Make) -> list[Button]:
    """Each button says what it does: put this on, or take it off."""
    return [
        button(f"{TICK}{label}", f"u{at}") if entry in chosen else button(label, f"s{at}")
        for at, (entry, label) in enumerate(shown)
    ]


def _own_off(run: Run, shown: list[tuple[str, str]], button: Make) -> Iterator[tuple[Button, ...]]:
    """The latest entry in own words can be taken off again; then the one before it."""
    offered = {entry for entry, _ in shown}
    own = [item.text for item in run.draft.items if item.text not in offered]
    if own:
        yield (button(f"✕ {short(own[-1], OWN_OFF)}", off(own[-1])),)


def _moments(words: Words, step: AskWhen, run: Run, button: Make) -> list[tuple[Button, ...]]:
    """The handy moments that still lie ahead (or behind), each with its hour, and each once: at six
    “in an hour” is “this evening”."""
    here = wall(run.asked_at, run.zone)
    rows: list[tuple[Button, ...]] = []
    seen: set[datetime] = set()
    for which in step.offered:
        local = handy(which, here)
        if local not in seen and (local < here if step.past else local > here):
            seen.add(local)
            name = words.word(run.language, f"when.{which}")
            rows.append((button(f"{name}, {local:%H:%M}", for_button(local)),))
    return rows


def in_rows(buttons: list[Button], most: int) -> list[tuple[Button, ...]]:
    """Rows of nearly equal length, none longer than `most`."""
    count = -(-len(buttons) // most)
    size = -(-len(buttons) // count) if count else 1
    return [tuple(buttons[at : at + size]) for at in range(0, len(buttons), size)]


def by_length(buttons: list[Button], most: int = 2) -> list[tuple[Button, ...]]:
    """Short labels share a row, long ones have their own; no button moves for being ticked."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        widths = [_width(each.text) for each in (*last, button)]
        fit = sum(widths) <= LINE + 4 * (most - 2) and max(widths) <= SHARES.get(len(widths), 0)
        if last and len(last) < most and fit:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return rows


def _width(label: str) -> int:
    return len(label.removeprefix(TICK))


def two_by_two(buttons: list[Button]) -> Rows:
    """In their order; neighbours whose labels fit into half a row share one."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and all(len(each.text) <= HALF for each in (*last, button)):
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)
