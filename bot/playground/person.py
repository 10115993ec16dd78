"""Who is there: the people with phones and the one bot they talk to."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone. `id` is both the user id and the id of the private chat.

    The phone of somebody `elsewhere` takes messages and is not shown; the chat was started before.
    """

    id: int
    first_name: str
    language_code: str = "en"
    username: str | None = None
    elsewhere: bool = False

    def as_user(self) -> dict[str, Any]:
        """The Bot API `User`."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        return user | {"language_code": self.language_code}

    def as_chat(self) -> dict[str, Any]:
        """The Bot API `Chat` this person and the bot share."""
        chat: dict[str, Any] = {"id": self.id, "first_name": self.first_name, "type": "private"}
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The bot as Telegram knows it."""

    id: int
    first_name: str = "Between"
    username: str = "between_playground_bot"

    def as_user(self) -> dict[str, Any]:
        """The Bot API `User` as it stands under a message."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def as_me(self) -> dict[str, Any]:
        """The answer of getMe."""
        return self.as_user() | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
