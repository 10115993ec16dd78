"""The end of an exercise, and an entry read again: what changed, what was stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from markupsafe import Markup

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

OFFERED = 3
"""More offers than this are no help; the first that fit are the ones meant most."""
QUOTED = 280
"""So much of an answer is quoted in a summary; /history shows all of it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads and when: language, IANA zone, now (UTC), titles of what can be offered by id.

    `coda` is a sentence of our own (Telegram HTML) that an exercise ends with.
    `readers` are the names of those besides the person who may read what is stored; `noted` says
    that something of it went to the team because it sounded like danger.
    `pictures` are the keys of moving pictures they can be shown.
    """

    language: str
    zone: str
    now: datetime
    titles: Mapping[str, dict[str, str]] = field(default_factory=dict)
    coda: str = ""
    readers: tuple[str, ...] = ()
    noted: bool = False
    pictures: frozenset[str] = frozenset()

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


def about(words: Words, run: Run, language: str) -> str:
    """ "For Tuesday 24 Nov, filled in later"; nothing for an entry of its own day."""
    if run.about is None or not run.late:
        return ""
    day = str(format_date(run.about, "EEEE d MMM", locale=language))
    return words.word(language, "day.late", day=day)


def summary(words: Words, exercise: Exercise, run: Run, end: Finish, at: Viewer) -> list[Message]:
    """What is said at the end: the receipt, the change, the thought, and what to do next."""
    language = run.language
    felt = main_shift(exercise, end, run.answers)
    kept = exercise.keep_in_view
    thought = shown(exercise, kept, run.answers.get(kept), language) if kept else ""
    scores = [
        line
        for name in end.scores  # “few or none” is no word to whoever has just told of a plan
        if (line := score_line(exercise, run, name, banded=not at.noted)) is not None
    ]
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
            line_of(exercise, run, name, QUOTED)
            for name in end.shows
            if has(run, name) and name != kept
        ],
        changes=changes(exercise, run, end),
        counted=[
            Line(named(exercise, name, language), str(count(run, name))) for name in end.counts
        ],
        band=felt.band if felt and not felt.was_calm else None,
        points=abs(felt.points) if felt else 0,
        scores=scores,
        unscored=bool(end.scores) and not scores,
        item=felt_item(exercise, end, run),
        remarks=_remarks(exercise, run, end),
        answers=sum(
            value is not None for name, value in run.answers.items() if name in exercise.places
        ),
        readers=", ".join(at.readers),
        noted=at.noted,
    )
    way_on = _next(words, exercise, run, at)
    return copied(words, exercise, run, end, _messages(_fitting(text), way_on))


def entry(
    words: Words,
    exercise: Exercise,
    run: Run,
    ended_at: datetime,
    at: Viewer,
    below: Sequence[str] = (),
) -> list[Message]:
    """One entry as it was written, every answer in full, in as few messages as it takes; `below`
    are paragraphs of Telegram HTML that follow it."""
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
        if isinstance(step, Question | Timed) and has(run, step.id)
        for paragraph in in_full(exercise, run, step.id)
    ]
    buttons = _rows(
        Button(text=words.word(language, "buttons.history"), data=for_menu("history")),
        Button(text=words.word(language, "buttons.menu"), data=for_menu("menu")),
    )
    return _messages(packed([heading, *paragraphs, *below]), buttons)


def _messages(texts: list[str], buttons: Rows) -> list[Message]:
    """Messages nobody can forward; the last one has the buttons."""
    *first, last = texts
    return [
        *(Message(text=text, protect=True) for text in first),
        Message(text=last, buttons=buttons, protect=True),
    ]


def _fitting(text: str) -> list[str]:
    return [text] if units(text) <= LONGEST else packed(text.split("\n\n"))


def _remarks(exercise: Exercise, run: Run, end: Finish) -> list[Markup]:
    said_now = [each for each in end.remarks if holds(each.when, exercise, run.answers)]
    return [
        fill(remark.words(run.language, run.plain), run.answers, exercise, run.language)
        for remark in (said_now[:1] if end.one_remark else said_now)
    ]


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
