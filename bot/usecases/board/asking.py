"""The question for a line: what is typed next is it, unless the person turns to something else."""

from datetime import timedelta
from uuid import UUID

from bot.catalog.bare import bare
from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.engine.answer.short import Short, short
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import board, dues
from bot.store.board import BoardLine, Kind, State
from bot.usecases import consented, typed_label
from bot.usecases.board import place, writing
from bot.usecases.incoming import Membership, What, Words
from bot.usecases.profile.step import declines
from bot.usecases.scene import Scene

ASKS = "board-asks"
"""The kind of due row that ends a question for a line nobody answered."""
PATIENCE = timedelta(minutes=30)
_UNSURE = {Short.UNSURE, Short.BLANK}
_NO_LINE = {*_UNSURE, Short.NO, Short.NONE, Short.THANKS}


def ask_for(scene: Scene, kind: Kind, about: str) -> None:
    """Asks for a line; first, if need be, whether lines may go on the board at all."""
    member = place.mine(scene)
    if member is None:
        return
    if kind is not Kind.QUESTION and not place.agrees(scene):
        consent_page(scene, for_menu("board_yes", f"{kind.value}.{about}"), for_menu("board_no"))
        return
    close(scene)
    line = board.begin(
        *(scene.session, scene.kit.vault, scene.person.id, member.group),
        *(kind, about, scene.language, scene.now),
    )
    open_for(scene, line)


def open_for(scene: Scene, line_id: UUID) -> None:
    """Asks for the words of this line."""
    line = board.get(scene.session, scene.kit.vault, line_id)
    if line is None:
        return
    _keep_open(scene, line_id)
    text = scene.kit.words.text(
        scene.language,
        "board/ask",
        kind=line.kind.value,
        about=place.titled(scene, line),
        before=line.text,
    )
    scene.post(Message(text=text, buttons=_never_mind(scene), protect=bool(line.text)))


def consent_page(scene: Scene, yes: str, no: str) -> None:
    """What a yes means, in the words that are agreed to; `yes` and `no` are the buttons' data."""
    text = scene.kit.consents.texts.get(Scope.BOARD_LINES)
    if text is None:  # nobody can agree to words that are not there
        return
    words = {name: said(getattr(text, name), scene.language) for name in ("label", "happens")}
    rows = (
        (Button(text=scene.word("onboarding.allow"), data=yes),),
        (Button(text=scene.word("onboarding.refuse"), data=no),),
    )
    body = scene.kit.words.text(scene.language, "board/consent", **words)
    scene.post(Message(text=body, buttons=rows))


def agree(scene: Scene, argument: str) -> None:
    """Yes: from now on, and on to the question."""
    kind, _, about = argument.partition(".")
    if kind not in set(Kind) or place.mine(scene) is None:
        return
    consented.decide(scene, Scope.BOARD_LINES, granted=True)
    scene.settled = True
    ask_for(scene, Kind(kind), about)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the line that was asked for; everything else puts the question away."""
    line = _open(scene)
    if line is None:
        return False
    match what:
        case Words(text, _, False) if not scene.kit.words.is_key(text):
            if writing.written(scene, line, text):
                dues.clear_due(scene.session, _key(scene))
            else:
                _keep_open(scene, line.id)
            return True
        case Words(edited=True) | Membership():
            return False
    close(scene)
    return False


def is_asked(scene: Scene) -> bool:
    """Whether typed words would be a line for the board."""
    return _open(scene) is not None


def is_turned_down(scene: Scene, what: What) -> bool:
    """Whether these words are no line but a “no sé” or a “luego”, which went to the therapist."""
    line = _open(scene) if isinstance(what, Words) and not (what.edited or scene.heavy) else None
    if line is None or not isinstance(what, Words):
        return False
    text, plain = what.text, bare(what.text.strip(" .!¡"))
    words = scene.kit.words
    if plain in words.listed("board.never_mind"):
        return True
    # What is kept for the person alone: “no, gracias” answers “what would you say now?”
    if line.kind is Kind.QUESTION and line.state is not State.SENT_BACK:
        puts_off = plain in words.listed(typed_label.LATER)
        return puts_off or short(text) in _UNSURE or typed_label.asks_to_skip(scene, text)
    return short(text) in _NO_LINE or declines(scene, text)


def close(scene: Scene) -> None:
    """The question is not open any more; a line nobody wrote is gone."""
    due = dues.find_due(scene.session, _key(scene))
    if due is None:
        return
    dues.clear_due(scene.session, _key(scene))
    if due.subject is not None:
        over(scene, due.subject)


def over(scene: Scene, line_id: UUID | None) -> None:
    """Forgets a line that was asked for and never written."""
    line = board.get(scene.session, scene.kit.vault, line_id) if line_id is not None else None
    if line is not None and line.state is State.BEGUN:
        board.remove(scene.session, line.id)


def _open(scene: Scene) -> BoardLine | None:
    due = dues.find_due(scene.session, _key(scene))
    if due is None or due.subject is None or due.at <= scene.now:
        return None
    return board.get(scene.session, scene.kit.vault, due.subject)


def _keep_open(scene: Scene, line_id: UUID) -> None:
    person, at = scene.person.id, scene.now + PATIENCE
    dues.set_due(scene.session, person, ASKS, line_id, None, at, _key(scene), scene.now)


def _key(scene: Scene) -> str:
    return f"{ASKS}.{scene.person.id.hex}"


def _never_mind(scene: Scene) -> Rows:
    return ((Button(text=scene.word("board.never_mind"), data=for_menu("board_no")),),)
