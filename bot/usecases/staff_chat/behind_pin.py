"""What a group wrote opens behind the PIN, as alerts do: asked anew each time."""

from bot.messages.message import Message
from bot.store import audit, groups
from bot.store.groups import Group
from bot.store.pins import Verdict
from bot.usecases import staff_alerts, staff_pin
from bot.usecases.incoming import Membership, What, Words
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import moderating, own
from bot.usecases.staff_chat.menu import menu
from bot.usecases.staff_pin import Asked

OPENS = "opens"
"""The kind of due row that holds which group's words a PIN is asked for."""


def open_lines(scene: Scene, named: str) -> None:
    """[Read]: asks for the PIN, or for a new one the first time."""
    group = own.group_named(scene, named)
    programme = groups.programme(scene.session)
    if group is None:
        scene.note = scene.word("notes.old_button")
    elif programme is not None and not programme.alerts_in_chat:
        staff_pin.say(scene, "not_here")
    elif staff_pin.ask(scene, OPENS, group.id):
        staff_pin.put_away(scene, staff_alerts.ASKS)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the PIN that was asked for; everything else puts the question away."""
    match what:
        case Words(text, mark, False):
            return _typed(scene, text.strip(), mark)
        case Words() | Membership():
            return False
    staff_pin.put_away(scene, OPENS)
    return False


def _typed(scene: Scene, pin: str, mark: int) -> bool:
    found = staff_pin.asked(scene, OPENS)
    if found is None:
        return False
    asked, group_id = found
    group = next((each for each in own.own_groups(scene) if each.id == group_id), None)
    scene.post(Message(text="", deletes=(mark,)))
    if group is None:  # no longer theirs; the PIN must not be taken for a newcomer's number
        staff_pin.put_away(scene, OPENS)
        menu(scene)
    elif asked is Asked.NEW_PIN:
        staff_pin.choose(scene, OPENS, group.id, pin)
    else:
        _try(scene, group, pin)
    return True


def _try(scene: Scene, group: Group, pin: str) -> None:
    match staff_pin.attempt(scene, OPENS, group.id, pin):
        case Verdict.RIGHT:
            moderating.show(scene, group)
        case Verdict.LOCKED:
            audit.write(
                scene.session,
                actor=scene.person.id,
                subject=None,
                action="pin.locked",
                reason="board",
                now=scene.now,
            )
        case _:
            pass
