"""What the addresses of the pages can name, for the tests that go over all of them.

A page with a parameter of a new name adds it to `_made`; until then it is filled with an id that
is nobody's, and `test_each_parameter_is_known` says so.
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

from bot.catalog.consents import Scope
from bot.catalog.risk.kinds import Tier
from bot.engine.advance import start
from bot.engine.run import Status
from bot.store import alerts, board, comments, consents, erasure, pairs, revisions, runs
from bot.store.alert_items import Detail
from bot.store.board import Kind, State
from bot.store.comments import Comment
from bot.store.consents import Event
from bot.store.ids import new_id
from bot.usecases import set_up
from bot.usecases.kit import Kit
from bot.usecases.set_up import Known
from tests.cast import LEO, MAYA, RIVERA, ZONE
from tests.web.office import OMAR, Office

WREN, FINCH, NOVA = 1012, 1013, 1014
"""Wren deletes everything; Finch is Omar's partner, and Nova was Wren's."""
EXERCISE = "cbt.thought7"
EVERYBODYS = {"exercise_id": EXERCISE, "token": "x" * 43, "what": "approve", "part": "hours"}
"""Parameters that are nobody's in particular, with a value that is fit."""


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
        if name in EVERYBODYS:
            return EVERYBODYS[name]
        if whose is Whose.UNKNOWN or name not in self.values:
            return UUID(int=7).hex
        return self.values[name][whose]


def fill(route: APIRoute, things: Things, whose: Mapping[str, Whose]) -> str:
    """The address of a route with its parameters filled."""
    way = route.path
    for name in route.param_convertors:
        whom = whose.get(name, Whose.OWN)
        way = way.replace(f"{{{name}}}", things.named(name, whom))
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
    names = [each for each in route.param_convertors if each not in EVERYBODYS]
    return [dict(zip(names, each, strict=True)) for each in product(Whose, repeat=len(names))]


async def furnish(office: Office) -> Things:
    """Entries, alerts and lines of Maya, of Omar, and of Wren, who then deletes everything."""
    return await office.run(_furnish, office=office)


def _furnish(session: Session, *, office: Office) -> Things:
    kit, groups, now = office.kit, office.groups, office.now()
    them = dict(office.ids)
    for number, named in ((WREN, "own"), (NOVA, "own"), (FINCH, "other")):
        known = Known(number, "en", ZONE, f"Member {number}")
        them[number] = set_up.enrol(session, kit, groups[named], known, now).id
    things = Things()
    for whose, person, partner, group in (
        (Whose.OWN, them[MAYA], them[LEO], groups["own"]),
        (Whose.OTHER, them[OMAR], them[FINCH], groups["other"]),
        (Whose.ERASED, them[WREN], them[NOVA], groups["own"]),
    ):
        made = _made(session, office, person, partner, group)
        for name, each in made.items():
            things.values.setdefault(name, {})[whose] = each
    things.values["group_id"][Whose.ERASED] = UUID(int=8).hex  # a group is not erased
    erasure.erase(session, kit.vault, them[WREN], now)
    return things


def _made(
    session: Session, office: Office, person: UUID, partner: UUID, group: UUID
) -> dict[str, str]:
    kit, now = office.kit, office.now()
    _agree(session, kit, person, now)
    pair = pairs.propose(session, group, (person, partner), (), now)
    assert pair is not None
    run = _run(session, kit, person, now)
    by = office.ids[RIVERA]
    comment = Comment(new_id(now), run, person, by, "Thank you for writing this down", now)
    comments.add(session, kit.vault, comment)
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
        "run_id": run.hex,
        "comment_id": comment.id.hex,
        "alert_id": alert.id.hex,
        "line_id": line.hex,
        "pair_id": pair.id.hex,
    }


def _agree(session: Session, kit: Kit, person: UUID, now: datetime) -> None:
    words = kit.consents.texts[Scope.THERAPIST_READS]
    event = Event(words.scope.value, True, words.version, words.sha("en"), now)
    consents.record(session, person, event)


def _run(session: Session, kit: Kit, person: UUID, now: datetime) -> UUID:
    exercise = kit.library.exercises[EXERCISE]
    sha = revisions.keep(session, exercise, now)
    run = start(exercise, now).run.model_copy(update={"status": Status.STOPPED})
    return runs.begin_run(session, kit.vault, person, sha, run, now).id
