"""A person with a phone, for tests that read as conversations."""

import asyncio
from typing import Any

import aiohttp

PATIENCE = 20.0
"""Seconds until a test gives up on an answer; nothing is ever timed by it."""


class Phone:
    """What one person sees and does, over the playground's HTTP interface."""

    def __init__(self, http: aiohttp.ClientSession, person: int) -> None:
        self._http = http
        self.person = person
        self._seen = 0
        self.toasts: list[str] = []

    async def say(self, text: str, *, edit: int | None = None) -> int:
        """Types a message, or changes an earlier one; the message's id."""
        await self._catch_up()
        body = {"text": text} | ({"edit": edit} if edit is not None else {})
        return int((await self._post("messages", body))["message_id"])

    async def send(self, kind: str) -> None:
        """Sends a voice note, a sticker and so on."""
        await self._catch_up()
        await self._post("messages", {"kind": kind})

    async def send_file(self, name: str, data: bytes, caption: str = "") -> None:
        """Sends a file of their own."""
        await self._catch_up()
        way, query = f"/api/people/{self.person}/files", {"name": name, "caption": caption}
        async with self._http.post(way, params=query, data=data) as answer:
            assert answer.status < 300, await answer.text()

    async def press(self, label: str) -> dict[str, Any]:
        """Presses the newest button with this label; the button as it was."""
        button = await self.button(label)
        await self.tap(button)
        return button

    async def tap(self, button: dict[str, Any], *, force: bool = False) -> None:
        """Presses a button again, or one that is no longer there."""
        await self._catch_up()
        body = {"message_id": button["message_id"], "data": button["data"], "force": force}
        await self._post("presses", body)

    async def button(self, label: str) -> dict[str, Any]:
        """The newest button whose label begins like this; waits for it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                chat = await self._get("chat")
                for message in reversed(chat["messages"]):
                    for each in _buttons(message):
                        if each["text"].startswith(label):
                            return {**each, "message_id": message["message_id"]}
                await self._changes(chat["seq"])

    async def reads(self, part: str, *, below: int = 0) -> dict[str, Any]:
        """Waits for a message of the bot, new since the last thing done here, with these words.

        `below` asks for a message that stands below this one, not for a change of it.
        """
        seen = self._seen
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    chat = await self._changes(seen)
                    seen = chat["seq"]
                    for message in chat["messages"]:
                        words = message.get("text") or message.get("caption") or ""
                        newer = message["from"] == "bot" and message["message_id"] > below
                        if newer and part in words:
                            return dict(message)
        except TimeoutError:
            last = [each.get("text") for each in await self.messages()][-3:]
            raise AssertionError(f"no message with {part!r}; the last ones were {last}") from None

    async def is_told(self, note: str) -> None:
        """Waits for a small pop-up with these words."""
        seen = self._seen
        async with asyncio.timeout(PATIENCE):
            while True:
                chat = await self._changes(seen)
                seen = chat["seq"]
                if any(note in toast["text"] for toast in chat["toasts"]):
                    return

    async def loses(self, message_id: int) -> None:
        """Waits until a message is deleted."""
        async with asyncio.timeout(PATIENCE):
            while True:
                chat = await self._get("chat")
                here = {each["message_id"]: each for each in chat["messages"]}
                if here[message_id]["deleted"]:
                    return
                await self._changes(chat["seq"])

    async def messages(self) -> list[dict[str, Any]]:
        """The whole chat as it stands now."""
        return list((await self._get("chat"))["messages"])

    async def texts(self) -> list[str]:
        """What the bot said, as it stands now."""
        return [
            each.get("text") or each.get("caption") or ""
            for each in await self.messages()
            if each["from"] == "bot"
        ]

    async def block(self) -> None:
        """Blocks the bot."""
        await self._post("block", {})

    async def unblock(self) -> None:
        """Lets the bot in again."""
        await self._post("unblock", {})

    async def rename(self, first_name: str) -> None:
        """Calls themselves something else in their Telegram."""
        await self._post("name", {"first_name": first_name})

    async def leave_telegram(self) -> None:
        """Deletes their Telegram account."""
        await self._post("leave_telegram", {})

    async def commands(self) -> list[dict[str, str]]:
        """The commands this phone offers."""
        return list(await self._get("commands"))

    async def keys(self) -> str:
        """What stands on the keys below the field where people type."""
        return str((await self._get("chat"))["reply_keyboard"]["rows"])

    async def _catch_up(self) -> None:
        self._seen = int((await self._get("chat"))["seq"])

    async def _changes(self, after: int) -> Any:
        """What changed since, as soon as something has: asking again and again for what was seen
        already took more of the machine than the bot."""
        return await self._get(f"chat?after={after}&wait=2")

    async def _get(self, way: str) -> Any:
        async with self._http.get(f"/api/people/{self.person}/{way}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def _post(self, way: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"/api/people/{self.person}/{way}", json=body) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json()


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message.get("buttons") or [] for button in row]
