"""Recovery days: counted from what the person told, for those who want them counted."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.care.lapses import Told, lapse_days
from bot.care.recovery_days import RecoveryDays, recovery_days
from bot.engine.run import Value
from bot.store import past_runs
from bot.store.runs import StoredRun
from bot.usecases.scene import Scene

COUNT = "sud.days"
"""The exercise in which somebody begins to count; without it nothing is counted or shown."""
SHOWN = "recovery_days"
"""The tag of exercises that end with the count."""
LAPSE = "lapse"
"""The reason by which an exercise tells of a lapse."""
FAR = 5000


def recovery(scene: Scene) -> RecoveryDays | None:
    """The count up to yesterday, or to today once the person has told how today went."""
    begun = _history(scene, COUNT, 1)
    if not begun:
        return None
    began = _date(scene, begun[0])
    since = began - timedelta(days=_number(begun[0].run.answers.get("days_so_far")))
    told = [each for name in _telling(scene) for each in _history(scene, name, FAR)]
    today = scene.now.astimezone(ZoneInfo(scene.person.zone)).date()
    has_told = any(_date(scene, each) == today for each in told)
    lapses = lapse_days(_told(scene, each) for each in told if LAPSE in each.run.signalled)
    return recovery_days(since, lapses, today if has_told else today - timedelta(days=1))


def recovery_line(scene: Scene) -> str:
    """The count in words (Telegram HTML); nothing for whoever does not count."""
    found = recovery(scene)
    if found is None:
        return ""
    return scene.kit.words.text(
        scene.language,
        "recovery_days",
        kept=found.kept.kept,
        of=found.kept.of,
        longest=found.longest,
        present=found.present,
    )


def _telling(scene: Scene) -> list[str]:
    """The exercises that can tell of a lapse."""
    return [
        each.id
        for each in scene.kit.library.exercises.values()
        if any(signal.reason == LAPSE for signal in each.signals)
    ]


def _told(scene: Scene, stored: StoredRun) -> Told:
    on, answers = _date(scene, stored), stored.run.answers
    back = {"today": 0, "yesterday": 1, "earlier": _number(answers.get("days_ago"))}
    ago = back.get(str(answers.get("lapse_day")))
    return Told(on, None if ago is None else on - timedelta(days=ago))


def _date(scene: Scene, stored: StoredRun) -> date:
    """The person's own day an entry is about."""
    local = stored.started_at.astimezone(ZoneInfo(scene.person.zone))
    return stored.run.about or local.date()


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _history(scene: Scene, exercise: str, limit: int) -> list[StoredRun]:
    return past_runs.history(
        scene.session,
        scene.kit.vault,
        scene.person.id,
        limit=limit,
        exercise=exercise,
        ended=exercise != COUNT,
    )
