"""Something that takes long to make, is made when somebody first needs it, and stays."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Made by whoever asks first; everybody else waits, and gets the same."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make: Callable[[], Made] | None = make
        self._made: list[Made] = []
        self._making = Lock()

    def __call__(self) -> Made:
        """What was made."""
        if not self._made:
            with self._making:
                if self._make is not None:
                    self._made.append(self._make())
                    self._make = None  # what it was made from may go
        return self._made[0]
