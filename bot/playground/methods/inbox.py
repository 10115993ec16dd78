"""How the bot receives: getUpdates and the webhook."""

from typing import Any

from bot.playground.call import Call
from bot.playground.message import Json
from bot.playground.registry import method
from bot.playground.world import World


@method("getUpdates")
async def get_updates(world: World, call: Call) -> list[Json]:
    """What is new; an offset confirms everything below it."""
    world.updates.allow(call.params.get("allowed_updates"))
    limit = min(max(call.whole("limit", 100), 1), 100)
    timeout = max(call.whole("timeout"), 0)
    batch = await world.updates.poll(call.whole("offset"), limit, timeout)
    batch = world.faults.spoil(batch)
    for body in batch:
        world.updates.served(body)
    return batch


@method("setWebhook")
async def set_webhook(world: World, call: Call) -> bool:
    """Push updates to a loopback address; an empty url ends it."""
    if not call.words("url"):
        return await delete_webhook(world, call)
    world.webhook.check(call.words("url"), call.words("secret_token"))
    world.updates.allow(call.params.get("allowed_updates"))
    if call.flag("drop_pending_updates"):
        world.updates.forget_all()
    await world.webhook.start(call.words("url"), call.words("secret_token"))
    return True


@method("deleteWebhook")
async def delete_webhook(world: World, call: Call) -> bool:
    """Back to getUpdates."""
    await world.webhook.stop()
    if call.flag("drop_pending_updates"):
        world.updates.forget_all()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _call: Call) -> dict[str, Any]:
    """Where updates go, how many wait, and what went wrong last."""
    world.updates.drop_expired()
    info: dict[str, Any] = world.webhook.info() | {
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
