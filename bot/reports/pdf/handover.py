"""The page to take along when the programme is over, for printing: it belongs to the person."""

from typing import Any

from bot.reports.handover import Handover
from bot.reports.pdf.facts import paper_of
from bot.reports.pdf.press import pressed
from bot.reports.pdf.said import Words, full


def handover(page: Handover, words: Words, headings: Words) -> bytes:
    """The PDF in the person's language; `words` is the branch `office_pdf`, `headings` the branch
    `handover`. It is their own copy, so it carries what is theirs and no notice to others."""
    made = full(page.made_at, page.zone, page.language)
    return pressed(
        "handover",
        {
            "language": page.language,
            "paper": paper_of(page.country),
            "title": headings["title"],
            "programme": page.programme,
            "made": f"{headings['made']} {made}.",
            "part2": "",
            "notice": "",
            "unprintable": words["unprintable"],
            "page": words["page"],
            "words": dict(headings),
            "signs": page.signs,
            "tools": [[each.title, str(each.drop), str(each.n)] for each in page.tools],
            "people": page.people,
            "promises": page.promises,
            "urgent": [page.emergency, page.line],
            "plans": [_plan(each, page) for each in page.plans],
        },
        page.made_at,
    )


def _plan(each: Any, page: Handover) -> dict[str, Any]:
    return {
        "title": each.title,
        "began": full(each.began, page.zone, page.language),
        "answers": [[said.label, "\n".join(said.answer)] for said in each.answers],
    }
