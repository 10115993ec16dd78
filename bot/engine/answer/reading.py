"""What can come of reading an answer, and how a hurried thumb is understood."""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2s
from typing import NamedTuple

from bot.catalog.bare import bare
from bot.engine.event import Refused
from bot.engine.run import Draft, Item, Value


class Whole(NamedTuple):
    """The answer is complete. `goto` is where the option that was chosen leads, if it does."""

    value: Value
    goto: str | None = None


class Partly(NamedTuple):
    """The answer grew but is not complete; `redraw` as in `event.Asked`."""

    draft: Draft
    redraw: bool = False


Reading = Whole | Partly | Refused

_AND = re.compile(r"(?<!\s)\s+(?:and|y|e|&|\+)\s+", re.IGNORECASE)


def folded(text: str) -> str:
    """Words as a hurried thumb types them: no case, no accents, no full stop, and one apostrophe
    where phones have two: “I'd rather not say” was no “I’d rather not say”."""
    return " ".join(bare(text).replace("’", "'").split()).strip(".!¡¿? ")


def parted(lines: Iterable[str], offered: Mapping[str, str]) -> list[str]:
    """What each line names: an offered word (folded, it leads to its entry in `offered`), several
    with an "and" between where all are offered, or the line as it was typed."""
    found: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        several = [folded(each) for each in _AND.split(line)]
        if folded(line) not in offered and all(each in offered for each in several):
            found += [offered[each] for each in several]
        else:
            found.append(offered.get(folded(line), line))
    return found


def off(entry: str) -> str:
    """What a button carries that takes this entry off a list: the same entry, and no other, however
    often it is tapped."""
    return f"x{blake2s(entry.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


def without(items: tuple[Item, ...], choice: str) -> tuple[Item, ...]:
    """The list after such a button was tapped."""
    return tuple(item for item in items if off(item.text) != choice)


def index(digits: str, length: int) -> int | None:
    """The place a button names, None where there is none."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 3:
        return None
    return int(digits) if int(digits) < length else None


def each_once(texts: Iterable[str]) -> Iterable[str]:
    """Every text once, the way it was written first, whatever the case."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold(), text)
    return first.values()


def in_place(items: tuple[Item, ...], mark: int, fresh: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with those of one message replaced where they stood."""
    spot = next((at for at, item in enumerate(items) if item.mark == mark), len(items))
    before = tuple(item for item in items[:spot] if item.mark != mark)
    after = tuple(item for item in items[spot:] if item.mark != mark)
    return before + fresh + after
