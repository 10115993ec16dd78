"""The bot as Between uses it: PTB's `Bot` on aiohttp, with one short way for the hot path."""

from typing import Any, Final

import telegram

from bot.telegram.request import AiohttpRequest, Upload

LONG_POLL: Final = "getUpdates"


class Api(telegram.Bot):
    """PTB's `Bot` with `call`, which neither builds nor parses PTB objects.

    Measured on loopback: `send_message` costs twice the CPU of `call`, and six times over httpx.
    """

    __slots__ = ("_calls", "_polls")

    def __init__(self, token: str, api_url: str, calls: AiohttpRequest, polls: AiohttpRequest):
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=calls,
            get_updates_request=polls,
        )
        with self._unfrozen():
            self._calls = calls
            self._polls = polls

    async def call(
        self,
        method: str,
        parameters: dict[str, Any],
        *,
        upload: Upload | None = None,
        total: float | None = None,
    ) -> Any:
        """Call `method` and give back Telegram's raw `result`; raises PTB's errors."""
        way = self._polls if method == LONG_POLL else self._calls
        return await way.call(f"{self.base_url}/{method}", parameters, upload=upload, total=total)

    async def fetch(self, file_id: str, largest: int) -> bytes | None:
        """A file that somebody sent; None if it is larger than this. Raises PTB's errors."""
        found = await self.call("getFile", {"file_id": file_id})
        if found.get("file_size", 0) > largest or not found.get("file_path"):
            return None
        url = f"{self.base_file_url}/{found['file_path']}"
        return await self._calls.download(url, largest)

    async def shut(self) -> None:
        """Close all connections, whether PTB was initialized or not."""
        await self._calls.shutdown()
        await self._polls.shutdown()


def make_bot(token: str, api_url: str = "https://api.telegram.org") -> Api:
    """Make the bot; the long poll has a connection of its own, so that it never blocks a send."""
    return Api(
        token,
        api_url.rstrip("/"),
        AiohttpRequest(),
        AiohttpRequest(connections=2),
    )
