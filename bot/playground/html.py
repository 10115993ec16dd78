"""Telegram's HTML: from marked-up text to plain text and entities in UTF-16 units."""

import re
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import ApiError, bad_request

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+))|([a-zA-Z]+));?")
_MARK = re.compile(r"[&<]")
_NAME = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


def utf16_length(text: str) -> int:
    """How many UTF-16 code units `text` takes: Telegram counts in these."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and its entities; ApiError "can't parse entities: ..." in Telegram's words."""
    out: list[str] = []
    entities: list[dict[str, Any]] = []
    stack: list[_Open] = []
    at = length = 0
    while at < len(source):
        mark = _MARK.search(source, at)
        if mark is None or mark.start() > at:
            plain = source[at : mark.start()] if mark else source[at:]
            at += len(plain)
        elif source[at] == "&":
            plain, at = _decode(source, at)
        elif source.startswith("</", at):
            at = _close(source, at, stack, entities, length)
            continue
        else:
            opened, at = _open(source, at, length)
            stack.append(opened)
            continue
        out.append(plain)
        length += utf16_length(plain)
    if stack:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(out), entities


def _cannot(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _decode(source: str, at: int) -> tuple[str, int]:
    """One character reference; an unknown name stays as it was typed, as in Telegram."""
    found = _ENTITY.match(source, at)
    if found is None:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        plain = NAMED.get(name)
        return (plain, found.end()) if plain else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "&", at + 1
    return chr(code), found.end()


def _open(source: str, begin: int, offset: int) -> tuple[_Open, int]:
    at = begin + 1
    while at < len(source) and not source[at].isspace() and source[at] != ">":
        at += 1
    if at == len(source):
        raise _cannot(f"Unclosed start tag at byte offset {_byte(source, begin)}")
    tag, argument = source[begin + 1 : at].lower(), ""
    if tag not in KINDS:
        where = _byte(source, begin)
        raise _cannot(f'Unsupported start tag "{tag}" at byte offset {where}')
    while True:
        at = _skip(source, at)
        if source[at : at + 1] == ">":
            break
        name, value, at = _attribute(source, at, begin, tag)
        argument = _meaning(tag, name, value) or argument
    if tag == "span" and argument != "spoiler":
        where = _byte(source, begin)
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return _Open(tag, argument, offset), at + 1


def _skip(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at


def _attribute(source: str, at: int, begin: int, tag: str) -> tuple[str, str, int]:
    where = _byte(source, begin)
    found = _NAME.match(source, at)
    name = found.group().lower() if found else ""
    if at >= len(source):
        raise _cannot(f"Unclosed start tag at byte offset {where}")
    if not name:
        raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
    at = _skip(source, at + len(name))
    if source[at : at + 1] != "=":
        return name, "", at
    at = _skip(source, at + 1)
    quote = source[at : at + 1]
    if quote in ("'", '"') and quote:
        end = source.find(quote, at + 1)
        if end < 0:
            raise _cannot(f"Unclosed start tag at byte offset {where}")
        raw, at = source[at + 1 : end], end + 1
        return name, _ENTITY.sub(lambda ref: _decode(ref.group(), 0)[0], raw), at
    token = _TOKEN.match(source, at)
    end = token.end() if token else at
    if end < len(source) and not source[end].isspace() and source[end] != ">":
        raise _cannot(f"Unexpected end of name token at byte offset {_byte(source, at)}")
    return name, source[at:end].lower(), end


def _meaning(tag: str, name: str, value: str) -> str:
    match tag, name:
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "expandable"
    return ""


def _close(
    source: str, begin: int, stack: list[_Open], entities: list[dict[str, Any]], length: int
) -> int:
    where = _byte(source, begin)
    if not stack:
        raise _cannot(f"Unexpected end tag at byte offset {where}")
    end = source.find(">", begin)
    if end < 0:
        raise _cannot(f"Unclosed end tag at byte offset {where}")
    name, opened = source[begin + 2 : end].rstrip().lower(), stack.pop()
    if name and name != opened.tag:
        expected = f'expected "</{opened.tag}>", found "</{name}>"'
        raise _cannot(f"Unmatched end tag at byte offset {where}, {expected}")
    if length > opened.offset:
        _add(entities, opened, length - opened.offset)
    return end + 1


def _add(entities: list[dict[str, Any]], opened: _Open, length: int) -> None:
    entity: dict[str, Any] = {"type": KINDS[opened.tag], "offset": opened.offset, "length": length}
    match opened.tag:
        case "a" if not opened.argument:
            return
        case "a":
            entity["url"] = opened.argument
        case "blockquote" if opened.argument:
            entity["type"] = "expandable_blockquote"
        case "code" if opened.argument:
            entity["language"] = opened.argument
        case "pre":
            inner = {"type": "code", "offset": opened.offset, "length": length}
            for other in [e for e in entities if inner.items() <= e.items()]:
                entities.remove(other)
                entity |= {k: v for k, v in other.items() if k == "language"}
    entities.append(entity)
