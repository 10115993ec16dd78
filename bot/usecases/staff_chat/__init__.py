"""The chat of a member of staff: who waits, whom to invite, who is in which group."""

from bot.usecases.staff_chat.chat import handle
from bot.usecases.staff_chat.menu import welcome
from bot.usecases.staff_chat.own import is_at_work

__all__ = ["handle", "is_at_work", "welcome"]
