"""A line was typed: kept, refused kindly, or held until a therapist has read it.

Words of danger never go further: the writer has got help by then, and the alert took its way.
"""

from zoneinfo import ZoneInfo

from bot.care.board import LONGEST, PRIVATE, Unfit, tidied, unfit
from bot.care.risk import Tier, screen
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import board, groups, people, staff
from bot.store.board import BoardLine, Kind, State
from bot.store.members import Member
from bot.store.outbox import Kind as Class
from bot.store.people import Standing
from bot.usecases.board import place
from bot.usecases.scene import Scene

MOST = 5
"""So many lines of one person wait for a therapist at a time."""


def written(scene: Scene, line: BoardLine, typed: str) -> bool:
    """Takes the words; True when the question is answered, False while it stays open."""
    text = tidied(typed)
    if line.kind is Kind.QUESTION and (scene.heavy or line.state is not State.SENT_BACK):
        return _answered(scene, line, text)
    if scene.heavy:
        _leave(scene, line, "heavy")
        return True
    return put_forward(scene, line, text)


def put_forward(scene: Scene, line: BoardLine, text: str) -> bool:
    """Holds a line for the therapists, if it may stand on the board; False where it may not."""
    member = place.mine(scene)
    if member is None or not place.agrees(scene):
        _leave(scene, line, "not_agreed")
        return True
    if screen(text, scene.kit.rules).tier > Tier.NONE:  # kept answers are screened once more
        _leave(scene, line, "heavy")
        return True
    why = unfit(text, place.names(scene, member))
    if why is not None:
        refuse(scene, why, len(text))
        return False
    if _waiting(scene) >= MOST:
        _leave(scene, line, "enough")
        return True
    vault, language = scene.kit.vault, scene.language
    board.write(scene.session, vault, line, text, State.HELD, language, scene.now)
    own = Button(text=scene.word("board.mine"), data=for_menu("board_mine"))
    say(scene, "held", ((own,), *back(scene)))
    _tell_staff(scene, member)
    return True


def _leave(scene: Scene, line: BoardLine, which: str) -> None:
    """It does not go forward; what was only asked for is gone."""
    if line.state is State.BEGUN:
        board.remove(scene.session, line.id)
    say(scene, which, back(scene))


def _answered(scene: Scene, line: BoardLine, text: str) -> bool:
    """An answer to the question of a session is kept for the person alone, whatever it says."""
    if not text or len(text) > PRIVATE:
        refuse(scene, Unfit.EMPTY if not text else Unfit.LONG, len(text), PRIVATE)
        return False
    vault, language = scene.kit.vault, scene.language
    board.write(scene.session, vault, line, text, State.KEPT, language, scene.now)
    rows = choices(scene, line, heavy=scene.heavy)
    say(scene, "kept_heavy" if scene.heavy else "kept", rows)
    return True


def choices(scene: Scene, line: BoardLine, *, heavy: bool = False) -> Rows:
    """Who may read what is kept: nobody else unless one of the others is tapped. A line that a no
    took off the board can only go back there; a good thing was one of its week."""
    ways: tuple[str, ...] = ()
    match line.kind:
        case Kind.QUESTION:
            ways = ("keep", "therapist") if heavy else ("keep", "therapist", "board")
        case Kind.HELPED:
            ways = ("board",)
        case Kind.GOOD:
            pass
    return tuple(
        (
            Button(
                text=scene.word(f"board.to_{way}"),
                data=for_menu("question_to", f"{short_id(line.id)}.{way}"),
            ),
        )
        for way in ways
    )


def refuse(scene: Scene, why: Unfit, length: int, longest: int = LONGEST) -> None:
    """Says kindly what would have to be different."""
    text = scene.kit.words.text(
        scene.language, "board/unfit", why=why.value, length=length, longest=longest
    )
    never_mind = Button(text=scene.word("board.never_mind"), data=for_menu("board_no"))
    scene.post(Message(text=text, buttons=((never_mind,),)))


def say(scene: Scene, which: str, rows: Rows) -> None:
    """What became of it."""
    text = scene.kit.words.text(scene.language, "board/said", which=which)
    scene.post(Message(text=text, buttons=rows))


def back(scene: Scene) -> Rows:
    """The way to the board."""
    return ((Button(text=scene.word("board.open"), data=for_menu("board")),),)


def _waiting(scene: Scene) -> int:
    own = board.of_person(scene.session, scene.kit.vault, scene.person.id)
    return sum(each.state is State.HELD for each in own)


def _tell_staff(scene: Scene, member: Member) -> None:
    """Once a day each therapist of the group hears that lines wait; never what they say."""
    group = groups.group(scene.session, member.group)
    if group is None:
        return
    waiting = board.count(scene.session, [group.id], State.HELD)
    day = scene.now.astimezone(ZoneInfo(group.zone)).date()
    for each in staff.of_group(scene.session, scene.kit.vault, group.id):
        person = people.look(scene.session, each.id)
        if person is None or person.standing is not Standing.STAFF:
            continue
        theirs = scene.beside(person)
        text = theirs.kit.words.text(
            theirs.language, "board/waits", group=group.name, count=waiting
        )
        data = for_menu("life", short_id(group.id))
        button = Button(text=theirs.word("group_life.open"), data=data)
        theirs.post(
            Message(text=text, buttons=((button,),), silent=True),
            kind=Class.CHECKIN,
            key=f"board-waits.{group.id.hex}.{day}.{each.id.hex}",
        )
