"""The chat of one person with the bot: its messages and what the phone shows around them."""

from dataclasses import dataclass, field

from bot.playground.message import Json, Message
from bot.playground.person import Person


@dataclass(slots=True)
class Chat:
    """State, because a phone has some. `changed` orders messages by their last change."""

    person: Person
    user: Json
    as_json: Json
    instance: str
    started: bool = False
    blocked: bool = False
    gone: bool = False
    unread: int = 0
    last_read: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    toasts: list[Json] = field(default_factory=list)
    reply_keyboard: Json | None = None
    force_reply: Json | None = None
    action: tuple[str, float] | None = None
    draft: tuple[str, float] | None = None
    seq: int = 0

    @classmethod
    def of(cls, person: Person) -> "Chat":
        """A fresh chat: nothing said, Start not yet pressed (by whoever is here to press it)."""
        chat = cls(person, person.as_user(), person.as_chat(), f"PG{person.id:019d}")
        chat.started = person.elsewhere
        return chat

    def keep(self, message: Message, seq: int) -> None:
        """Remember `message` as the newest change of the chat."""
        self.messages[message.message_id] = message
        self.changed.pop(message.message_id, None)
        self.changed[message.message_id] = self.seq = seq

    def changed_after(self, seq: int) -> list[tuple[int, Message]]:
        """(seq, message) for all changed after `seq`, in the order of the chat."""
        found = []
        for message_id in reversed(self.changed):
            if self.changed[message_id] <= seq:
                break
            found.append((self.changed[message_id], self.messages[message_id]))
        return sorted(found, key=lambda pair: pair[1].message_id)
