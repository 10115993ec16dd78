"""Sends a media file by the id Telegram gave it; uploads it when there is none, or a wrong one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.catalog.media import Media, MediaFile, Medium, fingerprint
from bot.catalog.media_file import facts_of
from bot.store import media_files
from bot.store.worker import Database
from bot.telegram.outcome import WRONG_FILE, Outcome, Refused, Sent
from bot.telegram.patience import where
from bot.telegram.request import Upload

_log = structlog.get_logger(__name__)

METHODS: Final = {Medium.ANIMATION: "sendAnimation", Medium.VOICE: "sendVoice"}
NO_FILE: Final = "no_such_media"
_MIMES: Final = {
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
}

Call = Callable[[str, dict[str, Any], Upload | None], Awaitable[Outcome]]
"""One call of a method with its parameters and perhaps a file."""


class Uploads:
    """Which files this bot has uploaded: in the database, and remembered here as long as it runs.

    Two senders may upload the same file at the same time: both ids work, one of them is kept.
    """

    def __init__(
        self, media: Media, database: Database, bot_id: int, clock: Callable[[], datetime]
    ) -> None:
        self._media = media
        self._database = database
        self._bot_id = bot_id
        self._clock = clock
        self._hashes: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    async def send(self, key: str, parameters: dict[str, Any], call: Call) -> Outcome:
        """Sends the file of this key with these parameters; `Refused(NO_FILE)` if it is gone."""
        file = self._media.files.get(key)
        if file is None:
            return Refused(NO_FILE)
        known = await self._known(file)
        if known is not None:
            again = parameters | {file.medium.value: known}
            result = await call(METHODS[file.medium], again, None)
            if result != Refused(WRONG_FILE):
                return result
            _log.warning("media_id_wrong", key=key)
            await self._forget(file, known)
        return await self._upload(file, parameters, call)

    async def _upload(self, file: MediaFile, parameters: dict[str, Any], call: Call) -> Outcome:
        try:
            data = await asyncio.to_thread(file.read)
        except OSError as exc:
            _log.error("media_not_read", key=file.key, error=type(exc).__name__)
            return Refused(NO_FILE)
        facts, medium = facts_of(data), file.medium
        shape = {"duration": round(facts.seconds)} if facts.seconds else {}
        if facts.width:
            shape |= {"width": facts.width, "height": facts.height}
        # A name of ours: Telegram shows it to whoever saves the file.
        name = f"{file.key.replace('/', '-')}{file.path.suffix}"
        upload = Upload(medium.value, name, _MIMES[file.path.suffix], data)
        result = await call(METHODS[medium], parameters | shape, upload)
        if isinstance(result, Sent) and result.file_id is not None:
            self._hashes[file.key] = fingerprint(data)
            await self._keep(file, result.file_id)
        return result

    async def _known(self, file: MediaFile) -> str | None:
        if file.key in self._ids:
            return self._ids[file.key]
        try:
            if file.key not in self._hashes:
                data = await asyncio.to_thread(file.read)
                self._hashes[file.key] = fingerprint(data)
            find = partial(
                media_files.find, bot_id=self._bot_id, key=file.key, sha256=self._hashes[file.key]
            )
            found = await self._database.run(find)
        except (OSError, SQLAlchemyError) as exc:
            _log.warning("media_id_not_looked_up", key=file.key, error=where(exc))
            return None
        if found is not None:
            self._ids[file.key] = found
        return found

    async def _keep(self, file: MediaFile, file_id: str) -> None:
        self._ids[file.key] = file_id
        keep = partial(
            media_files.keep,
            bot_id=self._bot_id,
            key=file.key,
            sha256=self._hashes[file.key],
            file_id=file_id,
            now=self._clock(),
        )
        try:
            await self._database.run(keep)
        except SQLAlchemyError as exc:  # it was sent; the worst is another upload
            _log.warning("media_id_not_kept", key=file.key, error=where(exc))

    async def _forget(self, file: MediaFile, wrong: str) -> None:
        self._ids.pop(file.key, None)
        forget = partial(
            media_files.forget,
            bot_id=self._bot_id,
            key=file.key,
            sha256=self._hashes[file.key],
            wrong=wrong,
        )
        try:
            await self._database.run(forget)
        except SQLAlchemyError as exc:
            _log.warning("media_id_not_forgotten", key=file.key, error=where(exc))
