"""Somebody the therapist has just confirmed: a fresh phone at the first step of the onboarding."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlmodel import Session

from bot.store import groups, members, people
from bot.store.people import Standing
from bot.usecases import onboard
from bot.usecases.scene import Scene
from bot.wiring import House
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone

NOVA = 1010


async def newcomer(stage: Stage, number: int = NOVA, language: str = "en") -> Phone:
    """A phone whose owner has written once, and whom the therapist has confirmed since."""
    person = {"id": number, "first_name": "Nova", "language_code": language}
    async with stage.http.post("/api/people", json=person) as answer:
        assert answer.status < 300, await answer.text()
    phone = Phone(stage.http, number)
    await phone.say("/start")
    await phone.reads("Between")
    await confirm(stage, number)
    return phone


async def confirm(stage: Stage, number: int) -> None:
    """What the therapist's yes does."""
    house = stage.house
    assert house is not None
    await house.database.run(partial(_confirmed, house=house, number=number))
    house.way_out.sender.wake()


def _confirmed(session: Session, house: House, number: int) -> None:
    now, vault = house.clock(), house.kit.vault
    person = people.find(session, vault, number)
    assert person is not None
    people.set_standing(session, person.id, Standing.MEMBER)
    members.join(session, person.id, groups.groups(session)[0].id, now)
    members.confirm(session, person.id, None, now)
    person = replace(person, standing=Standing.MEMBER)
    onboard.begin(Scene(session, house.kit, person, now, f"confirmed.{number}"))


def id_of(session: Session, house: House, number: int) -> UUID:
    """Our own id of a phone's owner."""
    person = people.find(session, house.kit.vault, number)
    assert person is not None
    return person.id
