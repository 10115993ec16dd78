"""The phones of a crowd, in the process of the playground: what arrives wakes whoever waits."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.playground import Playground

Keys = list[list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message of the bot, as it came or as it was changed; `keys` are the buttons below it."""

    message_id: int
    text: str
    keys: Keys
    edited: bool


@dataclass(slots=True)
class _Chat:
    arrived: list[Arrived] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Phones:
    """All phones. It hears every call of the bot that Telegram carried out."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.sends = 0
        self._chats: dict[int, _Chat] = defaultdict(_Chat)
        playground.on_call(self._heard)

    def of(self, person: int) -> "Phone":
        """The phone of one person."""
        return Phone(self.playground, person, self._chats[person])

    @property
    def unheard(self) -> int:
        """How many words and taps wait at Telegram, not yet confirmed by the bot."""
        return len(self.playground.world.updates.pending)

    def _heard(self, method: str, params: dict[str, Any], answer: dict[str, Any]) -> None:
        result = answer.get("result")
        if method not in ("sendMessage", "editMessageText") or not isinstance(result, dict):
            return
        edited = method == "editMessageText"
        self.sends += not edited
        keys = (params.get("reply_markup") or {}).get("inline_keyboard") or []
        chat = self._chats[int(params["chat_id"])]
        chat.arrived.append(Arrived(result["message_id"], str(params["text"]), keys, edited))
        chat.news.set()


class Phone:
    """One person's: what came, in order, and what they can do."""

    def __init__(self, playground: Playground, person: int, chat: _Chat) -> None:
        self._playground = playground
        self._chat = chat
        self.person = person

    @property
    def arrived(self) -> list[Arrived]:
        """Everything the bot sent or changed, in the order in which it came."""
        return self._chat.arrived

    @property
    def texts(self) -> list[str]:
        """What was sent, without what was changed."""
        return [each.text for each in self.arrived if not each.edited]

    def say(self, text: str) -> None:
        """Types something."""
        self._playground.say(self.person, text)

    def press(self, on: Arrived, data: str) -> None:
        """Taps a button, whether or not it is still there."""
        self._playground.press(self.person, on.message_id, data, force=True)

    async def sees(self, part: str) -> Arrived:
        """Waits for a message with these words; the first one."""
        return await self._until(lambda each: part in each.text)

    async def offered(self, data: str) -> Arrived:
        """Waits for a button with this data."""
        return await self._until(lambda each: any(k.get("callback_data") == data
                                                  for row in each.keys for k in row))  # fmt: skip

    async def _until(self, fits: Any) -> Arrived:
        at = 0
        while True:
            for each in self.arrived[at:]:
                if fits(each):
                    return each
            at = len(self.arrived)
            self._chat.news.clear()
            await self._chat.news.wait()
