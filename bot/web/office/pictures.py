"""The figures of a group without names, as SVG in the reader's language."""

from babel.numbers import format_decimal
from markupsafe import Markup

from bot.care.group_ring import GroupRing
from bot.messages.several import day_said
from bot.messages.words import Words
from bot.reports.figures import Series, curve
from bot.reports.figures import ring as circle
from bot.usecases.office.curves import TOP, Curve, Curves


def curves(words: Words, language: str, found: Curves) -> tuple[Markup, ...]:
    """One figure for each thing that was rated: the middle of the group, and the middle half."""
    return tuple(_curve(words, language, found, each) for each in found.curves)


def ring(words: Words, language: str, found: GroupRing | None) -> Markup | None:
    """How many practised; None where there is no figure."""
    if found is None:
        return None
    said = words.short(language)["office_group"]["ring"]
    numbers = {"practised": found.practised, "counted": found.counted}
    return circle(
        **numbers,
        title=said["title"],
        summary=said["summary"].format(**numbers),
        label=said["label"],
        language=language,
    )


def _curve(words: Words, language: str, found: Curves, one: Curve) -> Markup:
    said = words.short(language)["office_brief"]["curve"]
    lines = (
        Series(said["middle"], tuple((each.day, each.middle) for each in one.days)),
        Series(said["high"], tuple((each.day, each.high) for each in one.days)),
        Series(said["low"], tuple((each.day, each.low) for each in one.days)),
    )
    last = one.days[-1]
    summary = said["summary"].format(
        day=day_said(words, language, last.day),
        middle=format_decimal(last.middle, "0.#", locale=language),
        low=format_decimal(last.low, "0.#", locale=language),
        high=format_decimal(last.high, "0.#", locale=language),
        days=len(one.days),
    )
    return curve(
        lines,
        found.marks,
        title=said["titles"][one.code],
        unit=said["units"][one.code],
        low=0,
        high=TOP,
        summary=summary,
        language=language,
        start=found.start,
        end=found.end,
        mark_name=said["session"],
        joined=2,
    )
