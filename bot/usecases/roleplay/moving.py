"""The moves: yes or not today, a line of one's own or a ready one, three ideas when stuck, swap."""

from bot.care.pairing.notes import LONGEST
from bot.care.rehearsal import TURNS, Agree, Decline, Enough, Phase, Speak, Step, Swap
from bot.catalog.text import said
from bot.messages.message import Message, Rows
from bot.store import rehearsals
from bot.store.rehearsals import Line, StoredRehearsal
from bot.usecases.roleplay import cards, ending, gate, own, showing, stepping, typed
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def agree(scene: Scene, argument: str) -> None:
    """Yes: a yes to this one talk, and to nothing else."""
    _step(scene, argument, Agree(scene.person.id))


def decline(scene: Scene, argument: str) -> None:
    """Not today: nobody hears of it."""
    stored = own.named(scene, argument)
    if stored is None or stored.at.mover != scene.person.id:
        ending.say_over(scene, None)
        return
    scene.settled = True
    rehearsals.take(scene.session, stored.id, Decline(scene.person.id), scene.now, scene.now)
    ending.forget(scene, stored)
    scene.say("roleplay/said", what="declined", alias="")


def ready(scene: Scene, argument: str) -> None:
    """[Use this one]: a ready line, which the other one reads in their own language."""
    match argument.split("."):
        case [short, place, code]:
            stored = _at(scene, short, place)
            if stored is not None and _knows(stored, scene, code):
                scene.settled = True
                _speak(scene, stored, Line(scene.person.id, ready=code))


def _knows(stored: StoredRehearsal, scene: Scene, code: str) -> bool:
    plays = stored.at.plays == scene.person.id
    known = {own.PUSH} if plays else {f"{own.STUCK}{at}" for at in range(TURNS)}
    return code in known


def write(scene: Scene, argument: str) -> None:
    """They would like to say it in their own words."""
    short, _, place = argument.partition(".")
    stored = _at(scene, short, place)
    if stored is not None:
        typed.open_for(scene, stored, stored.at.place)
        text = scene.kit.words.text(
            scene.language, "roleplay/write", alias=own.partner(scene, stored), most=LONGEST
        )
        scene.post(Message(text=text, protect=True))


def stuck(scene: Scene, argument: str) -> None:
    """Three ideas, each of which can be used as it is."""
    short, _, place = argument.partition(".")
    stored = _at(scene, short, place)
    found = own.talk_of(scene, stored) if stored is not None else None
    if stored is None or found is None:
        return
    ideas = [said(each, scene.language) for each in found[0].stuck]
    rows: Rows = tuple(
        (button(scene, "use_idea", "say", stored.id, place, f"{own.STUCK}{at}", number=at + 1),)
        for at in range(len(ideas))
    )
    own_words = (button(scene, "write", "write", stored.id, place),)
    text = scene.kit.words.text(scene.language, "roleplay/stuck", ideas=ideas)
    scene.post(Message(text=text, buttons=(*rows, own_words), protect=True))


def take_words(scene: Scene, stored: StoredRehearsal, place: int, text: str) -> None:
    """The line they typed: passed on, refused kindly, or kept away from the other one."""
    if not _is_turn(scene, stored, str(place)):
        typed.close(scene)
        return
    line = stepping.fit(scene, stored, text)
    if line is None:
        return
    typed.close(scene)
    _speak(scene, stored, Line(scene.person.id, text=line))


def _speak(scene: Scene, stored: StoredRehearsal, line: Line) -> None:
    place = stored.at.place
    after = stepping.move(scene, stored, Speak(scene.person.id))
    if after is None:
        return
    rehearsals.say(scene.session, scene.kit.vault, stored.id, place, line, scene.now)
    if after.at.phase is Phase.CARD and after.at.mover == scene.person.id:
        cards.show(scene, after)
        return
    scene.say("roleplay/said", what="passed", alias=own.partner(scene, stored))


def swap(scene: Scene, argument: str) -> None:
    """The other way round; first the question whether it is safe for them as well."""
    stored = own.named(scene, argument)
    if stored is None or stored.at.mover != scene.person.id or stored.at.phase is not Phase.SWAP:
        ending.say_over(scene, None)
        return
    gate.ask(scene, button(scene, "safe", "swapped", stored.id))


def swapped(scene: Scene, argument: str) -> None:
    """It is, so they practise and the other one plays."""
    _step(scene, argument, Swap(scene.person.id))


def enough(scene: Scene, argument: str) -> None:
    """One round was enough for today."""
    _step(scene, argument, Enough(scene.person.id))


def _step(scene: Scene, argument: str, step: Step) -> None:
    stored = own.named(scene, argument)
    after = stepping.move(scene, stored, step) if stored is not None else None
    if stored is None:
        ending.say_over(scene, None)
    if after is None:
        return
    scene.settled = True
    if not after.at.is_live:
        ending.say_over(scene, after)
    else:
        showing.show(scene, after)


def _at(scene: Scene, short: str, place: str) -> StoredRehearsal | None:
    """The rehearsal a button names, if it is this person's move at that very place."""
    stored = own.named(scene, short)
    if stored is None:
        ending.say_over(scene, None)
        return None
    return stored if _is_turn(scene, stored, place) else None


def _is_turn(scene: Scene, stored: StoredRehearsal, place: str) -> bool:
    at = stored.at
    mine = at.mover == scene.person.id and at.phase is Phase.TALKING and str(at.place) == place
    if not mine:
        stepping.not_now(scene, stored)
    return mine
