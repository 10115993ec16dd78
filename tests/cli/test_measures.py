"""`between measures …` and `between targets …`: as an operator types it."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session
from typer.testing import CliRunner, Result

from bot.cli.init import init
from bot.cli.main import make_app
from bot.config import Settings
from bot.errors import BetweenError
from bot.store import groups, members, staff_scores, targets
from bot.store.database import open_engine
from bot.usecases import set_up
from bot.usecases.set_up import Known
from bot.wiring import make_kit

app = make_app()

RUNNER = CliRunner()
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HEADER = "item,language,text"
GAD2 = ["intro", "q1", "q2", "often.a0", "often.a1", "often.a2", "often.a3"]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a database, a key, and one participant called Heron."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "MASTER_KEY_FILE", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    init()
    settings = Settings()
    kit = make_kit(settings, NOW.date())
    engine = open_engine(settings.url)
    with Session(engine) as session:
        group = set_up.demo_group(session, "Europe/Madrid", NOW)
        set_up.enrol(session, kit, group.id, Known(1, "en", "Europe/Madrid", "Heron"), NOW)
        session.commit()
    engine.dispose()
    return tmp_path


def _between(*words: str, typed: str = "") -> Result:
    return RUNNER.invoke(app, list(words), input=typed)


def _form(folder: Path, *, leave: str = "") -> Path:
    file = folder / "gad2.csv"
    lines = [f"{key},en,Words of {key}" for key in GAD2 if key != leave]
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return file


def test_without_its_words_a_measure_is_not_offered(clinic: Path) -> None:
    """The library and the doctor say how to get it."""
    assert clinic.is_dir()
    listed = _between("exercises", "list").output
    assert "measure.phq9 is not offered yet. between measures install phq9 --text" in listed
    assert "none installed; 13 wait for their wording" in _between("doctor").output


def test_installed_after_a_look_and_a_yes(clinic: Path) -> None:
    """The words are shown as people will see them; a no keeps nothing, a yes is version 1."""
    file = _form(clinic)
    refused = _between("measures", "install", "gad2", "--text", str(file), typed="n\n")
    assert refused.exit_code == 1
    assert "gad2" not in _installed()
    taken = _between("measures", "install", "gad2", "--text", str(file), typed="y\n")
    assert "q2: Words of q2" in taken.output
    assert "Words of often.a0 · Words of often.a1" in taken.output
    assert "Licence:" in taken.output
    assert "gad2 is installed, version 1." in taken.output
    assert "gad2" in _installed()
    again = _between("measures", "install", "gad2", "--text", str(file), "--yes")
    assert "version 2" in again.output


def test_a_table_as_spreadsheets_save_it(clinic: Path) -> None:
    """With the mark that Excel sets it is read; in its old letters it is refused in a sentence."""
    file = _form(clinic)
    written = file.read_text(encoding="utf-8")
    file.write_text(written, encoding="utf-8-sig")
    taken = _between("measures", "install", "gad2", "--text", str(file), "--yes")
    assert "gad2 is installed, version 1." in taken.output
    file.write_text(written.replace("Words", "Palabras sé"), encoding="latin-1")
    refused = _between("measures", "install", "gad2", "--text", str(file), "--yes")
    assert isinstance(refused.exception, BetweenError)
    assert "save it as “CSV UTF-8”" in str(refused.exception)


def test_a_form_may_say_how_much_a_drink_is(clinic: Path) -> None:
    """AUDIT-C must state it, and asks for amounts; our own texts name none, the form’s stand as
    they are."""
    keys = ["intro", "q1", "q2", "q3", *(f"{name}.a{at}" for name in
            ("how_often", "how_many", "six_or_more") for at in range(5))]  # fmt: skip
    words = {
        "intro": ("A drink is 330 ml of beer.", "Una copa son 330 ml de cerveza."),
        "q3": ("How often 6 drinks at once?", "¿Con qué frecuencia seis copas seguidas?"),
    }
    lines = [
        f"{key},{language},{words.get(key, (key, key))[at]}"
        for at, language in enumerate(("en", "es"))
        for key in keys
    ]
    file = clinic / "auditc.csv"
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    taken = _between("measures", "install", "auditc", "--text", str(file), "--yes")
    assert "auditc is installed, version 1." in taken.output


def _installed() -> str:
    return next(line for line in _between("doctor").output.splitlines() if "questionnaires" in line)


def test_an_incomplete_file_is_refused_with_its_line(clinic: Path) -> None:
    """Count and order are checked before anything is shown."""
    file = _form(clinic, leave="q2")
    result = _between("measures", "install", "gad2", "--text", str(file), "--yes")
    assert isinstance(result.exception, BetweenError)
    assert str(result.exception) == f"{file}:1 CSV_003 In en 1 of 7 are missing: q2."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("install", "phq99", "--text", "x"), "Did you mean “phq9”?"),
        (("install", "isi", "--text", "x"), "may not be used here"),
        (("install", "gad2", "--text", "nowhere.csv"), "There is no file nowhere.csv"),
        (("enter", "gad2", "--person", "Heron", "--score", "total=3"), "themselves"),
        (("enter", "isi", "--person", "Swan", "--score", "total=3"), "nobody here"),
        (
            ("enter", "isi", "--person", "heron", "--score", "total=3", "--by", "Dr Nobody"),
            "Nobody works here yet.",
        ),
        (("enter", "isi", "--person", "Heron", "--score", "total"), "total=14"),
        (("enter", "isi", "--person", "Heron", "--score", "total=40"), "from 0 to 28"),
        (
            ("enter", "isi", "--person", "Heron", "--score", "sum=4"),
            "no score “sum”. It has: total.",
        ),
        (("enter", "isi", "--person", "Heron", "--score", "total=4", "--day", "x"), "not a day"),
    ],
)
def test_what_cannot_be_is_one_sentence(clinic: Path, words: tuple[str, ...], says: str) -> None:
    """An operator reads what is wrong and what to do instead."""
    assert clinic.is_dir()
    result = _between("measures", *words)
    assert isinstance(result.exception, BetweenError)
    assert says in str(result.exception)


def test_scores_of_a_paper_form_are_entered(clinic: Path) -> None:
    """They are kept for the day of the form."""
    assert clinic.is_dir()
    words = ("--person", "Heron", "--score", "total=14", "--day", "2026-02-27")
    assert "isi of 2026-02-27 is entered." in _between("measures", "enter", "isi", *words).output
    settings = Settings()
    kit, engine = make_kit(settings, NOW.date()), open_engine(settings.url)
    with Session(engine) as session:
        person = _heron(session)
        (found,) = staff_scores.of_person(session, kit.vault, person)
    engine.dispose()
    assert found.scores == {"total": 14}


def test_targets_are_shown_and_chosen(clinic: Path) -> None:
    """From the usual ones to exactly those that were chosen, own words included."""
    assert clinic.is_dir()
    before = _between("targets", "show", "Heron").output
    assert "[x] anger" in before
    assert "[ ] gambling" in before
    chosen = _between("targets", "set", "Heron", "gambling", "sleep", "--own", "calling Marco")
    assert "follows 3 targets" in chosen.output
    after = _between("targets", "show", "Heron").output
    assert "[ ] anger" in after
    assert "[x] gambling" in after
    assert "[x] in own words: calling Marco" in after
    settings = Settings()
    kit, engine = make_kit(settings, NOW.date()), open_engine(settings.url)
    with Session(engine) as session:
        found = targets.chosen(session, kit.vault, _heron(session), "dbt.diary")
    engine.dispose()
    assert found is not None
    assert found.targets == ("gambling", "sleep")
    assert b"Marco" not in (settings.data_dir / "between.db").read_bytes()


def _heron(session: Session) -> UUID:
    kit = make_kit(Settings(), NOW.date())
    (group,) = groups.groups(session)
    (member,) = members.of_group(session, kit.vault, group.id)
    return member.person
