"""SVG as text: elements, escaped words, their width, and the frame every figure stands in.

Only presentation attributes and classes, never `style=`: the pages forbid inline styles.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import category, east_asian_width

from markupsafe import Markup, escape

from bot.catalog.signs import whole

WIDTH = 360
"""Units across: on a phone about one pixel each, so a text of 12 can be read."""
SIZE, TITLE = 12, 14
"""Heights of letters."""
LARGEST = 4 / 3
"""Pixels to a unit where there is room; the pages make it narrower where there is none."""
LINE = 17
"""From one line of words to the next."""
MOST_LINES = 3
"""So many lines a title may have."""
_MOST_SIGNS = 400
"""No line shows more of them; measured anew for each sign, a page of one word took seconds."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """One element. `class_` is class, `stroke_width` is stroke-width; None leaves one out."""
    # By hand: a page has a thousand of these, and `Markup.format` takes ten times as long.
    inner = "".join(_said(each) for each in children)
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = f">{inner}</{name}>" if inner else "/>"
    return Markup(f"<{name}{listed}{end}")  # noqa: S704 # all of it is our own or escaped above


def _said(words: Markup | str) -> Markup:
    return words if isinstance(words, Markup) else escape(clean(words))


def _value(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def clean(words: str) -> str:
    """Words without the signs that XML cannot hold."""
    return _NOT_XML.sub("", words)


def text(words: str, x: float, y: float, *, anchor: str = "start", **attributes: object) -> Markup:
    """One line of words; `y` is where the letters stand."""
    given = {"font_size": SIZE, "fill": "currentColor", **attributes}
    return el("text", words, x=float(x), y=float(y), text_anchor=anchor, **given)


def width(words: str, size: float = SIZE) -> float:
    """How much room a line takes, rather too much than too little: no font is at hand."""
    return sum(map(_share, words)) * size


def _share(sign: str) -> float:
    if category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    if east_asian_width(sign) in "WF":
        return 1.05
    if sign in "ijlItfr.,:;|!'’ ()[]·":
        return 0.38
    return 0.9 if sign in "mwMW@%—" else 0.70 if sign.isupper() else 0.60


def wrapped(words: str, room: float, size: float = SIZE) -> tuple[str, ...]:
    """Words in lines that fit; after MOST_LINES they end with "…"."""
    lines = [""]
    for word in clean(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    cut = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        cut[-1] += "…"
    return tuple(fitted(each, room, size) for each in cut if each)


def fitted(words: str, room: float, size: float = SIZE) -> str:
    """One line that fits, cut with "…" if it must be."""
    if width(words, size) <= room:
        return words
    kept = words.rstrip("…")[:_MOST_SIGNS]
    while kept and width(f"{kept}…", size) > room:
        kept = kept[: whole(kept, len(kept) - 1)]
    return f"{kept.rstrip()}…"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something drawn from y = 0 down to `height`, not yet framed."""

    height: float
    parts: tuple[Markup, ...]


def stacked(sheets: Iterable[Sheet], between: float = 14) -> Sheet:
    """Several below each other."""
    at, parts = 0.0, []
    for sheet in sheets:
        if not sheet.parts:
            continue
        parts.append(el("g", *sheet.parts, transform=f"translate(0 {at:.1f})"))
        at += sheet.height + between
    return Sheet(max(at - between, 0.0), tuple(parts))


def headed(title: str, sheet: Sheet, wide: int = WIDTH) -> Sheet:
    """With its title above."""
    lines = wrapped(title, wide - 4, TITLE * 1.08)
    words = tuple(
        text(line, 2, 14 + at * 18, font_size=TITLE, font_weight="600", class_="fig-title")
        for at, line in enumerate(lines)
    )
    top = Sheet(len(lines) * 18, words)
    return stacked((top, sheet), 8) if lines else sheet


def framed(sheet: Sheet, *, title: str, summary: str, wide: int = WIDTH) -> Markup:
    """The whole figure: `title` is its name and `summary` its content to whoever hears it."""
    body = Markup("\n").join(sheet.parts)
    key = sha256(f"{title}\0{summary}\0{body}".encode("utf-8", "replace")).hexdigest()[:10]
    high = round(sheet.height + 4)
    return el(
        "svg",
        el("title", title, id=f"fig-{key}-t"),
        el("desc", summary, id=f"fig-{key}-d"),
        body,
        xmlns="http://www.w3.org/2000/svg",
        class_="fig",
        role="img",
        aria_labelledby=f"fig-{key}-t",
        aria_describedby=f"fig-{key}-d",
        viewBox=f"0 0 {wide} {high}",
        width=round(wide * LARGEST),
        height=round(high * LARGEST),
        font_family="system-ui, Noto Sans, sans-serif",
    )
