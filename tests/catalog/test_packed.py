"""The regular expressions of phrases come back from their packing as they were."""

import pytest

from bot.catalog.risk.packed import dictionary, pack, unpack

CLASS = "[㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉]"
SOURCES = [
    "㐀(?:㐁|㐂){0,2}㐃",
    f"{CLASS}㐀{CLASS}",
    f"㐁(?:{CLASS}|㐃㐄㐅㐆㐇㐈㐉)\\Z",
    "",
    "\u2e80㐀\uffff",
]


@pytest.mark.parametrize("source", SOURCES)
def test_each_comes_back_by_itself(source: str) -> None:
    """Unpacked with the dictionary of all, in any order."""
    common = dictionary(SOURCES)
    packed = dict(zip(SOURCES, pack(SOURCES, common), strict=True))
    assert unpack(packed[source], common) == source


def test_what_several_hold_is_written_once() -> None:
    """A class of words that many phrases name takes hardly any room in each of them."""
    named = "".join(map(chr, range(0x3400, 0x3500)))
    many = [f"{chr(0x4000 + number)}[{named}]" for number in range(50)]
    assert sum(map(len, pack(many, dictionary(many)))) < 2 * len(many[0].encode("utf-16-le"))


def test_without_anything_in_common_there_is_an_empty_dictionary() -> None:
    """One phrase alone shares nothing, and is packed all the same."""
    assert dictionary(["㐀㐁"]) == b""
    assert unpack(pack(["㐀㐁"], b"")[0], b"") == "㐀㐁"
