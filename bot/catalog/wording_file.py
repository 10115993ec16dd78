"""Reading the programme's own copy of a wording: item, language, text; a line for each."""

import csv
from collections.abc import Iterator
from io import StringIO

from bot.catalog.measure import Measure, Wording
from bot.catalog.problem import Problem, did_you_mean

COLUMNS = ("item", "language", "text")


def read_wording(text: str, measure: Measure, file: str) -> tuple[Wording, tuple[Problem, ...]]:
    """The words by key and language, and what is to be mended, line by line."""
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        lines = [(rows.line_num, {key: (row[key] or "").strip() for key in COLUMNS})
                 for row in rows]  # fmt: skip
    except KeyError:
        needed = "The first line must be: " + ",".join(COLUMNS)
        return {}, (Problem("CSV_001", needed, file=file, line=1),)
    except csv.Error as error:
        broken = f"Not readable as CSV: {error}."
        return {}, (Problem("CSV_001", broken, file=file, line=rows.line_num + 1),)
    found: Wording = {}
    problems = [*_each(lines, measure, found, file), *_all(measure, found, file)]
    return found, tuple(problems)


def _each(
    lines: list[tuple[int, dict[str, str]]], measure: Measure, found: Wording, file: str
) -> Iterator[Problem]:
    """Keeps the words of each line in `found`, or says what is wrong with it."""
    last: dict[str, str] = {}
    for number, row in lines:
        key, language, words = (row[name] for name in COLUMNS)
        wrong = _line_fault(measure, (key, language, words), found, last.get(language))
        if wrong is None:
            found.setdefault(key, {})[language] = words
            last[language] = key
        else:
            yield Problem("CSV_002", wrong, file=file, line=number)


def _line_fault(
    measure: Measure, line: tuple[str, str, str], found: Wording, before: str | None
) -> str | None:
    """Why a line cannot be kept: it names nothing, says nothing, stands twice, or out of order;
    `before` is the item that stood above it in its language."""
    key, language, words = line
    if key not in measure.keys:
        return f"“{key}” is no item of {measure.measure}.{did_you_mean(key, measure.keys)}"
    if language not in measure.languages:
        return f"“{language}” is not among: {', '.join(measure.languages)}."
    if not words:
        return f"“{key}” has no text."
    if language in found.get(key, {}):
        return f"“{key}” stands twice in {language}."
    order = list(measure.keys)
    if before is not None and order.index(before) > order.index(key):
        return f"“{key}” comes before “{before}” on the form."
    return None


def _all(measure: Measure, found: Wording, file: str) -> Iterator[Problem]:
    """A language that is begun is complete."""
    begun = {language for texts in found.values() for language in texts}
    if not begun:
        yield Problem("CSV_003", "There is no text in this file.", file=file, line=1)
    for language in sorted(begun):
        missing = [key for key in measure.keys if language not in found.get(key, {})]
        if missing:
            yield Problem(
                "CSV_003",
                f"In {language} {len(missing)} of {len(measure.keys)} are missing:"
                f" {', '.join(missing)}.",
                file=file,
                line=1,
            )


def empty_form(measure: Measure) -> str:
    """The file to fill in, with every line but the text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for language in measure.languages:
        writer.writerows((key, language, "") for key in measure.keys)
    return out.getvalue()
