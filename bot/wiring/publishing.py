"""What Telegram shows of the bot before anybody writes: its commands and what it says of itself."""

from bot.messages.words import Words
from bot.telegram.app import Api
from bot.telegram.commands import publish

COMMANDS = (
    "start",
    "menu",
    "urge",
    "toolbox",
    "workshops",
    "help",
    "plan",
    "partner",
    "cancel",
    "progress",
    "history",
    "language",
    "settings",
    "pause",
    "who",
    "export",
    "privacy",
    "delete_me",
)


async def tell_telegram(bot: Api, words: Words) -> None:
    """In every language, and in English for all others."""
    listed = {
        language: [(name, words.word(language, f"commands.{name}")) for name in COMMANDS]
        for language in words.languages
    }
    about = {each: words.word(each, "description") for each in words.languages}
    short = {each: words.word(each, "short_description") for each in words.languages}
    await publish(
        bot,
        {"": listed["en"], **listed},
        {"": about["en"], **about},
        {"": short["en"], **short},
    )
