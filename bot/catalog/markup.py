"""The small HTML that authors may use in texts, and the placeholders that stand for answers."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

TAGS = frozenset({"b", "i", "u", "s", "code", "blockquote", "tg-spoiler"})
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LOGIC = re.compile(r"\{%|\{#|\{\{|\}\}")
_MARKUP = re.compile(r"</?[a-z][^>]*>|&#?\w+;", re.IGNORECASE)
_BARE = re.compile(r"<(?!/?[a-z][^<>]*>)|&(?!\w+;|#\d+;|#x[0-9a-f]+;)", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def placeholders(text: str) -> tuple[str, ...]:
    """What stands between double braces, in order: ids of answers, or something to refuse."""
    return tuple(PLACEHOLDER.findall(text))


def has_logic(text: str) -> bool:
    """Whether the text tries to decide something: tags of a template, filters, expressions; or has
    braces that are not closed, which would be shown as they stand."""
    odd = (name for name in placeholders(text) if not _NAME.fullmatch(name))
    return bool(_LOGIC.search(PLACEHOLDER.sub("", text))) or next(odd, None) is not None


def looks_like_markup(text: str) -> bool:
    """Whether plain words hold what would be shown as it stands: a tag or an entity."""
    return bool(_MARKUP.search(text))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or attrs:
            self.faults.append(f"<{tag}> is not one of the tags Telegram shows here")
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 # the parser's form
        self.faults.append(f"<{tag}/> is not one of the tags Telegram shows here")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing that was opened")

    def handle_entityref(self, name: str) -> None:
        if name not in {"lt", "gt", "amp", "quot"}:
            self.faults.append(f"&{name}; is not known to Telegram; type the character itself")


def faults(text: str) -> Iterator[str]:
    """What Telegram would refuse in this text, as sentences."""
    parser = _Tags()
    parser.feed(text)
    parser.close()
    yield from parser.faults
    if parser.open:
        yield f"<{parser.open[-1]}> is never closed"
    if _BARE.search(text):
        yield "a bare < or & must be written &lt; or &amp;"
