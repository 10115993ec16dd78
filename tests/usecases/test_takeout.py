"""What staff take out: whom it may be about, what is in it, and that it is on record."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdfium2 import PdfDocument
from sqlmodel import Session

from bot.engine.run import Status, Value
from bot.store import audit, brought, erasure, exports, people
from bot.store.worker import Database
from bot.usecases import who
from bot.usecases.kit import Kit
from bot.usecases.office.export import make, reading
from bot.usecases.office.export.order import Order, Placed, Refused, What, place, read, today_of
from bot.usecases.office.reader import NotYoursError
from bot.usecases.scene import Scene
from tests.usecases.takeout import FORMULA, NOW, PHQ9, RECORD, THURSDAY, WIDE, Clinic, stocked

T = TypeVar("T")
REASON = "Asked for by the insurer"
SINCE, UNTIL = THURSDAY.date() - timedelta(days=3), NOW.date()
SECRET = ("nobody likes me", "she left early", "shame", "some people do")


@pytest.fixture
def clinic(database: Database, shipped: Kit) -> Clinic:
    """Maya let her therapists read, and wrote a thought record, a check-in and a PHQ-9."""
    clinic = Clinic(database, stocked(shipped))
    clinic.build()
    clinic.furnish()
    clinic.agrees(clinic.maya)
    clinic.did(clinic.maya, "cbt.thought7", RECORD)
    clinic.did(clinic.maya, "check.core", {"mood": 6, "anxiety": 4, "sleep": 7.5})
    clinic.did(clinic.maya, "measure.phq9", PHQ9, THURSDAY + timedelta(hours=2))
    clinic.was_there(clinic.maya)
    return clinic


def order(
    what: What, *, person: UUID | None = None, group: UUID | None = None, run: UUID | None = None
) -> Order:
    """An order for the days of the tests."""
    return Order(what, group, person, SINCE, UNTIL, REASON, run)


def placed(clinic: Clinic, wanted: Order, staff: UUID | None = None) -> Placed:
    """On record."""
    reader = clinic.reader(staff or clinic.rivera)
    found: Placed = clinic.run(lambda session: place(session, clinic.kit, reader, wanted, NOW))
    return found


def made(clinic: Clinic, wanted: Order, staff: UUID | None = None) -> bytes:
    """The file."""
    done = make.make(clinic.database.call, clinic.kit, placed(clinic, wanted, staff))
    with done.file:
        return done.file.read()


def unpacked(packed: bytes) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        return {name: files.read(name) for name in files.namelist()}


def tables(packed: bytes) -> dict[str, list[dict[str, str]]]:
    """The CSV files as a spreadsheet would read them."""
    found = {}
    for name, content in unpacked(packed).items():
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            text = content.decode("utf-8-sig")
            found[name.removesuffix(".csv")] = list(csv.DictReader(io.StringIO(text, newline="")))
    return found


def test_the_logs_of_one_person_as_csv(clinic: Clinic) -> None:
    """Each answer has a row with its question, the words of its language, and both times."""
    found = tables(made(clinic, order(What.CSV, person=clinic.maya)))
    assert set(found) == {
        *("people", "entries", "answers", "check_ins", "questionnaires", "dates", "attendance"),
        *("promises", "assignments", "comments", "consents"),
    }
    rows = {row["step"]: row for row in found["answers"] if row["exercise"] == "cbt.thought7"}
    belief = rows["belief_before"]
    assert (belief["answer"], belief["number"], belief["unit"]) == ("90", "90", "0–100")
    assert "nobody likes me" in belief["question"] or belief["question"]
    assert belief["at_utc"] == "2026-02-26T17:32:30Z"
    assert belief["at_local"] == "2026-02-26T18:32:30+01:00"
    assert rows["moods_before"]["answer"] == "fear 80; \tshame 60"
    assert "next_action" not in rows
    assert [(row["step"], row["number"]) for row in found["check_ins"]] == [
        ("mood", "6"),
        ("anxiety", "4"),
        ("sleep", "7.5"),
    ]
    (score,) = found["questionnaires"]
    assert (score["value"], score["loinc"], score["band"]) == ("9", "44261-6", "some")
    assert [(row["session"], row["group"]) for row in found["attendance"]] == [
        ("2026-02-26", "Thursday-B")
    ]
    assert {row["therapist_reads"] for row in found["people"]} == {"yes"}
    assert {row["person"] for rows in found.values() for row in rows} == {
        found["people"][0]["person"]
    }


def test_no_cell_is_a_formula(clinic: Clinic) -> None:
    """An alias and answers that begin like one are text in every table, in full width as well."""
    clinic.agrees(clinic.leo)
    clinic.did(clinic.leo, "cbt.thought7", RECORD, language="es")
    found = tables(made(clinic, order(What.CSV, group=clinic.group)))
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert f"'{FORMULA}" in cells
    assert f"'{WIDE}" in cells
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@\t\r\n＝＋－＠")]
    assert any(cell.startswith("'- she left early") for cell in cells)


def test_without_consent_there_are_states_and_times_only(clinic: Clinic) -> None:
    """Taken back, nothing that was written leaves, nor what exercise it was; that it was, does."""
    clinic.agrees(clinic.maya, granted=False)
    for what in (What.CSV, What.JSON, What.FHIR):
        files = unpacked(made(clinic, order(what, person=clinic.maya)))
        words = b"".join(files.values()).decode()
        assert not [each for each in (*SECRET, "cbt.thought7", "44261-6") if each in words], what
    found = tables(made(clinic, order(What.CSV, person=clinic.maya)))
    assert [(row["kind"], row["status"], row["exercise"]) for row in found["entries"]] == [
        ("exercise", "finished", ""),
        ("check_in", "finished", ""),
        ("questionnaire", "finished", ""),
    ]
    assert found["answers"] == found["check_ins"] == found["questionnaires"] == []
    assert len(found["attendance"]) == 1


def test_a_yes_taken_back_meanwhile_counts_from_the_next_slice_on(clinic: Clinic) -> None:
    """What is read after it holds no words."""
    wanted = placed(clinic, order(What.CSV, person=clinic.maya))
    asked: list[int] = []

    def ask(unit: Callable[[Session], T]) -> T:
        asked.append(1)
        if len(asked) == 2:
            clinic.agrees(clinic.maya, granted=False)
        return clinic.database.call(unit)

    log = reading.log_of(ask, clinic.kit, wanted, wanted.subjects[0])
    assert log is not None
    assert log.whose.reads
    assert [each.answers for each in log.entries] == [(), (), ()]


def test_what_goes_on_still_is_nobodys_yet(clinic: Clinic) -> None:
    """An exercise that was not ended shows only that it was begun."""
    later = THURSDAY + timedelta(hours=3)
    clinic.did(clinic.maya, "cbt.thought5", {"situation": "a secret"}, later, status=Status.PAUSED)
    packed = made(clinic, order(What.CSV, person=clinic.maya))
    assert b"a secret" not in b"".join(unpacked(packed).values())
    last = tables(packed)["entries"][-1]
    assert (last["status"], last["exercise"], last["ended_utc"]) == ("paused", "", "")


def test_json_holds_what_csv_holds(clinic: Clinic) -> None:
    """The same rows, with lists and numbers as such, and nothing before what looks odd."""
    wanted = order(What.CSV, group=clinic.group)
    rows = tables(made(clinic, wanted))
    files = unpacked(made(clinic, order(What.JSON, group=clinic.group)))
    data = json.loads(files["between.json"])
    assert "42 CFR part 2 prohibits" in data["notice"]
    both = data["people"]
    assert [each["alias"] for each in both] == [FORMULA, WIDE]
    for name, kept in rows.items():
        if name != "people":
            assert len(kept) == sum(len(each[name]) for each in both), name
    answers = {row["step"]: row["answer"] for row in both[0]["answers"]}
    assert answers["evidence_against"] == ["＝she wrote later", "日本 🙂"]
    assert answers["moods_before"] == {"fear": 80, "\tshame": 60}
    assert answers["situation"] == FORMULA


def test_the_bundle_is_fhir(clinic: Clinic) -> None:
    """It validates as a whole, comes back the same, and names nobody."""
    files = unpacked(made(clinic, order(What.FHIR, group=clinic.group)))
    text = files["between.fhir.json"].decode()
    tree = json.loads(text)
    bundle = Bundle.model_validate(tree)
    again = json.loads(bundle.model_dump_json())
    assert Bundle.model_validate(again) == bundle
    kinds = [each["resource"]["resourceType"] for each in tree["entry"]]
    assert kinds.count("Patient") == 2
    assert kinds.count("Questionnaire") == kinds.count("QuestionnaireResponse") == 3
    (observed,) = [
        each["resource"]
        for each in tree["entry"]
        if each["resource"]["resourceType"] == "Observation"
    ]
    assert observed["code"]["coding"][0]["code"] == "44261-6"
    assert observed["valueQuantity"]["value"] == 9
    named = [FORMULA, WIDE, str(clinic.maya), clinic.maya.hex]
    assert not [each for each in named if json.dumps(each)[1:-1] in text and each != FORMULA]
    assert not any("name" in each["resource"] for each in tree["entry"] if "Patient" in str(each))
    assert "NORDSCLCD" in text
    known = {each["fullUrl"] for each in tree["entry"]}
    assert _references(tree) <= known


def _references(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        own = {tree["reference"]} if isinstance(tree.get("reference"), str) else set()
        return own.union(*(_references(each) for each in tree.values()))
    if isinstance(tree, list):
        return set().union(*(_references(each) for each in tree)) if tree else set()
    return set()


def test_every_file_carries_the_notice(clinic: Clinic) -> None:
    """The statement of 42 CFR 2.32(a)(2), in each kind of file."""
    for what in (What.CSV, What.JSON, What.FHIR):
        files = unpacked(made(clinic, order(what, person=clinic.maya)))
        assert b"42 CFR part 2 prohibits unauthorized use or disclosure" in files["NOTICE.txt"]
    notes = made(clinic, order(What.NOTES_FILE, person=clinic.maya)).decode("utf-8-sig")
    assert notes.startswith("42 CFR part 2 prohibits unauthorized use or disclosure")


def test_one_slice_holds_the_database_at_a_time(clinic: Clinic) -> None:
    """A hundred entries are read in several short transactions, in order, none twice."""
    for number in range(100):
        at = THURSDAY + timedelta(minutes=20 * number)
        clinic.did(clinic.leo, "check.core", {"mood": number % 11}, at)
    clinic.agrees(clinic.leo)
    wanted = placed(clinic, order(What.CSV, person=clinic.leo))
    units: list[int] = []

    def ask(unit: Callable[[Session], T]) -> T:
        units.append(1)
        return clinic.database.call(unit)

    log = reading.log_of(ask, clinic.kit, wanted, wanted.subjects[0])
    assert log is not None
    assert [each.answers[0].number for each in log.entries] == [n % 11 for n in range(100)]
    assert len(units) == 1 + 100 // reading.SLICE + 1  # whose it is, the slices, and a look behind


@pytest.mark.both
def test_it_is_on_record_for_staff_and_for_the_person(clinic: Clinic) -> None:
    """The reason is sealed; the person reads that a copy was made; erasing forgets the reason."""
    made(clinic, order(What.CSV, person=clinic.maya))
    (kept,) = clinic.run(lambda session: exports.latest(session, clinic.kit.vault, 5))
    assert (kept.staff, kept.what, kept.person, kept.reason) == (
        *(clinic.rivera, "csv", clinic.maya, REASON),
    )
    found = clinic.run(lambda session: audit.of_subject(session, clinic.maya))
    assert [(each.actor, each.action) for each in found][:1] == [
        (clinic.rivera, "participant.exported")
    ]

    def told(session: Session) -> str:
        scene = Scene(session, clinic.kit, clinic.person(session), NOW, "test")
        return who.line(scene, found[0])["did"]

    assert clinic.run(told) == "made a copy of your data"
    clinic.run(partial(erasure.erase, vault=clinic.kit.vault, person=clinic.maya, now=NOW))
    (after,) = clinic.run(lambda session: exports.latest(session, clinic.kit.vault, 5))
    assert (after.reason, after.person) == ("", clinic.maya)


def test_somebody_erased_meanwhile_is_left_out(clinic: Clinic) -> None:
    """The rest is made; nothing of them is in it."""
    wanted = placed(clinic, order(What.CSV, group=clinic.group))
    clinic.run(partial(erasure.erase, vault=clinic.kit.vault, person=clinic.maya, now=NOW))
    done = make.make(clinic.database.call, clinic.kit, wanted)
    with done.file:
        found = tables(done.file.read())
    assert [row["alias"] for row in found["people"]] == [f"'{WIDE}"]


@pytest.mark.both
def test_what_is_not_theirs_is_not_there(clinic: Clinic) -> None:
    """Others' people and groups, everybody for a therapist, and what was opened in an emergency:
    all the same refusal, and nothing goes on record."""
    foreign = [
        order(What.CSV, person=clinic.noor),
        order(What.CSV, group=clinic.others),
        order(What.CSV),
        order(What.CSV, person=clinic.rivera),
        order(What.CSV, person=UUID(int=5)),
        order(What.CSV, group=UUID(int=5)),
    ]
    for wanted in foreign:
        with pytest.raises(NotYoursError):
            placed(clinic, wanted)
    opened = clinic.reader(clinic.rivera, opened=frozenset({clinic.others}))
    for wanted in foreign[:2]:
        with pytest.raises(NotYoursError):
            clinic.run(partial(place, kit=clinic.kit, reader=opened, order=wanted, now=NOW))
    assert clinic.run(lambda session: exports.latest(session, clinic.kit.vault, 5)) == []
    everybody = placed(clinic, order(What.CSV), clinic.lead)
    assert {each.person for each in everybody.subjects} == {clinic.maya, clinic.leo, clinic.noor}


FORM = {"what": "csv", "whom": "all", "since": "2026-02-23", "until": "2026-03-03"}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, ()),
        ({"reason": ""}, ("short",)),
        ({"reason": "  too   few "}, ("short",)),
        ({"reason": "x" * 301}, ("long",)),
        ({"what": "xlsx"}, ("what",)),
        ({"since": "2026-03-04"}, ("span",)),
        ({"until": "2026-03-04"}, ("span",)),
        ({"since": "yesterday"}, ("span",)),
        ({"what": "week"}, ("whom", "week")),
        ({"what": "notes"}, ("whom",)),
        ({"what": "brief", "reason": "no"}, ("whom", "short")),
    ],
)
def test_what_a_form_lacks(
    clinic: Clinic, changes: dict[str, str], faults: tuple[str, ...]
) -> None:
    """Each fault by its name, all at once."""
    today = today_of(clinic.reader(clinic.lead), NOW)
    found = read({**FORM, "reason": REASON, **changes}, today)
    assert (found.faults if isinstance(found, Refused) else ()) == faults


@pytest.mark.both
def test_drafts_for_the_progress_note(clinic: Clinic) -> None:
    """From attendance, exercises and ratings; nothing the person typed; each is different."""
    earlier = {**PHQ9, "q1": "a3", "q2": "a3"}
    clinic.did(clinic.maya, "measure.phq9", earlier, THURSDAY - timedelta(days=2))
    clinic.did(clinic.leo, "breath.paced", {}, THURSDAY, language="es")
    text = made(clinic, order(What.NOTES_FILE, group=clinic.group)).decode("utf-8-sig")
    assert "DRAFT, made from counts and ratings." in text
    mine, leos = text.strip().split("\n\n")[-2:]
    assert mine.startswith(f"{FORMULA} reports having attended the group session on 26 Feb.")
    assert "completed Seven-column thought record (1), on 1 of 9 days." in mine
    assert "lower after 1 of 1 rated exercises: Feelings 80 to 30 of 100" in mine
    assert "PHQ-9 9 on 26 Feb, 4 lower than the time before" in mine
    assert "[Add: participation" in mine
    assert not [each for each in SECRET if each in text]
    assert "has not agreed that the team reads entries" in leos
    assert "Paced" not in leos


def test_only_what_was_brought_is_quoted(clinic: Clinic) -> None:
    """One entry marked to be brought: its thought in view, and nothing else of it."""
    run = clinic.did(clinic.maya, "cbt.thought7", RECORD, THURSDAY + timedelta(hours=1))
    clinic.run(
        partial(
            brought.bring,
            run=run,
            person=clinic.maya,
            group=clinic.group,
            day=THURSDAY.date(),
            now=NOW,
        )
    )
    text = made(clinic, order(What.NOTES_FILE, person=clinic.maya)).decode("utf-8-sig")
    assert "Brought to the session: “nobody likes me” (Seven-column thought record)." in text
    assert not [each for each in SECRET if each in text and each != "nobody likes me"]
    clinic.agrees(clinic.maya, granted=False)
    after = made(clinic, order(What.NOTES_FILE, person=clinic.maya)).decode("utf-8-sig")
    assert "nobody likes me" not in after


def test_the_brief_of_a_group(clinic: Clinic) -> None:
    """A PDF; everybody who is on it can read that a copy was made."""
    assert made(clinic, order(What.BRIEF, group=clinic.group)).startswith(b"%PDF-")
    for person in (clinic.maya, clinic.leo):
        found = clinic.run(partial(audit.of_subject, subject=person))
        assert "participant.exported" in [each.action for each in found]


def test_the_week_says_what_the_page_of_the_person_says(clinic: Clinic) -> None:
    """How strong it felt, not how far it was believed, on its own scale; a questionnaire with its
    change since the time before, which was weeks ago."""
    clinic.did(
        clinic.maya, "measure.phq9", PHQ9 | {"q1": "a0", "q2": "a0"}, THURSDAY - timedelta(weeks=3)
    )
    document = PdfDocument(made(clinic, order(What.WEEK, person=clinic.maya)))
    text = document[0].get_textpage().get_text_range().replace("\u200b", "")
    said = " ".join(text.split())
    assert "80/100 30/100 −50" in said
    assert "90/100" not in said
    assert "9/27 some +2" in said


def test_a_week_is_printed_in_the_language_of_whoever_prints_it(clinic: Clinic) -> None:
    """Maya answers in English, Dr Rivera reads Spanish: the band is in Spanish, and the change
    since the time before is there. It was looked for by its English name, and was missing."""
    few = PHQ9 | {"q1": "a0", "q2": "a0"}
    clinic.did(clinic.maya, "measure.phq9", few, THURSDAY - timedelta(weeks=3))
    clinic.did(clinic.maya, "check.core", {"mood": 4, "anxiety": 4}, THURSDAY + timedelta(hours=4))
    clinic.run(lambda session: people.set_language(session, clinic.rivera, "es"))
    printed = made(clinic, order(What.WEEK, person=clinic.maya))
    document = PdfDocument(printed)
    text = document[0].get_textpage().get_text_range().replace("\u200b", "")
    assert "9/27 algunos +2" in " ".join(text.split())


def test_a_thought_record_is_printed_as_its_columns(clinic: Clinic) -> None:
    """Seven beside each other on one page lying across, ratings within theirs."""
    record = RECORD | {"next_action": "Call her"}
    run = clinic.did(clinic.maya, "cbt.thought7", record, THURSDAY + timedelta(hours=3))
    document = PdfDocument(made(clinic, order(What.ENTRY, person=clinic.maya, run=run)))
    assert len(document) == 1
    wide, high = document[0].get_size()
    assert wide > high
    said = " ".join(document[0].get_textpage().get_text_range().replace("\u200b", "").split())
    for each in ("Facts that fit Facts that do not fit Fairer thought Now", "Next step: Call her"):
        assert each in said


def test_an_entry_is_printed_in_the_language_of_whoever_prints_it(clinic: Clinic) -> None:
    """The programme's words, numbers and days in Spanish for who works in Spanish, as on the page
    of the entry; the person's own words as they were typed."""
    record = RECORD | {"next_action": "Call her"}
    thought = clinic.did(clinic.maya, "cbt.thought7", record, THURSDAY + timedelta(hours=3))
    answers: dict[str, Value] = {"mood": 6, "anxiety": 4, "sleep": 7.5}
    check = clinic.did(clinic.maya, "check.core", answers, THURSDAY + timedelta(hours=4))
    clinic.run(lambda session: people.set_language(session, clinic.rivera, "es"))

    def printed(run: UUID) -> str:
        document = PdfDocument(made(clinic, order(What.ENTRY, person=clinic.maya, run=run)))
        text = document[0].get_textpage().get_text_range().replace("\u200b", "")
        return " ".join(text.split())

    said = printed(thought)
    assert "Siguiente paso: Call her" in said
    assert "Belief" not in said
    assert "¿Cuántas horas dormiste, más o menos? 6 4 7,5 horas" in printed(check)


def test_pages_to_print(clinic: Clinic) -> None:
    """A week, and one entry; not an entry of others, nor one that may not be read."""
    run = clinic.did(clinic.maya, "cbt.thought5", {"situation": "here"}, THURSDAY)
    foreign = clinic.did(clinic.noor, "cbt.thought5", {"situation": "there"}, THURSDAY)
    week = order(What.WEEK, person=clinic.maya)
    assert made(clinic, week).startswith(b"%PDF-")
    assert made(clinic, order(What.ENTRY, person=clinic.maya, run=run)).startswith(b"%PDF-")
    for wrong in (foreign, UUID(int=7), None):
        with pytest.raises(NotYoursError):
            made(clinic, order(What.ENTRY, person=clinic.maya, run=wrong))
    clinic.agrees(clinic.maya, granted=False)
    assert made(clinic, week).startswith(b"%PDF-")
    with pytest.raises(NotYoursError):
        made(clinic, order(What.ENTRY, person=clinic.maya, run=run))
