"""`between schedule simulate`: a year of one time in one zone, and plain words for mistakes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import make_app
from bot.config import TOP, Settings
from bot.errors import BetweenError
from tests.cast import take_part
from tests.cli.terminal import between, set_up

app = make_app()

RUNNER = CliRunner()


def _simulate(zone: str, at: str, year: int, *more: str) -> str:
    words = ["schedule", "simulate", "--zone", zone, "--at", at, "--year", str(year), *more]
    result = RUNNER.invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_year_has_every_date_once_with_its_remarks() -> None:
    """365 lines; the two days on which the clocks change are explained where they matter."""
    lines = _simulate("America/New_York", "02:30", 2026).splitlines()
    assert len(lines) == 365
    assert lines[0] == "2026-01-01  2026-01-01T07:30:00Z  2026-01-01 02:30"
    [moved] = [line for line in lines if len(line) > 50]
    assert moved.startswith("2026-03-08  2026-03-08T07:30:00Z  2026-03-08 03:30  ")
    assert moved.endswith("  02:30 does not exist on this date; it becomes 03:30.")


def test_as_json() -> None:
    """The same for programs; a date that was never there has no instant."""
    lines = json.loads(_simulate("Pacific/Apia", "09:00", 2011, "--json"))
    assert len(lines) == 365
    [missing] = [line for line in lines if not line["utc"]]
    assert missing["local_date"] == "2011-12-30"
    assert "does not exist here" in missing["remark"]
    twice = json.loads(_simulate("America/New_York", "1:30", 2026, "--json"))
    assert [line["local_date"] for line in twice if line["remark"]] == ["2026-11-01"]


def test_a_time_that_lands_on_the_next_date() -> None:
    """In Greenland the last hour of a Saturday is missing."""
    lines = _simulate("America/Nuuk", "23:30", 2026)
    assert "it becomes 00:30 on 2026-03-29." in lines


@pytest.mark.parametrize(
    ("zone", "at", "year", "told"),
    [
        (
            "Amerika/New_York",
            "09:00",
            2026,
            "There is no time zone “Amerika/New_York”. Did you mean “America/New_York”?",
        ),
        ("Gotham", "09:00", 2026, "There is no time zone “Gotham”."),
        ("Europe/Madrid", "9pm", 2026, "There is no time “9pm”. Did you mean “21:00”?"),
        (
            "Europe/Madrid",
            "25:00",
            2026,
            "There is no time “25:00”. A time goes from 00:00 to 23:59.",
        ),
        ("Europe/Madrid", "09:00", 26, "The year goes from 1900 to 2100, not 26."),
    ],
)
def test_what_is_wrong_is_one_sentence(zone: str, at: str, year: int, told: str) -> None:
    """An unknown zone, an impossible time or year: said plainly, with what was probably meant."""
    with pytest.raises(BetweenError) as error:
        _simulate(zone, at, year)
    assert str(error.value) == told


def test_as_a_person_runs_it() -> None:
    """In a process of its own: the sentence on stderr, exit code 1, no traceback."""
    words = ["schedule", "simulate", "--zone", "madrid", "--at", "09:00", "--year", "2026"]
    result = subprocess.run(
        [sys.executable, "-m", "bot", *words], capture_output=True, text=True, check=False, cwd=TOP
    )
    assert result.returncode == 1
    assert result.stderr == "There is no time zone “madrid”. Did you mean “Europe/Madrid”?\n"
    assert result.stdout == ""


def test_what_one_person_was_sent(tmp_path: Path) -> None:
    """By alias, whatever its case; a name nobody has is told with the one that was meant."""
    set_up(tmp_path)
    key = tmp_path / "keys" / "master.key"
    take_part(Settings(data_dir=tmp_path / "data", database_url="", master_key_file=key))
    shown = between(tmp_path, "schedule", "show", "heron", "--days", "14")
    assert shown.returncode == 0, shown.stderr
    assert set(shown.stdout.split()) & {"open", "Nothing"}
    asked = between(tmp_path, "schedule", "show", "Herron")
    assert asked.returncode == 1
    assert "“Herron” is nobody here. Did you mean “Heron”?" in asked.stderr
    many = between(tmp_path, "schedule", "show", "Heron", "--days", "0")
    assert many.stderr.strip() == "Days must be from 1 to 366, not 0."
