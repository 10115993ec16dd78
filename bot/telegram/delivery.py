"""One parcel's way to Telegram: which call, with what, and once more as plain text if need be."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

import structlog

from bot.messages.message import Document, Media, Message
from bot.store.outbox import Parcel
from bot.telegram import calls
from bot.telegram.app import Api
from bot.telegram.counts import Counts
from bot.telegram.outcome import CANNOT_PARSE, Gone, NotSent, Outcome, Refused, outcome
from bot.telegram.patience import where
from bot.telegram.request import Upload
from bot.telegram.uploads import Uploads

_log = structlog.get_logger(__name__)

Draw = Callable[[dict[str, Any]], Awaitable[bytes]]
Build = Callable[[UUID, str], Awaitable[bytes]]
"""The bytes of a person's document by what it is, from the database as it is now."""

LEASE: Final = 30.0
LATEST: Final = 18.0  # of the lease: a call that begins later (10 s at most) could outlive it
_DRAWING: Final = 16.0  # the first picture waits for the drawing process to start
_BUILDING: Final = 12.0
_LARGE: Final = 1024 * 1024


class Delivery:
    """Makes the calls for one parcel; answers with an `Outcome`, whatever happens on the wire."""

    def __init__(
        self, bot: Api, draw: Draw, build: Build, uploads: Uploads, counts: Counts
    ) -> None:
        self._bot = bot
        self._uploads = uploads
        self._draw = draw
        self._build = build
        self._counts = counts

    async def deliver(self, parcel: Parcel, message: Message, since: float) -> Outcome:
        """Send, edit or delete; `since` is when the parcel was claimed, in the loop's time."""
        unseen = calls.unseen(message, parcel.chat_id)
        if unseen is not None:
            return await self._call(parcel, since, *unseen)
        for way in (self._with_media, self._with_picture, self._with_document, self._as_edit):
            result = await way(parcel, message, since)
            if result is not None:
                return result
        if message.document is not None:
            message = Message(text=message.document.otherwise)
        words = calls.send(message, parcel.chat_id)
        return await self._call(parcel, since, "sendMessage", words)

    # Each way answers None where the message does not go it, or where its words go alone.

    async def _with_media(self, parcel: Parcel, message: Message, since: float) -> Outcome | None:
        if message.media is None:
            return None
        result = await self._shown(parcel, message, message.media, since)
        # Whatever is wrong with the file: the words are enough.
        if not isinstance(result, Refused) or not message.text:
            return result
        self._counts.unshown += 1
        _log.error("sent_without_media", parcel=parcel.id, code=result.code)
        return None

    async def _with_picture(self, parcel: Parcel, message: Message, since: float) -> Outcome | None:
        picture = message.drawing
        photo = None if picture is None else await self._drawn(parcel, picture)
        if photo is None:
            return None
        captioned = calls.captioned(message, parcel.chat_id)
        return await self._call(parcel, since, "sendPhoto", captioned, photo)

    async def _with_document(
        self, parcel: Parcel, message: Message, since: float
    ) -> Outcome | None:
        file = None if message.document is None else await self._built(parcel, message.document)
        if file is None:
            return None
        captioned = calls.captioned(message, parcel.chat_id)
        return await self._call(parcel, since, "sendDocument", captioned, file)

    async def _as_edit(self, parcel: Parcel, message: Message, since: float) -> Outcome | None:
        if parcel.edits is None or message.drawing is not None or message.document is not None:
            return None
        edit = calls.edit(message.text, message.buttons, parcel.chat_id, parcel.edits)
        result = await self._call(parcel, since, "editMessageText", edit)
        return None if isinstance(result, Gone) else result

    async def _shown(self, parcel: Parcel, message: Message, media: Media, since: float) -> Outcome:
        below = message.model_copy(update={"text": media.text})
        captioned = calls.captioned(below, parcel.chat_id)

        def call(
            method: str, parameters: dict[str, Any], upload: Upload | None
        ) -> Awaitable[Outcome]:
            return self._call(parcel, since, method, parameters, upload)

        return await self._uploads.send(media.key, captioned, call)

    async def _built(self, parcel: Parcel, document: Document) -> Upload | None:
        try:
            async with asyncio.timeout(_BUILDING):
                data = await self._build(parcel.person, document.what)
        except Exception as exc:  # noqa: BLE001  (the person is told, and may ask again)
            self._counts.unbuilt += 1
            _log.error("not_built", parcel=parcel.id, error=where(exc))
            return None
        return Upload("document", document.name, "application/zip", data)

    async def _drawn(self, parcel: Parcel, picture: dict[str, Any]) -> Upload | None:
        try:
            async with asyncio.timeout(_DRAWING):
                drawn = await self._draw(picture)
                return Upload("photo", "picture.png", "image/png", drawn)
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
        upload: Upload | None = None,
    ) -> Outcome:
        result = await self._once(since, method, parameters, upload)
        if result == Refused(CANNOT_PARSE) and "parse_mode" in parameters:
            self._counts.plain += 1
            _log.error("sent_as_plain_text", parcel=parcel.id, method=method)
            result = await self._once(since, method, calls.plain(parameters), upload)
        return result

    async def _once(
        self, since: float, method: str, parameters: dict[str, Any], upload: Upload | None
    ) -> Outcome:
        if asyncio.get_running_loop().time() - since > LATEST:
            return NotSent("lease_too_short")
        left = LEASE - 2 - (asyncio.get_running_loop().time() - since)
        try:
            # A long recording may take as long as the lease allows; everything else is short.
            large = upload is not None and len(upload.data) > _LARGE
            total = left if large else None
            return outcome(await self._bot.call(method, parameters, upload=upload, total=total))
        except Exception as exc:  # noqa: BLE001  (every way it can fail has its outcome)
            return outcome(exc)
