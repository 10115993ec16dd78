"""/pause: for a while nothing is sent unasked. What somebody asks for still comes, and help too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.catalog.bare import bare
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import people
from bot.usecases import asked, timetable
from bot.usecases.incoming import What, Words
from bot.usecases.profile.step import chosen
from bot.usecases.scene import Scene

SPANS = {"day": timedelta(days=1), "three": timedelta(days=3), "week": timedelta(days=7)}
OPEN_END = datetime(2200, 1, 1, tzinfo=UTC)
"""Until they come back: they decide when."""
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
    scene.settled = done
    if not done:
        asked.open_for(scene, ASKED)
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
        return False
    asked.close(scene)
    match what:
        case Words(text, _, False) if not scene.heavy:
            choice = _typed(scene, text)
            if choice is not None:
                page(scene, choice)
            return choice is not None
    return False


def _typed(scene: Scene, text: str) -> str | None:
    spans = (*SPANS, "open")
    said, words = bare(text.strip(" .!¡…")).replace("’", "'"), scene.kit.words
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
