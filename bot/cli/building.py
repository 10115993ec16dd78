"""While much is built that stays: what is rubbish at once goes, and nobody looks twice."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 10_000
_NEVER = 1_000_000


@contextmanager
def building() -> Iterator[None]:
    """What is imported or read at the start stays to the end.

    Looking through all of it for rubbish again and again takes a quarter of the start, and some
    milliseconds of every answer later. So all that is new is looked through once and then let be:
    a third of it is rubbish (a class is made a second time to get its slots), which would stay,
    too. What the C library holds back for later, some 10 MB, goes back to the system.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*before)
        give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # where it is glibc's
        if give_back is not None:
            give_back(0)
