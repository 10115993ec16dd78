"""How the bot presents itself: commands by scope and language, name, descriptions, menu button."""

from dataclasses import dataclass, field
from typing import Any

Scope = tuple[str, int]


def scope_key(scope: dict[str, Any] | None) -> Scope:
    """A scope as a key: its type, and the chat it names (0 for none)."""
    scope = scope or {"type": "default"}
    return str(scope.get("type", "default")), int(scope.get("chat_id") or 0)


@dataclass(slots=True)
class Profile:
    """State: what the bot last set. Texts are kept by (which, language)."""

    commands: dict[tuple[Scope, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language: str) -> list[dict[str, str]]:
        """The list a person in a private chat sees: the narrowest scope, own language first."""
        short = language.split("-")[0]
        for scope in (("chat", chat_id), ("all_private_chats", 0), ("default", 0)):
            for code in (short, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def text(self, which: str, language: str) -> str:
        """A name or description in a language, else the one for all."""
        short = language.split("-")[0]
        return self.texts.get((which, short)) or self.texts.get((which, ""), "")

    def menu_button(self, chat_id: int) -> dict[str, Any]:
        """The menu button of a chat, else the one for all."""
        default = {"type": "commands"}
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or default
