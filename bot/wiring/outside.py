"""What is asked of the outside besides the work itself: the mail server, Telegram who we are."""

from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.errors import BetweenError
from bot.mail.smtp import Server, Taken, carry, probe
from bot.telegram.app import make_bot
from bot.telegram.rates import UNLIMITED, Limit, Limits
from bot.wiring.clock import Clock


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
    return Limits(overall=Limit(rate, 5), patient=Limit(min(rate, 15), 3))


async def mail_answers(settings: Settings) -> str:
    """What is wrong with the mail server, as a code; "" if it answers."""
    server = mail_server(settings)
    assert server is not None
    outcome = await carry(server, probe(Clock()()))
    return "" if isinstance(outcome, Taken) else outcome.code


async def who_am_i(settings: Settings) -> str:
    """The bot's user name. Raises BetweenError in plain words when Telegram does not say it."""
    api = make_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url)
    try:
        return str((await api.call("getMe", {}, total=10))["username"])
    except InvalidToken:
        raise BetweenError(
            "Telegram refuses this token. Get the current one from @BotFather."
        ) from None
    except TelegramError:
        raise BetweenError("Telegram cannot be reached. Is this machine online?") from None
    finally:
        await api.shut()
