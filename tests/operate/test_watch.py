"""An alarm beside the bot: an e-mail for each trouble, an hour's patience, a word at its end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlmodel import Session

from bot.cli.watch import Watch
from bot.store import vitals
from bot.store.database import open_reader
from tests.cli.terminal import between
from tests.mail.server import MailServer, mail_server, words
from tests.operate.world import NOW, World

TO = "on-call@clinic.test"
MINUTE = timedelta(minutes=1)


def _alive(session: Session, minutes: int) -> None:
    for part in ("poll", "clock", "sender"):
        vitals.note(session, part, NOW + minutes * MINUTE, "host.7")


@asynccontextmanager
async def watching(world: World) -> AsyncIterator[tuple[Watch, MailServer]]:
    """A watch over this database, with a mail server."""
    engine = open_reader(world.url)
    async with mail_server() as server:
        yield Watch(engine, server.server, TO), server
    engine.dispose()


async def test_one_trouble_is_one_e_mail_an_hour_and_one_when_it_is_over(world: World) -> None:
    """Silent from minute 10 on; told at once, again after an hour; then well again."""
    async with watching(world) as (watch, server):
        for minute in range(10):
            world.do(partial(_alive, minutes=minute))
            assert await watch.look(NOW + minute * MINUTE) == []
        for minute in range(10, 80):
            await watch.look(NOW + minute * MINUTE)
        assert [mail["Subject"] for mail in server.took] == ["Between needs you"] * 2
        world.do(partial(_alive, minutes=80))
        for minute in (80, 81):
            assert await watch.look(NOW + minute * MINUTE) == []
    assert [mail["Subject"] for mail in server.took[2:]] == ["Between is well again"]
    assert server.took[0]["To"] == TO
    assert "Nothing was heard from Telegram for 4 min." in words(server.took[0])
    assert "docs/operating.md" in words(server.took[0])


async def test_a_mail_that_did_not_go_is_told_at_the_next_look(world: World) -> None:
    """The mail server refuses for now, then hangs up, then takes it."""
    async with watching(world) as (watch, server):
        server.moods += ["later", "hang up"]
        for minute in range(4):
            await watch.look(NOW + minute * MINUTE)
    assert len(server.took) == 1


async def test_new_trouble_is_told_though_older_trouble_lasts(world: World) -> None:
    """One e-mail for each, and the second names both."""
    async with watching(world) as (watch, server):
        for part, minute in (("clock", 5), ("sender", 9)):
            at = NOW + minute * MINUTE
            world.do(partial(vitals.note, part=part, at=at, by="host.7"))
        await watch.look(NOW + 5 * MINUTE)
        await watch.look(NOW + 9 * MINUTE)
    assert [words(mail).count("Nothing was") for mail in server.took] == [1, 2]


async def test_a_database_that_is_gone_is_told_too(tmp_path: Path) -> None:
    """It is the first thing that can be lost."""
    engine = open_reader(f"sqlite:///{tmp_path / 'gone.db'}")
    async with mail_server() as server:
        found = await Watch(engine, server.server, TO).look(NOW)
    assert [each.code for each in found] == ["database"]
    assert "cannot be read" in words(server.took[0])


def test_without_a_way_to_tell_it_ends_with_one(tmp_path: Path) -> None:
    """So that whatever runs it (cron, systemd) is told; an address alone is refused plainly."""
    ended = between(tmp_path, "doctor", "--watch", "--every", "1")
    assert ended.returncode == 1
    assert "database" in ended.stderr
    assert "Traceback" not in ended.stderr
    refused = between(tmp_path, "doctor", "--watch", ALARM_EMAIL=TO)
    assert refused.returncode == 1
    assert "SMTP_HOST" in refused.stderr
