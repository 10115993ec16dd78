"""Deleting everything: asked once, done within a minute, nothing left to find."""

import asyncio
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlmodel import Session

from bot.store import alerts, inbox, people, tables
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE

CANARY = "canary 7f3a my brother's name"


async def test_everything_of_one_person_goes_and_of_nobody_else(stage: Stage) -> None:
    """Rows, key and recent messages are gone; a tombstone stays; Leo keeps what is Leo's."""
    maya, leo = stage.maya, stage.leo
    for phone, first in ((maya, "Five senses"), (leo, "Cinco sentidos")):
        await phone.say("/start")
        await phone.press(first)
        await phone.press("8")
        await phone.reads("· 2/")
        await phone.say(CANARY)
        await phone.reads("· 3/")
    await maya.say("/delete_me")
    await maya.reads("Shall I delete everything of yours?")
    await maya.press("Yes, delete everything")
    await maya.reads("What you wrote is deleted.")
    left = [each["text"] for each in await maya.messages() if not each["deleted"]]
    assert [words for words in left if CANARY in words or "· 2/" in words] == []
    await stage.pass_time(timedelta(seconds=60))
    assert stage.house is not None
    house = stage.house
    while await house.database.run(partial(_count, "tombstone")) == 0:
        await stage.pass_time(timedelta(seconds=1))
    found = {
        table: await house.database.run(partial(_count, table))
        for table in ("participant", "person_key", "member", "run", "tombstone")
    }
    # Leo and Dr Rivera are left.
    assert found == {"participant": 2, "person_key": 2, "member": 1, "run": 1, "tombstone": 1}
    assert await house.database.run(lambda s: people.find(s, house.kit.vault, MAYA)) is None
    await leo.press("‹ Atrás")
    assert CANARY in (await leo.reads("· 2/"))["text"]
    await maya.say("/start")
    await maya.reads("you need an invitation")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_the_sealed_words_leave_the_file_too(stage: Stage, tmp_path: Path) -> None:
    """On SQLite, the ciphertext of an erased answer stands neither in the file nor in its log."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say(CANARY)
    await maya.reads("· 3/")
    assert stage.house is not None
    sealed = await stage.house.database.run(_sealed)
    await maya.say("/delete_me")
    await maya.press("Yes, delete everything")
    await maya.reads("What you wrote is deleted.")
    await stage.pass_time(timedelta(seconds=60))
    while await stage.house.database.run(partial(_count, "tombstone")) == 0:
        await stage.pass_time(timedelta(seconds=1))
    await stage.drop_curtain()
    files = [tmp_path / name for name in ("between.db", "between.db-wal")]
    bytes_left = b"".join(file.read_bytes() for file in files if file.exists())
    assert [body for body in sealed if body in bytes_left] == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_the_journal_is_emptied_after_a_crash_too(stage: Stage, tmp_path: Path) -> None:
    """Killed between erasing and emptying: the next start leaves nothing in the journal."""
    await stage.drop_curtain()
    left = sqlite3.connect(tmp_path / "between.db", isolation_level=None)
    left.execute("PRAGMA wal_autocheckpoint=0")
    left.execute("CREATE TABLE erased (words)")
    left.execute("INSERT INTO erased VALUES (?)", (CANARY,))
    left.execute("DROP TABLE erased")
    journal = tmp_path / "between.db-wal"
    assert CANARY.encode() in journal.read_bytes()
    await stage.raise_curtain()
    async with asyncio.timeout(PATIENCE):
        while CANARY.encode() in journal.read_bytes():  # noqa: ASYNC110  it is a file
            await asyncio.sleep(0.02)
    left.close()


async def test_keeping_everything_is_one_tap(stage: Stage) -> None:
    """No is as easy as yes, nothing happens by it, and that is said."""
    maya = stage.maya
    await maya.say("/start")
    await maya.reads("Hello")
    await maya.say("/delete_me")
    await maya.press("No, keep it")
    kept = await maya.reads("Nothing was deleted.")
    assert (await maya.messages())[-1]["message_id"] == kept["message_id"]
    await maya.press("Menu")
    await maya.reads("What would help right now?")


async def test_an_old_yes_asks_again(stage: Stage) -> None:
    """Tapped by mistake long after it was asked, it deletes nothing; the new one does."""
    leo = stage.leo
    await leo.say("/start")
    await leo.reads("Hola")
    await leo.say("/delete_me")
    old = await leo.button("Sí, bórralo todo")
    await leo.press("No, déjalo")
    await leo.reads("No se ha borrado nada")
    await stage.pass_time(timedelta(minutes=11))
    await leo.tap(old, force=True)
    await leo.reads("¿Borro todo lo tuyo?", below=old["message_id"])
    await leo.press("Sí, bórralo todo")
    await leo.reads("Lo que escribiste está borrado.")


async def test_words_in_between_are_neither_a_yes_nor_an_answer(stage: Stage) -> None:
    """Asked in the middle of an exercise, a "yes" or a doubt deletes nothing and answers nothing of
    it; the words of the button do what the button does."""
    leo = stage.leo
    await leo.say("/start")
    await leo.press("Cinco sentidos")
    await leo.press("8")
    await leo.reads("· 2/")
    await leo.say("/delete_me")
    await leo.reads("¿Borro todo lo tuyo?")
    for words in ("espera, me da miedo", "sí", "ok"):
        await leo.say(words)
        await leo.reads("Todavía no borré nada")
    await leo.say("no")
    await leo.reads("No se ha borrado nada")
    await leo.press("Seguir: Cinco sentidos")
    await leo.reads("· 2/")
    await leo.say("/delete_me")
    await leo.reads("¿Borro todo lo tuyo?")
    await leo.press("Seguir")
    await leo.reads("· 2/")
    await leo.say("una lámpara")
    await leo.reads("· 3/")
    await leo.say("/delete_me")
    await leo.reads("¿Borro todo lo tuyo?")
    await leo.say("sí, bórralo todo")
    await leo.reads("Lo que escribiste está borrado.")


async def test_who_writes_while_being_forgotten_is_told_the_truth(stage: Stage) -> None:
    """Until the key is destroyed nothing begins that would go with it: words of danger get help and
    no promise that the team knows, and a new invitation is not used up."""
    maya, rivera = stage.maya, stage.rivera
    await rivera.say("/start")
    await rivera.say("/invite")
    code = (await rivera.reads("An invitation into"))["caption"].partition("start=")[2].split()[0]
    await maya.say("/start")
    await maya.reads("Hello")
    await maya.say("/delete_me")
    await maya.press("Yes, delete everything")
    gone = await maya.reads("What you wrote is deleted.")
    assert "ask your therapist for an invitation" in gone["text"]
    await maya.say(f"/start {code}")
    await maya.reads("I am just deleting what is yours")
    await maya.say("hello?")
    await maya.say("I am going to kill myself tonight")
    card = await maya.reads("I’m really glad you told me")
    assert "so I can tell nobody on your team" in card["text"]
    assert not card.get("buttons")
    await maya.say("🛟 Help me now")
    help_card = await maya.reads("Nobody watches this chat")
    assert "findahelpline.com" in help_card["text"]
    assert stage.house is not None
    assert await stage.house.database.run(alerts.all_open) == []
    await stage.pass_time(timedelta(seconds=60))
    while await stage.house.database.run(partial(_count, "tombstone")) == 0:
        await stage.pass_time(timedelta(seconds=1))
    await maya.say("🛟 Help me now")
    await maya.reads("Nobody watches this chat")
    await maya.say(f"/start {code}")
    await maya.reads("Your invitation worked.")


def _count(table: str, session: Session) -> int:
    """How many rows of people; the key of the inbox is nobody's."""
    nobody = tables.person_key.c.participant_id == inbox.HOLDER
    ours = session.connection().execute(select(func.count()).where(nobody)).scalar_one()
    found = session.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return int(found) - int(ours if table == "person_key" else 0)


def _sealed(session: Session) -> list[bytes]:
    rows = session.connection().execute(
        tables.answer.select().with_only_columns(tables.answer.c.sealed_body)
    )
    return list(rows.scalars())
