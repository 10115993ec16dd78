"""Several of many options, put on and taken off, with own words where they are welcome."""

from bot.catalog.steps import AskMany
from bot.catalog.text import said
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

Items = tuple[Item, ...]


def several(step: AskMany, run: Run, given: Said | Pressed) -> Reading:
    """What was chosen so far; complete at Done."""
    if isinstance(given, Said):
        return _typed(step, run, given)
    if given.choice != DONE:
        return _toggled(step, run, given.choice)
    chosen = tuple(item.text for item in run.draft.items)
    if not chosen and step.optional:
        return Whole(None)
    if len(chosen) < step.min_items and not _alone(step) & set(chosen):
        why = Why.NOTHING_YET if step.min_items == 1 else Why.TOO_FEW
        return Refused(why, low=step.min_items)
    return Whole(chosen)


def _alone(step: AskMany) -> set[str]:
    return {option.id for option in step.options if option.alone}


def _toggled(step: AskMany, run: Run, choice: str) -> Reading:
    """An option is put on ("s2") or taken off ("u2"), own words are taken off ("x…"); each button
    says which it means, as in a list with suggested words.
    """
    if choice.startswith("x"):
        return _drawn(run, without(run.draft.items, choice))
    place = index(choice[1:], len(step.options)) if choice[:1] in ("s", "u") else None
    if place is None:
        return Refused(Why.PICK_ONE)
    option, items = step.options[place].id, run.draft.items
    if choice.startswith("u"):
        return _drawn(run, tuple(item for item in items if item.text != option))
    if any(item.text == option for item in items):
        return _drawn(run, items)
    return _put_on(step, run, items, (Item(text=option),), redraw=True)


def _typed(step: AskMany, run: Run, given: Said) -> Reading:
    """Typed names of options count as taps; other words are entries where they are welcome."""
    wanted = _parted(step, run.language, given.text)
    if not wanted:
        return Refused(Why.EMPTY if step.own else Why.PICK_SEVERAL)
    known = {option.id for option in step.options}
    if not step.own and any(text not in known for text in wanted):
        return Refused(Why.PICK_SEVERAL)
    if any(len(text) > step.max_chars for text in wanted):
        return Refused(Why.TOO_LONG, high=step.max_chars)
    items = run.draft.items
    others = tuple(item for item in items if not given.edited or item.mark != given.mark)
    before = {item.text.casefold() for item in others}
    fresh = tuple(
        Item(text=text, mark=given.mark)
        for text in each_once(wanted)
        if text.casefold() not in before
    )
    if given.edited:
        return _put_on(step, run, (), in_place(items, given.mark, fresh))
    return _put_on(step, run, others, fresh)


def _parted(step: AskMany, language: str, text: str) -> list[str]:
    """One entry per line, or between commas where only options count."""
    names = {folded(option.id): option.id for option in step.options}
    names |= {folded(said(option.label, language)): option.id for option in step.options}
    if folded(text) in names:
        return [names[folded(text)]]
    if not step.own:
        text = text.replace(",", "\n").replace(";", "\n").replace("،", "\n")
    return parted(text.splitlines(), names)


def _put_on(
    step: AskMany, run: Run, items: Items, fresh: Items, *, redraw: bool = False
) -> Reading:
    """“None of these” takes the others off, and any other takes it off."""
    alone = _alone(step)
    last = next((item for item in reversed(fresh) if item.text in alone), None)
    if last is not None and fresh[-1] == last:
        return _drawn(run, (last,), redraw=redraw)
    together = tuple(item for item in (*items, *fresh) if item.text not in alone)
    if len(together) > step.max_items:
        return Refused(Why.LIST_FULL, high=step.max_items)
    return _drawn(run, together if fresh else items, redraw=redraw)


def _drawn(run: Run, items: Items, *, redraw: bool = True) -> Partly:
    return Partly(run.draft.model_copy(update={"items": items}), redraw=redraw)
