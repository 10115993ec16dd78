"""A newcomer waits for their therapist: a number to read out, help, and nothing of the group."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from bot.messages.message import Message
from bot.store import dues, members, newcomers, people, strangers
from bot.store.dues import Due
from bot.store.people import Standing
from bot.usecases import help_now, leave, pages, where
from bot.usecases.incoming import What
from bot.usecases.plain_chat import HELP, PlainChat, speaking
from bot.usecases.scene import Scene

PATIENCE = timedelta(days=14)
"""Whom nobody has confirmed by then is forgotten."""
MINUTE = timedelta(minutes=1)
CAME_BACK = "came-back"
"""The kind of due row that holds which group somebody was in before; it rings if nobody has
confirmed them by then."""


def handle(scene: Scene, what: What) -> None:
    """Help, the language and deleting everything work; anything else gets the number again."""
    CHAT.handle(scene, what)


def welcome(scene: Scene) -> None:
    """The first words to a newcomer: their number, and that help is always below."""
    _say(scene, first=True)


def show(scene: Scene) -> None:
    """The number to read out."""
    _say(scene, first=False)


def remind(scene: Scene) -> None:
    """The number again; not for each of twenty messages in a row."""
    if strangers.first_today(scene.session, scene.person.id, scene.now, MINUTE):
        show(scene)


def _say(scene: Scene, *, first: bool) -> None:
    code = newcomers.code_of(scene.session, scene.kit.vault, scene.person.id)
    text = scene.kit.words.text(scene.language, "pending/waiting", code=code, first=first)
    scene.post(Message(text=text, keys=((scene.word("keys.help_now"),),)))


def _help(scene: Scene) -> None:
    help_now.help_now(scene)
    show(scene)


def give_new_number(scene: Scene) -> None:
    """Wrong numbers were typed too often while this newcomer waited: here is another one."""
    code = fresh_code(scene)
    newcomers.renew(scene.session, scene.kit.vault, scene.person.id, code)
    scene.say("pending/new_number", code=code)


def fresh_code(scene: Scene) -> str:
    """Four digits that nobody else who waits has on their phone."""
    taken = {each.code for each in newcomers.everybody(scene.session, scene.kit.vault)}
    numbers = (f"{number:04}" for number in range(10_000))
    return secrets.choice([code for code in numbers if code not in taken])


def is_coming_back(scene: Scene) -> bool:
    """Whether this newcomer took part before, so that there is something to go back to."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return member is not None and member.confirmed_at is not None


def remember(scene: Scene, group: UUID) -> None:
    """They were in this group before; until somebody confirms them, that is where they belong."""
    me, at = scene.person.id, scene.now + PATIENCE
    dues.set_due(scene.session, me, CAME_BACK, group, None, at, _key(me), scene.now)


def arrived(session: Session, person: UUID) -> None:
    """They are confirmed: what was before is over."""
    dues.clear_due(session, _key(person))


def step_back(scene: Scene, due: Due | None = None) -> None:
    """Nobody let them in: they have finished, as before, and those who looked after them do so
    again; not whoever sent them away."""
    session, me = scene.session, scene.person.id
    before = due or dues.find_due(session, _key(me))
    arrived(session, me)
    newcomers.step_back(session, me, before.subject if before is not None else None)
    people.set_standing(session, me, Standing.DISCHARGED)


def ring(scene: Scene, due: Due) -> None:
    """Two weeks have passed, and nobody confirmed them."""
    if scene.person.standing is Standing.PENDING:
        step_back(scene, due)
        scene.say("pending/turned_away")


def _key(person: UUID) -> str:
    return f"{CAME_BACK}.{person.hex}"


CHAT = PlainChat(
    commands={
        "start": show,
        "help": _help,
        "language": pages.languages,
        "privacy": pages.privacy,
        "delete_me": leave.ask,
    },
    verbs={
        **HELP,
        "lang": speaking(show, "keys.help_now"),
        "leave": leave.leave,
        "menu": lambda scene, _: show(scene),
    },
    otherwise=remind,
    words=(where.typed_words,),
)
