"""Where a rehearsal stands: brought to whoever is to move, or shown to whoever comes by."""

from bot.care.rehearsal import Phase
from bot.messages.message import Message
from bot.store import rehearsals
from bot.store.dues import Due
from bot.store.outbox import Kind, guards
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.pairs import telling
from bot.usecases.roleplay import cards, ending, own, turns
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def ring(scene: Scene, due: Due) -> None:
    """It is this person's move: they are told, if anything may still pass."""
    stored = rehearsals.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or stored.at.mover != scene.person.id:
        return
    if not own.may_go_on(scene, stored):
        if stored.at.phase is not Phase.INVITED:  # an invitation just stays unanswered
            ending.break_off(scene, stored)
        return
    text, rows = turns.move_of(scene, stored)
    at = stored.at
    key = f"play.{stored.id.hex}.{at.phase}.{at.round}.{at.spoken}"
    guard = f"{own.passes_both(stored)} {guards.rehearsing(stored.id)}"
    telling.post(scene, text, rows, guard=guard, key=key, kind=Kind.NUDGE)


def show(scene: Scene, stored: StoredRehearsal) -> None:
    """How it stands, to somebody who is here: their move, or whom they wait for."""
    if stored.at.mover != scene.person.id:
        waiting(scene, stored)
    elif not own.may_go_on(scene, stored) or own.talk_of(scene, stored) is None:
        ending.break_off(scene, stored)
        ending.say_over(scene, stored)
    elif stored.at.phase is Phase.CARD:
        cards.show(scene, stored)
    else:
        text, rows = turns.move_of(scene, stored)
        scene.post(Message(text=text, buttons=rows, protect=True))


def waiting(scene: Scene, stored: StoredRehearsal) -> None:
    """The other one is to move, or has still to answer; a no looks the same."""
    asked = stored.at.phase is Phase.INVITED or ending.is_hidden(scene, stored)
    text = scene.kit.words.text(
        scene.language, "roleplay/waiting", alias=own.partner(scene, stored), asked=asked
    )
    stop = button(scene, "take_back" if asked else "stop", "stop", stored.id)
    scene.post(Message(text=text, buttons=((stop,), (button(scene, "partner", "partner"),))))
