"""An entry is about one day: today, or yesterday while nothing was told about it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.catalog.exercise import Exercise
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import past_runs
from bot.usecases import carry_on
from bot.usecases.scene import Scene

FAR_BACK = timedelta(days=400)


def begin(scene: Scene, exercise: Exercise) -> None:
    """Starts a daily exercise; asks for the day only where yesterday is still open."""
    today = _today(scene)
    filled = past_runs.filled_days(scene.session, scene.person.id, exercise.id, today - FAR_BACK)
    yesterday = today - timedelta(days=1)
    if yesterday in filled or not any(day < yesterday for day in filled):
        carry_on.begin(scene, exercise, about=today)
        return
    buttons = [
        Button(
            text=scene.word(f"day.{name}", day=_said(scene, day)),
            data=for_menu("day", f"{day:%Y%m%d}.{exercise.id}"),
        )
        for name, day in (("today", today), ("yesterday", yesterday))
    ]
    text = scene.kit.words.text(scene.language, "which_day")
    scene.post(Message(text=text, buttons=tuple((button,) for button in buttons)))


def pressed(scene: Scene, argument: str) -> tuple[Exercise, date] | None:
    """The exercise and the day a button named, while that day is today or yesterday."""
    text, _, exercise_id = argument.partition(".")
    exercise = scene.kit.library.find(exercise_id)
    today = _today(scene)
    days = {f"{day:%Y%m%d}": day for day in (today, today - timedelta(days=1))}
    if exercise is None or not exercise.daily or text not in days:
        return None
    return exercise, days[text]


def _today(scene: Scene) -> date:
    return scene.now.astimezone(ZoneInfo(scene.person.zone)).date()


def _said(scene: Scene, day: date) -> str:
    return str(format_date(day, "EEEE d MMM", locale=scene.language))
