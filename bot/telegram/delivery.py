"""One parcel's way to Telegram: which call, with what, and once more as plain text if need be."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog

from bot.messages.message import Message
from bot.store.outbox import Parcel
from bot.telegram import calls
from bot.telegram.app import Api
from bot.telegram.counts import Counts
from bot.telegram.outcome import CANNOT_PARSE, Gone, NotSent, Outcome, Refused, outcome
from bot.telegram.patience import where

_log = structlog.get_logger(__name__)

Draw = Callable[[dict[str, Any]], Awaitable[bytes]]

LEASE: Final = 30.0
LATEST: Final = 18.0  # of the lease: a call that begins later (10 s at most) could outlive it
_DRAWING: Final = 16.0  # the first picture waits for the drawing process to start


class Delivery:
    """Makes the calls for one parcel; answers with an `Outcome`, whatever happens on the wire."""

    def __init__(self, bot: Api, draw: Draw, counts: Counts) -> None:
        self._bot = bot
        self._draw = draw
        self._counts = counts

    async def deliver(self, parcel: Parcel, message: Message, since: float) -> Outcome:
        """Send, edit or delete; `since` is when the parcel was claimed, in the loop's time."""
        if message.probe:
            typing = {"chat_id": parcel.chat_id, "action": "typing"}
            return await self._call(parcel, since, "sendChatAction", typing)
        if message.deletes:
            gone = {"chat_id": parcel.chat_id, "message_ids": message.deletes}
            return await self._call(parcel, since, "deleteMessages", gone)
        asked = {"qr": message.qr} if message.qr is not None else message.picture
        if asked is not None:
            photo = await self._drawn(parcel, asked)
            if photo is not None:
                picture = calls.picture(message, parcel.chat_id)
                return await self._call(parcel, since, "sendPhoto", picture, photo)
        elif parcel.edits is not None:
            edit = calls.edit(message.text, message.buttons, parcel.chat_id, parcel.edits)
            result = await self._call(parcel, since, "editMessageText", edit)
            if not isinstance(result, Gone):
                return result
        send = calls.send(message, parcel.chat_id)
        return await self._call(parcel, since, "sendMessage", send)

    async def _drawn(self, parcel: Parcel, picture: dict[str, Any]) -> bytes | None:
        try:
            async with asyncio.timeout(_DRAWING):
                return await self._draw(picture)
        except Exception as exc:  # noqa: BLE001  (the words are worth more than the picture)
            self._counts.undrawn += 1
            _log.error("not_drawn", parcel=parcel.id, error=where(exc))
            return None

    async def _call(
        self,
        parcel: Parcel,
        since: float,
        method: str,
        parameters: dict[str, Any],
        photo: bytes | None = None,
    ) -> Outcome:
        result = await self._once(since, method, parameters, photo)
        if result == Refused(CANNOT_PARSE) and "parse_mode" in parameters:
            self._counts.plain += 1
            _log.error("sent_as_plain_text", parcel=parcel.id, method=method)
            result = await self._once(since, method, calls.plain(parameters), photo)
        return result

    async def _once(
        self, since: float, method: str, parameters: dict[str, Any], photo: bytes | None
    ) -> Outcome:
        if asyncio.get_running_loop().time() - since > LATEST:
            return NotSent("lease_too_short")
        try:
            return outcome(await self._bot.call(method, parameters, photo=photo))
        except Exception as exc:  # noqa: BLE001  (every way it can fail has its outcome)
            return outcome(exc)
