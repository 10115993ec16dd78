"""Figures as SVG text: drawn here and nowhere else, for the pages, the PDFs and the chat.

Pure: facts and words in, markup out. Every figure has a title, a unit, a summary in words for
whoever does not see it, shapes besides colours, and gaps where nothing was said.
"""

from bot.reports.figures.banded import bands
from bot.reports.figures.calendars import calendar
from bot.reports.figures.curves import curve
from bot.reports.figures.facts import Band, Bar, Day, Pair, Rows, Series, State
from bot.reports.figures.rings import ring
from bot.reports.figures.tables import as_rows

__all__ = [
    "Band",
    "Bar",
    "Day",
    "Pair",
    "Rows",
    "Series",
    "State",
    "as_rows",
    "bands",
    "calendar",
    "curve",
    "ring",
]
