"""What changed when: one growing number for all phones, and who waits for the next change."""

import asyncio
from typing import Any


class Feed:
    """Counts changes and wakes those who wait. It has state: the number never goes back."""

    def __init__(self, *, quiet: bool = False, seq: int = 0) -> None:
        self.seq = seq
        self.closed = False
        self._quiet = quiet
        self._waiting: list[asyncio.Future[None]] = []
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()

    def step(self) -> int:
        """The number of the change that happens now; wakes everyone who waits."""
        self.seq += 1
        if self._waiting:
            for future in self._waiting:
                if not future.done():
                    future.set_result(None)
            self._waiting.clear()
        return self.seq

    async def wait(self, seconds: float) -> None:
        """Until the next change, or `seconds` at most."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await asyncio.wait([future], timeout=seconds)

    @staticmethod
    def time() -> float:
        """The clock of the event loop, in seconds, for those who wait."""
        return asyncio.get_running_loop().time()

    def tell(self, kind: str, **facts: Any) -> None:
        """Tell the open pages that something of `kind` changed; nothing in a benchmark."""
        if not self._quiet:
            for queue in self._listeners:
                queue.put_nowait({"kind": kind, **facts})

    def listen(self) -> "asyncio.Queue[dict[str, Any] | None]":
        """A queue that receives what `tell` says from now on; None means the end."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: "asyncio.Queue[dict[str, Any] | None]") -> None:
        """Stop receiving on `queue`."""
        self._listeners.discard(queue)

    def close(self) -> None:
        """Let everyone who waits or listens go home."""
        self.closed = True
        self.step()
        for queue in self._listeners:
            queue.put_nowait(None)
