"""A message's text as safe HTML: everything escaped, marks as spans a test can read."""

from html import escape
from typing import Any

TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}  # fmt: skip
SCHEMES = ("https://", "http://", "tg://", "mailto:", "tel:")


def as_html(text: str, entities: list[dict[str, Any]]) -> str:
    """`text` with its entities as tags; nothing of the text itself can become a tag."""
    units = text.encode("utf-16-le")
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        begin, end = _tags(entity)
        if begin:
            opening.setdefault(entity["offset"], []).append(begin)
            closing.setdefault(entity["offset"] + entity["length"], []).insert(0, end)
    out, last = [], 0
    for at in sorted({*opening, *closing, len(units) // 2}):
        piece = units[last * 2 : at * 2].decode("utf-16-le", "replace")
        out += [escape(piece), *closing.get(at, []), *opening.get(at, [])]
        last = at
    return "".join(out)


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    if entity["type"] == "text_link" and str(entity.get("url", "")).startswith(SCHEMES):
        return f'<a href="{escape(entity["url"])}" rel="noopener noreferrer">', "</a>"
    tag = TAGS.get(entity["type"])
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
