"""Stops the spinner of a pressed button and marks the choice. Best effort, beside the outbox."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot.messages.pack import CAPTION, LONGEST, units
from bot.telegram.app import Api
from bot.telegram.intake import ATTACHMENTS
from bot.telegram.patience import where

_log = structlog.get_logger(__name__)

_WORKERS: Final = 8
_WAITING: Final = 512
_NOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Ack:
    """One press, as Telegram wrote it, to be answered; `settled` lets its buttons go."""

    press: Mapping[str, Any]
    note: str | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """A question that was overtaken by typed words: its buttons may go."""

    chat_id: int
    message_id: int


class Acks:
    """A bounded queue and a few workers: when they cannot keep up, acks are dropped."""

    def __init__(self, bot: Api, *, still: Callable[[int], None] = lambda _chat: None) -> None:
        self._bot = bot
        self._still = still
        self._queue: asyncio.Queue[Ack | Close] = asyncio.Queue(_WAITING)
        self.dropped = 0

    def put(self, ack: Ack | Close) -> None:
        """Hand over one press or one question; never waits."""
        try:
            self._queue.put_nowait(ack)
        except asyncio.QueueFull:
            self.dropped += 1

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_WORKERS):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            ack = await self._queue.get()
            try:
                await self._acknowledge(ack)
            except Exception as exc:  # noqa: BLE001  (an odd press must not end all the others)
                _log.error("odd_press", error=where(exc))

    async def _acknowledge(self, ack: Ack | Close) -> None:
        for method, parameters in requests(ack):
            if method != "answerCallbackQuery":
                self._still(parameters["chat_id"])
            try:
                await self._bot.call(method, parameters)
            except TelegramError as exc:
                # An old query or a gone message: the state was committed long ago.
                _log.debug("not_acknowledged", method=method, error=type(exc).__name__)


def requests(ack: Ack | Close) -> list[tuple[str, dict[str, Any]]]:
    """The calls that acknowledge one press, or close one question. Pure."""
    if isinstance(ack, Close):
        there = {"chat_id": ack.chat_id, "message_id": ack.message_id}
        return [("editMessageReplyMarkup", there)]
    answer: dict[str, Any] = {"callback_query_id": ack.press["id"]}
    if ack.note:
        answer["text"] = ack.note[:_NOTE]
    found: list[tuple[str, dict[str, Any]]] = [("answerCallbackQuery", answer)]
    if ack.settled and (message := ack.press.get("message")) is not None:
        there = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        marked = _marked(message, ack.press.get("data"), there)
        found.append(marked or ("editMessageReplyMarkup", there))
    return found


def _marked(
    message: Mapping[str, Any], data: str | None, there: dict[str, Any]
) -> tuple[str, dict[str, Any]] | None:
    """The message with the choice below its words; None if that cannot be written."""
    if (label := _label(message, data)) is None:
        return None
    if "text" in message:
        text = f"{message['text']}\n\n✓ {label}"
        extra = {"text": text, "entities": message.get("entities", [])}
        extra["link_preview_options"] = {"is_disabled": True}
        return ("editMessageText", there | extra) if units(text) <= LONGEST else None
    if any(kind in message for kind in ATTACHMENTS):
        words = message.get("caption")
        caption = f"{words}\n\n✓ {label}" if words else f"✓ {label}"
        extra = {"caption": caption, "caption_entities": message.get("caption_entities", [])}
        return ("editMessageCaption", there | extra) if units(caption) <= CAPTION else None
    return None


def _label(message: Mapping[str, Any], data: str | None) -> str | None:
    """What stands on the button that was pressed; a keyboard that looks odd has none."""
    match message:
        case {"reply_markup": {"inline_keyboard": [*rows]}}:
            for button in (each for row in rows if isinstance(row, list) for each in row):
                match button:
                    case {"text": str(label), "callback_data": found} if found == data:
                        return label
    return None
