"""The therapists' pages at work, without a chat: a real database, real HTTP, and browsers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import aiohttp
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import Session
from yarl import URL

from bot.config import Settings
from bot.store import groups, people, staff, staff_sessions, tables
from bot.store.database import open_engine
from bot.store.outbox.letters import body_place
from bot.store.people import Standing
from bot.store.staff import Role
from bot.store.vault import Vault, load_master_key
from bot.store.worker import Database
from bot.usecases import set_up
from bot.usecases.kit import BotName, Kit, Shelf
from bot.usecases.set_up import Known
from bot.web.app import make_app
from bot.web.office import keys
from bot.web.office.desk import Desk
from bot.web.serve import Web
from bot.wiring import Clock, make_kit
from tests.cast import CAST, LEO, MAYA, RIVERA, ZONE, tuesday_at_ten

OMAR, SATO, LIND, GONE = 1011, 1004, 1005, 1006
"""Omar is in the other group, of Dr Sato; Dr Lind leads; Dr Gone works here no longer."""
T = TypeVar("T")
_CONTENT: dict[str, Kit] = {}


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    text: str
    headers: Any
    body: bytes

    @property
    def to(self) -> str:
        """Where it sends the browser."""
        return str(self.headers.get("Location", ""))


class Browser:
    """A browser, signed in or not. It sends what a browser sends with a form of the same site."""

    def __init__(self, address: str, secret: str | None = None) -> None:
        self.address = address
        self.secret = secret
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of 127.0.0.1, too
        self._http = aiohttp.ClientSession(cookie_jar=jar)
        if secret is not None:
            jar.update_cookies({"sid": secret}, URL(address))
        self.agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    @property
    def csrf(self) -> str:
        """What the forms of this session carry."""
        return keys.csrf(self.secret or "")

    def cookies(self) -> dict[str, str]:
        """The cookies it would send."""
        found = self._http.cookie_jar.filter_cookies(URL(self.address))
        return {name: each.value for name, each in found.items()}

    def set_cookie(self, name: str, value: str) -> None:
        """Somebody put a cookie there."""
        self._http.cookie_jar.update_cookies({name: value}, URL(self.address))

    async def get(self, way: str, **more: Any) -> Page:
        """Opens a page; it does not follow where it is sent."""
        return await self.send("GET", way, **more)

    async def post(
        self, way: str, fields: Any = (), *, csrf: str | None = None, **more: Any
    ) -> Page:
        """Sends a form of one of our pages. `fields` is a mapping, or pairs where names repeat."""
        pairs = list(fields.items()) if hasattr(fields, "items") else list(fields)
        pairs.append(("csrf", self.csrf if csrf is None else csrf))
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        headers |= more.pop("headers", {})
        return await self.send("POST", way, data=pairs, headers=headers, **more)

    async def send(self, method: str, way: str, **more: Any) -> Page:
        """Any request at all."""
        headers = {"User-Agent": self.agent} | more.pop("headers", {})
        address = URL(self.address + way, encoded="%" in way)
        async with self._http.request(
            method, address, headers=headers, allow_redirects=False, **more
        ) as answer:
            body = await answer.read()
            return Page(answer.status, body.decode(errors="replace"), answer.headers, body)

    async def close(self) -> None:
        """Closes it."""
        await self._http.close()


@dataclass(repr=False)  # asyncio writes a fixture out when a test begins: 15 s for the library
class Office:
    """The pages of a programme with two groups. Time stands still unless it is moved."""

    settings: Settings
    kit: Kit
    database: Database
    web: Web
    app: FastAPI = field(init=False)
    moved: timedelta = timedelta(0)
    woken: int = 0
    begun: datetime = field(default_factory=tuesday_at_ten)
    browsers: list[Browser] = field(default_factory=list)
    ids: dict[int, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = self.app_at(self.web.address)

    def app_at(self, address: str) -> FastAPI:
        """The pages, for people who come to this address."""
        desk = Desk(
            *(self.database, self.kit),
            clock=self.now,
            steady=lambda: self.moved.total_seconds(),
            address=address,
            wake=self._wake,
        )
        return make_app(desk, _Links())

    @asynccontextmanager
    async def serving(self, app: FastAPI) -> AsyncIterator[str]:
        """Serves one more app meanwhile; where it really is."""
        web = Web("127.0.0.1", 0)
        running = asyncio.ensure_future(web.run(app))
        yield web.address
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    def now(self) -> datetime:
        """The time it is here."""
        return self.begun + self.moved

    def _wake(self) -> None:
        self.woken += 1

    async def run(self, work: Callable[..., T], **given: Any) -> T:
        """Does something in a transaction: `work(session, **given)`."""
        return await self.database.run(partial(work, **given))

    def browser(self, secret: str | None = None, *, at: str = "") -> Browser:
        """One more browser."""
        made = Browser(at or self.web.address, secret)
        self.browsers.append(made)
        return made

    async def signed_in(self, telegram_id: int) -> Browser:
        """A browser in which this member of staff is signed in already."""
        where = (self.database, self.kit.vault, self.web.address)
        made = await signed_in(*where, telegram_id, self.now())
        self.browsers.append(made)
        return made

    async def told(self, telegram_id: int) -> list[str]:
        """What waits to go out to somebody's chat, the oldest first."""
        return await self.run(_told, vault=self.kit.vault, person=self.ids[telegram_id])


def _told(session: Session, *, vault: Vault, person: UUID) -> list[str]:
    t = tables.outbox
    query = select(t.c.key, t.c.sealed_body).where(t.c.participant_id == person).order_by(t.c.id)
    return [
        str(json.loads(vault.open(session, person, body_place(key), sealed))["text"])
        for key, sealed in session.connection().execute(query).all()
    ]


class _Links:
    """No private page is asked for here."""

    def language(self, session: Session, token: str) -> str | None:
        return None

    def open(self, session: Session, token: str) -> None:
        return None


async def signed_in(
    database: Database, vault: Vault, address: str, telegram_id: int, now: datetime
) -> Browser:
    """A browser at this address in which this member of staff is signed in already."""
    secret = keys.new()

    def begin(session: Session) -> None:
        person = people.find(session, vault, telegram_id)
        assert person is not None
        staff_sessions.begin(session, person.id, keys.hashed(secret), "Firefox, Linux", now)

    await database.run(begin)
    return Browser(address, secret)


def open_office(settings: Settings) -> Office:
    """Fills an empty database with the people of these tests, and builds the pages over it."""
    web = Web("127.0.0.1", 0)
    known = _CONTENT.get("kit") or make_kit(settings, Clock()().date())
    _CONTENT["kit"] = known  # read from files once for all tests of a process
    vault = Vault(load_master_key(settings.master_key_file))
    kit = replace(known, vault=vault, pages=web.address, shelf=Shelf(), bot=BotName())
    database = Database(open_engine(settings.url))
    database.start()
    office = Office(settings, kit, database, web)
    office.ids, office.groups = database.call(partial(_populate, kit=kit, now=office.now()))
    return office


def _populate(
    session: Session, *, kit: Kit, now: datetime
) -> tuple[dict[int, UUID], dict[str, UUID]]:
    own = set_up.demo_group(session, ZONE, now)
    other = groups.add_group(session, "Tuesday-A", ZONE, now, hours=set_up.NINE_TO_FIVE)
    ids = {}
    for known in CAST:
        ids[known.telegram_id] = set_up.enrol(session, kit, own.id, known, now).id
    omar = Known(OMAR, "en", ZONE, "Otter")
    ids[OMAR] = set_up.enrol(session, kit, other.id, omar, now).id
    rivera = Known(RIVERA, "en", ZONE, "")
    ids[RIVERA] = set_up.employ(session, kit, own.id, "Dr Rivera", rivera, now).id
    for number, name, role, theirs in (
        (SATO, "Dr Sato", Role.THERAPIST, (other.id,)),
        (LIND, "Dr Lind", Role.LEAD, ()),
        (GONE, "Dr Gone", Role.THERAPIST, (own.id,)),
    ):
        ids[number] = _employ(session, kit, name, role, theirs, number, now)
    staff.remove(session, ids[GONE])
    return ids, {"own": own.id, "other": other.id}


def _employ(
    session: Session,
    kit: Kit,
    name: str,
    role: Role,
    theirs: tuple[UUID, ...],
    number: int,
    now: datetime,
) -> UUID:
    place = staff.add_staff(session, kit.vault, name, role, now, groups=theirs)
    person = people.welcome(session, kit.vault, number, "es", ZONE, now)
    taken = people.take_place(session, kit.vault, place.id, number, person, now)
    people.set_standing(session, taken.id, Standing.STAFF)
    return place.id


NAMED = {MAYA: "Heron", LEO: "Colibrí", OMAR: "Otter"}
"""The aliases."""
