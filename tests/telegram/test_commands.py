"""What Telegram is told about the bot."""

from typing import Any

from bot.telegram.app import Api
from bot.telegram.commands import publish


async def test_commands_are_published_in_each_language_and_for_everybody_else(
    bot: Api, phones: Any
) -> None:
    """Commands and descriptions in each language, and a default for everybody else."""
    commands = {"": [("start", "Begin"), ("help", "Help")], "es": [("start", "Empezar")]}
    await publish(bot, commands, {"": "A bot", "es": "Un bot"}, {"": "Bot"})
    shown = phones.playground.world.profile
    assert [c["description"] for c in shown.commands_for(1001, "es")] == ["Empezar"]
    assert [c["description"] for c in shown.commands_for(1001, "de")] == ["Begin", "Help"]
    assert shown.text("description", "es") == "Un bot"
    assert shown.text("short_description", "es") == "Bot"


async def test_errors_are_not_raised(bot: Api, phones: Any) -> None:
    """What cannot be published is left; the rest is, and the bot starts."""
    phones.playground.faults.add("setMyCommands", "500_before")
    phones.playground.faults.add("setMyDescription", "429")
    await publish(bot, {"": [("start", "Begin")], "es": [("start", "Empezar")]}, {"": "A bot"})
    assert phones.playground.world.profile.commands_for(1001, "es")
