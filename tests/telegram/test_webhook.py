"""Whose webhook stands at Telegram: ours is set and taken away, a foreign one only ever told of."""

from typing import Any

import pytest

from bot.store.rivals import Rival
from bot.telegram.handling import Health
from bot.telegram.webhook import Webhook, Whose, whose
from tests.telegram.conftest import utc_now

PATH = "/telegram/ours"
OURS, FOREIGN = f"http://127.0.0.1:9{PATH}", "http://127.0.0.1:9/telegram/theirs"
WHOSE = [
    ("", Whose.NOBODY),
    (OURS, Whose.OURS),
    (f"https://elsewhere.example{PATH}", Whose.OURS),
    (FOREIGN, Whose.FOREIGN),
]


class Desk:
    """Notes who else receives."""

    def __init__(self) -> None:
        self.rivals: list[Rival] = []

    async def tell(self, rival: Rival) -> None:
        """Somebody does."""
        self.rivals.append(rival)


@pytest.fixture
def desk() -> Desk:
    """A desk."""
    return Desk()


def webhook(bot: Any, desk: Desk, address: str = "http://127.0.0.1:9") -> Webhook:
    """Ours, looked after quickly."""
    return Webhook(
        bot,
        path=PATH,
        address=address,
        secret="s" * 32,
        health=Health(),
        clock=utc_now,
        on_rival=desk.tell,
        every=0.05,
        patience=0.02,
    )


async def stands(bot: Any) -> str:
    """The address Telegram brings updates to."""
    return str((await bot.call("getWebhookInfo", {}))["url"])


@pytest.mark.parametrize(("url", "owner"), WHOSE)
def test_our_webhook_is_known_by_its_path(url: str, owner: Whose) -> None:
    """Ours is known by its path, wherever we served it before."""
    assert whose(url, PATH) is owner


async def test_the_webhook_is_set_at_the_start_and_when_it_is_gone(
    bot: Any, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """It is set at the start with its secret, and again when it is gone; nothing is dropped."""
    async with at_work(webhook(bot, desk).keep()):
        await eventually(lambda: phones.called("setWebhook"))
        await bot.call("deleteWebhook", {})
        await eventually(lambda: len(phones.called("setWebhook")) == 2)
    assert await stands(bot) == OURS
    for call in phones.called("setWebhook"):
        assert call["secret_token"] == "s" * 32
        assert "drop_pending_updates" not in call
    assert desk.rivals == []


async def test_troubles_pass(bot: Any, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:  # fmt: skip
    """Whatever Telegram answers in between, it stands in the end."""
    for fault in ("500_before", "404", "502_after"):
        phones.playground.faults.add("*", fault)
    async with at_work(webhook(bot, desk).keep()):
        await eventually(lambda: phones.called("setWebhook"))
    assert await stands(bot) == OURS


async def test_a_foreign_one_is_never_overwritten(
    bot: Any, phones: Any, desk: Desk, eventually: Any, at_work: Any
) -> None:
    """It is told of for as long as it stands; once it is gone, ours is set."""
    await bot.call("setWebhook", {"url": FOREIGN})
    async with at_work(webhook(bot, desk).keep()):
        await eventually(lambda: len(desk.rivals) >= 2)
        assert await stands(bot) == FOREIGN
        await bot.call("deleteWebhook", {})
        await eventually(lambda: len(phones.called("setWebhook")) == 2)
    assert await stands(bot) == OURS
    assert set(desk.rivals) == {Rival.FOREIGN_WEBHOOK}


async def test_what_is_in_the_way_of_polling(bot: Any, desk: Desk) -> None:
    """A webhook of ours from before goes; a foreign one stays; without any it is a second copy."""
    ours = webhook(bot, desk, address="")
    await bot.call("setWebhook", {"url": f"http://localhost:1{PATH}"})
    assert await ours.in_the_way()
    assert await stands(bot) == ""
    assert desk.rivals == []
    assert not await ours.in_the_way()
    assert desk.rivals == [Rival.SECOND_COPY]
    await bot.call("setWebhook", {"url": FOREIGN})
    assert not await ours.in_the_way()
    assert await stands(bot) == FOREIGN
    assert desk.rivals == [Rival.SECOND_COPY, Rival.FOREIGN_WEBHOOK]
