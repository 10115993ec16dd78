"""Cells and tables of an export: no text becomes a formula, and CSV reads back as it was."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.logs.archive import Archive
from bot.reports.logs.as_csv import CsvTables
from bot.reports.logs.as_json import JsonLogs
from bot.reports.logs.cells import Cell, Local, for_csv, safe
from bot.reports.logs.facts import Attended, Log, Whose
from bot.reports.logs.spool import Packed, room

AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("+1", "'+1"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("'=1", "'=1"),
        ("a = b", "a = b"),
        ("", ""),
        ("   ", "   "),
        ("🙂 -", "🙂 -"),
    ],
)
def test_what_begins_like_a_formula_is_text(text: str, written: str) -> None:
    """An apostrophe before it, whatever unseen sign stands in front; all else stays as it is."""
    assert safe(text) == written


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (-5, -5),
        (7.5, 7.5),
        (True, "yes"),
        (None, ""),
        (("=a", "b"), "'=a; b"),
        ({"fear": 80, "shame": 5}, "fear 80; shame 5"),
        (date(2026, 3, 1), "2026-03-01"),
        (AT, "2026-03-29T00:30:00Z"),
        (Local(AT, "Europe/Madrid"), "2026-03-29T01:30:00+01:00"),
    ],
)
def test_what_stands_in_a_cell(cell: Cell, written: str | float) -> None:
    """Numbers of ours stay numbers; times have their offset."""
    assert for_csv(cell) == written


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_rows_read_back_as_they_were(cells: list[str]) -> None:
    """Quotes, commas and line ends inside a cell do not break it (RFC 4180)."""
    kept = io.StringIO(newline="")
    wanted = [safe(each.replace("\0", "")) for each in cells]
    csv.writer(kept).writerow(wanted)
    kept.seek(0)
    assert list(csv.reader(kept, strict=True)) == [wanted]


def _log(alias: str) -> Log:
    whose = Whose("ab" * 16, alias, "Thursday-B", "en", "Europe/Madrid", False, AT, None)
    return Log(whose, attended=(Attended("Thursday-B", date(2026, 3, 26), AT),))


def _unpacked(file: IO[bytes]) -> dict[str, bytes]:
    with file, zipfile.ZipFile(file) as files:
        return {name: files.read(name) for name in files.namelist()}


def test_an_archive_of_tables() -> None:
    """The notice comes first, each table is a file, all with their heads."""
    archive = Archive(AT, "Do not pass this on.")
    with CsvTables() as tables:
        tables.add(_log("Heron"))
        tables.add(_log('"quoted", and\r\nbroken'))
        tables.into(archive)
    files = _unpacked(archive.finished())
    assert next(iter(files)) == "NOTICE.txt"
    assert files["NOTICE.txt"] == b"Do not pass this on."
    text = files["attendance.csv"].decode("utf-8-sig")
    assert text.endswith("\r\n")
    head, first, second = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["person", "alias", "group", "session", "said_at_utc"]
    assert first[1:] == ["Heron", "Thursday-B", "2026-03-26", "2026-03-29T00:30:00Z"]
    assert second[1] == '"quoted", and\r\nbroken'


def test_json_of_nobody_and_of_two() -> None:
    """A document in both cases."""
    for aliases in ([], ["Heron", "=1"]):
        to = io.BytesIO()
        written = JsonLogs(to, AT, "A “notice”")
        for alias in aliases:
            written.add(_log(alias))
        written.close()
        tree = json.loads(to.getvalue())
        assert tree["notice"] == "A “notice”"
        assert [each["alias"] for each in tree["people"]] == aliases


def test_what_is_packed_comes_out_whole_and_does_not_stay() -> None:
    """More than fits in memory goes through a file without a name, and that is closed after."""
    packed, to = Packed(), room()
    lines = [f"{number}: 日本\n" for number in range(50_000)]
    for line in lines:
        packed.write(line)
    packed.hand_over(to)
    to.seek(0)
    assert to.read().decode() == "".join(lines)
    to.close()
    with pytest.raises(ValueError, match="closed"):
        packed.write("more")
