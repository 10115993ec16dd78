"""The end of an exercise, and an entry read again: what changed, what was stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from markupsafe import Markup, escape

from bot.care.feedback import Shift, main_shift, moved
from bot.catalog.exercise import Exercise
from bot.catalog.span import reach
from bot.catalog.steps import Finish, Question, Timed
from bot.catalog.text import said
from bot.engine.holds import holds
from bot.engine.run import Run, Status
from bot.engine.score import total
from bot.messages.callback import for_menu
from bot.messages.copying import copied
from bot.messages.fill import entry_said, fill, number_said, short, shown
from bot.messages.message import Button, Message, Rows
from bot.messages.pack import LONGEST, packed, units
from bot.messages.words import Words

OFFERED = 3
"""More offers than this are no help; the first that fit are the ones meant most."""
QUOTED = 280
"""So much of an answer is quoted in a summary; /history shows all of it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads and when: language, IANA zone, now (UTC), titles of what can be offered by id.

    `coda` is a sentence of our own (Telegram HTML) that an exercise ends with.
    """

    language: str
    zone: str
    now: datetime
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    coda: str = ""

    def clock(self, moment: datetime) -> str:
        """The hour and minute on this person's own clock."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return str(format_time(local, "HH:mm", locale=self.language))

    def day(self, moment: datetime) -> str:
        """Day and time as this person writes them."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return str(format_datetime(local, "d MMM, HH:mm", locale=self.language))


def about(words: Words, run: Run, language: str) -> str:
    """ "For Tuesday 24 Nov, filled in later"; nothing for an entry of its own day."""
    if run.about is None or not run.late:
        return ""
    day = str(format_date(run.about, "EEEE d MMM", locale=language))
    return words.word(language, "day.late", day=day)


class Line(NamedTuple):
    """A name and a value, both plain text."""

    label: str
    value: str


def summary(words: Words, exercise: Exercise, run: Run, end: Finish, at: Viewer) -> list[Message]:
    """What is said at the end: the receipt, the change, the thought, and what to do next."""
    language = run.language
    felt = main_shift(exercise, end, run.answers)
    kept = exercise.keep_in_view
    thought = shown(exercise, kept, run.answers.get(kept), language) if kept else ""
    text = words.text(
        language,
        "finish",
        time=at.clock(at.now),
        title=said(exercise.title, language),
        about=about(words, run, language),
        coda=Markup(at.coda),  # noqa: S704 # our own words
        text=fill(end.words(language, run.plain), run.answers, exercise, language),
        kept=short(thought, QUOTED),
        shown=[
            _line(exercise, run, name, QUOTED)
            for name in end.shows
            if _has(run, name) and name != kept
        ],
        changes=_changes(exercise, run, end),
        counted=[
            Line(named(exercise, name, language), str(_count(run, name))) for name in end.counts
        ],
        band=felt.band if felt else None,
        points=abs(felt.points) if felt else 0,
        scores=[line for name in end.scores if (line := _score(exercise, run, name)) is not None],
        item=_felt_item(exercise, end, run, felt.item)
        if felt and len(_felt(exercise, end, run)) > 1
        else "",
        remarks=_remarks(exercise, run, end),
        answers=sum(
            value is not None for name, value in run.answers.items() if name in exercise.places
        ),
    )
    way_on = _next(words, exercise, run, at)
    return copied(words, exercise, run, end, _messages(_fitting(text), way_on))


def entry(
    words: Words, exercise: Exercise, run: Run, ended_at: datetime, at: Viewer
) -> list[Message]:
    """One entry as it was written, every answer in full, in as few messages as it takes."""
    language = at.language
    marks = [about(words, run, language)]
    if run.status is not Status.FINISHED:
        marks.append(words.word(language, "unfinished"))
    heading = words.layout(
        "entry",
        language,
        title=said(exercise.title, language),
        when=at.day(ended_at),
        status=" · ".join(filter(None, marks)),
    )
    paragraphs = [
        paragraph
        for step in exercise.steps
        if isinstance(step, Question | Timed) and _has(run, step.id)
        for paragraph in _in_full(exercise, run, step.id)
    ]
    buttons = _rows(
        Button(text=words.word(language, "buttons.history"), data=for_menu("history")),
        Button(text=words.word(language, "buttons.menu"), data=for_menu("menu")),
    )
    return _messages(packed([heading, *paragraphs]), buttons)


def _messages(texts: list[str], buttons: Rows) -> list[Message]:
    """Messages nobody can forward; the last one has the buttons."""
    *first, last = texts
    return [
        *(Message(text=text, protect=True) for text in first),
        Message(text=last, buttons=buttons, protect=True),
    ]


def _fitting(text: str) -> list[str]:
    return [text] if units(text) <= LONGEST else packed(text.split("\n\n"))


def _changes(exercise: Exercise, run: Run, end: Finish) -> list[dict[str, object]]:
    """Beliefs first, so that the feelings stand right above the sentence about them."""
    lines: list[dict[str, object]] = []
    found = moved(exercise, end, run.answers)
    for change, several in sorted(found, key=lambda pair: pair[0].kind == "intensity"):
        name = said(change.label, run.language) if change.label else ""
        name = name or named(exercise, change.before, run.language)
        lines += [
            _change(shift, entry_said(exercise, change.before, shift.item, run.language) or name)
            for shift in several
        ]
    return lines


def _felt(exercise: Exercise, end: Finish, run: Run) -> list[str]:
    """The feelings that were rated before and after."""
    found = moved(exercise, end, run.answers)
    several = [each for change, each in found if change.kind == "intensity"]
    return [shift.item for shift in several[0]] if several else []


def _felt_item(exercise: Exercise, end: Finish, run: Run, item: str) -> str:
    """The name of the feeling the feedback speaks of."""
    felt = next(change for change in end.changes if change.kind == "intensity")
    return short(entry_said(exercise, felt.before, item, run.language), 60)


def _change(shift: Shift, name: str) -> dict[str, object]:
    return {"label": short(name, 60), "before": shift.before, "after": shift.after}


def _remarks(exercise: Exercise, run: Run, end: Finish) -> list[Markup]:
    said_now = [each for each in end.remarks if holds(each.when, exercise, run.answers)]
    return [
        fill(remark.words(run.language, run.plain), run.answers, exercise, run.language)
        for remark in (said_now[:1] if end.one_remark else said_now)
    ]


def _score(exercise: Exercise, run: Run, name: str) -> Line | None:
    """ "12 (0–27) · moderate"; nothing while too few questions are answered."""
    score = exercise.scored[name]
    value, ends = total(exercise, score, run.answers), reach(exercise, score)
    if value is None or ends is None:
        return None
    low, high, shown_as = (number_said(each, run.language) for each in (*ends, value))
    band = score.band(value)
    named = f" · {said(band.label, run.language)}" if band else ""
    return Line(said(score.label, run.language), f"{shown_as} ({low}–{high}){named}")


def _has(run: Run, name: str) -> bool:
    return run.answers.get(name) not in (None, (), {}, "")


def named(exercise: Exercise, name: str, language: str) -> str:
    """What an answer is called."""
    step = exercise.find(name)
    if isinstance(step, Question | Timed):
        return said(step.label, language)
    given = exercise.brought.get(name)
    return said(given.label, language) if given else name


def _count(run: Run, name: str) -> int:
    value = run.answers.get(name)
    return len(value) if isinstance(value, tuple | dict) else int(value is not None)


def _line(exercise: Exercise, run: Run, name: str, longest: int) -> Line:
    """One answer with its label, in short."""
    label = named(exercise, name, run.language)
    return Line(label, short(_value(exercise, run, name), longest))


def _value(exercise: Exercise, run: Run, name: str) -> str:
    value = run.answers.get(name)
    if isinstance(exercise.find(name), Timed) and isinstance(value, int):
        return f"{value // 60}:{value % 60:02d}"
    return shown(exercise, name, value, run.language)


def _in_full(exercise: Exercise, run: Run, name: str) -> list[str]:
    """One answer as it was written, as Telegram HTML; a line for each entry of a list."""
    match run.answers.get(name):
        case tuple() as entries:
            said_so = [entry_said(exercise, name, each, run.language) for each in entries]
            lines = [f"• {entry}" for entry in said_so]
        case dict() as ratings:
            lines = [
                f"• {entry_said(exercise, name, entry, run.language)}: {number}"
                for entry, number in ratings.items()
            ]
        case _:
            lines = [_value(exercise, run, name)]
    label = Markup("<b>{}</b>").format(named(exercise, name, run.language))
    return packed([str(label), *(str(escape(line)) for line in lines)], joint="\n")


def _next(words: Words, exercise: Exercise, run: Run, at: Viewer) -> Rows:
    offered = [
        name
        for suggestion in exercise.suggest
        if suggestion.when is None or holds(suggestion.when, exercise, run.answers)
        for name in suggestion.offer
        if name in at.titles
    ]
    buttons = [
        Button(text=said(at.titles[name], run.language), data=for_menu("begin", name))
        for name in [*dict.fromkeys(offered)][:OFFERED]
    ]
    menu = Button(text=words.word(run.language, "buttons.menu"), data=for_menu("menu"))
    return _rows(*buttons, menu)


def _rows(*buttons: Button) -> Rows:
    return tuple((button,) for button in buttons)
