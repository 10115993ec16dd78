"""Answers in words: one text, or the entries of a list."""

from bot.catalog.steps import AskList
from bot.catalog.text import listed
from bot.engine.answer.reading import (
    Partly,
    Reading,
    Whole,
    each_once,
    folded,
    in_place,
    index,
    parted,
    without,
)
from bot.engine.event import Refused, Why
from bot.engine.given import DONE, Pressed, Said
from bot.engine.run import Item, Run


def words(longest: int, given: Said | Pressed) -> Reading:
    """What was typed, without blanks around it."""
    if isinstance(given, Pressed) or not given.text.strip():
        return Refused(Why.EMPTY)
    if len(given.text.strip()) > longest:
        return Refused(Why.TOO_LONG, high=longest)
    return Whole(given.text.strip())


def entries(step: AskList, run: Run, given: Said | Pressed) -> Reading:
    """The list with what was typed or tapped; complete at Done."""
    items = run.draft.items
    if isinstance(given, Pressed):
        if given.choice == DONE:
            if items:
                return Whole(tuple(item.text for item in items))
            return Whole(None) if step.optional else Refused(Why.NOTHING_YET)
        return _toggled(step, run, given.choice)
    wanted = _parted(step, run.language, given.text)
    if not wanted:
        return Refused(Why.EMPTY)
    if any(len(text) > step.max_chars for text in wanted):
        return Refused(Why.TOO_LONG, high=step.max_chars)
    others = tuple(item for item in items if not given.edited or item.mark != given.mark)
    known = {item.text.casefold() for item in others}
    fresh = tuple(
        Item(text=text, mark=given.mark)
        for text in each_once(wanted)
        if text.casefold() not in known
    )
    if len(others) + len(fresh) > step.max_items:
        return Refused(Why.LIST_FULL, high=step.max_items)
    if given.edited:
        return Partly(run.draft.model_copy(update={"items": in_place(items, given.mark, fresh)}))
    return Partly(run.draft.model_copy(update={"items": others + fresh}))


def _parted(step: AskList, language: str, text: str) -> list[str]:
    """One entry per line; where short words are suggested, commas part them too."""
    if step.suggest is not None:
        text = text.replace(",", "\n").replace(";", "\n").replace("،", "\n")
        offered = {folded(word): word for word in listed(step.suggest, language)}
    else:
        offered = {}
    return parted(text.splitlines(), offered)


def _toggled(step: AskList, run: Run, choice: str) -> Reading:
    """A suggested word is put on the list ("s2") or taken off ("u2"), an own one taken off ("x…").

    Each button says which of the two it means, so that a double tap does one thing once, and
    quick taps on several words all count.
    """
    if choice.startswith("x"):
        left = without(run.draft.items, choice)
        return Partly(run.draft.model_copy(update={"items": left}), redraw=True)
    offered = listed(step.suggest or {}, run.language)
    place = index(choice[1:], len(offered)) if choice[:1] in ("s", "u") else None
    if place is None:
        return Refused(Why.PICK_ONE)
    word, items = offered[place], run.draft.items
    others = tuple(item for item in items if item.text != word)
    wanted = choice.startswith("s")
    if wanted and len(others) >= step.max_items:
        return Refused(Why.LIST_FULL, high=step.max_items)
    if wanted and len(others) < len(items):
        return Partly(run.draft, redraw=True)
    items = (*others, Item(text=word)) if wanted else others
    return Partly(run.draft.model_copy(update={"items": items}), redraw=True)
