"""What the addresses of the pages can name, for the tests that go over all of them.

A page with a parameter of its own name adds it to `PARAMETERS`; every other is filled with an id
that is nobody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import product
from uuid import UUID

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlmodel import Session

from bot.catalog.risk.kinds import Tier
from bot.engine.advance import start
from bot.store import alerts, board, erasure, revisions, runs
from bot.store.alerts import Detail
from bot.store.board import Kind, State
from bot.usecases import set_up
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from tests.cast import MAYA, ZONE
from tests.web.office import OMAR, Office

WREN = 1012
EXERCISE = "cbt.thought7"


class Whose(StrEnum):
    """Of Dr Rivera's group, of the other group, of nobody, of somebody who deleted everything."""

    OWN = "own"
    OTHER = "other"
    UNKNOWN = "unknown"
    ERASED = "erased"


@dataclass
class Things:
    """For each parameter of an address its values, by whose they are."""

    values: dict[str, dict[Whose, str]] = field(default_factory=dict)

    def named(self, name: str, whose: Whose) -> str:
        """The value of one parameter."""
        if whose is Whose.UNKNOWN or name not in self.values:
            return "no.such" if name == "exercise_id" else UUID(int=7).hex
        return self.values[name][whose]


def fill(route: APIRoute, things: Things, whose: Mapping[str, Whose]) -> str:
    """The address of a route with its parameters filled."""
    way = route.path
    for name in route.param_convertors:
        way = way.replace(f"{{{name}}}", things.named(name, whose[name]))
    return way


def ways(app: FastAPI) -> list[tuple[str, APIRoute]]:
    """Every route of the app with each of its methods."""
    found = [
        (method, route)
        for route in app.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]
    assert len(found) > 15  # else the tests over all of them would prove nothing
    return found


def mixtures(route: APIRoute) -> list[dict[str, Whose]]:
    """Whose each parameter of a route can be: all combinations."""
    names = list(route.param_convertors)
    return [dict(zip(names, each, strict=True)) for each in product(Whose, repeat=len(names))]


async def furnish(office: Office) -> Things:
    """Entries, alerts and lines of Maya, of Omar, and of Wren, who then deletes everything."""
    return await office.run(_furnish, office=office, now=office.now())


def _furnish(session: Session, *, office: Office, now: datetime) -> Things:
    kit, groups = office.kit, office.groups
    wren = set_up.enrol(session, kit, groups["own"], Known(WREN, "en", ZONE, "Wren"), now).id
    things = Things()
    for whose, person, group in (
        (Whose.OWN, office.ids[MAYA], groups["own"]),
        (Whose.OTHER, office.ids[OMAR], groups["other"]),
        (Whose.ERASED, wren, groups["own"]),
    ):
        for name, made in _made(session, kit, person, group, now).items():
            things.values.setdefault(name, {})[whose] = made
    things.values["group_id"][Whose.ERASED] = UUID(int=8).hex  # a group is not erased
    things.values["exercise_id"] = dict.fromkeys(Whose, EXERCISE)  # exercises are everybody's
    things.values["token"] = dict.fromkeys(Whose, "x" * 43)
    erasure.erase(session, kit.vault, wren, now)
    return things


def _made(session: Session, kit: Kit, person: UUID, group: UUID, now: datetime) -> dict[str, str]:
    exercise = kit.library.exercises[EXERCISE]
    sha = revisions.keep(session, exercise, now)
    run = runs.begin_run(session, kit.vault, person, sha, start(exercise, now).run, now)
    alert = alerts.add(
        session, kit.vault, person, group, Tier.CONCERN, "words", Detail(routed_at=now), now
    )
    line = board.begin(session, kit.vault, person, group, Kind.HELPED, "evening", "en", now)
    begun = board.get(session, kit.vault, line)
    assert begun is not None
    board.write(session, kit.vault, begun, "a walk helped", State.HELD, "en", now)
    return {
        "group_id": group.hex,
        "person_id": person.hex,
        "run_id": run.id.hex,
        "alert_id": alert.id.hex,
        "line_id": line.hex,
    }
