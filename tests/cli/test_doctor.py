"""`between doctor` in a clinic that is being set up: what is missing is said, with its mend."""

from pathlib import Path

import aiohttp
import pytest

from bot.config import Settings
from bot.store.master_key import create_master_key, load_master_key
from bot.store.vault import Vault
from bot.wiring.web import place_of
from tests.cli.terminal import TOKEN, Terminal, typed


async def test_it_misses_a_lead(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one therapist alone nobody would be told when they do not answer: it is said, with the
    command that mends it, until there is a lead; so is a key of another database."""
    says = terminal.says
    await says("init")
    await says("programme", "--name", "Riverside IOP", "--zone", "new york")
    assert "needs you  groups: none, so nobody can come in" in await says("doctor")
    await says("group", "add", "Thursday-B")
    await says("therapist", "add", "--name", "Dr Rivera", "--group", "Thursday-B")
    found = await says("doctor")
    assert "groups: none" not in found
    await says("group", "remove", "Thursday-B")
    assert "needs you  therapist Dr Rivera: looks after no group" in await says("doctor")
    await says("group", "add", "Thursday-B")
    await says("therapist", "change", "Dr Rivera", "--group", "Thursday-B")
    assert "looks after no group" not in await says("doctor")
    assert "needs you  lead: nobody" in found
    flowing = " ".join(found.split())
    assert "Let them open their invitation (a new one: between therapist invite NAME)" in flowing
    assert "between therapist add --name NAME --lead" in flowing
    await says("therapist", "add", "--name", "Dr Mora", "--lead")
    assert "lead: nobody" not in await says("doctor")
    assert "fine  pages: none" in await says("doctor")
    await says("programme", "--no-alerts-in-chat")
    assert "needs you  pages: none" in await says("doctor")
    monkeypatch.setenv("WEB_ADDRESS", "http://between.example.org")
    assert "needs you  pages: http://between.example.org" in await says("doctor")
    monkeypatch.setenv("WEB_ADDRESS", "https://between.example.org")
    assert "fine  pages: https://between.example.org" in await says("doctor")
    create_master_key(terminal.folder / "another")
    monkeypatch.setenv("MASTER_KEY_FILE", str(terminal.folder / "another"))
    found = await says("doctor")
    assert "needs you  master key" in found  # among the rest, which is still looked at
    assert "The master key does not fit this database." in " ".join(found.split())


async def test_it_sees_a_webhook_of_before(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours, but at the address WEBHOOK_URL named until yesterday: nothing arrives from there."""
    says = terminal.says
    await says("init")
    assert "fine  webhook: none" in await says("doctor")
    place = place_of(Settings(), Vault(load_master_key(Settings().master_key_file)))
    before = "http://127.0.0.1:8441"
    async with aiohttp.ClientSession(terminal.telegram) as http:
        ours = {"url": f"{before}{place.path}"}
        async with http.post(f"/bot{TOKEN}/setWebhook", json=ours) as answer:
            assert answer.ok
    monkeypatch.setenv("WEBHOOK_URL", before)
    assert "needs you  webhook: cannot be set" in await says("doctor")  # there is no WEB_PORT
    monkeypatch.setenv("WEB_PORT", "8440")
    for address, mark in (
        (before, "fine"),
        ("http://127.0.0.1:8442", "needs you"),
        ("", "needs you"),
    ):
        monkeypatch.setenv("WEBHOOK_URL", address)
        assert f"{mark}  webhook: ours, at {before}" in await says("doctor")


def test_it_goes_on_while_postgresql_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be opened, and everything else is still looked at."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nowhere")
    found = typed("doctor")
    assert found.exit_code == 1
    assert "needs you  database: PostgreSQL" in found.stdout
    assert "fine  pictures and bells" in found.stdout


def test_it_misses_what_lies_beside_the_exercises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of exercises that is not there, or holds no risk phrases: the bot does not start,
    and the doctor found all well. One that is not there is one line, not one for each file."""
    monkeypatch.chdir(tmp_path)
    assert typed("init").exit_code == 0
    assert "risk phrases" not in typed("doctor").stdout
    monkeypatch.setenv("EXERCISES_FOLDER", str(tmp_path / "nowhere"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    found = typed("doctor").stdout
    assert "needs you  exercises: there is no folder" in found
    assert "support file" not in found
    assert "there is no such folder" in str(typed("exercises", "check").exception)
    (tmp_path / "nowhere").mkdir()
    found = typed("doctor").stdout
    assert "needs you  exercises: 0 can be done" in found
    assert "needs you  risk phrases: " in found
    assert "Between does not start with it." in found
    assert "needs you  support file: " in found
    assert "more to mend" in found
