"""Erased stays erased: nothing can be found with the keys of today, and no restored backup undoes
it; after discharge everything goes at the announced day."""

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import contacts, members, page_links, people, tables
from bot.store.people import Standing
from bot.usecases import retention
from bot.wiring import House
from tests.cast import LEO, MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.newcomers import id_of

SECRET = "xylophone-in-the-attic"


async def writes_a_secret(maya: Phone) -> None:
    """Words, an alias, a number, a consent."""
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say(SECRET)
    await maya.reads("· 3/")
    await maya.press("Pause")
    await maya.reads("Paused.")
    await maya.say("/settings")
    await maya.press("Callback number")
    await maya.reads("which number?")
    await maya.say("600 999 888")
    await maya.press("Evenings")
    await maya.reads("Callback number: 600 999 888")


async def deletes_everything(stage: Stage, maya: Phone) -> None:
    """/delete_me, and the minute after."""
    await maya.say("/delete_me")
    await maya.press("Yes, delete everything")
    await maya.reads("Done.")
    await stage.pass_time(timedelta(seconds=59))
    house = stage.house
    assert house is not None
    while await house.database.run(partial(_is_known, house=house, number=MAYA)):
        house.heartbeat.look()


def _files(folder: Path) -> list[Path]:
    """The database and its journals."""
    return list(folder.glob("between.db*"))


def _is_known(session: Session, house: House, number: int) -> bool:
    return people.find(session, house.kit.vault, number) is not None


def _rows_of(session: Session, person: object) -> dict[str, int]:
    """In which tables something of somebody still stands."""
    found = {}
    for table in tables.metadata.sorted_tables:
        for column in ("participant_id", "person"):
            if column in table.c:
                query = select(func.count()).where(table.c[column] == person)
                found[table.name] = session.connection().execute(query).scalar_one()
    return {name: many for name, many in found.items() if many}


def _makes_links(session: Session, house: House) -> object:
    person = id_of(session, house, MAYA)
    page_links.make(session, person, "export", house.clock())
    row = {"id": person, "participant_id": person, "tier": "crisis", "source": "words"}
    moment = house.clock()
    session.connection().execute(
        tables.alert.insert(),
        row
        | {"sealed_detail": b"x", "not_meant": False, "state": "open", "level": 0}
        | {"told": "queued", "opened_at": moment, "latest_at": moment},
    )
    return person


async def test_a_minute_later_nothing_is_left(stage: Stage) -> None:
    """Members, consents, contacts, links, alerts, keys: every table that names a person."""
    house = stage.house
    assert house is not None
    await writes_a_secret(stage.maya)
    person = await house.database.run(partial(_makes_links, house=house))
    before = await house.database.run(partial(_rows_of, person=person))
    assert {"member", "consent", "page_link", "alert", "run", "answer", "outbox"} <= before.keys()
    await deletes_everything(stage, stage.maya)
    assert await house.database.run(partial(_rows_of, person=person)) == {}
    await stage.leo.say("/start")
    await stage.leo.reads("unos minutos")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_restored_backup_deletes_again(stage: Stage, tmp_path: Path) -> None:
    """An older copy of the file is put back: before anything else runs, Maya is gone from it."""
    maya, file = stage.maya, tmp_path / "between.db"
    await writes_a_secret(maya)
    await stage.drop_curtain()
    shutil.copy(file, tmp_path / "backup.db")
    await stage.raise_curtain()
    await deletes_everything(stage, maya)
    await stage.drop_curtain()
    for each in _files(tmp_path):
        each.unlink()
    shutil.copy(tmp_path / "backup.db", file)
    await stage.raise_curtain()
    await stage.leo.say("/start")
    await stage.leo.reads("unos minutos")
    house = stage.house
    assert house is not None
    assert not await house.database.run(partial(_is_known, house=house, number=MAYA))
    assert await house.database.run(partial(_is_known, house=house, number=LEO))
    await maya.say("/history")
    await maya.reads("To come in, you need an invitation")
    assert "Heron" not in " ".join(await stage.leo.texts())
    await stage.drop_curtain()
    for each in _files(tmp_path):
        assert SECRET.encode() not in each.read_bytes()
    assert (tmp_path / "tombstones").read_text().count("+00:00") == 1
    await stage.raise_curtain()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_whoever_came_back_since_is_left_alone(stage: Stage) -> None:
    """The tombstone is older than they are."""
    await stage.maya.say("/start")
    await stage.maya.reads("A few minutes")
    await deletes_everything(stage, stage.maya)
    await stage.maya.say("/start")
    await stage.maya.reads("To come in, you need an invitation")
    await stage.drop_curtain()
    await stage.raise_curtain()
    await stage.leo.say("/start")
    await stage.leo.reads("unos minutos")
    house = stage.house
    assert house is not None
    assert await house.database.run(partial(_is_known, house=house, number=MAYA))


def _discharged(session: Session, house: House, in_days: int) -> None:
    person, now = id_of(session, house, MAYA), house.clock()
    people.set_standing(session, person, Standing.DISCHARGED)
    members.set_discharged(session, person, now)
    retention.plan(session, person, now + timedelta(days=in_days), now)


def _back(session: Session, house: House) -> None:
    person = id_of(session, house, MAYA)
    people.set_standing(session, person, Standing.MEMBER)
    members.set_discharged(session, person, None)
    retention.call_off(session, person)


async def test_after_discharge_people_are_told_a_week_before_everything_goes(
    stage: Stage,
) -> None:
    """An automatic message with the day, neutral on the lock screen; then it goes by itself."""
    house = stage.house
    assert house is not None
    await writes_a_secret(stage.maya)
    await house.database.run(partial(_discharged, house=house, in_days=90))
    await stage.pass_time(timedelta(days=82, hours=23))
    assert not any("is deleted" in text for text in await stage.maya.texts())
    await stage.pass_time(timedelta(hours=2))
    told = (await stage.maya.reads("everything of yours here is deleted"))["text"]
    assert told.startswith("Hello. This is an automatic message from Between.")
    await stage.pass_time(timedelta(days=7))
    while await house.database.run(partial(_is_known, house=house, number=MAYA)):
        house.heartbeat.look()
    assert await house.database.run(partial(_is_known, house=house, number=LEO))


async def test_whoever_takes_part_again_keeps_everything(stage: Stage) -> None:
    """Called off, and not even a moment that was overlooked takes it from them."""
    house = stage.house
    assert house is not None
    await writes_a_secret(stage.maya)
    await house.database.run(partial(_discharged, house=house, in_days=3))
    house.heartbeat.look()
    await stage.maya.reads("everything of yours here is deleted")
    await house.database.run(partial(_back, house=house))
    await stage.pass_time(timedelta(days=5))
    await stage.maya.say("/settings")
    await stage.maya.reads("Callback number: 600 999 888")
    number = await house.database.run(partial(_contact, house=house))
    assert number == "600 999 888"


def _contact(session: Session, house: House) -> str:
    return contacts.get(session, house.kit.vault, id_of(session, house, MAYA)).number
