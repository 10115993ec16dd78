"""Does a workshop make sense? Every lesson can open, has its exercise, and speaks each language."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.catalog.check.sizes import BUTTON_CHARS
from bot.catalog.check.texts import all_texts, untold
from bot.catalog.exercise import Exercise
from bot.catalog.markup import faults, looks_like_markup, placeholders
from bot.catalog.problem import Problem, did_you_mean
from bot.catalog.workshop import Opens, Workshop

READ_CHARS = 900
"""About a minute of reading on a phone."""
ASK_CHARS = 200
MONDAY = date(2024, 1, 1)
MARKED = ("text", "ending")
"""The fields whose words may hold the few tags that Telegram shows."""


def sense(workshop: Workshop) -> Iterator[Problem]:
    """What is wrong with one workshop by itself."""
    yield from _languages(workshop)
    yield from _markup(workshop)
    yield from _lengths(workshop)
    yield from _ids(workshop)
    yield from _order(workshop)


def known(workshop: Workshop, exercises: Mapping[str, Exercise]) -> Iterator[Problem]:
    """Each lesson leads to an exercise that exists and that can be begun by itself."""
    for at, lesson in enumerate(workshop.lessons):
        where = ("lessons", at, "exercise")
        found = exercises.get(lesson.exercise)
        if found is None:
            hint = did_you_mean(lesson.exercise, exercises)
            missing = f"There is no exercise called “{lesson.exercise}”.{hint}"
            yield Problem("WORKSHOP_001", missing, where)
        elif found.needs:
            needs = f"“{lesson.exercise}” needs answers brought along, so it cannot begin here."
            yield Problem("WORKSHOP_001", needs, where)


def _languages(workshop: Workshop) -> Iterator[Problem]:
    promised = set(workshop.languages)
    for place, missing in untold(workshop, sorted(promised)):
        yield Problem("TEXT_001", missing, place)
    for place, text in all_texts(workshop):
        for extra in sorted(set(text) - promised):
            other = f"“{extra}” is not among the languages of this workshop."
            yield Problem("TEXT_002", other, place)


def _markup(workshop: Workshop) -> Iterator[Problem]:
    for place, text in all_texts(workshop):
        for language, words in text.items():
            where = (*place, language)
            if placeholders(words):
                yield Problem("TEXT_009", "Nothing is filled in here: leave out the braces.", where)
            elif place[-1] in MARKED:
                for fault in faults(words):
                    yield Problem("TEXT_007", f"{fault[0].upper()}{fault[1:]}.", where)
            elif looks_like_markup(words):
                yield Problem("TEXT_007", "Only a text: may hold markup.", where)


def _lengths(workshop: Workshop) -> Iterator[Problem]:
    for place, text in all_texts(workshop):
        most = {"text": READ_CHARS, "ask": ASK_CHARS, "title": BUTTON_CHARS}.get(str(place[-1]))
        for language, words in text.items():
            if most is not None and len(words) > most:
                long = f"This has {len(words)} characters; {most} fit here."
                yield Problem("SIZE_001", long, (*place, language))


def _ids(workshop: Workshop) -> Iterator[Problem]:
    for at, lesson in enumerate(workshop.lessons):
        if workshop.place(lesson.id) != at:
            twice = f"There is already a lesson called “{lesson.id}”."
            yield Problem("WORKSHOP_002", twice, ("lessons", at, "id"))


def _order(workshop: Workshop) -> Iterator[Problem]:
    """The first lesson opens by joining; each other one has a rule that comes true in time."""
    first, *others = workshop.lessons
    if first.opens is not None:
        joining = "The first lesson opens when somebody joins; leave `opens:` out."
        never = first.opens is Opens.AFTER_PREVIOUS
        told = "There is no lesson before it, so it can never open." if never else joining
        yield Problem("WORKSHOP_003", told, ("lessons", 0, "opens"))
        return
    for at, lesson in enumerate(others, 1):
        if lesson.opens is None:
            missing = f"Say when it opens: {', '.join(Opens)}."
            yield Problem("WORKSHOP_003", missing, ("lessons", at))
            return
    yield from _in_time(workshop)


def _in_time(workshop: Workshop) -> Iterator[Problem]:
    """On whatever weekday somebody joins, the lesson opens before the workshop ends."""
    for at in range(1, len(workshop.lessons)):
        soon = [_soonest(workshop, at, joined) for joined in range(7)]
        late = [day for day in soon if day >= workshop.days]
        if not late:
            continue
        where = ("lessons", at, "opens")
        if len(late) == len(soon):
            takes = f"that takes {min(soon)} days, and it ends after {workshop.days}."
            never = f"It can never open: {takes}"
            yield Problem("WORKSHOP_004", never, where)
        else:
            some = f"Who joins on some weekdays never sees it: that takes up to {max(soon)} days."
            yield Problem("WORKSHOP_004", f"{some} Make `days:` larger.", where)
        return


def _soonest(workshop: Workshop, last: int, weekday: int) -> int:
    """Days from joining on this weekday to the earliest opening of that lesson."""
    day = joined = MONDAY + timedelta(days=weekday)
    for lesson in workshop.lessons[1 : last + 1]:
        rule = lesson.opens
        if rule is None or rule in (Opens.AFTER_PREVIOUS, Opens.AFTER_SESSION):
            continue
        day += timedelta(days=1)
        if rule.weekday is not None:
            day += timedelta(days=(rule.weekday - day.weekday()) % 7)
    return (day - joined).days
