"""The end of an exercise, and an entry read again: what changed, what was stored."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time

from bot.care.feedback import main_shift
from bot.catalog.exercise import Exercise
from bot.catalog.steps import Finish, Question, Timed
from bot.catalog.text import said
from bot.engine.holds import holds
from bot.engine.run import Run, Status
from bot.messages.callback import for_menu
from bot.messages.copying import copied
from bot.messages.fill import fill, short, shown
from bot.messages.lines import (
    Line,
    changes,
    count,
    felt_item,
    has,
    in_full,
    line_of,
    named,
    score_line,
)
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

    def clock(self, moment: datetime) -> str:
        """The hour and minute on this person's own clock."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return str(format_time(local, "HH:mm", locale=self.language))

    def day(self, moment: datetime) -> str:
        """Day and time as this person writes them."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return str(format_datetime(local, "d MMM, HH:mm", locale=self.language))


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
        text=fill(end.words(language, run.plain), run.answers, exercise, language),
        kept=short(thought, QUOTED),
        shown=[
            line_of(exercise, run, name, QUOTED)
            for name in end.shows
            if has(run, name) and name != kept
        ],
        changes=changes(exercise, run, end),
        counted=[
            Line(named(exercise, name, language), str(count(run, name))) for name in end.counts
        ],
        band=felt.band if felt else None,
        points=abs(felt.points) if felt else 0,
        scores=[
            line for name in end.scores if (line := score_line(exercise, run, name)) is not None
        ],
        item=felt_item(exercise, end, run),
        remarks=[
            fill(remark.words(language, run.plain), run.answers, exercise, language)
            for remark in end.remarks
            if holds(remark.when, exercise, run.answers)
        ],
        answers=sum(
            value is not None for name, value in run.answers.items() if name in exercise.places
        ),
        readers=", ".join(at.readers),
    )
    way_on = _next(words, exercise, run, at)
    return copied(words, exercise, run, end, _messages(_fitting(text), way_on))


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
        if isinstance(step, Question | Timed) and has(run, step.id)
        for paragraph in in_full(exercise, run, step.id)
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
        for name in dict.fromkeys(offered)
    ]
    menu = Button(text=words.word(run.language, "buttons.menu"), data=for_menu("menu"))
    return _rows(*buttons, menu)


def _rows(*buttons: Button) -> Rows:
    return tuple((button,) for button in buttons)
