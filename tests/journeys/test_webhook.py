"""Telegram brings the updates instead of being asked for them, and back again."""

import socket

from bot.wiring import standing_webhook
from tests.journeys.conftest import Stage


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def test_from_polling_to_a_webhook_and_back(stage: Stage) -> None:
    """A conversation goes on by the webhook; without it, ours is taken away and polling goes on."""
    await stage.maya.say("/start")
    await stage.maya.reads("")
    await stage.drop_curtain()
    polling, port = stage.settings, _free_port()
    address = f"http://127.0.0.1:{port}"
    stage.settings = polling.model_copy(update={"webhook_url": address, "web_port": port})
    await stage.raise_curtain()
    await stage.maya.say("/menu")
    await stage.maya.reads("What would help right now?")
    standing = await standing_webhook(stage.settings)
    assert not standing.foreign
    assert standing.told == f"ours, at {address}; 0 wait"
    await stage.drop_curtain()
    stage.settings = polling
    await stage.maya.say("/menu")
    await stage.raise_curtain()
    await stage.maya.reads("What would help right now?")
    assert (await standing_webhook(polling)).url == ""
    assert stage.called.count("deleteWebhook") == 1
