"""How the bot is can be asked from outside: ages and counts, no ids, no words, in nobody's way."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.playground import Person, Playground
from bot.store import dues, outbox, tables, updates, vitals
from bot.store.database import open_engine, open_reader
from bot.store.outbox import Kind, Letter
from bot.store.vitals import Vitals
from bot.store.watching import troubles
from bot.web.vitals import Vital, make_app
from tests.cli.terminal import TOKEN, between, set_up
from tests.operate.world import ANN, NOW, World

PARTS = ("poll", "clock", "sender")
LATER = NOW + timedelta(minutes=10)


def _look(world: World, now: datetime) -> Vitals:
    engine = open_reader(world.url)
    found = vitals.look(engine, now)
    engine.dispose()
    return found


def _alive(session: Session, at: datetime = NOW) -> None:
    for part in PARTS:
        vitals.note(session, part, at, "host.7")


def _waiting(session: Session, world: World, person: UUID) -> None:
    """A reply that was tried, a check-in for later, an alert in flight, two of unknown fate."""
    for key, kind, at in (
        ("reply", Kind.REPLY, NOW + timedelta(minutes=9)),
        ("later", Kind.CHECKIN, LATER + timedelta(minutes=7)),
        ("alert", Kind.ALERT, NOW + timedelta(minutes=8)),
        ("nudge.1", Kind.NUDGE, NOW),
        ("nudge.2", Kind.NUDGE, NOW),
    ):
        letter = Letter(key, person, kind, "{}", not_before=at)
        outbox.enqueue(session, world.vault, letter, NOW)
    rows, row = update(tables.outbox), tables.outbox.c.key
    for statement in (
        rows.where(row == "reply").values(attempts=1),
        rows.where(row == "alert").values(status="sending"),
        rows.where(row.like("nudge%")).values(status="uncertain"),
    ):
        session.connection().execute(statement)


def _more(session: Session, person: UUID) -> None:
    """Something due, an update that was buried, an alert that nobody took."""
    dues.set_due(session, person, "checkin", None, None, NOW, "d", NOW)
    dues.set_due(session, person, "checkin", None, None, LATER + timedelta(days=1), "e", NOW)
    waits = {"bot_id": 42, "update_id": 8, "lane": b"l", "kind": "message", "attempts": 0}
    waits |= {"sealed_update": b"x", "not_before": NOW, "received_at": NOW + timedelta(minutes=1)}
    session.connection().execute(insert(tables.inbox), waits)
    updates.bury(session, 42, 7, "message", "KeyError", NOW)
    alert = {"id": person, "participant_id": person, "tier": "crisis", "source": "words"}
    session.connection().execute(
        insert(tables.alert),
        alert | {"sealed_detail": b"x", "opened_at": NOW, "latest_at": NOW, "state": "open"}
        | {"told": "queued", "level": 0, "not_meant": False},
    )  # fmt: skip


def _fill(world: World) -> None:
    person = world.welcome(ANN)
    world.do(_alive)
    world.do(partial(_waiting, world=world, person=person))
    world.do(partial(_more, person=person))


def test_ages_and_counts(world: World) -> None:
    """What was tried is as old as it is; what waits for its moment does not age before it."""
    _fill(world)
    found = _look(world, LATER)
    assert found.parts == dict.fromkeys(PARTS, 600.0)
    assert found.leaders == dict.fromkeys(PARTS, "host.7")
    assert found.inbox == 540.0
    assert found.due == 600.0
    assert found.outbox == {
        Kind.ALERT: 120.0,
        Kind.REPLY: 600.0,
        Kind.CHECKIN: 0.0,
        Kind.NUDGE: 0.0,
        Kind.BULK: 0.0,
    }
    assert {which: many for which, many in found.trouble.items() if many} == {
        ("uncertain", Kind.NUDGE): 2
    }
    assert (found.dead, found.alerts["open"], found.alerts["taken"]) == (1, (1, 600.0), (0, 0.0))


@asynccontextmanager
async def asked(
    url: str, clock: Callable[[], datetime], steady: Callable[[], float] = lambda: 0.0
) -> AsyncIterator[TestClient]:  # type: ignore[type-arg] # aiohttp's own arguments are of no interest
    """Whoever asks a bot on this database."""
    engine = open_reader(url)
    vital = Vital(engine, clock, steady, lambda: {"received": 3})
    async with TestClient(TestServer(make_app(vital))) as client:
        yield client
    engine.dispose()


async def test_metrics_say_no_ids_and_no_words(world: World) -> None:
    """Prometheus can read all of it; whoever is here, what they wrote and their keys are not in."""
    _fill(world)
    async with asked(world.url, lambda: LATER) as client, client.get("/metrics") as answer:
        text = await answer.text()
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["between_part_age_seconds", "poll"] == 600
    assert found["between_outbox_age_seconds", "reply"] == 600
    assert found["between_messages", "nudge", "uncertain"] == 2
    assert found["between_alerts", "open"] == 1
    assert found["between_leader", "clock", "host.7"] == 1
    assert found["between_process", "received"] == 3
    assert found["between_database_up",] == 1
    assert str(ANN) not in text
    assert "KeyError" not in text
    labels = {value for name, *values in found for value in values}
    assert all(len(each) < 32 for each in labels)


POLLS = [(0, 200), (179, 200), (181, 503)]


@pytest.mark.parametrize(("seconds", "status"), POLLS)
async def test_health_is_the_age_of_the_last_poll(world: World, seconds: int, status: int) -> None:
    """Three minutes without a word from Telegram are too many."""
    world.do(_alive)
    now = NOW + timedelta(seconds=seconds)
    async with asked(world.url, lambda: now) as client, client.get("/healthz") as answer:
        told = await answer.json()
    assert answer.status == status
    assert told == {"well": status == 200, "database": True, "seconds_since_poll": seconds}


async def test_health_says_when_the_database_is_away(tmp_path: Path) -> None:
    """503 and nothing raised; the metrics say so in a figure."""
    async with asked(f"sqlite:///{tmp_path / 'gone.db'}", lambda: NOW) as client:
        async with client.get("/healthz") as answer:
            assert answer.status == 503
            assert (await answer.json())["database"] is False
        async with client.get("/metrics") as answer:
            assert "between_database_up 0.0" in await answer.text()


async def test_a_bot_that_never_polled_is_not_well(world: World) -> None:
    """Before the first word from Telegram nobody knows whether the token works."""
    async with asked(world.url, lambda: NOW) as client, client.get("/healthz") as answer:
        assert answer.status == 503


async def test_looking_waits_for_nobody_who_writes(world: World) -> None:
    """While somebody holds the only write lock, both addresses answer."""
    world.do(_alive)
    engine = open_engine(world.url)
    with engine.begin() as writing:
        writing.execute(update(tables.participant).values(language="es"))
        async with asked(world.url, lambda: NOW) as client:
            for way in ("/healthz", "/metrics"):
                async with asyncio.timeout(4), client.get(way) as answer:
                    assert answer.status == 200
    engine.dispose()


def test_nobody_who_writes_waits_for_a_look(world: World) -> None:
    """While somebody looks, and takes their time, people are welcomed as always."""
    engine = open_reader(world.url)
    with engine.connect() as looking:
        looking.execute(select(tables.participant.c.id)).all()
        world.welcome(ANN + 100)
        assert world.knows(ANN + 100)
    engine.dispose()


def test_a_look_can_change_nothing(world: World) -> None:
    """Neither database lets that connection write."""
    engine = open_reader(world.url)
    with engine.connect() as looking, pytest.raises(DBAPIError):
        looking.execute(update(tables.participant).values(language="es"))
    engine.dispose()


async def test_asking_often_costs_one_look(world: World) -> None:
    """What was seen serves everybody for five seconds."""
    world.do(_alive)
    moments = iter([NOW, NOW + timedelta(seconds=20)])
    steady = [0.0]
    async with asked(world.url, lambda: next(moments), lambda: steady[0]) as client:
        ages = []
        for steady[0] in (0.0, 4.0, 4.9, 6.0):
            async with client.get("/healthz") as answer:
                ages.append((await answer.json())["seconds_since_poll"])
    assert ages == [0, 0, 0, 20]


def test_what_is_found_uses_an_index(world: World) -> None:
    """Messages that were sent are many; those in trouble are found without reading them."""
    if not world.url.startswith("sqlite"):
        pytest.skip("PostgreSQL plans by what a table holds, and here it holds nothing")
    plan = world.do(
        lambda session: (
            session.connection()
            .exec_driver_sql(
                "EXPLAIN QUERY PLAN SELECT status, kind, count(*) FROM outbox"
                f" WHERE {tables.TROUBLE} GROUP BY status, kind"
            )
            .all()
        )
    )
    assert "ix_outbox_trouble" in str(plan)


JUDGED = [
    ({}, []),
    ({"parts": {"poll": 200.0, "clock": 1.0, "sender": 1.0}}, ["poll"]),
    ({"parts": {"poll": 1.0}}, ["clock", "sender"]),
    ({"inbox": 121.0}, ["inbox"]),
    ({"outbox": {Kind.ALERT: 121.0}}, ["outbox.alert"]),
    ({"outbox": {Kind.CHECKIN: 700.0, Kind.REPLY: 301.0}}, ["outbox.reply"]),
    ({"due": 301.0, "mail": 901.0}, ["due", "mail"]),
    ({"alerts": {"open": (2, 3601.0)}, "due": 400.0}, ["alert", "due"]),
    ({"alerts": {"open": (2, 3000.0), "taken": (1, 9e5)}}, []),
]


@pytest.mark.parametrize(("facts", "codes"), JUDGED)
def test_what_counts_as_trouble(facts: dict[str, object], codes: list[str]) -> None:
    """The gravest first; a wave of check-ins at nine is none."""
    well = {"parts": dict.fromkeys(PARTS, 1.0), "leaders": {}}
    assert [each.code for each in troubles(Vitals(**(well | facts)))] == codes  # type: ignore[arg-type] # a table of facts
    assert [each.code for each in troubles(None)] == ["database"]


async def test_a_running_bot_is_well_and_says_so(tmp_path: Path) -> None:
    """As an operator starts it, before anybody writes: /healthz turns 200 by itself, long before an
    orchestrator loses patience; the watch finds nothing; killed, only the watch says so."""
    playground = Playground(people=[Person(ANN, "Ann")], token=TOKEN)
    await playground.start()
    set_up(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "CACHE_DIR", "HOME")
           if name in os.environ}  # fmt: skip
    env |= {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": playground.url, "METRICS_PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), cwd=tmp_path, env=env, stderr=asyncio.subprocess.PIPE
    )
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        status, looks = 0, 0
        while status != 200 and process.returncode is None:
            await asyncio.sleep(0.2)
            try:
                async with http.get("/healthz") as answer:
                    status, looks = answer.status, looks + 1
            except aiohttp.ClientConnectionError:
                continue
        async with http.get("/metrics") as answer:
            text = await answer.text()
    watch = partial(between, tmp_path, "doctor", "--watch", "--once")
    seen = await asyncio.to_thread(watch)
    process.send_signal(signal.SIGTERM)
    _, said = await process.communicate()
    await playground.stop()
    assert process.returncode == 0, said.decode()
    assert looks < 10 / 0.2
    assert 'between_part_age_seconds{part="poll"}' in text
    assert seen.returncode == 0, seen.stderr
    (tmp_path / "data" / "between.db").unlink()
    gone = await asyncio.to_thread(watch)
    assert gone.returncode == 1
    assert "database cannot be read" in gone.stderr


def test_every_trouble_has_its_line_in_the_handbook() -> None:
    """Whoever is woken by a code finds what to do about it."""
    bad = Vitals({}, {}, 1e9, 1e9, dict.fromkeys(Kind, 1e9), 1e9, alerts={"open": (1, 1e9)})
    handbook = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
    table = [line for line in handbook.splitlines() if line.startswith("| `")]
    codes = {each.code for each in (*troubles(bad), *troubles(None))}
    assert len(codes) == 13
    assert not {code for code in codes if not any(f"`{code}`" in line for line in table)}


COUNTED = "messages_"
"""What the sender counts is told under this, and written nowhere in one piece."""
THEIRS = {"archive_command", "pg_dump"}
"""Names of PostgreSQL's."""


def test_whatever_the_handbook_tells_to_look_for_is_there() -> None:
    """A line of the log under another name is looked for in vain, on the worst day."""
    top = Path(__file__).parents[2]
    handbook = (top / "docs" / "operating.md").read_text()
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", handbook)) - THEIRS
    code = "\n".join(each.read_text() for each in (top / "bot").rglob("*.py"))
    assert len(named) > 10
    assert not {each for each in named if each.removeprefix(COUNTED) not in code}
