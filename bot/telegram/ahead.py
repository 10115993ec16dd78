"""A full batch of updates is at work for a while, and Telegram's answer takes a while, too: more is
fetched as soon as the first part has committed. Asking for more confirms that part, and no more."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.telegram.handling import Health, first_part

Update = dict[str, Any]


class Intake(Protocol):
    """Where updates go: handled here, or kept for a worker."""

    @property
    def health(self) -> Health:
        """What the metrics tell about it."""

    async def take(
        self, batch: Sequence[Update], on_first: Callable[[], None] | None = None
    ) -> None:
        """Returns once the batch has committed, however long that takes. Who commits bit by bit
        calls `on_first` once the `first_part` has."""


class Ahead:
    """What was handed over and has not all committed: nothing, or the rest of one batch."""

    def __init__(self, intake: Intake, group: asyncio.TaskGroup) -> None:
        self._intake = intake
        self._group = group
        self._numbers: frozenset[int] = frozenset()
        self._work: asyncio.Task[None] | None = None

    def new_in(self, batch: Sequence[Update]) -> list[Update]:
        """What of a batch was not handed over yet: what is not confirmed comes again."""
        return [update for update in batch if update["update_id"] not in self._numbers]

    async def begin(self, batch: Sequence[Update]) -> int:
        """Hand a batch over, in the order of its numbers; once its first part has committed,
        gives the number of the first update that may not have."""
        first = asyncio.get_running_loop().create_future()

        def done(_: object = None) -> None:
            if not first.done():
                first.set_result(None)

        self._numbers = frozenset(update["update_id"] for update in batch)
        self._work = self._group.create_task(self._intake.take(batch, done))
        self._work.add_done_callback(done)
        await first
        if self._work.done():
            self._work.result()  # what broke it must not look like a commit
        return int(batch[first_part(batch)]["update_id"])

    async def end(self) -> None:
        """Returns once all that was handed over has committed; raises what taking it raised."""
        if self._work is not None:
            await self._work
        self._work, self._numbers = None, frozenset()
