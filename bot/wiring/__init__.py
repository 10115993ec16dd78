"""Builds everything once and keeps it running; the only reader of the wall clock."""

from bot.wiring.clock import Clock, this_boot
from bot.wiring.content import make_kit, warm
from bot.wiring.house import House
from bot.wiring.logs import listen
from bot.wiring.outside import (
    limits,
    mail_answers,
    mail_server,
    remove_webhook,
    standing_webhook,
    who_am_i,
)
from bot.wiring.publishing import COMMANDS
from bot.wiring.roles import Role, Roles, roles_of
from bot.wiring.running import until_told

__all__ = [
    "COMMANDS",
    "Clock",
    "House",
    "Role",
    "Roles",
    "limits",
    "listen",
    "mail_answers",
    "mail_server",
    "make_kit",
    "remove_webhook",
    "roles_of",
    "standing_webhook",
    "this_boot",
    "until_told",
    "warm",
    "who_am_i",
]
