"""Documents: one page where one page is promised, and everybody's words as they were typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from bot.reports import handover as own_page
from bot.reports.figures import Day, Series, State
from bot.reports.own_data import Entry as PlanEntry
from bot.reports.own_data import Said
from bot.reports.pdf import (
    Brief,
    Brought,
    Column,
    Comment,
    Curve,
    Entry,
    Measured,
    Practised,
    Promised,
    Seen,
    Stamp,
    Week,
    brief,
    entry,
    handover,
    paper_of,
    week,
)
from bot.reports.pdf.said import PART_2
from tests.messages.reading import WORDS

NOW = datetime(2026, 11, 23, 15, 0, 0, 123456, tzinfo=UTC)
START, END = date(2026, 11, 16), date(2026, 11, 22)
STAMP = Stamp("Riverside IOP", "Dr Rivera", NOW, "America/New_York", "us-letter")
ODD = [
    '#set page(width: 1cm) #panic("x")',
    "$ x^2 $ and 5 $ each",
    "\\alpha \\u{1F600} C:\\temp",
    "*bold* _it_ `raw` = head - list @ref <label> // no comment /* nor this */",
    '"quoted" -- and --- ... ~ not',
    "=HYPERLINK(1)",
    "שלום עולם",
    "😀 👩‍👩‍👧 🏳️‍🌈 ❤️",
    "ไทย ελληνικά кириллица हिन्दी",
    "a\u0000b\u0008c\ufffe",
]


def words(language: str) -> Any:
    return WORDS.short(language)["office_pdf"]


@dataclass(frozen=True)
class Page:
    """One page as a browser reads it: its words, and how far right the last letter reaches."""

    words: str
    width: float
    height: float
    reaches: float


def read(pdf: bytes) -> list[Page]:
    """All pages."""
    found = []
    document = PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        ends = [text.get_charbox(at)[2] for at in range(text.count_chars())]
        width, height = page.get_size()
        found.append(Page(text.get_text_range(), width, height, max(ends, default=0)))
        text.close()
        page.close()
    document.close()
    return found


def text(pdf: bytes) -> str:
    """All words, without the invisible places where long ones may break."""
    return "\n".join(page.words for page in read(pdf)).replace("\u200b", "")


def is_accessible(pdf: bytes) -> bool:
    """Whether it says that it keeps PDF/UA-1, which typst checks before it says so."""
    return b"pdfuaid" in pdf


def squeezed(words: str) -> str:
    """Without anything a line break could change."""
    return re.sub(r"[\s\x00-\x1f\ufffe\ufeff]", "", words)


def a_curve(name: str = "Mood") -> Curve:
    points = tuple((START + timedelta(days=at), 20.0 + at * 9) for at in range(7) if at != 3)
    return Curve(
        f"{name} this week",
        "0 low, 100 high",
        "From 20 up to 74, one day without.",
        (Series(name, points),),
        (START + timedelta(days=3),),
        START,
        END,
    )


def a_week(**other: Any) -> Week:
    """A full and ordinary week."""
    facts = Week(
        stamp=STAMP,
        alias="Heron",
        group="Thursday-B",
        start=START,
        end=END,
        readable=True,
        curves=(a_curve(),),
        exercises=tuple(
            Practised(NOW - timedelta(days=at), f"Opposite action {at}", 80, 45) for at in range(4)
        ),
        checkins=tuple(
            Day(START + timedelta(days=at), state)
            for at, state in enumerate((*State, State.ANSWERED))
        ),
        measures=(Measured(NOW, "PHQ-9", 14, 27, "moderate", -5),),
        promises=(Promised("Call my sister", END, "done"),),
        attended=1,
        sessions=2,
    )
    return replace(facts, **other)


def a_brief(**other: Any) -> Brief:
    """Eight members before a Thursday."""
    facts = Brief(
        stamp=STAMP,
        group="Thursday-B",
        meets_at=NOW + timedelta(days=3),
        since=START,
        members=tuple(
            Seen(f"Member {at}", at, NOW - timedelta(hours=at), -at * 3, 4 if at == 7 else 0)
            for at in range(8)
        ),
        exercise="Opposite action",
        attended=(6, 8),
        ring=(6, 8),
        curve=a_curve("Mood of the group"),
        themes=(
            ("Exercises", (("Opposite action", 4), ("Riding out a craving", 3))),
            ("Tapped most", (("evening, alone, craving", 3), ("saying no", 2))),
        ),
        brought=(Brought("Chain analysis", "Heron"), Brought("Opposite action")),
        question="What got you through the week?",
        answers=(Brought("My sister. How do I tell my boss?", "Heron"),),
    )
    return replace(facts, **other)


def an_entry(answers: tuple[tuple[str, ...], ...], **other: Any) -> Entry:
    """A thought record with these answers."""
    facts = Entry(
        stamp=STAMP,
        alias="Heron",
        title="Seven-column thought record",
        began=NOW,
        ended=NOW,
        state="finished",
        columns=tuple(
            Column(f"Column {at}", f"Question {at}?", each) for at, each in enumerate(answers)
        ),
        before=80,
        after=40,
        comments=(Comment("Dr Rivera", NOW, "You noticed it before you acted."),),
    )
    return replace(facts, **other)


MADE: dict[str, Callable[[str], bytes]] = {
    "week": lambda language: week(a_week(), words(language), language),
    "brief": lambda language: brief(a_brief(), words(language), language),
    "entry": lambda language: entry(
        an_entry((("one",), ("two", "three"))), words(language), language
    ),
    "handover": lambda language: handover(
        a_page(language),
        words(language),
        WORDS.short(language)["handover"],
    ),
}


def a_page(language: str = "en", sign: str = "I sleep all day") -> own_page.Handover:
    answer = Said(label="Signs", question="Which?", answer=[sign, "two"])
    return own_page.Handover(
        made_at=NOW,
        language=language,
        zone="America/New_York",
        signs=[sign],
        tools=[own_page.Tool(title="Opposite action", drop=20, n=4)],
        people=["My sister"],
        plans=[
            PlanEntry(
                exercise="safe.plan",
                title="My safety plan",
                revision="1",
                status="finished",
                began=NOW,
                latest=NOW,
                answers=[answer],
            )
        ],
        promises=["Call on Sunday"],
        emergency="911",
        line="988",
        programme="Riverside IOP",
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", MADE)
def test_every_document_is_tagged_and_says_what_it_is(kind: str, language: str) -> None:
    """A title, a language, tags for screen readers, the programme on it, and one page."""
    pdf = MADE[kind](language)
    (page,) = read(pdf)
    assert f"/Lang({language}".encode() in pdf
    assert b"/Marked true" in pdf
    assert is_accessible(pdf)
    document = PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"]
    document.close()
    assert "Riverside IOP" in page.words
    assert page.words.count(PART_2) == (0 if kind == "handover" else 2)


@pytest.mark.parametrize("kind", MADE)
def test_the_same_facts_give_the_same_bytes(kind: str) -> None:
    """Nothing in a document depends on when or where it was set."""
    assert MADE[kind]("en") == MADE[kind]("en")


def test_a_week_shows_what_it_was() -> None:
    """Numbers, changes, states and promises, and the day as it is written there."""
    said = text(week(a_week(), words("en"), "en"))
    for each in ("Heron", "Thursday-B", "Nov 16", "2026", "Opposite action 0", "80", "45", "−35"):
        assert each in said
    for each in ("PHQ-9", "14/27", "moderate", "−5", "Call my sister", "done", "1 of 2", "2 of 4"):
        assert each in said


def test_without_consent_a_week_shows_times_only() -> None:
    """No number, no word and no figure of somebody who has not agreed; the page says so."""
    said = text(week(a_week(readable=False), words("en"), "en"))
    assert "has not agreed that you read" in said.replace("\n", " ")
    assert "Opposite action 0" in said
    for each in ("PHQ-9", "14/27", "80", "−35", "Call my sister", "Mood"):
        assert each not in said


@pytest.mark.parametrize("many", [0, 1, 5, 12, 30, 200])
def test_a_week_is_one_page(many: int) -> None:
    """Whatever happened in it; what does not fit is counted."""
    facts = a_week(
        curves=(a_curve(), a_curve("Urges"), a_curve("Third")),
        exercises=tuple(Practised(NOW, f"{'Exercise ' * 9}{at}", 80, 45) for at in range(many)),
        measures=tuple(Measured(NOW, "Q" * 300, 5, 9, "b" * 300, 1) for _ in range(many)),
        promises=tuple(Promised("word " * 900, END, "open") for _ in range(many)),
        alias="W" * 40,
    )
    for language in ("en", "es"):
        for paper in ("a4", "us-letter"):
            made = replace(facts, stamp=replace(STAMP, paper=paper))
            assert len(read(week(made, words(language), language))) == 1
    said = text(week(facts, words("en"), "en"))
    if not 1 < many < 30:  # in between it depends on the words
        assert ("more" in said) == (many > 1)


@pytest.mark.parametrize("many", [0, 1, 8, 15, 60])
def test_a_brief_is_one_page(many: int) -> None:
    """Also for a large group that brings many questions."""
    facts = a_brief(
        members=tuple(Seen(f"Member {at}", at, NOW, None, at) for at in range(many)),
        brought=tuple(Brought("Chain analysis " * 12, "Heron") for _ in range(many)),
        answers=tuple(Brought("How do I say no? " * 40, "Heron") for _ in range(many)),
        themes=(("Tapped most", tuple((f"theme {at}", at) for at in range(min(many, 12)))),),
    )
    assert len(read(brief(facts, words("es"), "es"))) == 1


def test_a_brief_says_what_is_what() -> None:
    """Answers stand below their question, and what came up under what it is; a column with nothing
    in it for anybody is not there."""
    said = " ".join(text(brief(a_brief(), words("en"), "en")).split())
    assert "What got you through the week? • Heron: My sister." in said
    assert "Exercises: Opposite action (4) · Riding out a craving (3)" in said
    assert "Tapped most: evening, alone, craving (3)" in said
    assert "Exercises Change Last heard" in said
    unrated = tuple(replace(each, change=None) for each in a_brief().members)
    said = " ".join(text(brief(a_brief(members=unrated), words("en"), "en")).split())
    assert "Exercises Last heard" in said


def test_a_small_group_has_no_ring_and_no_curve() -> None:
    """What is not there leaves no empty frame."""
    said = text(brief(a_brief(ring=None, curve=None), words("en"), "en"))
    assert "practised" not in said
    assert "Member 7" in said
    assert "4 d" in said


@pytest.mark.parametrize("odd", ODD)
def test_words_are_never_markup(odd: str) -> None:
    """Whatever somebody typed stands there as they typed it, across and below each other."""
    for many in (3, 9):
        facts = an_entry(((odd,),) * many, alias=odd, comments=(Comment(odd, NOW, odd),))
        pdf = entry(facts, words("en"), "en")
        assert squeezed(odd) in squeezed(text(pdf))
        assert is_accessible(pdf)
    own = handover(a_page(sign=odd), words("en"), WORDS.short("en")["handover"])
    assert squeezed(odd) in squeezed(text(own))


def test_arabic_is_there() -> None:
    """Each letter stands on the page; readers put dotted ones together differently."""
    pdf = entry(an_entry((("مرحبا",), ("x",))), words("en"), "en")
    assert is_accessible(pdf)
    assert set("مرحبا") <= set(text(pdf))


@pytest.mark.parametrize("sign", ["\u0378", "\U00013000", "\U000e0001", "\ue000"])
def test_a_sign_without_a_font_does_not_stop_the_document(sign: str) -> None:
    """It is set all the same; where letters are missing, the page says so."""
    pdf = entry(an_entry(((f"before {sign} after",), ("x",))), words("en"), "en")
    said = text(pdf)
    assert "before" in said
    assert "after" in said
    assert is_accessible(pdf) != ("no font for them" in said)


@pytest.mark.parametrize("sign", ["a", "W", "word ", "ñ é ", "#", "\n", "שלום "])
def test_long_answers_are_whole(sign: str) -> None:
    """Four thousand signs, with and without a place to break a line, all on the paper."""
    answer = (sign * 4000)[:4000]
    pdf = entry(an_entry(((answer,), ("short",))), words("en"), "en")
    said = text(pdf)
    letter = sign.strip()[:1]
    if letter:
        assert said.count(letter) >= answer.count(letter)
    assert "short" in said


def test_nothing_is_wider_than_the_page() -> None:
    """A word without an end is broken; it does not run off the paper."""
    for answers in ((("W" * 4000,), ("x",)), (("W" * 200,),) * 7, (("👩‍👩‍👧" * 200,), ("x",))):
        for page in read(entry(an_entry(answers), words("en"), "en")):
            assert page.reaches < page.width - 40


def test_a_thought_record_lies_across() -> None:
    """Its columns stand beside each other on wide paper; long answers stand below each other."""
    short = read(entry(an_entry((("a",), ("b",), ("c",))), words("en"), "en"))[0]
    long = read(entry(an_entry((("word " * 300,), ("b",))), words("en"), "en"))[0]
    assert short.width > short.height
    assert long.width < long.height


@pytest.mark.parametrize(("country", "paper"), [("US", "us-letter"), ("es", "a4"), ("", "a4")])
def test_paper_is_what_people_have(country: str, paper: str) -> None:
    """Letter where letter is used, A4 elsewhere."""
    assert paper_of(country) == paper
