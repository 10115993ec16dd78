"""A clinic starts: programme, group, therapist and invitation, as somebody types them."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.catalog.risk import Tier
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import alerts, audit, erasure, groups, members, outbox, tables
from bot.store.alert_items import Detail
from bot.store.database import open_engine
from bot.store.worker import Database
from bot.usecases.set_up import employ, enrol
from bot.wiring import Clock, make_kit
from tests.cast import CAST
from tests.cli.terminal import TOKEN, Terminal, between, set_up, typed

LINK = re.compile(r"https://t\.me/between_playground_bot\?start=[\w-]{22}")


async def test_a_clinic_starts(terminal: Terminal) -> None:
    """The commands of the README, one after the other, each with its answer; the last is a process
    of its own, as all would be at a terminal."""
    says = terminal.does
    await says("init")
    shown = await says("programme", "--name", "Riverside IOP", "--zone", "new york")
    assert "America/New_York" in shown
    made = await says(
        *("group", "add", "Thursday-B", "--track", "alcohol", "--session", "Thu 18:00 90"),
        *("--hours", "Mon-Fri 09:00-17:00"),
    )
    assert "Made the group Thursday-B (America/New_York)." in made
    invitation = await says(
        *("therapist", "add", "--name", "Dr Rivera", "--group", "thursday-b"),
        *("--email", "rivera@example.org", "--on-call", "1"),
    )
    assert LINK.search(invitation)
    assert "▄" in invitation
    again = await says("therapist", "invite", "dr rivera")
    assert LINK.search(again)
    listed = await says("therapist", "list")
    assert "Dr Rivera · therapist · has not opened the invitation yet" in listed
    assert "rivera@example.org" in listed
    assert LINK.search(await says("invite", "--group", "Thursday-B"))
    assert "Thu 18:00, 90 minutes" in await says("group", "list")
    assert "told after 7 days" in await says("group", "list")
    quiet = await says("group", "quiet", "thursday-b", "5")
    await says("group", "add", "Sábado-Ñ")
    assert "Sábado-Ñ" in await says("group", "quiet", "SA\u0301bado-N\u0303", "5")
    assert "The therapists of Thursday-B are told after 5 days of silence." in quiet
    assert "told after 5 days" in await says("group", "list")
    assert "are told never" in await says("group", "quiet", "Thursday-B", "0")
    for spain in ("España", "es", "Espan\u0303a"):
        assert "ES" in await says("programme", "--country", spain)
        await says("programme", "--country", "US")
    shown = await says("programme", "--country", "Spain", "--retention-days", "30")
    assert "ES" in shown
    assert "30 days after discharge" in shown
    assert await says("programme") == shown
    assert "no emergency number and no help line in" in await says("programme", "--country", "CO")
    assert "AT (no help line in" in await says("programme", "--country", "AT")
    assert "may try exercises" in await says("therapist", "reviewer", "dr rivera")
    assert "  reviewer     yes" in await says("therapist", "list")
    assert "no longer tries" in await says("therapist", "reviewer", "Dr Rivera", "--off")
    assert "reviewer" not in await says("therapist", "list")
    assert "no second factor now" in await says("therapist", "reset-factor", "dr rivera")
    checked = await says("audit", "check")
    assert "whole: 3 rows" in checked
    noted = checked.split("elsewhere: ")[1].split()[0]
    assert "whole: 3 rows" in await says("audit", "check", "--noted", noted)
    for other, told in ((f"2{noted}", "is not the one it was"), ("whole", "a colon and a hash")):
        assert told in await terminal.says("audit", "check", "--noted", other)
    before = _staff_rows()
    assert before[0].sealed_email is not None
    removed = await says("therapist", "remove", "Dr Rivera")
    assert [(each.active, each.sealed_email, each.pin_hash) for each in _staff_rows()] == [
        (False, None, None)
    ]
    assert "Nobody is on call now: while the office is closed an alert waits" in removed
    assert "Nobody leads" not in removed
    assert "Nobody looks after Thursday-B now." in removed
    listed = await says("therapist", "list")
    assert "Nobody yet." in listed
    alone = await terminal.alone("therapist", "list")
    assert (alone.returncode, alone.stdout) == (0, listed), alone.stderr


def _staff_rows() -> list[Row[Any]]:
    engine = open_engine(Settings().url)
    with engine.connect() as connection:
        rows = list(connection.execute(select(tables.staff)))
    engine.dispose()
    return rows


async def test_who_works_here_changes(terminal: Terminal) -> None:
    """A second group, a place on call, another address, the lead: nobody is removed and invited
    anew for it, and what would leave somebody without a place is refused whole."""
    says = terminal.says
    await says("init")
    assert "Next: between programme --name" in await says("doctor")
    await says("programme", "--name", "Riverside IOP", "--zone", "UTC")
    for each in ("Thursday-B", "Tuesday-A"):
        assert "at any hour" in await says("group", "add", each)
    await says("therapist", "add", "--name", "Dr Rivera", "--group", "Thursday-B")
    add = ("therapist", "add", "--name", "Dr Rivera", "--group", "Tuesday-A")
    assert "Run: between therapist change" in await says(*add)
    change = ("therapist", "change", "dr rivera")
    assert 'between therapist change NAME --group "Tuesday-A"' in await says("doctor")
    changed = await says(*change, "--group", "Tuesday-A", "--on-call", "1", "--email", "r@c.org")
    assert "  groups       Thursday-B, Tuesday-A\n  e-mail       r@c.org\n" in changed
    assert "  on call      1" in await says(*change, "--group", "Tuesday-A")
    both = ("--leave", "Thursday-B", "--leave", "Tuesday-A")
    assert "A therapist needs a --group" in await says(*change, *both, "--on-call", "0")
    assert "  on call      1" in await says("therapist", "list")
    assert "Nobody looks after Tuesday-A now." in await says(*change, "--leave", "Tuesday-A")
    changed = await says(*change, "--lead", "--on-call", "0")
    assert "Dr Rivera · lead" in changed
    assert "Nobody is on call now" in changed
    changed = await says(*change, "--no-lead")
    assert "  on call      no" in changed
    assert "Nobody leads the programme now" in changed
    assert "There is no group “Monday-C”." in await says(*change, "--group", "Monday-C")


def test_a_group_gets_another_name_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is taken is refused, another way to write its own is not. A group goes only when
    nobody has a place in it and no alert of it is open; both are on record, by nobody's name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)

    def says(*words: str) -> str:
        ended = typed(*words)
        return ended.stdout or str(ended.exception)

    says("init")
    says("programme", "--name", "Riverside IOP", "--zone", "UTC")
    says("group", "add", "Thursday-B", "--session", "Thu 18:00 90")
    rename = ("group", "rename", "thursday-b")
    says("group", "add", "Tuesday-A")
    assert "There is a group Tuesday-A already." in says(*rename, "tuesday-a")
    assert "is called THURSDAY-B now" in says(*rename, "THURSDAY-B")
    assert "The name is empty." in says(*rename, " ")
    assert "The group THURSDAY-B is called Friday-C now." in says(*rename, "Friday-C")
    assert "Friday-C · UTC\n  meets        Thu 18:00" in says("group", "list")
    assert "There is no group “Thursday-B”." in says("group", "remove", "Thursday-B")
    assert "The group Tuesday-A is no more" in says("group", "remove", "tuesday-a")

    settings = Settings()
    kit, now = make_kit(settings, Clock()().date()), Clock()()
    database = Database(open_engine(settings.url))
    group = database.call(groups.groups)[0].id
    person = database.call(lambda s: enrol(s, kit, group, CAST[0], now)).id
    database.call(lambda s: employ(s, kit, group, "Dr Rivera", CAST[1], now))
    remove = ("group", "remove", "Friday-C")
    assert "cannot be removed. It has 1 person: a therapist ends" in says(*remove)
    detail = Detail(routed_at=now)
    given = (Tier.CONCERN, "words", detail, now)
    database.call(lambda s: alerts.add(s, kit.vault, person, group, *given))
    database.call(lambda s: members.set_discharged(s, person, now))
    refused = says(*remove)
    assert "What 1 person wrote who finished in it" in refused
    assert "It has 1 alert not closed:" in refused
    database.call(lambda s: erasure.erase(s, kit.vault, person, now))
    ended = says(*remove)
    assert "The group Friday-C is no more" in ended
    assert "Dr Rivera looks after no group now." in ended
    assert "There is no group yet." in says("group", "list")
    says("therapist", "remove", "Dr Rivera")
    assert database.call(outbox.counts)["pending"] == 1  # the commands of staff leave their chat
    rows = database.call(lambda s: audit.newest(s, None, actor=person, before=None, limit=100))
    did = [(each.action, each.actor) for each in rows if each.action.startswith("group.")]
    assert did == [(f"group.{each}d", None) for each in ("remove", "remove", "rename", "rename")]
    database.engine.dispose()


REFUSED = [
    (("group", "add", "A"), "There is no programme yet."),
    (("programme",), "There is no programme yet."),
    (("programme", "--name", "Riverside"), "needs a --name and a --zone"),
    (("programme", "--name", "R", "--zone", "Mars/Olympus"), "Mars/Olympus is no time zone."),
    (("group", "quiet", "A", "5"), "There is no group yet."),
    (("group", "quiet", "A", "99"), "Days must be from 0 to 60, not 99."),
    (("group", "add", "A", "--session", "Tursday 18:00"), '"Tursday" is no weekday.'),
    (("group", "add", "\u200b"), "The name is empty."),
    (("group", "add", "a\x1b[31mred"), "The name holds signs that nobody sees."),
    (("group", "add", "a\u202eb"), "The name holds signs that nobody sees."),
    (("group", "add", "A" * 300), "The name is too long: 60 characters at most."),
    (("group", "add", "A", "--zone", ""), "An empty text is no time zone."),
    (("programme", "--country", " "), "An empty text is no country."),
    (
        ("group", "add", "A", "--session", "Thu 18:00", "--session", "Thursday 18:00 60"),
        "Two sessions begin on Thu at 18:00.",
    ),
    (("therapist", "add", "--name", "N", "--lead", "--email", ""), "An empty text is no e-mail"),
    (("doctor", "--once"), "--every and --once go with --watch"),
    (("therapist", "add", "--name", "Noor"), "A therapist needs a --group"),
    (("therapist", "add", "--name", "Noor", "--lead"), "BOT_TOKEN is missing."),
    (("therapist", "remove", "Noor"), "Nobody works here yet."),
    (("invite", "--group", "A"), "BOT_TOKEN is missing."),
]


def test_what_does_not_work_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can be mended is said in one sentence, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert typed("init").exit_code == 0
    for words, sentence in REFUSED:
        refused = typed(*words).exception
        assert isinstance(refused, BetweenError), words
        assert sentence in str(refused)
    assert "There is no group yet." in typed("group", "list").stdout


def test_a_refusal_reaches_the_terminal(tmp_path: Path) -> None:
    """Exit code 1 and the sentence alone, without a traceback."""
    set_up(tmp_path)
    ended = between(tmp_path, "programme", "--name", "R", "--zone", "Mars/Olympus")
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "Mars/Olympus is no time zone. Use a name such as America/New_York."
    ]


def test_letters_of_another_terminal_are_refused_in_words(tmp_path: Path) -> None:
    """An accent that a terminal sends in Latin-1 is no text at all: it ended in a traceback."""
    set_up(tmp_path)
    ended = between(tmp_path, "group", "add", "S\udce1bado")
    assert ended.returncode == 1
    assert ended.stderr.startswith("What you typed is not UTF-8.")
