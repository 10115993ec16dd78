"""The picture behind /progress, drawn like the figures of the pages, then turned into pixels."""

from markupsafe import Markup

from bot.reports import figures
from bot.reports.chart import Chart
from bot.reports.figures.before_after import bar_sheet, pair_sheet
from bot.reports.figures.svg import framed, headed, stacked


def as_svg(chart: Chart) -> Markup:
    """The picture as a figure; what was never rated is not drawn."""
    rated = tuple(figures.Pair(each.label, each.before, each.after) for each in chart.pairs)
    weeks = tuple(figures.Bar(each.label, each.count) for each in chart.bars)
    pairs = pair_sheet(rated, chart.y_label, chart.before, chart.after, chart.language)
    bars = headed(chart.bars_title, bar_sheet(weeks, chart.bars_label))
    whole = stacked((headed(chart.title, pairs), bars), 18) if rated else bars
    return framed(whole, title=chart.title, summary=chart.y_label)


def draw(chart: Chart) -> bytes:
    """The picture as a PNG, 960 pixels wide, readable at phone width.

    Takes some tens of ms of processor time (more the first time): call it in a process of its own.
    """
    from bot.reports.pdf.press import picture

    return picture(str(as_svg(chart)))
