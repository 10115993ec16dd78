"""Answers that are numbers: on a scale, for each of several things, with a unit."""

from bot.catalog.steps import AskNumber, AskScale, RateEach, Scale
from bot.catalog.text import said
from bot.engine.answer.reading import Partly, Reading, Whole, folded
from bot.engine.answer.short import Short, short
from bot.engine.event import Refused, Why
from bot.engine.given import Pressed, Said
from bot.engine.number import are_two, out_of, typed_decimal, typed_number
from bot.engine.remark import before_remark
from bot.engine.run import Draft, Run

_NOT_AT_ALL = frozenset({"not at all", "para nada"})
_NO_SLEEP = frozenset(
    {
        *("didn't sleep", "i didn't sleep", "didnt sleep", "i didnt sleep", "didn't sleep at all"),
        *("no sleep", "haven't slept", "i haven't slept", "havent slept"),
        *("no dormi", "no dormi nada", "no he dormido", "no he dormido nada", "sin dormir"),
        *("no pegue ojo", "no he pegado ojo"),
    }
)
"""Nought, as it is said of a night: “how many hours did you sleep?” Nowhere else: below “how strong
is the fear?” it says why, not how much."""
_HOURS = "hours"
"""The unit, in English, of what may be a night."""
_NO_TRACE = frozenset({"not at all", "not there", "none", "none at all", "not once"})
"""How the low end of a scale is called, in English, where it means that there is nothing of it."""


def on_scale(step: AskScale, language: str, given: Said | Pressed) -> Reading:
    """A number of the scale, pressed or typed, or the words that stand at one of its ends."""
    number = _number(step.scale, language, given, may_be_no=not step.optional)
    return number if isinstance(number, Refused) else Whole(number)


def _number(
    scale: Scale, language: str, given: Said | Pressed, *, may_be_no: bool = True
) -> int | Refused:
    if isinstance(given, Said):
        ends = ((scale.min, scale.low), (scale.max, scale.high))
        typed = folded(given.text)
        named = [end for end, each in ends if each and typed == folded(said(each, language))]
        if len(named) == 1:
            return named[0]
        says_no = may_be_no and short(given.text) is Short.NO
        if _begins_with_none(scale) and (_is_nought(given.text) or says_no):
            return scale.min
    text = _figure(given)
    number = typed_number(text)
    if number is None:
        return Refused(_why(text), scale.min, scale.max)
    most = out_of(text)
    if most is not None and scale.min == 0 and most != scale.max:
        number, rest = divmod(number * scale.max, most)
        if rest:
            return Refused(Why.NOT_WHOLE, scale.min, scale.max)
    if not scale.min <= number <= scale.max:
        return Refused(Why.OUT_OF_RANGE, scale.min, scale.max)
    return number


def _figure(given: Said | Pressed) -> str:
    return given.choice if isinstance(given, Pressed) else before_remark(given.text)


def _begins_with_none(scale: Scale) -> bool:
    """Whether the low end says that there is nothing of it: a "no" to "Shame?" is nought, a "none"
    to "How is your mood?" is not. (Where a question may be skipped, a no may turn it down.)"""
    return scale.min == 0 and scale.low is not None and folded(said(scale.low, "en")) in _NO_TRACE


def _is_nought(text: str) -> bool:
    return short(text) is Short.NONE or folded(text) in _NOT_AT_ALL


def _is_no_sleep(step: AskNumber, text: str) -> bool:
    return step.unit is not None and said(step.unit, "en") == _HOURS and folded(text) in _NO_SLEEP


def _why(text: str) -> Why:
    """“Type a number from 0 to 10” puzzled whoever had typed 9.5, or “six or seven”, or did not
    know."""
    if typed_decimal(text, decimals=1) is not None:
        return Why.NOT_WHOLE
    if are_two(text):
        return Why.TWO_NUMBERS
    unsure = short(text) in (Short.UNSURE, Short.BLANK)
    return Why.UNSURE if unsure else Why.NOT_A_NUMBER


def measured(step: AskNumber, language: str, given: Said | Pressed) -> Reading:
    """A number with as many decimals as the step takes; "7,5" and "7.5 h" count, and "none" where
    nought does. A plain "no" may as well mean that somebody does not want to say."""
    unit = said(step.unit, language) if step.unit else ""
    text = _figure(given)
    number = typed_decimal(text, step.decimals, unit)
    if number is None and step.min == 0 and (_is_nought(text) or _is_no_sleep(step, text)):
        number = 0
    if number is None:
        return Refused(_why(text), step.min, step.max)
    if not step.min <= number <= step.max:
        return Refused(Why.OUT_OF_RANGE, step.min, step.max)
    return Whole(number)


def rated(step: RateEach, run: Run) -> tuple[str, ...]:
    """The entries that get a rating, in order."""
    entries = run.answers.get(step.of)
    return entries if isinstance(entries, tuple) else ()


def next_unrated(step: RateEach, run: Run) -> str | None:
    """The first entry without a rating yet."""
    return next((item for item in rated(step, run) if item not in run.draft.ratings), None)


def rating(step: RateEach, run: Run, given: Said | Pressed) -> Reading:
    """One more rating; complete with the last."""
    number = _number(step.scale, run.language, given)
    if isinstance(number, Refused):
        return number
    ratings, marks = dict(run.draft.ratings), dict(run.draft.marks)
    item = next_unrated(step, run)
    if isinstance(given, Said):
        if given.edited:
            corrected = (each for each, mark in marks.items() if mark == given.mark)
            item = next(corrected, item)
        if item is not None:
            marks[item] = given.mark
    if item is None:
        return Refused(Why.PICK_ONE)
    ratings[item] = number
    draft = Draft(ratings=ratings, marks=marks)
    if all(each in ratings for each in rated(step, run)):
        return Whole(ratings)
    return Partly(draft)
