"""What a group wrote opens behind the PIN, as alerts do: asked anew each time."""

from enum import IntEnum

from bot.messages.message import Message
from bot.store import audit, dues, groups, pins
from bot.store.groups import Group
from bot.store.outbox import Kind
from bot.store.pins import Verdict
from bot.usecases import staff_alerts
from bot.usecases.incoming import Membership, What, Words
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import moderating, own

OPENS = "opens"
"""The kind of due row that holds which group's words a PIN is asked for."""


class Asked(IntEnum):
    """What was asked: the PIN, or a new PIN."""

    PIN = 1
    NEW_PIN = 2


def open_lines(scene: Scene, named: str) -> None:
    """[Read]: asks for the PIN, or for a new one the first time."""
    group = own.group_named(scene, named)
    programme = groups.programme(scene.session)
    if group is None:
        scene.note = scene.word("notes.old_button")
    elif programme is not None and not programme.alerts_in_chat:
        _say(scene, "not_here")
    elif staff_alerts.is_locked(scene):
        _say(scene, "locked")
    else:
        known = pins.has_pin(scene.session, scene.person.id)
        dues.clear_due(scene.session, staff_alerts.asks_key(scene.person.id))
        _ask(scene, Asked.PIN if known else Asked.NEW_PIN, group)
        _say(scene, "pin" if known else "new_pin")


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the PIN that was asked for; everything else puts the question away."""
    match what:
        case Words(text, mark, False):
            return _typed(scene, text.strip(), mark)
        case Words() | Membership():
            return False
    dues.clear_due(scene.session, _key(scene))
    return False


def _typed(scene: Scene, pin: str, mark: int) -> bool:
    due = dues.find_due(scene.session, _key(scene))
    if due is None or due.at <= scene.now or due.turn is None:
        return False
    group = next((each for each in own.own_groups(scene) if each.id == due.subject), None)
    if group is None:
        return False
    scene.post(Message(text="", deletes=(mark,)))
    if Asked(due.turn) is Asked.NEW_PIN:
        _choose(scene, group, pin)
    elif staff_alerts.is_locked(scene):
        _say(scene, "locked")
    else:
        _try(scene, group, pin)
    return True


def _choose(scene: Scene, group: Group, pin: str) -> None:
    if not pins.is_pin(pin):
        _say(scene, "new_pin")
        return
    pins.choose(scene.session, scene.kit.vault, scene.person.id, pin)
    _ask(scene, Asked.PIN, group)
    _say(scene, "again")


def _try(scene: Scene, group: Group, pin: str) -> None:
    match pins.check(scene.session, scene.kit.vault, scene.person.id, pin):
        case Verdict.RIGHT:
            dues.clear_due(scene.session, _key(scene))
            moderating.show(scene, group)
        case Verdict.MISTYPED:
            _ask(scene, Asked.NEW_PIN, group)
            _say(scene, "mistyped")
        case Verdict.WRONG:
            _say(scene, "wrong")
        case Verdict.LOCKED:
            dues.clear_due(scene.session, _key(scene))
            staff_alerts.lock(scene)
            audit.write(
                scene.session,
                actor=scene.person.id,
                subject=None,
                action="pin.locked",
                reason="board",
                now=scene.now,
            )
            _say(scene, "locked")


def _ask(scene: Scene, asked: Asked, group: Group) -> None:
    me, at = scene.person.id, scene.now + staff_alerts.PATIENCE
    dues.set_due(scene.session, me, OPENS, group.id, asked.value, at, _key(scene), scene.now)


def _key(scene: Scene) -> str:
    return f"{OPENS}.{scene.person.id.hex}"


def _say(scene: Scene, which: str) -> None:
    text = scene.kit.words.text(scene.language, "alerts/staff", which=which)
    scene.post(Message(text=text), kind=Kind.ALERT)
