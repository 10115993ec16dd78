"""The end of an exercise, and an entry read again: what changed, what was stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from markupsafe import Markup, escape

from bot.care.feedback import Shift, main_shift, moved
from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskScale, Finish, Pace, Question, RateEach
from bot.catalog.text import said
from bot.engine.holds import holds
from bot.engine.run import Run, Status
from bot.messages.callback import for_menu
from bot.messages.fill import fill, short, shown
from bot.messages.message import Button, Message, Rows
from bot.messages.pack import LONGEST, packed, units
from bot.messages.words import Words

QUOTED = 280
"""So much of an answer is quoted in a summary; /history shows all of it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads and when: language, IANA zone, now (UTC), titles of what can be offered by id.

    `readers` are the names of those besides the person who may read what is stored.
    """

    language: str
    zone: str
    now: datetime
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    readers: tuple[str, ...] = ()

    @property
    def local(self) -> ZoneInfo:
        """The zone this person lives by."""
        return ZoneInfo(self.zone)

    def clock(self, moment: datetime) -> str:
        """The hour and minute on this person's own clock."""
        local = moment.astimezone(self.local)
        return str(format_time(local, "HH:mm", locale=self.language))

    def day(self, moment: datetime) -> str:
        """Day and time as this person writes them."""
        local = moment.astimezone(self.local)
        return str(format_datetime(local, "d MMM, HH:mm", locale=self.language))

    def full_day(self, moment: datetime) -> str:
        """Day, year and time as this person writes them."""
        local = moment.astimezone(self.local)
        return str(format_datetime(local, "d MMM y, HH:mm", locale=self.language))


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
        text=fill(said(end.text, language), run.answers, exercise, language) if end.text else "",
        kept=short(thought, QUOTED),
        shown=[
            _line(exercise, run, name, QUOTED)
            for name in end.shows
            if _has(run, name) and name != kept
        ],
        changes=_changes(exercise, run, end),
        counted=[
            Line(_label(exercise, name, language), str(_count(run, name))) for name in end.counts
        ],
        band=felt.band if felt else None,
        points=abs(felt.points) if felt else 0,
        item=short(felt.item, 60) if felt and len(_felt(exercise, end, run)) > 1 else "",
        remarks=[
            fill(said(remark.text, language), run.answers, exercise, language)
            for remark in end.remarks
            if holds(remark.when, run.answers)
        ],
        answers=sum(value is not None for value in run.answers.values()),
        readers=", ".join(at.readers),
    )
    return _messages(_fitting(text), _next(words, exercise, run, at))


def entry(
    words: Words, exercise: Exercise, run: Run, ended_at: datetime, at: Viewer
) -> list[Message]:
    """One entry as it was written, every answer in full, in as few messages as it takes."""
    language = at.language
    status = "" if run.status is Status.FINISHED else words.word(language, "unfinished")
    heading = words.layout(
        "entry",
        language,
        title=said(exercise.title, language),
        when=at.day(ended_at),
        status=status,
    )
    paragraphs = [
        paragraph
        for step in exercise.steps
        if isinstance(step, Question | Pace) and _has(run, step.id)
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
        step = exercise.step(change.before)
        assert isinstance(step, AskScale | RateEach)
        name = said(change.label or step.label, run.language)
        lines += [_change(shift, name) for shift in several]
    return lines


def _felt(exercise: Exercise, end: Finish, run: Run) -> list[str]:
    """The feelings that were rated before and after."""
    found = moved(exercise, end, run.answers)
    several = [each for change, each in found if change.kind == "intensity"]
    return [shift.item for shift in several[0]] if several else []


def _change(shift: Shift, name: str) -> dict[str, object]:
    label = short(shift.item, 60) or name
    return {"label": label, "before": shift.before, "after": shift.after}


def _has(run: Run, name: str) -> bool:
    return run.answers.get(name) not in (None, (), {}, "")


def _label(exercise: Exercise, name: str, language: str) -> str:
    step = exercise.step(name)
    return said(step.label, language) if isinstance(step, Question | Pace) else name


def _count(run: Run, name: str) -> int:
    value = run.answers.get(name)
    return len(value) if isinstance(value, tuple | dict) else int(value is not None)


def _line(exercise: Exercise, run: Run, name: str, longest: int) -> Line:
    """One answer with its label, in short."""
    label = _label(exercise, name, run.language)
    return Line(label, short(_value(exercise, run, name), longest))


def _value(exercise: Exercise, run: Run, name: str) -> str:
    value = run.answers.get(name)
    if isinstance(exercise.step(name), Pace) and isinstance(value, int):
        return f"{value // 60}:{value % 60:02d}"
    return shown(exercise, name, value, run.language)


def _in_full(exercise: Exercise, run: Run, name: str) -> list[str]:
    """One answer as it was written, as Telegram HTML; a line for each entry of a list."""
    match run.answers.get(name):
        case tuple() as entries:
            lines = [f"• {entry}" for entry in entries]
        case dict() as ratings:
            lines = [f"• {entry}: {number}" for entry, number in ratings.items()]
        case _:
            lines = [_value(exercise, run, name)]
    label = Markup("<b>{}</b>").format(_label(exercise, name, run.language))
    return packed([str(label), *(str(escape(line)) for line in lines)], joint="\n")


def _next(words: Words, exercise: Exercise, run: Run, at: Viewer) -> Rows:
    offered = [
        name
        for suggestion in exercise.suggest
        if suggestion.when is None or holds(suggestion.when, run.answers)
        for name in suggestion.offer
        if name in at.titles
    ]
    buttons = [
        Button(text=said(at.titles[name], run.language), data=for_menu("begin", name))
        for name in dict.fromkeys(offered)
    ]
    menu = Button(text=words.word(run.language, "buttons.menu"), data=for_menu("menu"))
    return _rows(*buttons, menu)


def _rows(*buttons: Button) -> Rows:
    return tuple((button,) for button in buttons)
