"""The Bot API methods; importing this package registers all of them."""

from bot.playground.methods import (
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    inbox,
    media,
    polls,
    pressing,
    profile,
    sending,
)

__all__ = [
    "chats",
    "commands",
    "copying",
    "deleting",
    "editing",
    "files",
    "inbox",
    "media",
    "polls",
    "pressing",
    "profile",
    "sending",
]
