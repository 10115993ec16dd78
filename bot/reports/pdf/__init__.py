"""Documents for printing and for the record, as tagged PDF set by typst."""

from bot.reports.pdf.brief import brief
from bot.reports.pdf.entry import entry
from bot.reports.pdf.facts import (
    Brief,
    Brought,
    Column,
    Comment,
    Curve,
    Entry,
    Measured,
    Practised,
    Promised,
    Seen,
    Stamp,
    Week,
    paper_of,
)
from bot.reports.pdf.handover import handover
from bot.reports.pdf.week import week

__all__ = [
    "Brief",
    "Brought",
    "Column",
    "Comment",
    "Curve",
    "Entry",
    "Measured",
    "Practised",
    "Promised",
    "Seen",
    "Stamp",
    "Week",
    "brief",
    "entry",
    "handover",
    "paper_of",
    "week",
]
