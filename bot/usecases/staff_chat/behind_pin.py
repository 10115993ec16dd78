"""What people of a group wrote opens behind the PIN, as alerts do: asked anew each time."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages.callback import short_id
from bot.messages.message import Message
from bot.store import groups, pins
from bot.store.groups import Group
from bot.store.pins import Verdict
from bot.usecases import staff_alerts, staff_pin
from bot.usecases.incoming import Membership, What, Words
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import menu
from bot.usecases.staff_pin import Asked


@dataclass(frozen=True, slots=True)
class Locked:
    """What there is of a group behind the PIN: `kind` is that of the due row which holds for which
    group it is asked, `reason` what the record calls it; `show` opens it."""

    kind: str
    reason: str
    show: Callable[[Scene, Group], None]

    def ask(self, scene: Scene, group: Group) -> None:
        """Asks for the PIN, or for a new one the first time; where the programme shows nothing in
        the chat, says so."""
        programme = groups.programme(scene.session)
        if programme is not None and not programme.alerts_in_chat:
            staff_pin.say(scene, "not_here")
        elif staff_pin.ask(scene, self.kind, group.id):
            staff_pin.put_away(scene, staff_alerts.ASKS)

    def handle(self, scene: Scene, what: What) -> bool:
        """Takes typed words as the PIN that was asked for; everything else puts the question
        away."""
        match what:
            case Words(text, mark, False):
                return self._typed(scene, text.strip(), mark)
            case Words() | Membership():
                return False
        staff_pin.put_away(scene, self.kind)
        return False

    def _typed(self, scene: Scene, pin: str, mark: int) -> bool:
        found = staff_pin.asked(scene, self.kind)
        if found is None:
            return False
        asked, group_id = found
        scene.post(Message(text="", deletes=(mark,)))
        group = own.group_named(scene, short_id(group_id))
        if group is None:  # no longer theirs; the PIN must not be taken for a newcomer's number
            staff_pin.put_away(scene, self.kind)
            menu(scene)
        elif asked is Asked.NEW_PIN:
            staff_pin.choose(scene, self.kind, group.id, pin)
        else:
            self._try(scene, group, pin)
        return True

    def _try(self, scene: Scene, group: Group, pin: str) -> None:
        match staff_pin.attempt(scene, self.kind, group.id, pin):
            case Verdict.RIGHT:
                self.show(scene, group)
            case Verdict.LOCKED:
                scene.record("pin.locked", None, self.reason)
            case _:
                pass


def while_locked(scene: Scene, what: What) -> bool:
    """A PIN that is tried once more while it is locked: it goes from the chat as every other does,
    and where nobody waits to be confirmed it is no newcomer's number."""
    match what:
        case Words(text, mark, False) if _is_pin(text) and _locks_alone(scene):
            scene.post(Message(text="", deletes=(mark,)))
            staff_pin.say(scene, "locked")
            return True
    return False


def _locks_alone(scene: Scene) -> bool:
    return staff_pin.is_locked(scene) and not own.own_newcomers(scene)


def _is_pin(text: str) -> bool:
    return pins.unfit(text.strip()) is None
