"""Telegram's HTML: what becomes text, what becomes an entity, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.errors import ApiError
from bot.playground.html import parse_html, utf16_length
from bot.playground.safe_html import as_html

GOOD = [
    ("<b>a</b>", "a", [("bold", 0, 1)]),
    ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
    ("<ins>a</ins><strike>b</strike>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
    ("😀<u>é</u>", "😀é", [("underline", 2, 1)]),
    ("<b>😀 <i>x</i></b>", "😀 x", [("bold", 0, 4), ("italic", 3, 1)]),
    ("<span class='tg-spoiler'>s</span>", "s", [("spoiler", 0, 1)]),
    ("<tg-spoiler>s</tg-spoiler>", "s", [("spoiler", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ("<BLOCKQUOTE>q</BLOCKQUOTE>", "q", [("blockquote", 0, 1)]),
    ("<pre><code class='language-python'>x</code></pre>", "x", [("pre", 0, 1)]),
    ("1 &lt; 2 &amp; 3 &gt; 2 &quot;", '1 < 2 & 3 > 2 "', []),
    ("&#39;&#x1F600;", "'😀", []),
    ("&nbsp;&copy; & co", "&nbsp;&copy; & co", []),
    ("<b></b>x", "x", []),
    ("<a href='https://example.org?a=1&amp;b=2'>l</a>", "l", [("text_link", 0, 1)]),
]
BAD = [
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("é<p>a</p>", 'Unsupported start tag "p" at byte offset 2'),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "text", "marks"), GOOD)
def test_the_closed_list_of_tags_becomes_entities(
    source: str, text: str, marks: list[tuple[str, int, int]]
) -> None:
    """The closed list of tags becomes entities counted in UTF-16 units."""
    found, entities = parse_html(source)
    assert found == text
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == marks


@pytest.mark.parametrize(("source", "why"), BAD)
def test_any_other_tag_is_refused_in_telegrams_words(source: str, why: str) -> None:
    """Anything else is refused in Telegram's words."""
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


def test_attributes_survive() -> None:
    """A link keeps its address, code its language."""
    assert parse_html("<a href='https://a.b/?x=1&amp;y'>l</a>")[1][0]["url"] == "https://a.b/?x=1&y"
    assert parse_html("<pre><code class='language-py'>x</code></pre>")[1][0]["language"] == "py"


@given(st.text())
def test_any_text_parses_or_is_refused(source: str) -> None:
    """No input makes the parser do anything but answer or refuse, and offsets stay inside."""
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    """What the phone shows as HTML reads back as the same text: nothing of it became a tag."""
    shown = as_html(text, []).replace("&#x27;", "'")
    assert parse_html(shown) == (text, [])
