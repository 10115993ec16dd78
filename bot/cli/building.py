"""While much is built that stays: nothing looks for rubbish in it, then or later."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def building() -> Iterator[None]:
    """What is imported or read at the start stays to the end. Looking through it for rubbish again
    and again takes a quarter of the start, and some milliseconds of every answer later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
