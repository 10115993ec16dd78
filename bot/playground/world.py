"""Everything that exists on the laptop's Telegram, and the few ways in which it changes."""

import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Any

from bot.playground.chat import Chat
from bot.playground.clock import Clock
from bot.playground.errors import ApiError, NotPossibleError, bad_request
from bot.playground.faults import Faults
from bot.playground.feed import Feed
from bot.playground.files import Files
from bot.playground.message import Json, Message
from bot.playground.person import BotAccount, Person
from bot.playground.profile import Profile
from bot.playground.queries import Queries
from bot.playground.updates import Updates
from bot.playground.webhook import Webhook


class World:
    """The one bot, the people, their chats. It has state: it stands in for Telegram's servers."""

    def __init__(
        self,
        bot: BotAccount,
        people: Iterable[Person],
        *,
        fast: bool = False,
        first_id: int = 1,
    ) -> None:
        self.bot = bot
        self.bot_user = bot.as_user()
        self.fast = fast
        self.clock = Clock()
        self.feed = Feed(quiet=fast, seq=first_id - 1)
        self.faults = Faults()
        self.files = Files()
        self.updates = Updates(self.clock, lambda: self.feed.tell("bot"), first_id)
        self.webhook = Webhook(self.updates, self.faults, self.clock)
        self.queries = Queries(self.clock)
        self.profile = Profile()
        self.chats: dict[int, Chat] = {}
        self.polls: dict[str, tuple[int, int]] = {}
        self.links: list[Json] = []
        self._message_ids = count(first_id)
        self._poll_ids = count(1)
        for person in people:
            self.welcome(person)

    def welcome(self, person: Person) -> Chat:
        """Give `person` a phone; NotPossibleError when the id is taken."""
        if person.id in self.chats or person.id == self.bot.id or person.id <= 0:
            raise NotPossibleError(f"The id {person.id} is already taken or not a person's.")
        chat = self.chats[person.id] = Chat.of(person)
        self.feed.tell("people")
        return chat

    def speak(self, chat: Chat, language_code: str) -> None:
        """The person switches their Telegram to another language."""
        chat.person = replace(chat.person, language_code=language_code)
        chat.user = chat.person.as_user()
        self.feed.tell("people")

    def rename(self, chat: Chat, first_name: str) -> None:
        """The person calls themselves something else in their Telegram."""
        chat.person = replace(chat.person, first_name=first_name)
        chat.user = chat.person.as_user()
        self.feed.tell("people")

    def free_id(self) -> int:
        """An id nobody has."""
        return max([1000, *self.chats]) + 1

    def chat_of(self, person_id: int) -> Chat:
        """The phone of a person; NotPossibleError (404) when there is none."""
        chat = self.chats.get(person_id)
        if chat is None:
            raise NotPossibleError(f"There is no phone with the id {person_id}.", 404)
        return chat

    def known_chat(self, chat_id: Any) -> Chat:
        """The chat a bot names; 400 when it never was one."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, chat_id: Any) -> Chat:
        """The chat a bot writes to; 403 before Start, after a block and without an account."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is not None and chat.gone:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat is None or chat.blocked or not chat.started:
            if chat is not None and chat.blocked:
                raise ApiError(403, "Forbidden: bot was blocked by the user")
            if chat is not None:
                raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
            return self.known_chat(chat_id)
        return chat

    def post(self, chat: Chat, *, by_bot: bool, content: Json, **more: Any) -> Message:
        """Put a new message into `chat`."""
        message = Message(
            next(self._message_ids), chat.person.id, by_bot, self.clock.unix(), content, **more
        )
        if by_bot:
            chat.unread += 1
            chat.action = chat.draft = None
        else:
            self.read(chat, message.message_id)
        self._changed(chat, message)
        return message

    def change(self, chat: Chat, message: Message, **fields: Any) -> Message:
        """Replace `message` by one with other `fields`."""
        after = replace(message, **fields)
        if fields.get("deleted") and message.by_bot and message.message_id > chat.last_read:
            chat.unread = max(0, chat.unread - 1)
        self._changed(chat, after)
        return after

    def edit(self, chat: Chat, message: Message, content: Json, markup: Json | None) -> Message:
        """Replace what a message says; its edit date is now."""
        return self.change(
            chat, message, content=content, markup=markup, edit_date=self.clock.unix()
        )

    def read(self, chat: Chat, up_to: int = 0) -> None:
        """The person has seen everything until now."""
        newest = next(reversed(chat.messages), 0)
        if chat.unread or chat.last_read < newest:
            chat.unread, chat.last_read = 0, max(newest, up_to, chat.last_read)
            self.feed.tell("people")

    def toast(self, chat: Chat, query_id: str, text: str, *, alert: bool, url: str) -> None:
        """Show the answer to a press on the phone."""
        seq = chat.seq = self.feed.step()
        chat.toasts.append(
            {
                "seq": seq,
                "callback_query_id": query_id,
                "text": text,
                "show_alert": alert,
                "url": url,
                "date": self.clock.unix(),
            }
        )
        self.feed.tell("chat", person=chat.person.id, seq=seq)

    def show(self, chat: Chat) -> None:
        """Something around the messages changed: keyboard, typing, block."""
        chat.seq = self.feed.step()
        self.feed.tell("chat", person=chat.person.id, seq=chat.seq)

    def next_poll_id(self) -> str:
        """An id for a poll."""
        return str(5_000_000_000 + next(self._poll_ids))

    def as_bot_api(self, chat: Chat, message: Message, *, with_reply: bool = True) -> Json:
        """The Bot API `Message`."""
        body: Json = {
            "message_id": message.message_id,
            "from": self.bot_user if message.by_bot else chat.user,
            "chat": chat.as_json,
            "date": message.date,
            **message.content,
        }
        if message.edit_date is not None:
            body["edit_date"] = message.edit_date
        if message.protected:
            body["has_protected_content"] = True
        if message.markup:
            body["reply_markup"] = message.markup
        replied = chat.messages.get(message.reply_to or 0)
        if with_reply and replied is not None and not replied.deleted:
            body["reply_to_message"] = self.as_bot_api(chat, replied, with_reply=False)
        return body

    def reset(self) -> None:
        """Empty every chat; people, commands, webhook and clock stay as they are."""
        self.chats = {person_id: Chat.of(c.person) for person_id, c in self.chats.items()}
        self.updates.forget_all()
        self.queries.forget_all()
        self.faults.clear()
        self.polls.clear()
        self.feed.step()
        self.feed.tell("reset")

    def _changed(self, chat: Chat, message: Message) -> None:
        chat.keep(message, self.feed.step())
        self.feed.tell("chat", person=chat.person.id, seq=chat.seq)


def soon(seconds: float) -> float:
    """A moment on the real, monotonic clock `seconds` from now: how long a phone shows typing."""
    return time.monotonic() + seconds
