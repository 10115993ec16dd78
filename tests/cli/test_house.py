"""Setting up and running, as an operator types it: real processes in an empty folder."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from contextlib import chdir, closing
from errno import ENOENT, ENOSPC, EROFS
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.catalog.load import read_library
from bot.cli.main import INTERRUPTED
from bot.cli.told import told
from bot.config import Settings
from bot.store.database import open_engine
from bot.store.vault import Vault, load_master_key
from tests.cli.terminal import TOKEN, Terminal, between, environment, set_up, typed


def test_init_makes_everything_once(tmp_path: Path) -> None:
    """Folder, key and database are made for their owner alone; a second time changes nothing."""
    first = between(tmp_path, "init")
    assert first.returncode == 0, first.stderr
    key = tmp_path / "keys" / "master.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    before = key.read_bytes()
    second = between(tmp_path, "init")
    assert "already there" in second.stdout
    assert key.read_bytes() == before


MENDABLE = [
    ({}, (), "BOT_TOKEN is missing"),
    ({"BOT_TOKEN": TOKEN}, ("db",), "There is no database in"),
    ({"BOT_TOKEN": TOKEN}, ("key",), "master key"),
    ({"BOT_TOKEN": TOKEN}, ("open key",), "600"),
    ({"BOT_TOKEN": "abc"}, (), "BOT_TOKEN is no token"),
    ({"BOT_TOKEN": TOKEN, "ZONE": "Mars/Olympus"}, (), "Use a name such as America/New_York"),
    ({"BOT_TOKEN": TOKEN, "WEB_PORT": "eighty"}, (), "WEB_PORT cannot be used"),
    ({"BOT_TOKEN": TOKEN, "LOG_LEVEL": "loud"}, (), "LOG_LEVEL cannot be used"),
    ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://x"}, (), "DATABASE_URL cannot be used: it must"),
]


@pytest.mark.parametrize(("settings", "broken", "sentence"), MENDABLE)
def test_what_an_operator_can_mend_is_one_sentence(
    tmp_path: Path, settings: dict[str, str], broken: tuple[str, ...], sentence: str
) -> None:
    """No traceback: what is wrong, what to do, exit code 1."""
    set_up(tmp_path)
    if "db" in broken:
        (tmp_path / "data" / "between.db").unlink()
    if "key" in broken:
        (tmp_path / "keys" / "master.key").unlink()
    if "open key" in broken:
        (tmp_path / "keys" / "master.key").chmod(0o644)
    ended = between(tmp_path, "run", **settings)
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_somebody_elses_is_one_sentence(tmp_path: Path) -> None:
    """Typed as the wrong user: which folder, and as whom to run it."""
    tmp_path.chmod(0o500)
    ended = between(tmp_path, "init")
    tmp_path.chmod(0o700)
    assert ended.returncode == 1
    assert "data: Permission denied. Run this as the user" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_is_wrong_around_a_command_is_one_sentence() -> None:
    """Settings, rights, the database; anything else is a fault of ours and shown whole."""
    with pytest.raises(ValidationError) as wrong:
        Settings(smtp_port=99999, second_factor="maybe")
    said = told(wrong.value)
    assert said is not None
    assert [line.split()[0] for line in said.splitlines()] == ["SMTP_PORT", "SECOND_FACTOR"]
    assert "99999" not in said
    assert "it must be 65535 or less" in said
    assert "it must be required or off" in said
    away = OperationalError("SELECT", {}, Exception("attempt to write a readonly database"))
    assert "attempt to write a readonly database" in (told(away) or "")
    assert "keys: Read-only file system." in (
        told(OSError(EROFS, "Read-only file system", "keys")) or ""
    )
    full = OSError(ENOSPC, "No space left on device")  # as when the output goes to a full disk
    assert "No space left on device. Make room" in (told(full) or "")
    nowhere = FileNotFoundError(ENOENT, "No such file or directory", "nowhere/page.html")
    assert "nowhere/page.html: No such file" in (told(nowhere) or "")
    assert told(OSError(ENOENT, "No such file or directory")) is None
    assert told(ValueError("a bug")) is None


def test_a_fault_of_ours_is_shown_whole() -> None:
    """A file that was left out of the package got “Choose another place”, and a wrong statement
    “Is it there, and yours to write?”: nobody could find the fault by that."""
    ours = str(Path(told.__code__.co_filename).parents[1] / "messages" / "left_out.tsv")
    assert told(FileNotFoundError(ENOENT, "No such file or directory", ours)) is None
    for said in ("no such column: alias", 'near "FORM": syntax error'):
        assert told(OperationalError("SELECT", {}, sqlite3.OperationalError(said))) is None


def test_a_database_this_version_cannot_use_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by a newer version: to upgrade it, which was advised, ended in a traceback. Broken: the
    same. Nothing in it is touched."""
    set_up(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    file = tmp_path / "data" / "between.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    for words in (("run",), ("db", "upgrade"), ("db", "forget-again"), ("init",), ("programme",)):
        assert "A newer version of Between made this" in str(typed(*words).exception), words
    file.write_text("no database" * 1000)
    for words in (("run",), ("db", "upgrade"), ("init",), ("programme",)):
        fault = typed(*words).exception
        assert isinstance(fault, Exception)
        assert "The database is broken: file is not a database" in (told(fault) or ""), words
    assert "The database is broken" in typed("doctor").stdout
    assert file.read_text() == "no database" * 1000


ENV = [
    ("BOT_TOKEN=42:X\nTOMBSTONE_FILE=/lists", "Did you mean TOMBSTONES_FILE?"),
    ("SMTP-HOST=mail.example.org", "SMTP-HOST is no setting of Between"),
    ("TIMEZONE=Europe/Madrid", "Settings stand in .env.example."),
    ("ALARM_EMAIL=a@b.org", "ALARM_EMAIL needs a mail server"),
    ("ALARM_EMAIL=a@b.org\nSMTP_HOST=127.0.0.1", "set SMTP_FROM"),
    ("ALARM_EMAIL=a.b.org\nSMTP_HOST=127.0.0.1\nSMTP_FROM=a@b.org", "a.b.org is no e-mail address"),
]


def test_the_doctor_reads_the_settings_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that nobody reads does nothing, and was not told; nor was an alarm to nobody.
    The file is for its owner alone. A mark that Windows puts first is no part of a name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    settings = tmp_path / ".env"
    settings.touch(mode=0o644)
    for written, sentence in ENV:
        settings.write_text(written)
        found = typed("doctor").stdout
        assert sentence in found, written
        assert "Run: chmod 600 .env" in found
    for written, sentence in ENV[3:]:
        settings.write_text(written)
        assert sentence in str(typed("doctor", "--watch", "--once").exception)
    settings.chmod(0o600)
    settings.write_text("\ufeffBOT_TOKEN=42\nPOSTGRES_PASSWORD=x")
    found = typed("doctor").stdout
    assert "BOT_TOKEN is no token" in found
    assert ".env:" not in found
    settings.write_bytes(b"BOT_TOKEN=42:\xe9")
    fault = typed("doctor").exception
    assert isinstance(fault, Exception)
    assert told(fault) == ".env is not UTF-8 text. Save it as UTF-8."
    settings.write_text("WEB_ADDRESS=between.example.org")
    fault = typed("doctor").exception
    assert isinstance(fault, Exception)
    assert "a whole address that begins with https://" in (told(fault) or "")


def test_a_lost_key_is_not_made_anew_over_what_it_sealed(tmp_path: Path) -> None:
    """`init` with the key file gone, or in another place, says so; a new key would open nothing."""
    set_up(tmp_path)
    with chdir(tmp_path):
        vault = Vault(load_master_key(Path("keys/master.key")))
        with Session(open_engine(Settings().url)) as session:
            vault.ensure_key(session, UUID(int=7))
            session.commit()
    kept = (tmp_path / "keys" / "master.key").rename(tmp_path / "elsewhere")
    ended = between(tmp_path, "init")
    assert ended.returncode == 1
    assert "this database was made with one" in ended.stderr
    assert not (tmp_path / "keys" / "master.key").exists()
    again = between(tmp_path, "init", MASTER_KEY_FILE=str(kept))
    assert again.returncode == 0, again.stderr


def test_doctor_names_what_is_missing(tmp_path: Path) -> None:
    """In an empty folder every finding comes with advice, and the exit code says so."""
    found = between(tmp_path, "doctor", ZONE="Mars/Olympus")
    assert found.returncode == 1
    for advice in ("@BotFather", "between init", "no database in", "America/New_York"):
        assert advice in found.stdout


def test_whatever_comes_first_makes_the_data_folder_for_its_owner_alone(tmp_path: Path) -> None:
    """Who asks the doctor before `between init` finds no folder afterwards that others can read."""
    asked = between(tmp_path, "doctor", CACHE_DIR="")
    assert asked.returncode == 1, asked.stderr
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / "cache").stat().st_mode) == 0o700


async def test_doctor_is_content_when_all_is_well(terminal: Terminal) -> None:
    """With a key, a database and a token that Telegram knows, nothing needs mending."""
    set_up(terminal.folder)
    found = await terminal.alone("doctor")
    assert found.returncode == 0, found.stdout
    assert "this is @" in found.stdout
    settings = Settings()
    able = len(read_library(settings.exercises_dir, settings.cache).exercises)
    assert f"exercises: {able} can be done" in found.stdout


async def test_a_revoked_token_is_one_sentence(terminal: Terminal) -> None:
    """A bot whose token Telegram refuses ends with what to do, not with a traceback."""
    set_up(terminal.folder)
    terminal.settings["BOT_TOKEN"] = "43:REVOKED"
    ended = await terminal.alone("run")
    assert ended.returncode == 1
    assert "@BotFather" in ended.stderr
    assert "Traceback" not in ended.stderr


IMPATIENT = """
import os, signal, sys, threading, time

def press():
    while "bot.cli.desk" not in sys.modules:  # the command's own imports have begun
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=press, daemon=True).start()
"""


def test_ctrl_c_in_the_first_second_ends_quietly(tmp_path: Path) -> None:
    """While a command is still being imported, it ended in a traceback of whatever was at hand."""
    set_up(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(IMPATIENT, encoding="utf-8")
    ways = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    ended = between(tmp_path, "group", "list", PYTHONPATH=ways)
    assert ended.returncode == INTERRUPTED, ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_demo_runs_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """It prints its address, serves the phones, and a second one on its data is refused."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-open"]
    process = subprocess.Popen(
        [*command, "--data", "kept"],
        cwd=tmp_path,
        env=environment({"PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert address is not None, line
    with urllib.request.urlopen(f"{address.group()}/api/people", timeout=60) as answer:
        assert b"Maya" in answer.read()
    second = between(tmp_path, "demo", "--port", "0", "--no-open", "--data", "kept")
    assert second.returncode == 1
    assert "Traceback" not in second.stderr
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Ended." in out
    assert err == ""
