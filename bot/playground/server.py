"""The playground as one object: construct it, start it, point a bot at it, stop it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground import page, people
from bot.playground.bot_api import BotApi, CallObserver
from bot.playground.desk_api import DeskApi
from bot.playground.faults import Faults
from bot.playground.guard import guard, is_loopback, refuse_real_tokens
from bot.playground.message import Json
from bot.playground.people_api import PeopleApi, sentences
from bot.playground.person import BotAccount, Person
from bot.playground.phones import chat_shown
from bot.playground.world import World

LARGEST_BODY = 60 * 1024 * 1024


class Playground:
    """Telegram on a laptop. Its methods must be called on the event loop it was started in.

    `token` given: any other token answers 401. `fast` leaves out the call log and the events of
    the page, for benchmarks. `first_id` is where ids of messages and updates begin: a bot that
    remembers an earlier playground needs higher ones. RealTokenError when a real token is in the
    environment.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        token: str | None = None,
        fast: bool = False,
        *,
        bot_name: str = "Between",
        bot_username: str = "between_playground_bot",
        first_id: int = 1,
    ) -> None:
        refuse_real_tokens()
        bot_id = (token or "42:").partition(":")[0]
        account = BotAccount(int(bot_id) if bot_id.isdecimal() else 42, bot_name, bot_username)
        self.world = World(account, people, fast=fast, first_id=first_id)
        self._bot_api = BotApi(self.world, token)
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.app = web.Application(middlewares=[guard, sentences], client_max_size=LARGEST_BODY)
        self._bot_api.add_routes(self.app)
        PeopleApi(self.world).add_routes(self.app)
        DeskApi(self.world, self._bot_api).add_routes(self.app)
        page.add_routes(self.app)
        self.world.clock.on_advance(lambda: self.world.feed.tell("clock"))

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on this computer; port 0 takes a free one. ValueError for any other host."""
        if not is_loopback(host):
            raise ValueError(f"The playground listens on this computer only, not on {host!r}.")
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{bound}"

    async def stop(self) -> None:
        """End open polls, hanging calls and the webhook, and stop listening."""
        self._bot_api.close()
        self.world.updates.close()
        self.world.feed.close()
        await self.world.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def now(self) -> datetime:
        """The simulated moment: the real clock plus `offset`; aware, UTC."""
        return self.world.clock.now()

    @property
    def offset(self) -> timedelta:
        """How far the simulated clock is ahead of the real one."""
        return self.world.clock.offset

    def point_to(self, name: str, url: str) -> None:
        """Show a link to another page of this computer beside the phones. ValueError for any
        other place."""
        if not url.startswith("http://") or not is_loopback(urlsplit(url).hostname or ""):
            raise ValueError(f"The playground leads to pages of this computer only, not to {url}.")
        self.world.links.append({"name": name, "url": url})
        self.world.feed.tell("links")

    @property
    def faults(self) -> Faults:
        """The queue of faults: `add(method, kind, times, retry_after=...)`, `list()`, `clear()`."""
        return self.world.faults

    def advance(self, seconds: float) -> None:
        """Jump ahead by `seconds`; ValueError when negative."""
        self.world.clock.advance(seconds)

    def on_clock(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each advance of the clock."""
        self.world.clock.on_advance(callback)

    def on_call(self, observer: CallObserver) -> None:
        """Call `observer(method, params, answer)` after every Bot API call."""
        self._bot_api.observers.append(observer)

    def on_update(self, observer: Callable[[dict[str, Any]], None]) -> None:
        """Call `observer(update)` for every update as it is served, repeats included."""
        self.world.updates.observers.append(observer)

    def say(self, person_id: int, text: str) -> int:
        """The person writes `text`; the id of the message. NotPossibleError as over HTTP."""
        return people.say(self.world, person_id, text).message_id

    def press(self, person_id: int, message_id: int, data: str, *, force: bool = False) -> str:
        """The person taps a button; the id of the callback query. NotPossibleError as over HTTP."""
        return people.press(self.world, person_id, message_id, data, force=force)

    def chat(self, person_id: int, after: int = 0) -> Json:
        """What is on the phone, as `GET /api/people/{id}/chat?after=` answers it."""
        return chat_shown(self.world, self.world.chat_of(person_id), after)
