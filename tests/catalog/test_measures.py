"""Measures with stand-in words: what they add up to, who hears of what, and what is refused."""

from pathlib import Path
from typing import NamedTuple

import pytest

from bot.catalog.exercise import Exercise
from bot.catalog.load_measures import read_measures, stand_in
from bot.catalog.measure import Measure, StaffMeasure
from bot.catalog.span import reach
from bot.catalog.steps import AskChoice, Finish
from bot.catalog.text import said
from bot.catalog.wording import worded
from bot.catalog.wording_file import empty_form, read_wording
from bot.config import Settings
from bot.engine.advance import advance, start
from bot.engine.event import Signalled
from bot.engine.given import SKIP, Pressed
from bot.engine.run import Run, Status
from bot.engine.score import total
from bot.messages.lines import score_line
from bot.messages.summary import Viewer, summary
from bot.messages.words import Words
from tests.engine.playing import NOON

MEASURES = read_measures(Settings().measures_dir, Settings().cache)
OFFERED = {each.measure: each for each in MEASURES.offered}
MISSING = -1
"""In a row of answers: skipped."""


def _exercise(name: str) -> Exercise:
    measure = OFFERED[name]
    return worded(measure, stand_in(measure))


class Filled(NamedTuple):
    """A filled-in form: the run as it ended, and what was signalled, in order."""

    exercise: Exercise
    run: Run
    signalled: list[tuple[str, str]]

    def score(self, name: str = "total") -> float | None:
        """What it adds up to."""
        return total(self.exercise, self.exercise.scored[name], self.run.answers)

    def band(self, name: str = "total") -> str:
        """The id of the band."""
        value = self.score(name)
        band = self.exercise.scored[name].band(value) if value is not None else None
        return band.id if band else ""


def _fill(name: str, *values: int, then: dict[str, str] | None = None) -> Filled:
    """Answers the items in order by what the answers count as; `then` are our own questions."""
    exercise, left = _exercise(name), list(values)
    run, raised = start(exercise, NOON, "en").run, list[tuple[str, str]]()
    while run.is_open:
        step = exercise.step(run.cursor)
        assert isinstance(step, AskChoice)
        if then is not None and step.id in then:
            choice = then[step.id]
        else:
            value = left.pop(0) if left else MISSING
            options = (option.id for option in step.options if option.value == value)
            choice = SKIP if value == MISSING else next(options)
        run, events = advance(exercise, run, Pressed(run.turn, choice), NOON)
        raised += [(each.reason, each.tier.value) for each in events if isinstance(each, Signalled)]
    assert run.status is Status.FINISHED
    return Filled(exercise, run, raised)


def test_every_definition_makes_sense() -> None:
    """All that the brief names is there, as a form or as scores entered by staff."""
    assert read_measures(Settings().measures_dir).problems == ()
    assert set(OFFERED) == {
        "phq9", "phq8", "phq2", "gad7", "gad2", "pcptsd5", "pcl5", "auditc", "k6", "k10", "bam",
        "pacs", "who5",
    }  # fmt: skip
    assert set(MEASURES.known) - set(OFFERED) == {
        "cssrs", "ders16", "ders18", "isi", "wccl", "sure", "barc10",
    }  # fmt: skip


@pytest.mark.parametrize("name", OFFERED)
def test_no_official_wording_is_in_the_definition(name: str) -> None:
    """The file has ids and numbers where the form has words."""
    measure = OFFERED[name]
    assert not any("text" in dict(item) for item in measure.items)
    answers = [each for several in measure.answers.values() for each in several]
    assert not any("label" in dict(each) for each in answers)
    assert len(measure.licence) > 20


# From the brief, section C: number of items, the ends of each score.
ENDS = [
    ("phq9", 9, "total", 0, 27), ("phq8", 8, "total", 0, 24), ("phq2", 2, "total", 0, 6),
    ("gad7", 7, "total", 0, 21), ("gad2", 2, "total", 0, 6), ("pcl5", 20, "total", 0, 80),
    ("auditc", 3, "total", 0, 12), ("k6", 6, "total", 0, 24), ("k10", 10, "total", 10, 50),
    ("pacs", 5, "total", 0, 30), ("who5", 5, "total", 0, 100), ("pcptsd5", 6, "total", 0, 5),
    ("bam", 3, "use", 0, 12), ("bam", 6, "risk", 0, 24), ("bam", 6, "protective", 0, 24),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items", "score", "low", "high"), ENDS)
def test_the_ends_are_those_of_the_form(
    name: str, items: int, score: str, low: float, high: float
) -> None:
    """Number of scored items, and what all-lowest and all-highest add up to."""
    exercise = _exercise(name)
    assert len(exercise.scored[score].items) == items
    assert reach(exercise, exercise.scored[score]) == (low, high)


@pytest.mark.parametrize("name", [name for name in OFFERED if name not in ("bam", "pcptsd5")])
def test_all_lowest_and_all_highest(name: str) -> None:
    """A form filled in at either end adds up to that end, in the first and the last band."""
    exercise, measure = _exercise(name), OFFERED[name]
    ends = reach(exercise, exercise.scored["total"])
    assert ends is not None
    many = len(measure.items)
    values = [each.value for each in measure.answers[str(measure.items[0].answers)]]
    for value, end, place in ((min(values), ends[0], 0), (max(values), ends[1], -1)):
        filled = _fill(name, *[value] * many, then={"acting": "no"})
        assert filled.score() == end
        assert filled.band() == exercise.scored["total"].bands[place].id


# Cut-offs and bands as published (sources in the definitions): the sum and the band's id.
BANDS = [
    ("phq9", (1, 1, 1, 1, 0, 0, 0, 0, 0), 4, "minimal"),
    ("phq9", (1, 1, 1, 1, 1, 0, 0, 0, 0), 5, "mild"),
    ("phq9", (2, 2, 2, 2, 2, 0, 0, 0, 0), 10, "moderate"),
    ("phq9", (3, 3, 3, 3, 3, 0, 0, 0, 0), 15, "moderately_severe"),
    ("phq9", (3, 3, 3, 3, 3, 3, 2, 0, 0), 20, "severe"),
    ("phq8", (2, 2, 2, 2, 2, 0, 0, 0), 10, "moderate"),
    ("phq2", (1, 1), 2, "below"), ("phq2", (2, 1), 3, "positive"),
    ("gad7", (2, 2, 0, 0, 0, 0, 0), 4, "minimal"), ("gad7", (3, 2, 0, 0, 0, 0, 0), 5, "mild"),
    ("gad7", (3, 3, 3, 1, 0, 0, 0), 10, "moderate"),
    ("gad7", (3, 3, 3, 3, 3, 0, 0), 15, "severe"),
    ("gad2", (3, 0), 3, "positive"),
    ("pcl5", (4,) * 7 + (2,) + (0,) * 12, 30, "below"),
    ("pcl5", (4,) * 7 + (3,) + (0,) * 12, 31, "provisional"),
    ("auditc", (2, 0, 0), 2, "low"), ("auditc", (3, 0, 0), 3, "from_three"),
    ("auditc", (2, 1, 1), 4, "from_four"),
    ("k6", (4, 0, 0, 0, 0, 0), 4, "low"), ("k6", (4, 4, 4, 0, 0, 0), 12, "moderate"),
    ("k6", (4, 4, 4, 1, 0, 0), 13, "serious"),
    ("k10", (1,) * 5 + (2,) * 5, 15, "low"), ("k10", (1,) * 4 + (2,) * 6, 16, "moderate"),
    ("k10", (2,) * 8 + (3,) * 2, 22, "high"), ("k10", (3,) * 10, 30, "very_high"),
    ("pacs", (3, 3, 3, 3, 2), 14, "lower"), ("pacs", (3, 3, 3, 3, 3), 15, "from_fifteen"),
    ("pacs", (5, 4, 4, 4, 4), 21, "above_twenty"),
    ("who5", (1, 1, 2, 2, 1), 28, "very_low"), ("who5", (2, 3, 3, 2, 2), 48, "low"),
    ("who5", (3, 3, 3, 2, 2), 52, "higher"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "score", "band"), BANDS)
def test_published_cut_offs(name: str, values: tuple[int, ...], score: int, band: str) -> None:
    """On either side of each published boundary the band is the published one."""
    filled = _fill(name, *values)
    assert (filled.score(), filled.band()) == (score, band)


def test_bam_has_three_parts_and_no_total() -> None:
    """Use counts items 4 to 6, risk and protection six each; the seven drug lines count nowhere."""
    values = (4, 0, 0, 0, 0, 1, *(4,) * 7, 2, 3, 1, 0, 2, 4, 4, 0, 3, 4)
    filled = _fill("bam", *values)
    assert (filled.score("use"), filled.band("use")) == (1, "some")
    assert (filled.score("risk"), filled.band("risk")) == (6, "lower")
    assert (filled.score("protective"), filled.band("protective")) == (17, "higher")


def test_pcptsd5_ends_at_once_without_a_hard_event() -> None:
    """A no to the first question leaves the five out, and the score is 0."""
    filled = _fill("pcptsd5", then={"exposure": "no"})
    assert filled.run.answers == {"exposure": "no"}
    assert filled.score() == 0


def test_pcptsd5_counts_the_five() -> None:
    """After a yes the five count, and three and four are told apart."""
    three = _fill("pcptsd5", 1, 1, 1, 0, 0, then={"exposure": "yes"})
    four = _fill("pcptsd5", 1, 1, 1, 1, 0, then={"exposure": "yes"})
    assert (three.score(), three.band()) == (3, "from_three")
    assert (four.score(), four.band()) == (4, "from_four")


@pytest.mark.parametrize(
    ("name", "values", "score"),
    [
        ("phq9", (1, 1, 1, 1, 1, 1, 1, 1, MISSING), 9),
        ("phq9", (2, 2, 2, 2, 2, 2, 2, MISSING, MISSING), 18),
        ("phq9", (3, 0, 0, 0, 0, 0, 0, 0, MISSING), 3),
        ("phq9", (3, 3, 3, 3, 3, 3, MISSING, MISSING, MISSING), None),
        ("phq8", (1, 1, 1, 1, 1, 1, MISSING, MISSING), 8),
        ("gad7", (3, 3, 3, 3, 3, MISSING, MISSING), 21),
        ("gad7", (3, 3, 3, 3, MISSING, MISSING, MISSING), None),
        ("phq2", (3, MISSING), None), ("gad2", (MISSING, 3), None),
        ("k10", (5,) * 9 + (MISSING,), None), ("who5", (5, 5, 5, 5, MISSING), None),
        ("pcl5", (4,) * 19 + (MISSING,), None), ("auditc", (4, 4, MISSING), None),
        ("phq9", (MISSING,) * 9, None),
    ],
)  # fmt: skip
def test_missing_items(name: str, values: tuple[int, ...], score: int | None) -> None:
    """Up to two of PHQ-9, PHQ-8 and GAD-7 are made up by the mean of the others, half rounded up;
    the other forms give no score with an item missing."""
    assert _fill(name, *values).score() == score


@pytest.mark.parametrize(
    ("item9", "acting", "signals"),
    [
        (0, None, []),
        (MISSING, None, []),
        (1, "no", [("item9", "concern")]),
        (1, "unsure", [("item9", "concern"), ("item9_unsure", "concern")]),
        (1, "yes", [("item9", "concern"), ("item9_acting", "crisis")]),
        (2, "no", [("item9_often", "concern")]),
        (3, "yes", [("item9_often", "concern"), ("item9_acting", "crisis")]),
    ],
)
def test_item_9_of_phq9(item9: int, acting: str | None, signals: list[tuple[str, str]]) -> None:
    """Any answer but the lowest is a concern at once and asks about acting; a yes is a crisis.
    After a yes or unsure the last question is asked of nobody who has had enough."""
    for rest in ("go_on", "enough"):
        then = {"acting": acting, "acting_said": rest} if acting else None
        filled = _fill("phq9", *[0] * 8, item9, 0, then=then)
        assert filled.signalled == signals
        stops = acting in ("yes", "unsure") and rest == "enough"
        assert ("q10" in filled.run.answers) != stops
    assert ("acting" in filled.run.answers) == (acting is not None)


def test_item_9_is_heard_before_anything_else_is_answered() -> None:
    """Somebody who puts the phone away after item 9 has been heard, and was asked right there."""
    exercise = _exercise("phq9")
    run, events = start(exercise, NOON, "en")
    for choice in ["a0"] * 8 + ["a1"]:
        run, events = advance(exercise, run, Pressed(run.turn, choice), NOON)
    assert [each.reason for each in events if isinstance(each, Signalled)] == ["item9"]
    assert run.cursor == "acting"


@pytest.mark.parametrize(
    ("skipped", "told"),
    [
        (0, "PHQ-9: 9 (0–27) · some"),
        (1, "PHQ-9: 9 (0–27) · some\nOne question was left open, so this is an estimate."),
        (2, "2 questions were left open, so this is an estimate."),
        (3, "Too many questions were left open for a number this time."),
    ],
)
def test_what_was_left_open_is_said_with_the_number(skipped: int, told: str) -> None:
    """A number that was partly made up says so; where there is none nobody looks for it, nor is
    told that these numbers are no diagnosis."""
    filled = _fill("phq9", *[MISSING] * skipped, *[1] * (8 - skipped), 1, 0, then={"acting": "no"})
    end = filled.exercise.find(filled.run.cursor)
    assert isinstance(end, Finish)
    words = Words(Settings().prompts_dir, Settings().cache)
    reader = Viewer("en", "UTC", NOON)
    said_there = summary(words, filled.exercise, filled.run, end, reader)[0].text
    assert told in said_there
    assert ("left open" in said_there) == (skipped > 0)
    assert ("not a diagnosis" in said_there) == (skipped < 3)


def _ends_with(filled: Filled, language: str = "en", *, noted: bool = False) -> str:
    end = filled.exercise.find(filled.run.cursor)
    assert isinstance(end, Finish)
    words = Words(Settings().prompts_dir, Settings().cache)
    run = filled.run.model_copy(update={"language": language})
    return summary(words, filled.exercise, run, end, Viewer(language, "UTC", NOON, noted=noted))[
        0
    ].text


@pytest.mark.parametrize(
    ("values", "softly"),
    [((4, 0, 0), True), ((3, 0, 0), True), ((2, 0, 0), False), ((3, 1, 0), False),
     ((3, 0, 1), False)],
)  # fmt: skip
def test_points_from_how_often_alone_are_read_softly(values: tuple[int, ...], softly: bool) -> None:
    """One or two drinks on many days: AUDIT-C's number says so, in both languages."""
    filled = _fill("auditc", *values)
    assert ("Read the number lightly." in _ends_with(filled)) is softly
    assert ("Toma el número con calma." in _ends_with(filled, "es")) is softly


@pytest.mark.parametrize(
    ("name", "values", "then"),
    [("auditc", (1, 1, 1), None), ("pcptsd5", (1, 1, 1, 0, 0), {"exposure": "yes"})],
)
def test_only_staff_read_whose_mark_it_is(
    name: str, values: tuple[int, ...], then: dict[str, str] | None
) -> None:
    """Three points are the mark for women and below that for men: nobody is told in the chat what
    they are, and the pages say what the number means for whom."""
    filled = _fill(name, *values, then=then)
    own = score_line(filled.exercise, filled.run, "total")
    staff = score_line(filled.exercise, filled.run, "total", "es", staff=True)
    assert own is not None
    assert staff is not None
    assert "women" not in own.value
    assert staff.value.endswith("en la marca para mujeres, por debajo de la de hombres")


def test_no_low_band_stands_below_a_plan() -> None:
    """Whoever answered nearly every day and yes to a plan was told “few or none” right below."""
    filled = _fill("phq9", *[0] * 8, 3, 0, then={"acting": "yes", "acting_said": "enough"})
    assert "PHQ-9: 3 (0–27) · few or none" in _ends_with(filled)
    told = _ends_with(filled, noted=True)
    assert "PHQ-9: 3 (0–27)" in told
    assert "few or none" not in told


def test_codes_are_those_that_are_confirmed() -> None:
    """The LOINC codes of the brief, and none where it confirms none (GAD-2's total above all)."""
    assert OFFERED["phq9"].codes.loinc == "44249-1"
    assert OFFERED["phq9"].items[8].codes.loinc == "44260-8"
    assert OFFERED["gad7"].scores[0].codes.loinc == "70274-6"
    assert OFFERED["gad2"].scores[0].codes.loinc is None
    without = [OFFERED[name] for name in ("who5", "pcptsd5", "k6", "k10", "bam", "pacs")]
    assert all(each.codes.loinc is None for each in without)
    assert all(score.codes.loinc is None for each in without for score in each.scores)


def test_one_language_is_enough() -> None:
    """A programme that has the form in English only gets an exercise in English only."""
    measure = OFFERED["phq9"]
    english = {key: {"en": texts["en"]} for key, texts in stand_in(measure).items()}
    exercise = worded(measure, english)
    assert exercise.languages == ("en",)
    assert "acting" in exercise.places


def test_long_answers_stand_in_the_question() -> None:
    """Answers that fit on no button are listed above, and the buttons carry their numbers."""
    measure = OFFERED["pacs"]
    words = {**stand_in(measure), "s1.a0": {"en": "x" * 60, "es": "y" * 60}}
    step = worded(measure, words).step("q1")
    assert isinstance(step, AskChoice)
    assert [said(option.label, "en") for option in step.options] == list("0123456")
    assert f"0 = {'x' * 60}" in said(step.text, "en")


def test_words_are_shown_as_they_are_written() -> None:
    """What looks like markup in the official wording is not taken as markup."""
    measure = OFFERED["phq2"]
    words = {**stand_in(measure), "q1": {"en": "a < b & c", "es": "a < b & c"}}
    step = worded(measure, words).step("q1")
    assert isinstance(step, AskChoice)
    assert said(step.text, "en") == "a &lt; b &amp; c"


def _csv(measure: Measure, *, leave: str = "", swap: bool = False) -> str:
    lines = [f"{key},{language},{key} in {language}" for language in ("en", "es")
             for key in measure.keys if key != leave]  # fmt: skip
    if swap:
        lines[1], lines[2] = lines[2], lines[1]
    return "\n".join(["item,language,text", *lines])


def test_a_complete_file_is_taken() -> None:
    """Every key in every language; a byte order mark, as spreadsheets write it, does no harm."""
    measure = OFFERED["gad2"]
    words, problems = read_wording("\ufeff" + _csv(measure), measure, "gad2.csv")
    assert problems == ()
    assert words["q2"] == {"en": "q2 in en", "es": "q2 in es"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (_csv(OFFERED["gad2"], leave="q2"), 1, "missing: q2"),
        (_csv(OFFERED["gad2"], swap=True), 4, "“q1” comes before “q2”"),
        (_csv(OFFERED["gad2"]).replace("q2,es,q2 in es", "q2,es,"), 11, "no text"),
        (_csv(OFFERED["gad2"]).replace("q2,en", "q9,en"), 4, "“q9” is no item"),
        (_csv(OFFERED["gad2"]).replace("q2,en", "q2,de"), 4, "“de” is not among"),
        (_csv(OFFERED["gad2"]).replace("q2,en", "q1,en"), 4, "stands twice"),
        ("item,text\nq1,x", 1, "item,language,text"),
        ("item,language,text\n", 1, "no text in this file"),
        ('item,language,text\nq1,en,"x', 2, "Not readable as CSV"),
    ],
)
def test_a_file_with_mistakes_is_told_line_by_line(text: str, line: int, says: str) -> None:
    """Count and order are checked, and each mistake has its line."""
    _, problems = read_wording(text, OFFERED["gad2"], "gad2.csv")
    assert any(each.line == line and says in each.message for each in problems)


def test_the_form_to_fill_in_has_every_line() -> None:
    """What `template` prints is complete once the texts are in."""
    measure = OFFERED["auditc"]
    filled = "\n".join(
        f"{line}x" if at else line for at, line in enumerate(empty_form(measure).splitlines())
    )
    assert read_wording(filled, measure, "f.csv")[1] == ()


def test_a_broken_definition_is_told_with_its_line(tmp_path: Path) -> None:
    """Its own file and line, though the exercise it would make has no file."""
    folder = tmp_path / "exercises" / "measures"
    folder.mkdir(parents=True)
    text = (Settings().measures_dir / "gad2.yaml").read_text(encoding="utf-8")
    wrong = text.replace("items: [q1, q2]", "items: [q1, q3]")
    (folder / "gad2.yaml").write_text(wrong, encoding="utf-8")
    (problem,) = read_measures(folder).problems
    assert (problem.code, problem.file) == ("SCORE_002", "exercises/measures/gad2.yaml")
    assert problem.line == wrong[: wrong.index("items: [q1, q3]")].count("\n") + 1


def test_scores_of_paper_forms_have_the_ends_that_are_certain() -> None:
    """C-SSRS is a level, DERS-16 goes from 16 to 80, and SURE has no upper end here."""
    ends = {
        name: [(score.min, score.max) for score in each.scores]
        for name, each in MEASURES.known.items()
        if isinstance(each, StaffMeasure)
    }
    assert ends["cssrs"] == [(0, 3)]
    assert ends["ders16"] == [(16, 80)]
    assert ends["barc10"] == [(10, 60)]
    assert ends["sure"] == [(0, None)]
