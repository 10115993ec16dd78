"""One entry in full; a thought record stands as its columns, as on paper."""

from bot.reports.pdf.facts import Column, Entry
from bot.reports.pdf.press import pressed
from bot.reports.pdf.said import Words, change, day, frame, full, number

MOST = 7
"""Columns that stay readable beside each other on paper lying across."""
LONGEST = 420
"""Signs of an answer that still reads well in a narrow column."""


def entry(facts: Entry, words: Words, language: str) -> bytes:
    """The PDF; `words` is the branch `office_pdf`. Answers are never cut: a long one goes on to
    the next page."""
    its, zone = words["entry"], facts.stamp.zone
    return pressed(
        "entry",
        {
            **frame(facts.stamp, words, language, facts.title),
            "words": its,
            "facts": [
                [its["who"], facts.alias],
                [its["began"], full(facts.began, zone, language)],
                [its["ended"], full(facts.ended, zone, language)],
                [its["state"], words["states"][facts.state]],
                *([[its["about"], day(facts.about, language)]] if facts.about else []),
                *_shift(facts, words, language),
            ],
            "across": is_across(facts.columns),
            "columns": [_column(each) for each in facts.columns],
            "besides": [_column(each) for each in facts.besides],
            "comments": [
                {"by": f"{each.by}, {full(each.at, zone, language)}", "text": each.text}
                for each in facts.comments
            ],
        },
        facts.stamp.made_at,
    )


def _column(each: Column) -> dict[str, str]:
    return {"label": each.label, "question": each.question, "answer": "\n".join(each.answer)}


def is_across(columns: tuple[Column, ...]) -> bool:
    """Whether the answers fit side by side: several of them, and none too long."""
    longest = max((len("\n".join(each.answer)) for each in columns), default=0)
    return 2 <= len(columns) <= MOST and longest <= LONGEST


def _shift(facts: Entry, words: Words, language: str) -> list[list[str]]:
    before, after = facts.before, facts.after
    if before is None or after is None:
        return []
    shift = f"{number(before, language)} → {number(after, language)}"
    return [[words["entry"]["strength"], f"{shift} ({change(after - before, language)})"]]
