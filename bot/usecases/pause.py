"""/pause: for a while nothing is sent unasked. What somebody asks for still comes, and help too."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engine.answer.reading import folded
from bot.engine.moment import wall
from bot.engine.typed_moment import typed_moment
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import people
from bot.usecases import asked, timetable
from bot.usecases.incoming import What, Words
from bot.usecases.open_runs import waiting
from bot.usecases.profile.step import chosen
from bot.usecases.scene import Scene

SPANS = {"day": timedelta(days=1), "three": timedelta(days=3), "week": timedelta(days=7)}
OPEN_END = datetime(2200, 1, 1, tzinfo=UTC)
"""Until they come back: they decide when."""
LONGEST = timedelta(days=92)
"""So far ahead a typed pause may end; beyond it somebody means “until I come back”."""
_TILL = re.compile(r"(?:until|till?|hasta)(?: el| la| los)? (.+)")
_SPAN = re.compile(r"(?:for|por|durante)? ?(\S+ (?:day|week|month|dia|semana|mes)\w*)")
ASKED = "pause"
"""For how long is asked, and typed words are about it."""


def page(scene: Scene, choice: str = "") -> None:
    """Asks for how long; a choice takes effect at once, also for what is queued."""
    if choice == "resume":
        _set(scene, None)
    elif choice == "open":
        _set(scene, OPEN_END)
    elif choice in SPANS:
        _set(scene, scene.now + SPANS[choice])
    done = choice == "resume" or choice == "open" or choice in SPANS
    if not done:
        asked.open_for(scene, ASKED)
    _show(scene, choice, done=done)


def _show(scene: Scene, choice: str, *, done: bool) -> None:
    scene.settled = done
    offered = ["resume"] if is_paused(scene) else []
    offered += [] if done else [*SPANS, "open"]
    rows = [(_button(scene, each),) for each in offered]
    rows.append((Button(text=scene.word("buttons.menu"), data=for_menu("menu")),))
    text = scene.kit.words.text(
        scene.language, "settings/pause", paused=until(scene), chosen=choice if done else ""
    )
    scene.post(Message(text=text, buttons=tuple(rows)))


def handle(scene: Scene, what: What) -> bool:
    """Takes a typed length as the answer ("3 días", “until I’m back”); anything else puts the
    question away."""
    if not asked.is_open(scene, ASKED):
        return _comes_back(scene, what)
    asked.close(scene)
    match what:
        case Words(text, _, False) if not scene.heavy:
            choice = _typed(scene, text)
            if choice is not None:
                page(scene, choice)
                return True
            moment = _until(scene, text)
            if moment is not None:
                _set(scene, moment)
                _show(scene, "until", done=True)
            return moment is not None
    return False


def _comes_back(scene: Scene, what: What) -> bool:
    """“Resume”, of somebody who paused and whom no exercise asks anything."""
    match what:
        case Words(text, _, False) if is_paused(scene) and not scene.heavy:
            if folded(text) in scene.kit.words.listed("pause.typed.resume") and not waiting(scene):
                page(scene, "resume")
                return True
    return False


def _until(scene: Scene, text: str) -> datetime | None:
    """The moment that "till monday" or "2 weeks" leads to, on the person's clock; None where it is
    no span, or longer than anybody should be forgotten by mistake. A day is over with its eve."""
    zone, said = ZoneInfo(scene.person.zone), folded(text)
    day = _TILL.fullmatch(said)
    span = None if day else _SPAN.fullmatch(said)
    if day is None and span is None:
        return None
    words = day[1] if day else f"in {span[1]}" if span else ""
    found = typed_moment(words, scene.language, wall(scene.now, scene.person.zone), past=False)
    if found is None:
        return None
    if day is not None and not any(sign.isdigit() for sign in words):
        found = datetime.combine(found.date(), time())
    moment = found.replace(tzinfo=zone).astimezone(UTC)
    return moment if scene.now < moment <= scene.now + LONGEST else None


def _typed(scene: Scene, text: str) -> str | None:
    spans = (*SPANS, "open")
    said, words = folded(text), scene.kit.words
    listed = (each for each in spans if said in words.listed(f"pause.typed.{each}"))
    labels = {f"pause.{each}": each for each in (*spans, "resume")}
    return chosen(scene, text, labels) or next(listed, None)


def is_paused(scene: Scene) -> bool:
    """Whether nothing is sent unasked now."""
    until_then = scene.person.paused_until
    return until_then is not None and until_then > scene.now


def until(scene: Scene) -> str:
    """Until when, as the person writes it; "" when nothing is paused."""
    if not is_paused(scene) or scene.person.paused_until is None:
        return ""
    if scene.person.paused_until >= OPEN_END:
        return scene.word("pause.until_you_return")
    return scene.viewer.day(scene.person.paused_until)


def _set(scene: Scene, moment: datetime | None) -> None:
    # Dates gone by are judged by what held then.
    timetable.account_all(timetable.Known(scene.session, scene.kit, scene.person, scene.now))
    people.set_paused(scene.session, scene.person.id, moment)
    scene.person = replace(scene.person, paused_until=moment)


def _button(scene: Scene, choice: str) -> Button:
    return Button(text=scene.word(f"pause.{choice}"), data=for_menu("pause", choice))
