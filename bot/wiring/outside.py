"""What is asked of the outside besides the work itself: the mail server, Telegram who we are."""

from dataclasses import dataclass
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.smtp import Server, Taken, carry, probe
from bot.store.master_key import load_master_key
from bot.store.vault import Vault
from bot.telegram.app import make_bot
from bot.telegram.rates import BURST, UNLIMITED, Limit, Limits
from bot.telegram.webhook import Whose, whose
from bot.wiring.clock import Clock
from bot.wiring.web import place_of


def mail_server(settings: Settings) -> Server | None:
    """Where e-mail goes out; None where the programme set none up."""
    if not settings.smtp_host:
        return None
    return Server(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password.get_secret_value(),
        settings.smtp_from,
        settings.smtp_starttls,
    )


def limits(settings: Settings) -> Limits:
    """Telegram's limits with some headroom; a rate of 0 lifts them all (benchmarks only)."""
    rate = settings.sends_per_second
    if rate == 0:
        return UNLIMITED
    return Limits(overall=Limit(rate, BURST), patient=Limit(min(rate, 15), 3))


async def mail_answers(settings: Settings) -> str:
    """What is wrong with the mail server, as a code; "" if it answers."""
    server = mail_server(settings)
    assert server is not None
    outcome = await carry(server, probe(Clock()()))
    return "" if isinstance(outcome, Taken) else outcome.code


@dataclass(frozen=True, slots=True)
class Standing:
    """The webhook at Telegram: its address, whether it is not ours, how many updates wait."""

    url: str
    foreign: bool
    waiting: int
    problem: str

    @property
    def below(self) -> str:
        """The address as WEBHOOK_URL names it, without the path of ours that nobody needs to see;
        empty where there is none."""
        return self.url.rpartition("/telegram/")[0] or self.url

    @property
    def told(self) -> str:
        """In one line."""
        if not self.url:
            return f"none, updates are fetched; {self.waiting} wait"
        if self.foreign:
            return f"not ours: {self.url}; {self.waiting} wait"
        trouble = f"; Telegram says: {self.problem}" if self.problem else ""
        return f"ours, at {self.below}; {self.waiting} wait{trouble}"


async def standing_webhook(settings: Settings) -> Standing:
    """Whose webhook stands. Raises BetweenError in plain words when Telegram does not say it."""
    info = await _asked(settings, "getWebhookInfo")
    vault = Vault(load_master_key(settings.master_key_file))
    url = str(info.get("url") or "")
    foreign = whose(url, place_of(settings, vault).path) is Whose.FOREIGN
    problem = str(info.get("last_error_message") or "")
    return Standing(url, foreign, int(info.get("pending_update_count") or 0), problem)


async def remove_webhook(settings: Settings) -> None:
    """Whatever webhook stands is gone; what waits is kept."""
    await _asked(settings, "deleteWebhook")


async def who_am_i(settings: Settings) -> str:
    """The bot's user name. Raises BetweenError in plain words when Telegram does not say it."""
    return str((await _asked(settings, "getMe"))["username"])


def bot_id_of(settings: Settings) -> int:
    """The bot's id, as its token says it. Raises BetweenError where there is none in it."""
    token = settings.bot_token.get_secret_value()
    if not token:
        raise BetweenError("BOT_TOKEN is missing. Get one from @BotFather and put it in .env.")
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret):
        raise BetweenError(
            "BOT_TOKEN is no token: one looks like 123456:ABC-DEF. Copy it whole from @BotFather."
        )
    return int(number)


async def _asked(settings: Settings, method: str) -> Any:
    token = settings.bot_token.get_secret_value()
    bot_id_of(settings)
    api = make_bot(token, settings.telegram_api_url)
    try:
        return await api.call(method, {}, total=10)
    except InvalidToken:
        raise BetweenError(
            "Telegram refuses this token. Get the current one from @BotFather."
        ) from None
    except TelegramError:
        raise BetweenError("Telegram cannot be reached. Is this machine online?") from None
    finally:
        await api.shut()
