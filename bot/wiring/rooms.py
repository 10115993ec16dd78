"""What runs while a house stands: every room this process has the role for, until it is told."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.building import building
from bot.errors import DatabaseAway
from bot.store import updates
from bot.store.offices import Office
from bot.telegram.name import ask_name
from bot.usecases import left_out
from bot.wiring.leading import Room, lead
from bot.wiring.publishing import tell_telegram
from bot.wiring.roles import Role
from bot.wiring.vitals import tell
from bot.wiring.web import Way, serve

if TYPE_CHECKING:
    from bot.wiring.house import House

_log = structlog.get_logger(__name__)
SETTLED = 1.0
"""Seconds after which a start has done what could not wait, and nobody is kept from it."""
GRACE = 10.0
"""Seconds that messages in flight get when the process is asked to stop."""


async def keep_running(house: "House", stopped: asyncio.Event) -> None:
    """All rooms, until `stopped` is set; then nothing new begins, and what is in flight arrives."""
    async with asyncio.TaskGroup() as rooms:
        standing = rooms.create_task(house.offices.run(), name="offices")
        running = [rooms.create_task(room, name=name) for name, room in _rooms(house).items()]
        sending = rooms.create_task(_send(house), name="sending")
        await stopped.wait()
        for task in running:
            task.cancel()
        await house.way_out.sender.drain(GRACE)
        sending.cancel()
        await asyncio.wait([sending, *running])
        standing.cancel()


async def _send(house: "House") -> None:
    """All that waits for servers of others: messages, files, e-mails."""
    if Office.SENDER in house.roles.offices(house.settings):
        rooms: dict[str, Room] = {
            "sender": house.way_out.sender.run,
            "fetch": house.way_in.fetch.run,
        }
        if house.way_out.postman is not None:
            rooms["postman"] = house.way_out.postman.run
        await lead(house.offices, Office.SENDER, rooms, partial(house.way_out.sender.drain, GRACE))


def _rooms(house: "House") -> dict[str, Coroutine[Any, Any, None]]:
    """What runs here besides sending; what only one process may do, whenever we are that."""
    rooms: dict[str, Coroutine[Any, Any, None]] = {"name": _learn_name(house)}
    if house.bell is not None:
        rooms["bell"] = house.bell.run()
    offices = house.roles.offices(house.settings)
    if Office.POLL in offices:
        receiving: dict[str, Room] = {
            "receive": partial(_receive, house),
            "publish": partial(tell_telegram, house.bot, house.kit.words),
        }
        rooms["poll"] = lead(house.offices, Office.POLL, receiving)
    if Office.CLOCK in offices:
        ticking: dict[str, Room] = {
            "heartbeat": house.heartbeat.run,
            "left_out": partial(_tell_left_out, house),
        }
        rooms["clock"] = lead(house.offices, Office.CLOCK, ticking)
    if Role.WORKER in house.roles:
        rooms["acks"] = house.way_in.acks.run()
        if not house.settings.is_sqlite:
            rooms["working"] = house.way_in.working.run()
    if house.web is not None:
        rooms["web"] = _serve(house)
    rooms["pulse"] = house.pulse.run()
    rooms["rules"] = _make_rules(house)
    if house.settings.metrics_port is not None:
        rooms["vitals"] = tell(house.settings, house.clock, house.counts)
    return rooms


async def _receive(house: "House") -> None:
    """From Telegram, one way or the other; first whatever an inbox holds from before."""
    if house.roles.everything and not house.settings.is_sqlite:
        await house.way_in.working.finish()
    await (house.way_in.webhook.keep() if house.settings.webhook_url else house.way_in.poll.run())


async def _serve(house: "House") -> None:
    assert house.web is not None
    assert house.kit.pages is not None
    hook = None
    if house.settings.webhook_url:
        hook = Way(house.way_in.place, house.way_in.intake.offer, partial(_bury, house))
    await serve(
        *(house.web, house.kit.pages, house.database, house.kit),
        links=house.documents,
        clock=house.clock,
        wake=house.wake,
        way=hook,
    )


async def _bury(house: "House", code: str) -> None:
    """Something came by the webhook that is no update."""
    now = house.clock()
    try:
        await house.database.run(
            lambda session: updates.bury(session, house.bot_id, 0, "other", code, now)
        )
    except SQLAlchemyError as error:
        raise DatabaseAway(DatabaseAway.__doc__) from error


async def _make_rules(house: "House") -> None:
    """The rules of the risk screen, before somebody has to wait for them."""
    await asyncio.sleep(SETTLED)
    with building():
        await asyncio.to_thread(house.kit.screening)


async def _learn_name(house: "House") -> None:
    house.kit.bot.username = await ask_name(house.bot)


async def _tell_left_out(house: "House") -> None:
    """The leads hear which exercises could not be read."""
    told = partial(left_out.tell, kit=house.kit, now=house.clock())
    try:
        wrote = await house.database.run(told)
    except SQLAlchemyError as error:  # the next start tells it
        _log.error("leads_not_told", error=type(error).__name__)
        return
    if wrote:
        house.wake()
