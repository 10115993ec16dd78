"""While much is built that stays: nothing looks for rubbish in it, then or later."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def building() -> Iterator[None]:
    """What is imported or read at the start stays to the end. Looking through it for rubbish again
    and again takes a quarter of the start, and some milliseconds of every answer later. What the C
    library holds back for later, some 10 MB, goes back to the system."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # where it is glibc's
        if give_back is not None:
            give_back(0)
