"""/healthz and /metrics, on a port of their own that stays inside: ages and counts, no words.

aiohttp's server, which the bot has loaded for its client: no page needs to be there for it.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BetweenError
from bot.store import vitals
from bot.store.vitals import Vitals
from bot.store.watching import SILENT

_FRESH: Final = 5.0
"""Seconds for which one look serves everybody who asks: asking often costs nothing."""


class Vital:
    """Looks when asked, in a thread and on a connection that only reads: nothing waits for it.

    `counts` are what this process counted itself, by name.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        steady: Callable[[], float],
        counts: Callable[[], Mapping[str, float]],
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._steady = steady
        self._counts = counts
        self._seen: tuple[float, Vitals | None] | None = None
        self._turn = asyncio.Lock()

    async def look(self) -> Vitals | None:
        """How the bot is; None while its database is away."""
        async with self._turn:
            if self._seen is None or self._steady() - self._seen[0] >= _FRESH:
                found = await asyncio.to_thread(self._look)
                self._seen = (self._steady(), found)
            return self._seen[1]

    def _look(self) -> Vitals | None:
        try:
            return vitals.look(self._engine, self._clock())
        except SQLAlchemyError:
            return None

    async def health(self, _: web.Request) -> web.Response:
        """200 while the bot hears from Telegram and its database answers; 503 otherwise."""
        found = await self.look()
        poll = None if found is None else found.parts.get("poll")
        well = poll is not None and poll <= SILENT
        told = {"well": well, "database": found is not None, "seconds_since_poll": poll}
        return web.json_response(told, status=200 if well else 503)

    async def metrics(self, _: web.Request) -> web.Response:
        """Everything as Prometheus reads it."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Collected(await self.look(), self._counts()))
        return web.Response(
            body=generate_latest(registry),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
        )


class _Collected(Collector):
    def __init__(self, found: Vitals | None, counts: Mapping[str, float]) -> None:
        self._found = found
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """One family of figures after the other."""
        here = self._found is not None
        yield GaugeMetricFamily("between_database_up", "1 while the database answers", float(here))
        counted = GaugeMetricFamily(
            "between_process", "Counted by this process since it started", labels=["what"]
        )
        for what, many in self._counts.items():
            counted.add_metric([what], many)
        yield counted
        if self._found is not None:
            yield from _families(self._found)


def _families(found: Vitals) -> Iterator[Metric]:
    yield _family(
        "between_part_age_seconds",
        "Since a part of the work last went well",
        ["part"],
        {(part,): age for part, age in found.parts.items()},
    )
    yield _family(
        "between_leader",
        "1 for the process that did a part of the work last",
        ["part", "process"],
        dict.fromkeys(found.leaders.items(), 1.0),
    )
    yield GaugeMetricFamily("between_due_age_seconds", "What is due the longest", found.due)
    yield _family(
        "between_outbox_age_seconds",
        "The message of a class that waits the longest",
        ["class"],
        {(kind.name.lower(),): age for kind, age in found.outbox.items()},
    )
    yield GaugeMetricFamily("between_mail_age_seconds", "The oldest e-mail that waits", found.mail)
    yield _family(
        "between_messages",
        "Messages of unknown fate, and those that can never be sent",
        ["state", "class"],
        {(state, kind.name.lower()): many for (state, kind), many in found.trouble.items()},
    )
    yield GaugeMetricFamily("between_dead_letters", "Updates that could not be handled", found.dead)
    yield _family(
        "between_alerts",
        "Alerts that nobody has closed",
        ["state"],
        {(state,): many for state, (many, _) in found.alerts.items()},
    )
    yield _family(
        "between_alert_age_seconds",
        "The oldest alert that nobody has closed",
        ["state"],
        {(state,): age for state, (_, age) in found.alerts.items()},
    )


def _family(
    name: str, says: str, labels: list[str], values: Mapping[tuple[str, ...], float]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=labels)
    for words, value in values.items():
        family.add_metric(list(words), value)
    return family


def make_app(vital: Vital) -> web.Application:
    """The two addresses, and nothing else."""
    app = web.Application()
    app.router.add_get("/healthz", vital.health)
    app.router.add_get("/metrics", vital.metrics)
    return app


async def serve(vital: Vital, host: str, port: int) -> None:
    """Serves both until cancelled; BetweenError where the port is taken."""
    runner = web.AppRunner(make_app(vital), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise BetweenError(
                f"The metrics cannot be served at {host}:{port} ({error.strerror})."
                " Set METRICS_PORT to a free port."
            ) from None
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
