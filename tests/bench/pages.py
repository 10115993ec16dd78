"""How long the therapists' pages take with 200 people and a year behind them, over real HTTP.

`BENCH_PAGES` names a folder in which the made-up programme is kept between two runs.
"""

import asyncio
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

import aiohttp
from sqlalchemy import func, select
from sqlmodel import Session

from bot.cli.demo import CAST, ELSEWHERE, TOKEN, _crowd, _enrol_cast, settings_for
from bot.cli.made_up import year
from bot.cli.made_up.year import Size
from bot.config import Settings
from bot.playground import Playground
from bot.store import groups, members, past_runs, staff, staff_sessions, tables
from bot.store.staff import Role
from bot.store.vault import Vault
from bot.web.office import keys
from bot.wiring import Clock, House
from tests.bench.house import begin

SIZE = Size(int(os.environ.get("BENCH_PEOPLE", "200")), int(os.environ.get("BENCH_DAYS", "365")))
TIMES, SLOW_TIMES = 40, 10
A_SESSION = 40
"""Requests made with one session; more than sixty a minute are refused."""
SESSIONS = 40
NOBODY = "http://127.0.0.1:9"
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Ids:
    """What the pages are asked about, and the secrets of sessions that are signed in."""

    group: UUID
    people: tuple[UUID, ...]
    entries: tuple[tuple[UUID, UUID], ...]
    therapist: tuple[str, ...]
    lead: tuple[str, ...]


def bench() -> str:
    """What half and 95 % of the answers to each page took, what the process holds, and how long
    it took to make all of it up. On a busy machine, look at the seconds of CPU."""
    with _folder() as folder:
        settings = settings_for(folder, NOBODY)
        told = _made(settings)
        ids = _ids(settings)
        return f"{told}\n" + asyncio.run(_measured(settings, ids))


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("BENCH_PAGES")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
        return
    with TemporaryDirectory(prefix="between-bench-") as folder:
        yield Path(folder)


def _made(settings: Settings) -> str:
    """Makes the programme up, unless it is there from a run before."""
    house = House(settings.model_copy(update={"web_port": None}))
    began = perf_counter()
    made = house.database.call(partial(_enrol_cast, house, size=SIZE))
    two_weeks = perf_counter() - began
    if made:
        year.bring_in(house.database, house.kit, SIZE, made, house.clock(), lambda: None)
    took = perf_counter() - began
    entries, answers = house.database.call(_counted)
    house.closing.close()
    size = sum(each.stat().st_size for each in settings.data_dir.iterdir() if each.is_file())
    made_in = f"made up in {took:.0f} s (the demo's two weeks: {two_weeks:.2f} s)"
    return (
        f"{SIZE.people} people, {SIZE.days} days, {entries:,} entries, {answers:,} answers, "
        f"{size / 2**20:.0f} MB {made_in if made else 'from a run before'}"
    )


def _counted(session: Session) -> tuple[int, int]:
    def many(table: object) -> int:
        count = select(func.count()).select_from(table)  # type: ignore[arg-type] # a Core table
        return int(session.connection().execute(count).scalar_one())

    return many(tables.run), many(tables.answer)


def _ids(settings: Settings) -> Ids:
    house = House(settings.model_copy(update={"web_port": None}))
    found: Ids = house.database.call(partial(_found, vault=house.kit.vault))
    house.closing.close()
    return found


def _found(session: Session, vault: Vault) -> Ids:
    """Dr Rivera's first large group, the people in it, their newest thought records."""
    now = Clock()()
    everybody = {each.name: each for each in staff.everybody(session, vault)}
    lead = everybody.get("Lead") or staff.add_staff(session, vault, "Lead", Role.LEAD, now)
    group = next(each for each in groups.groups(session) if each.name == "Group 01")
    people = tuple(each.person for each in members.of_group(session, vault, group.id))[:-1]
    entries = [
        (person, each.id)
        for person in people
        for each in past_runs.history(session, vault, person, limit=3, exercise="cbt.thought7")
    ]

    def signed_in(who: UUID) -> tuple[str, ...]:
        secrets = tuple(keys.new() for _ in range(SESSIONS))
        for secret in secrets:
            staff_sessions.begin(session, who, keys.hashed(secret), "bench", now)
        return secrets

    therapist = signed_in(everybody["Dr Rivera"].id)
    return Ids(group.id, people, tuple(entries), therapist, signed_in(lead.id))


def _pages(ids: Ids) -> dict[str, list[str]]:
    group = f"/office/groups/{ids.group}"
    return {
        "today": ["/office"],
        "group": [group],
        "person": [f"/office/people/{each}" for each in ids.people],
        "entry": [f"/office/people/{person}/entries/{run}" for person, run in ids.entries],
        "brief": [f"{group}/brief"],
        "room": [f"{group}/room"],
        "board": ["/office/board"],
        "pairs": ["/office/pairs"],
        "alerts": ["/office/alerts"],
        "library": ["/office/library"],
        "record": ["/office/record"],
    }


def _papers(ids: Ids) -> list[tuple[str, str, dict[str, str]]]:
    """The PDFs: name, page, form."""
    today = Clock()().date()
    days = {"since": str(today - timedelta(days=6)), "until": str(today)}
    why = {"reason": "Measuring how long it takes.", **days}
    of_group = {"what": "brief", "whom": f"group:{ids.group}", **why}
    of_person = f"/office/people/{ids.people[0]}/export"
    return [
        ("brief PDF", "/office/export", of_group),
        ("week PDF", of_person, {"what": "week", **why}),
    ]


async def _measured(settings: Settings, ids: Ids) -> str:
    people = (*CAST, *ELSEWHERE, *_crowd(SIZE))
    stage = Playground(people=people, token=TOKEN, fast=True, first_id=1_000_000)
    await stage.start()
    port = _free_port()
    environment = {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": stage.url,
        "DATA_DIR": str(settings.data_dir),
        "MASTER_KEY_FILE": str(settings.master_key_file),
        "LOG_LEVEL": "WARNING",
        "WEB_PORT": str(port),
        "SECOND_FACTOR": "off",
        "SENDS_PER_SECOND": "0",
    }
    process = await begin(environment)
    try:
        async with aiohttp.ClientSession(base_url=f"http://127.0.0.1:{port}") as http:
            await _answers(http)
            before = _holds(process.pid)
            hers = _Browser(http, ids.therapist, process.pid)
            leads = _Browser(http, ids.lead, process.pid)
            lines = [await _timed(hers, name, pages) for name, pages in _pages(ids).items()]
            lines.append(await _timed(leads, "today (lead)", ["/office"]))
            lines += [await _timed(hers, name, [page], form) for name, page, form in _papers(ids)]
            after = _holds(process.pid)
    finally:
        process.terminate()
        await process.wait()
        await stage.stop()
    return "\n".join((*lines, f"the process holds {before} MB before and {after} MB after"))


async def _answers(http: aiohttp.ClientSession) -> None:
    """Waits until the pages are served."""
    for _ in range(LONGEST * 10):
        try:
            async with http.get("/sign-in", allow_redirects=False) as answer:
                if answer.status < 500:
                    return
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.1)
    raise RuntimeError("the pages did not come up")


class _Browser:
    """Somebody signed in. It has state: after some requests it goes on with another session."""

    def __init__(self, http: aiohttp.ClientSession, secrets: tuple[str, ...], process: int) -> None:
        self._http = http
        self._secrets = secrets
        self._made = 0
        self.process = process

    async def ask(self, page: str, form: dict[str, str] | None = None) -> tuple[int, int, float]:
        """Status, size and seconds of one page, or of what a form on it answers."""
        secret = self._secrets[self._made // A_SESSION % len(self._secrets)]
        self._made += 1
        headers = {"Cookie": f"{keys.Cookie(tls=False).name}={secret}"}
        data = None
        if form is not None:
            headers |= {"Sec-Fetch-Site": "same-origin"}
            data = form | {"csrf": keys.csrf(secret)}
        method = "GET" if data is None else "POST"
        before = perf_counter()
        async with self._http.request(
            method, page, headers=headers, data=data, allow_redirects=False
        ) as answer:
            size = len(await answer.read())
        return answer.status, size, perf_counter() - before


async def _timed(
    browser: _Browser, name: str, pages: list[str], form: dict[str, str] | None = None
) -> str:
    found = []
    await browser.ask(pages[0], form)  # what the first one has to fetch is said elsewhere
    cpu = _cpu(browser.process)
    for number in range(max(TIMES, len(pages)) if form is None else SLOW_TIMES):
        found.append(await browser.ask(pages[number % len(pages)], form))
        if found[-1][0] != 200:
            return f"{name:>14}: answers {found[-1][0]}"
    cpu = (_cpu(browser.process) - cpu) / len(found)
    times = sorted(seconds for _, _, seconds in found)
    p95, largest = times[int(len(times) * 0.95)], max(size for _, size, _ in found)
    return (
        f"{name:>14}: p50 {median(times) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
        f"{cpu * 1000:.0f} ms of CPU ({len(times)} requests, {largest / 1024:.0f} KB)"
    )


def _cpu(process: int) -> float:
    """Seconds on a processor of a process so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _holds(process: int) -> int:
    """Megabytes of memory that are the process's own and in use (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


if __name__ == "__main__":
    print(bench(), file=sys.stdout)
