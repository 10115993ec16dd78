"""While much is built that stays: nothing looks for rubbish in it, then or later."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""


@contextmanager
def building() -> Iterator[None]:
    """What is imported or read at the start stays to the end. Looking through it for rubbish again
    and again takes a quarter of the start, and some milliseconds of every answer later. What the C
    library holds back for later, some 10 MB, goes back to the system; and all threads take from one
    heap, or what one of them built in its own leaves holes of 8 MB that no other can fill."""
    library = ctypes.CDLL(None)
    one_heap = getattr(library, "mallopt", None)  # both where it is glibc's
    give_back = getattr(library, "malloc_trim", None)
    if one_heap is not None:
        one_heap(_ARENA_MAX, 1)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        if give_back is not None:
            give_back(0)
