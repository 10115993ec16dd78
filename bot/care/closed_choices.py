"""What somebody tapped in an exercise out of a list we offered; never a word they typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.catalog.condition import Compare, singles
from bot.catalog.exercise import Exercise, Modality
from bot.catalog.steps import AskList, AskMany
from bot.catalog.text import said

LEFT_OUT = (Modality.SAFETY, Modality.MEASURE)
"""A safety plan is nobody's statistics, and a questionnaire has its scores."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was chosen, under the name of its question, both in the reader's language."""

    question: str
    option: str


def choices(
    exercise: Exercise, answers: Mapping[str, object], spoken: str, language: str
) -> Iterator[Choice]:
    """What was chosen in one run that was `spoken` in its own language: options of several, and
    suggested words of a list. Questions that can raise a signal are left out, and so is "none of
    these"; both say something else than a theme."""
    if exercise.modality in LEFT_OUT:
        return
    silent = _signalling(exercise)
    for step in exercise.steps:
        given = answers.get(step.id)
        if step.id in silent or not isinstance(given, tuple):
            continue
        match step:
            case AskMany():
                names = {each.id: each.label for each in step.options if not each.alone}
                found = [said(names[each], language) for each in given if each in names]
            case AskList(suggest=suggest) if suggest is not None:
                ours = dict(zip(suggest.get(spoken, ()), suggest.get(language, ()), strict=False))
                found = [ours[each] for each in given if each in ours]
            case _:
                continue
        for option in found:
            yield Choice(said(step.label, language), option)


def _signalling(exercise: Exercise) -> set[str]:
    return {
        single.answer
        for signal in exercise.signals
        for _, single in singles(signal.when)
        if isinstance(single, Compare)
    }
