"""The signs of a text as numbers, alone and two together: what is looked up by number is quick."""

import sys
from collections.abc import Collection

_ORDER = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def numbers(signs: str) -> list[int]:
    """The number of each sign."""
    return memoryview(signs.encode(_ORDER)).cast("H").tolist()


def with_sign(signs: str, sign: str, places: Collection[tuple[int, int]]) -> str:
    """The signs with one sign in all these places, from begin to end."""
    if not places:
        return signs
    data, one = bytearray(signs.encode(_ORDER)), sign.encode(_ORDER)
    for begin, end in places:
        data[2 * begin : 2 * end] = one * (end - begin)
    return data.decode(_ORDER)


def pair(left: str, right: str) -> int:
    """The number of two signs side by side."""
    return memoryview((left + right).encode(_ORDER)).cast("I")[0]


class Pairs:
    """The numbers of all two signs side by side.

    Two signs are the four bytes of one number. Read from the first sign on, bytes are the numbers
    of the pairs at even places; from the second on, those at odd places.
    """

    def __init__(self, signs: str) -> None:
        data = signs.encode(_ORDER)
        self._even = memoryview(data[: len(data) & ~3]).cast("I").tolist()
        self._odd = memoryview(data[2 : 2 + (len(data) - 2 & ~3)]).cast("I").tolist()

    def within(self, start: int, end: int) -> set[int]:
        """Those of which both signs stand between two places."""
        even = self._even[(start + 1) // 2 : end // 2]
        return {*even, *self._odd[start // 2 : max(end - 1, 0) // 2]}
