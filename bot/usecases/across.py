"""What several entries say together: a line below the last one, a signal where it takes two."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.care import basics, cravings
from bot.care.entry import Entry
from bot.care.lifts import lifts
from bot.care.skills_used import skills_used
from bot.catalog.exercise import Exercise
from bot.catalog.signal import Tier
from bot.messages.fill import entry_said, number_said
from bot.store import entries
from bot.store.runs import StoredRun
from bot.usecases.scene import Raised, Scene

CRAVING = "craving_now"
"""The step in which every exercise that asks for it keeps how strong a craving is."""
TWICE = "craving_twice"
"""The reason of the signal: so strong twice within a day."""
MOOD, SLEEP = "mood", "sleep"
WEEK, FORTNIGHT, MONTH = (timedelta(days=days) for days in (7, 14, 30))


def raised(scene: Scene, exercise: Exercise, stored: StoredRun) -> list[Raised]:
    """The signals that an entry raises together with those before it, once it has ended."""
    if not _completes_a_pair(scene, exercise, stored):
        return []
    return [Raised(stored.id, exercise.id, Tier.CONCERN, TWICE)]


def lines(scene: Scene, exercise: Exercise, stored: StoredRun) -> list[str]:
    """What is said below a finished entry (Telegram HTML), of it and those before it."""
    found = [_LINES[exercise.id](scene, exercise)] if exercise.id in _LINES else []
    if _completes_a_pair(scene, exercise, stored):
        found.append(scene.kit.words.text(scene.language, "across/craving"))
    return [each for each in found if each]


def _completes_a_pair(scene: Scene, exercise: Exercise, stored: StoredRun) -> bool:
    now = stored.run.answers.get(CRAVING)
    if not isinstance(now, int | float) or now < cravings.HIGH:
        return False  # the usual case opens nothing
    told = _entries(scene, _asking(scene, CRAVING) | {exercise.id}, WEEK, ended=True)
    return cravings.completes_a_pair(
        (each.at, rating) for each in told if (rating := each.number(CRAVING)) is not None
    )


def _please(scene: Scene, exercise: Exercise) -> str:
    """The week as a strip, and what goes with a better mood where that can be said."""
    told = _entries(scene, {exercise.id}, MONTH)
    today = scene.now.astimezone(ZoneInfo(scene.person.zone)).date()
    sleep = {each.day: hours for each in told if (hours := each.number(SLEEP)) is not None}
    asked = _entries(scene, _asking(scene, MOOD), MONTH) if len(sleep) >= basics.LEAST_DAYS else []
    mood = {each.day: rating for each in asked if (rating := each.number(MOOD)) is not None}
    return scene.kit.words.text(
        scene.language,
        "across/please",
        strip=[each.value for each in basics.strip(told, today)],
        link=basics.sleep_and_mood(sleep, mood),
    )


def _ba_log(scene: Scene, exercise: Exercise) -> str:
    """What lifted the mood in two weeks; nothing before there are three entries."""
    found = lifts(_entries(scene, {exercise.id}, FORTNIGHT))
    if found is None:
        return ""
    return scene.kit.words.text(
        scene.language,
        "across/lifts",
        many=found.many,
        mean=number_said(round(abs(found.mean), 1), scene.language),
        rose=found.mean > 0,
        activity=found.activity,
        lift=number_said(round(found.lift, 1), scene.language),
        enjoyed=found.enjoyed,
        proud=found.proud,
    )


def _diary(scene: Scene, exercise: Exercise) -> str:
    """The skills of the week."""
    found = skills_used(_entries(scene, {exercise.id}, WEEK))
    return scene.kit.words.text(
        scene.language,
        "across/diary",
        days=found.days,
        uses=found.uses,
        best=entry_said(exercise, "skills", found.best, scene.language),
    )


def _asking(scene: Scene, step: str) -> set[str]:
    """The exercises that ask for the same thing under the same name."""
    return {each.id for each in scene.kit.library.exercises.values() if each.find(step) is not None}


def _entries(
    scene: Scene, exercises: set[str], span: timedelta, *, ended: bool = False
) -> list[Entry]:
    return entries.entries(
        *(scene.session, scene.kit.vault, scene.person.id, exercises, scene.now - span),
        scene.person.zone,
        ended=ended,
    )


_LINES: dict[str, Callable[[Scene, Exercise], str]] = {
    "er.please": _please,
    "cbt.ba_log": _ba_log,
    "dbt.diary": _diary,
}
"""The exercises whose entries are looked at together, and how."""
