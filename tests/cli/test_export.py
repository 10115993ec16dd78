"""`between export`: the same as the page, with a bar, for whoever runs Between."""

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner, Result

from bot.catalog.consents import Scope
from bot.cli.init import init
from bot.cli.main import make_app
from bot.config import Settings
from bot.engine.run import Run, Status
from bot.errors import BetweenError
from bot.store import audit, consents, exports, groups, members, revisions, runs, staff
from bot.store.consents import Event
from bot.store.database import open_engine
from bot.store.staff import Role
from bot.usecases import set_up
from bot.usecases.set_up import Known
from bot.wiring import Clock, make_kit

RUNNER = CliRunner()
app = make_app()
BY = ("--by", "rivera@clinic.test", "--reason", "Asked for by the insurer")


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with Heron, who lets Dr Rivera read and has written; Dr Mora leads."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "MASTER_KEY_FILE", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    init()
    settings, now = Settings(), Clock()()
    kit = make_kit(settings, now.date())
    engine = open_engine(settings.url)
    with Session(engine) as session:
        group = set_up.demo_group(session, "Europe/Madrid", now)
        known = Known(1, "en", "Europe/Madrid", "Heron")
        person = set_up.enrol(session, kit, group.id, known, now).id
        text = kit.consents.texts[Scope.THERAPIST_READS]
        event = Event(text.scope.value, True, text.version, text.sha("en"), now)
        consents.record(session, person, event)
        for name, role in (("Dr Rivera", Role.THERAPIST), ("Dr Mora", Role.LEAD)):
            mine = (group.id,) if role is Role.THERAPIST else ()
            mail = f"{name[3:].lower()}@clinic.test"
            staff.add_staff(session, kit.vault, name, role, now, email=mail, groups=mine)
        groups.add_group(session, "Monday-A", "UTC", now)
        sha = revisions.keep(session, kit.library.exercises["cbt.thought5"], now)
        run = Run(
            exercise="cbt.thought5",
            cursor="situation",
            asked_at=now,
            status=Status.STOPPED,
            answers={"situation": "=1+1"},
        )
        stored = runs.begin_run(session, kit.vault, person, sha, run, now)
        runs.save_answer(session, kit.vault, stored, "situation", "=1+1", now)
        session.commit()
    engine.dispose()
    return tmp_path


def between(*words: str) -> Result:
    """The command as it is typed."""
    return RUNNER.invoke(app, ["export", *words])


def files_of(path: Path) -> dict[str, bytes]:
    """What is in the ZIP."""
    with zipfile.ZipFile(path) as files:
        return {name: files.read(name) for name in files.namelist()}


def test_a_group_as_csv(clinic: Path) -> None:
    """A file for the owner's eyes only, with the notice; on record with its reason."""
    out = clinic / "logs.zip"
    done = between("--group", "thursday-b", "--format", "csv", *BY, "--out", str(out))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    files = files_of(out)
    assert b"42 CFR part 2 prohibits" in files["NOTICE.txt"]
    text = files["answers.csv"].decode("utf-8-sig")
    (answer,) = csv.DictReader(io.StringIO(text, newline=""))
    assert answer["answer"] == "'=1+1"
    settings, now = Settings(), Clock()()
    kit, engine = make_kit(settings, now.date()), open_engine(settings.url)
    with Session(engine) as session:
        (kept,) = exports.latest(session, kit.vault, 5)
        (group, *_) = [each for each in groups.groups(session) if each.name == "Thursday-B"]
        (heron,) = members.of_group(session, kit.vault, group.id)
        found = audit.of_subject(session, heron.person)
    engine.dispose()
    assert (kept.what, kept.group, kept.reason) == ("csv", group.id, "Asked for by the insurer")
    assert [each.action for each in found] == ["participant.exported"]


@pytest.mark.parametrize("format_", ["json", "fhir", "notes", "pdf"])
def test_one_person_in_each_form(clinic: Path, format_: str) -> None:
    """Whatever it is, it is written."""
    out = clinic / "out"
    done = between("--person", "Heron", "--format", format_, *BY, "--out", str(out))
    assert done.exit_code == 0, done.output
    content = out.read_bytes()
    match format_:
        case "json":
            assert json.loads(files_of(out)["between.json"])["people"][0]["alias"] == "Heron"
        case "fhir":
            assert b'"resourceType": "Bundle"' in files_of(out)["between.fhir.json"]
        case "notes":
            assert b"DRAFT" in content
        case _:
            assert content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--person", "Heron", "--group", "Thursday-B"), "Say about whom"),
        ((), "Say about whom"),
        (("--person", "Swan"), "nobody here"),
        (("--group", "Friday"), "There is no group “Friday”"),
        (("--group", "Monday-A"), "may not take this out"),
        (("--all",), "may not take this out"),
        (("--person", "Heron", "--format", "xlsx"), "There is no format xlsx"),
        (("--person", "Heron", "--since", "x"), "Give days such as 2026-11-01"),
        (("--person", "Heron", "--reason", "no"), "Say why, in 10 characters"),
        (("--person", "Heron", "--by", "Dr Nobody"), "Nobody works here as “Dr Nobody”"),
        (("--all", "--by", "Dr Mora", "--format", "notes"), "notes are of a person or a group"),
    ],
)
def test_what_does_not_work_is_one_sentence(
    clinic: Path, words: tuple[str, ...], says: str
) -> None:
    """It says what to do instead, and no file is there."""
    out = clinic / "out"
    done = between("--format", "csv", *BY, "--out", str(out), *words)
    assert isinstance(done.exception, BetweenError)
    assert says in str(done.exception)
    assert not out.exists()


def test_nothing_is_written_over(clinic: Path) -> None:
    """A file that is there stays as it is."""
    out = clinic / "out"
    out.write_text("mine", encoding="utf-8")
    done = between("--person", "Heron", "--format", "csv", *BY, "--out", str(out))
    assert isinstance(done.exception, BetweenError)
    assert out.read_text(encoding="utf-8") == "mine"
    everybody = between(
        *("--all", "--by", "Dr Mora", "--reason", "For the yearly review", "--format", "csv"),
        *("--out", str(clinic / "all.zip")),
    )
    assert everybody.exit_code == 0, everybody.output
