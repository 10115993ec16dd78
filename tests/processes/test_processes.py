"""Real processes share one bot: a conversation goes through in order, whoever of them dies."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.errors import BetweenError
from bot.store import tables
from bot.store.database import DataLock, open_engine
from bot.store.offices import Office
from bot.wiring import Role, roles_of
from tests.cast import MAYA
from tests.faults.people import EXERCISE, NUMBERS, STEPS, Participant
from tests.faults.phones import Phones
from tests.faults.places import prepare
from tests.processes.crew import Crew, phones

Stage = tuple[Crew, aiohttp.ClientSession]


async def test_a_conversation_over_three_processes_whose_leader_is_killed(stage: Stage) -> None:
    """Two stand for the offices, two work. Maya goes through an exercise; then the leader is
    killed with -9, the other takes over, and fifty messages of Leo are handled in their order."""
    crew, http = stage
    maya = Participant(Phones(crew.playground).of(MAYA))
    for roles in ("poll,clock,sender", "poll,clock,sender,worker", "worker"):
        await crew.start(roles)
    leader = await crew.led(Office.SENDER)
    await asyncio.wait_for(maya.go_through(), 120)
    assert maya.acknowledged == len(STEPS)
    asked = [
        number for text in maya.phone.texts for number, part in enumerate(NUMBERS) if part in text
    ]
    assert asked == sorted(set(asked)), f"{EXERCISE} in order, nothing twice"
    leader = await crew.led(Office.POLL)
    _, leo = phones(http)
    await leo.say("/start")
    for number in range(25):
        await leo.say(f"word {number}")
    await crew.kill(leader)
    for number in range(25, 50):
        await leo.say(f"word {number}")
    assert await crew.led(Office.POLL, but=leader) in [each.pid for each in crew.processes]
    await asyncio.wait_for(_nothing_waits(crew), 120)
    causes = [_cause(key) for key in _replies(crew) if key.startswith("u")]
    assert causes == sorted(causes), "what was said first is answered first"
    assert len(set(causes)) >= 50


async def _nothing_waits(crew: Crew) -> None:
    """Until Telegram, the inbox and the outbox are empty."""
    engine = open_engine(crew.environment["DATABASE_URL"])
    live = select(tables.outbox.c.id).where(tables.outbox.c.status.in_(["pending", "sending"]))
    waiting = select(tables.inbox.c.update_id)
    quiet = 0
    while quiet < 3:
        with engine.connect() as connection:
            rows = [connection.execute(each.limit(1)).first() for each in (live, waiting)]
        busy = any(rows) or len(crew.playground.world.updates.pending) > 0
        quiet = 0 if busy else quiet + 1
        await asyncio.sleep(0.3)
    engine.dispose()


def _replies(crew: Crew) -> list[str]:
    """The keys of what was said to Leo, in the order in which it was queued."""
    engine = open_engine(crew.environment["DATABASE_URL"])
    o = tables.outbox
    with engine.connect() as connection:
        rows = connection.execute(select(o.c.participant_id, o.c.key).order_by(o.c.id)).all()
    engine.dispose()
    of = {row.participant_id: [r.key for r in rows if r.participant_id == row.participant_id]
          for row in rows}  # fmt: skip
    return max(of.values(), key=len)


def _cause(key: str) -> int:
    """The update a message answers: `u42.870000001.0`."""
    return int(key.split(".")[1])


def test_on_sqlite_a_second_process_is_refused(tmp_path: Path) -> None:
    """Over a real second process, in one sentence that says what to do; so are roles."""
    settings, environment = prepare(tmp_path, "http://127.0.0.1:9", "")

    async def second() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env={**environment, "NO_COLOR": "1"},
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), 120)
        return process.returncode, " ".join(said.decode().split())

    with DataLock(tmp_path / "data"):
        code, said = asyncio.run(second())
    assert code == 1
    assert said.startswith("Another Between (process ")
    assert said.endswith("Stop it first, or use PostgreSQL to run several.")
    with pytest.raises(BetweenError, match="On SQLite one process does everything: leave --role"):
        roles_of(["worker"]).check(settings)


ROLES: list[tuple[list[str], set[Role]]] = [
    ([], set(Role)),
    (["all"], set(Role)),
    (["poll,clock", "sender"], {Role.POLL, Role.CLOCK, Role.SENDER}),
    (["worker", " web "], {Role.WORKER, Role.WEB}),
]


@pytest.mark.parametrize(("asked", "found"), ROLES)
def test_roles_are_repeated_or_listed_and_none_is_everything(
    asked: list[str], found: set[Role]
) -> None:
    """Repeated, or several with commas; none at all is everything."""
    roles: Any = roles_of(asked)
    assert {each for each in Role if each in roles} - {Role.ALL} == found - {Role.ALL}


def test_an_unknown_role_is_refused() -> None:
    """With the ones there are."""
    with pytest.raises(BetweenError, match=r"no role clerk\. There are: all, poll, web, worker"):
        roles_of(["poll,clerk"])
