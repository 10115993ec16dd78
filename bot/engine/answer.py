"""Reading what was given as an answer to the question that stands open."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from bot.catalog.steps import (
    AskChoice,
    AskList,
    AskScale,
    AskText,
    ChooseFrom,
    Question,
    RateEach,
    Scale,
)
from bot.catalog.text import listed, said
from bot.engine.event import Refused, Why
from bot.engine.given import DONE, KEEP, Pressed, Said
from bot.engine.number import typed_number
from bot.engine.run import Draft, Item, Run, Value


class Whole(NamedTuple):
    """The answer is complete. `option` names the option that was chosen, if it leads somewhere."""

    value: Value
    goto: str | None = None


class Partly(NamedTuple):
    """The answer grew but is not complete; `redraw` as in `event.Asked`."""

    draft: Draft
    redraw: bool = False


Reading = Whole | Partly | Refused


def read(step: Question, run: Run, given: Said | Pressed) -> Reading:
    """The answer, a part of one, or why it cannot be one. Never raises."""
    if isinstance(given, Pressed) and given.choice == KEEP:
        return _kept(step, run)
    match step:
        case AskText():
            return _words(step.max_chars, given)
        case AskList():
            return _entries(step, run, given)
        case AskScale():
            number = _number(step.scale, given)
            return number if isinstance(number, Refused) else Whole(number)
        case RateEach():
            return _rating(step, run, given)
        case ChooseFrom():
            return _entry(run.answers.get(step.of), given)
        case AskChoice():
            return _option(step, run.language, given)
    return Refused(Why.PICK_ONE)


def previous(step: Question, run: Run) -> Value:
    """What was answered here before the person went back, as far as it still fits."""
    value = run.answers.get(step.id)
    match step:
        case AskList():
            return None  # the list itself stands in the draft again
        case RateEach():
            item = next_unrated(step, run)
            return value.get(item) if isinstance(value, dict) and item is not None else None
        case ChooseFrom():
            entries = run.answers.get(step.of)
            return value if isinstance(entries, tuple) and value in entries else None
    return value


def _kept(step: Question, run: Run) -> Reading:
    value = previous(step, run)
    if value is None:
        return Refused(Why.PICK_ONE)
    match step:
        case RateEach():
            return _rating(step, run, Pressed(run.turn, str(value)))
        case AskChoice():
            chosen = (each.goto for each in step.options if each.id == value)
            return Whole(value, next(chosen, None))
    return Whole(value)


def _words(longest: int, given: Said | Pressed) -> Reading:
    if isinstance(given, Pressed) or not given.text.strip():
        return Refused(Why.EMPTY)
    if len(given.text.strip()) > longest:
        return Refused(Why.TOO_LONG, high=longest)
    return Whole(given.text.strip())


def _entries(step: AskList, run: Run, given: Said | Pressed) -> Reading:
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
        for text in _each_once(wanted)
        if text.casefold() not in known
    )
    if len(others) + len(fresh) > step.max_items:
        return Refused(Why.LIST_FULL, high=step.max_items)
    if given.edited:
        return Partly(run.draft.model_copy(update={"items": _in_place(items, given.mark, fresh)}))
    return Partly(run.draft.model_copy(update={"items": others + fresh}))


def _each_once(texts: list[str]) -> Iterable[str]:
    """Every text once, the way it was written first, whatever the case."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold(), text)
    return first.values()


def _in_place(items: tuple[Item, ...], mark: int, fresh: tuple[Item, ...]) -> tuple[Item, ...]:
    spot = next((at for at, item in enumerate(items) if item.mark == mark), len(items))
    before = tuple(item for item in items[:spot] if item.mark != mark)
    after = tuple(item for item in items[spot:] if item.mark != mark)
    return before + fresh + after


def _parted(step: AskList, language: str, text: str) -> list[str]:
    """One entry per line; where short words are suggested, commas part them too."""
    if step.suggest is not None:
        text = text.replace(",", "\n").replace(";", "\n").replace("،", "\n")
        offered = {folded(word): word for word in listed(step.suggest, language)}
    else:
        offered = {}
    lines = (line.strip() for line in text.splitlines())
    return [offered.get(folded(line), line) for line in lines if line]


def _toggled(step: AskList, run: Run, choice: str) -> Reading:
    """A suggested word is put on the list ("s2") or taken off ("u2").

    Each button says which of the two it means, so that a double tap does one thing once, and
    quick taps on several words all count.
    """
    offered = listed(step.suggest or {}, run.language)
    place = _index(choice[1:], len(offered)) if choice[:1] in ("s", "u") else None
    if place is None:
        return Refused(Why.PICK_ONE)
    word, items = offered[place], run.draft.items
    without = tuple(item for item in items if item.text != word)
    wanted = choice.startswith("s")
    if wanted and len(without) >= step.max_items:
        return Refused(Why.LIST_FULL, high=step.max_items)
    if wanted and len(without) < len(items):
        return Partly(run.draft, redraw=True)
    items = (*without, Item(text=word)) if wanted else without
    return Partly(run.draft.model_copy(update={"items": items}), redraw=True)


def _number(scale: Scale, given: Said | Pressed) -> int | Refused:
    number = typed_number(given.choice if isinstance(given, Pressed) else given.text)
    if number is None:
        return Refused(Why.NOT_A_NUMBER, scale.min, scale.max)
    if not scale.min <= number <= scale.max:
        return Refused(Why.OUT_OF_RANGE, scale.min, scale.max)
    return number


def rated(step: RateEach, run: Run) -> tuple[str, ...]:
    """The entries that get a rating, in order."""
    entries = run.answers.get(step.of)
    return entries if isinstance(entries, tuple) else ()


def next_unrated(step: RateEach, run: Run) -> str | None:
    """The first entry without a rating yet."""
    return next((item for item in rated(step, run) if item not in run.draft.ratings), None)


def _rating(step: RateEach, run: Run, given: Said | Pressed) -> Reading:
    number = _number(step.scale, given)
    if isinstance(number, Refused):
        return number
    ratings, marks = dict(run.draft.ratings), dict(run.draft.marks)
    item = next_unrated(step, run)
    if isinstance(given, Said):
        if given.edited:
            corrected = (each for each, mark in marks.items() if mark == given.mark)
            item = next(corrected, item)
        if item is not None:
            marks[item] = given.mark
    if item is None:
        return Refused(Why.PICK_ONE)
    ratings[item] = number
    draft = Draft(ratings=ratings, marks=marks)
    if all(each in ratings for each in rated(step, run)):
        return Whole(ratings)
    return Partly(draft)


def _entry(entries: Value, given: Said | Pressed) -> Reading:
    offered = entries if isinstance(entries, tuple) else ()
    if isinstance(given, Pressed):
        place = _index(given.choice.removeprefix("i"), len(offered))
    else:
        number = typed_number(given.text)
        known = [folded(entry) for entry in offered]
        wanted = folded(given.text)
        if wanted in known:
            place = known.index(wanted)
        elif number is not None and 1 <= number <= len(offered):
            place = number - 1
        else:
            place = None
    return Refused(Why.PICK_ONE) if place is None else Whole(offered[place])


def _option(step: AskChoice, language: str, given: Said | Pressed) -> Reading:
    for option in step.options:
        if isinstance(given, Pressed):
            chosen = given.choice == option.id
        else:
            chosen = folded(given.text) in (option.id, folded(said(option.label, language)))
        if chosen:
            return Whole(option.id, option.goto)
    return Refused(Why.PICK_ONE)


def folded(text: str) -> str:
    """Words as a hurried thumb types them: no case, no accents, no full stop."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split()).strip(".!¡¿? ")


def _index(digits: str, length: int) -> int | None:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 3:
        return None
    return int(digits) if int(digits) < length else None
