"""The moving words of a breathing exercise, by editing one message. Losing them loses nothing."""

import asyncio
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.messages.message import Frame, Message
from bot.store.outbox import Kind
from bot.telegram import calls
from bot.telegram.app import Api
from bot.telegram.outcome import Already, NotSent, Sent, SlowDown, Uncertain, outcome
from bot.telegram.patience import chance
from bot.telegram.rates import Rates

GAP: Final = 2.0
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame and the seconds after the beginning between which it stands."""

    start: float
    end: float
    text: str


def moments(frames: tuple[Frame, ...], gap: float = GAP) -> list[Moment]:
    """When each frame stands; the first one `gap` after the message itself."""
    found: list[Moment] = []
    at = gap
    for frame in frames:
        found.append(Moment(at, at + frame.seconds, frame.text))
        at += frame.seconds
    return found


class Pacer:
    """Which chats' words move at present; kept in memory only."""

    def __init__(self, bot: Api, rates: Rates, *, gap: float = GAP) -> None:
        self._bot = bot
        self._rates = rates
        self._gap = gap
        self._moving: dict[int, asyncio.Task[None]] = {}

    def begin(
        self, group: asyncio.TaskGroup, chat_id: int, message_id: int, message: Message
    ) -> None:
        """Let the words of the message just sent move, if it has any that do."""
        if not _frames(message):
            return
        self.stop(chat_id)
        task = group.create_task(self._move(chat_id, message_id, message))
        self._moving[chat_id] = task
        task.add_done_callback(lambda done: self._forget(chat_id, done))

    def stop(self, chat_id: int) -> None:
        """Let the words of this chat stand as they are."""
        if (task := self._moving.pop(chat_id, None)) is not None:
            task.cancel()

    def stop_all(self) -> None:
        """Let all words stand."""
        for chat_id in list(self._moving):
            self.stop(chat_id)

    def moving(self) -> int:
        """In how many chats words move."""
        return len(self._moving)

    def _forget(self, chat_id: int, task: asyncio.Task[None]) -> None:
        if self._moving.get(chat_id) is task:
            del self._moving[chat_id]

    async def _move(self, chat_id: int, message_id: int, message: Message) -> None:
        loop = asyncio.get_running_loop()
        began = last = loop.time()
        standing = message.text if message.media is None else message.media.text
        planned = moments(_frames(message), self._gap)
        for moment, following in pairwise([*planned, None]):
            assert moment is not None
            at = max(began + moment.start, last + self._gap, loop.time())
            if following is not None and at >= began + moment.end:
                continue  # too late: better the next frame on time than this one lagging
            await asyncio.sleep(at - loop.time())
            if moment.text == standing or self._rates.when(chat_id, Kind.BULK, loop.time()) > 0:
                continue
            last = loop.time()
            if not await self._show(chat_id, message_id, moment.text, message):
                return
            standing = moment.text

    async def _show(self, chat_id: int, message_id: int, text: str, message: Message) -> bool:
        loop = asyncio.get_running_loop()
        self._rates.take(chat_id, Kind.BULK, loop.time())
        if message.media is None:
            method = "editMessageText"
            parameters = calls.edit(text, message.buttons, chat_id, message_id)
        else:
            method = "editMessageCaption"
            parameters = calls.edit_caption(text, message.buttons, chat_id, message_id)
        try:
            result = outcome(await self._bot.call(method, parameters, total=_PATIENCE))
        except Exception as exc:  # noqa: BLE001  (classified; movement is never worth more)
            result = outcome(exc)
        match result:
            case Sent() | Already() | NotSent() | Uncertain():
                return True
            case SlowDown(seconds):
                self._rates.slow_down(chat_id, seconds, loop.time(), chance())
                return False
            case _:
                return False


def _frames(message: Message) -> tuple[Frame, ...]:
    return message.frames if message.media is None else message.media.frames
