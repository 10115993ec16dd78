"""The morning after the help card: how is it now? Tapped, or said in words."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.care.cadence import after_quiet
from bot.catalog.bare import bare
from bot.engine.given import Said
from bot.engine.run import Status
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store.outbox import Kind, guards
from bot.store.people import Standing
from bot.usecases import asked, carry_on, help_now, pause
from bot.usecases.incoming import What, Words
from bot.usecases.open_runs import open_run
from bot.usecases.scene import Scene

ANSWERS = ("better", "same", "worse", "skip")


def ask(scene: Scene, planned: date) -> None:
    """The day after: one gentle question, which says that it is automatic. When we were down, it
    waits for the end of the quiet hours, and speaks of no yesterday that is none.

    `planned`: the local date it was meant for.
    """
    zone = ZoneInfo(scene.person.zone)
    opens = after_quiet(help_now.quiet_hours(scene), scene.now, zone)
    if opens > scene.now:
        help_now.plan_hello(scene, opens, planned)
        return
    late = scene.now.astimezone(zone).date() > planned
    text = scene.kit.words.text(scene.language, "hello", answer="", late=late)
    guard = guards.unpaused(scene.person.id)  # whoever finished the programme was shown it too
    scene.post(Message(text=text, buttons=rows(scene)), kind=Kind.CHECKIN, guard=guard)
    if not pause.is_paused(scene):
        asked.open_for(scene, asked.HELLO)


def told(scene: Scene, answer: str) -> None:
    """The answer to it; worse brings the card again."""
    scene.settled = True
    if asked.is_open(scene, asked.HELLO):
        asked.close(scene)
    chosen = answer if answer in ANSWERS else "skip"
    stays = scene.person.standing is Standing.MEMBER
    text = scene.kit.words.text(scene.language, "hello", answer=chosen, stays=stays)
    # In the lane of the card: in a slower one, "here is help again" would come below it.
    scene.post(Message(text=text), kind=Kind.ALERT)
    if answer == "worse":
        help_now.help_now(scene)


def handle(scene: Scene, what: What) -> bool:
    """Takes "worse" and its like in words, unless an exercise has asked something since that they
    may answer: below a check-in, “peor” was met with “tap a number”."""
    if not isinstance(what, Words) or what.edited or not asked.is_open(scene, asked.HELLO):
        return False
    if is_overtaken(scene) and _takes(scene, Said(what.text, what.mark)):
        return False
    said = bare(what.text.strip(" .!¡…").replace("’", "'"))
    meant = [each for each in ANSWERS if said in scene.kit.words.listed(f"hello_said.{each}")]
    if not meant or scene.heavy:
        return False
    told(scene, meant[0])
    return True


def is_overtaken(scene: Scene) -> bool:
    """Whether it stands open, and an exercise has put a question after it."""
    if not asked.is_open(scene, asked.HELLO):
        return False
    stored = open_run(scene)
    if stored is None or stored.run.status is not Status.WAITING:
        return False
    return int(stored.run.asked_at.timestamp()) // asked.MINUTE >= asked.since(scene)


def _takes(scene: Scene, said: Said) -> bool:
    """Whether these words may be the answer to what the exercise asked."""
    stored = open_run(scene)
    return stored is not None and not carry_on.refuses(scene, stored, said)


def which(scene: Scene) -> None:
    """Asks once more, below words that could mean anything."""
    text = scene.kit.words.text(scene.language, "hello", answer="which")
    scene.post(Message(text=text, buttons=rows(scene)), kind=Kind.ALERT)


def rows(scene: Scene) -> Rows:
    """The answers to how it is now."""
    return tuple(
        (Button(text=scene.word(f"hello.{each}"), data=for_menu("hello", each)),)
        for each in ANSWERS
    )
