"""Something reached us from one person: once, in order, all of it or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from bot.engine.given import BACK, DONE, PAUSE, SKIP, STOP, Pressed, Said
from bot.store import people, updates
from bot.store.people import Participant, Standing
from bot.usecases import (
    asked,
    board,
    carry_on,
    discharge,
    door,
    export,
    hello,
    invite,
    leave,
    look_back,
    measures,
    menu,
    onboard,
    pages,
    pairs,
    pause,
    pending,
    press,
    roleplay,
    safety_plan,
    settings,
    staff_chat,
    stop_word,
    toolbox,
    typed_button,
    typed_command,
    typed_help,
    typed_label,
    typed_words,
    urge,
    urge_now,
    watch,
    where,
    who,
)
from bot.usecases.flooded import flooded
from bot.usecases.incoming import (
    SPOKEN,
    Attachment,
    Command,
    Flood,
    Incoming,
    Membership,
    Press,
    Receipt,
    Sender,
    What,
    Words,
)
from bot.usecases.kit import Kit
from bot.usecases.open_runs import open_run
from bot.usecases.profile import agree
from bot.usecases.scene import Scene
from bot.usecases.workshops import pages as workshops

TYPED = {"back": BACK, "skip": SKIP, "done": DONE, "stop": STOP, "cancel": STOP}
"""Commands that stand for a button of the open question."""

PAGES: dict[str, Callable[[Scene], None]] = {
    "start": pages.start,
    "menu": menu.menu,
    "urge": urge.page,
    "toolbox": toolbox.page,
    "workshops": workshops.list_page,
    "help": pages.help_page,
    "plan": safety_plan.plan_page,
    "partner": roleplay.partner_page,
    "privacy": pages.privacy,
    "language": pages.languages,
    "progress": look_back.progress_page,
    "history": look_back.history_page,
    "delete_me": leave.ask,
    "settings": settings.page,
    "who": who.page,
    "export": export.page,
}

ARGUED: dict[str, Callable[[Scene, str], None]] = {"timezone": settings.timezone}
"""Commands that take what is typed behind them."""

TAKERS: dict[Callable[[Scene, What], bool], frozenset[str]] = {
    onboard.handle: frozenset({"step", "lang", "frame"}),
    leave.handle: frozenset({"leave"}),
    pause.handle: frozenset({"pause"}),
    where.handle: frozenset({"country"}),
    settings.handle: frozenset({"step"}),
    hello.handle: frozenset({"hello"}),
    urge_now.handle: frozenset({"begin", "menu", "help"}),
    roleplay.handle: frozenset({roleplay.VERB}),
    pairs.handle: frozenset({pairs.VERB}),
    board.handle: frozenset(board.VERBS),
}
"""Who may take words as the answer to a question beside the exercises, in order; and what the
buttons of that question begin with, which go once it is answered, or asked anew."""
HINTING = frozenset({onboard.handle, settings.handle})
"""Those who may answer with a hint, and its buttons, below a question whose own still count:
“Lodnon” does not take “yes, that’s right” away."""


def receive(session: Session, incoming: Incoming, now: datetime, kit: Kit) -> Receipt:
    """Handles one update. Handling it again changes nothing and says nothing."""
    if not updates.first_time(session, incoming.bot_id, incoming.update_id, now):
        return Receipt()
    measures.shelve(session, kit)
    person = people.find(session, kit.vault, incoming.sender.telegram_id)
    cause = f"u{incoming.bot_id}.{incoming.update_id}"
    if isinstance(incoming.what, Membership):
        if person is not None:
            people.set_reachable(session, person.id, incoming.what.reachable)
        return Receipt()
    if person is None:
        person = _welcome(session, kit, incoming.sender, now)
    if not person.reachable:  # whoever writes to us can be written to
        people.set_reachable(session, person.id, True)
        person = replace(person, reachable=True)
    scene = Scene(session, kit, person, now, cause)
    named = typed_command.meant(scene, incoming.what)
    incoming = replace(incoming, what=typed_help.meant(scene, named))
    if incoming.flood is not Flood.NONE:
        flooded(scene, incoming)
    else:
        _handle(scene, incoming)
        watch.heed(scene)
    return scene.receipt()


def _handle(scene: Scene, incoming: Incoming) -> None:
    watch.watch(scene, incoming.what)
    code = _code(incoming.what)
    if code and leave.is_leaving(scene):  # who is forgotten in a minute would use it up for nothing
        door.wait(scene)
        return
    if code and invite.open_with(scene, code, incoming.sender.telegram_id):
        return
    match scene.person.standing:
        case Standing.MEMBER:
            _of_member(scene, incoming)
        case Standing.PENDING:
            if not watch.press(scene, incoming.what):
                pending.handle(scene, incoming.what)
        case Standing.DISCHARGED:
            if not watch.press(scene, incoming.what):
                discharge.handle(scene, incoming.what)
        case Standing.STAFF:
            staff_chat.handle(scene, incoming.what)
        case Standing.STRANGER:
            if not watch.press(scene, incoming.what):
                door.handle(scene, incoming.what)
        case _:
            assert_never(scene.person.standing)


def _code(what: What) -> str:
    """What follows /start: the code of an invitation, or garbage."""
    match what:
        case Command("start", argument):
            return argument.strip()
    return ""


def _of_member(scene: Scene, incoming: Incoming) -> None:
    asked.put_away_old(scene)
    if isinstance(incoming.what, Attachment) and _is_asked(scene):
        if not scene.heavy:
            scene.say("attachment", spoken=incoming.what.kind in SPOKEN)
        return
    what = stop_word.meant(scene, incoming.what)
    step = scene.person.onboarding
    taker = next((each for each in TAKERS if each(scene, what)), None)
    if taker is None:
        _as_always(scene, what)
    elif isinstance(what, Words) and (
        _is_answered(scene, step) or (scene.buttons and taker not in HINTING)
    ):
        typed_button.take_away(scene, TAKERS[taker])
    if isinstance(incoming.what, Press):
        roleplay.heed(scene)
        typed_button.tapped(scene, incoming.what.data)
    if scene.person.onboarding is None:
        agree.ask_again(scene)


def _is_answered(scene: Scene, step: str | None) -> bool:
    """Whether the question is open no more; `step` was the one of a newcomer's first steps."""
    return not _is_asked(scene) and not (step and scene.person.onboarding == step)


def _is_asked(scene: Scene) -> bool:
    """Whether the next words answer something beside the exercises. A voice note must leave it so:
    the exercise that waited was asked again below it, and its answer went to the partner."""
    others = (roleplay.is_asked, pairs.is_asked, board.is_asked)
    own = asked.which(scene) and not hello.is_overtaken(scene)
    return bool(own) or any(asks(scene) for asks in others)


def _as_always(scene: Scene, what: What) -> None:
    match what:
        case Command(name, argument):
            _command(scene, name, argument)
        case Words(text, mark, edited):
            if edited or not typed_button.handle(scene, text):
                typed_words.handle(scene, Said(text, mark, edited))
        case Press(data):
            press.handle(scene, data)
        case Attachment(kind):
            _attachment(scene, spoken=kind in SPOKEN)
        case Membership():
            pass
        case _:
            assert_never(what)


def _welcome(session: Session, kit: Kit, sender: Sender, now: datetime) -> Participant:
    code = (sender.language_code or "").lower().split("-")[0]
    language = code if code in kit.words.languages else "en"
    return people.welcome(session, kit.vault, sender.telegram_id, language, kit.zone, now)


def _command(scene: Scene, name: str, argument: str) -> None:
    if name in PAGES:
        PAGES[name](scene)
    elif name in ARGUED:
        ARGUED[name](scene, argument)
    elif name == "pause":
        _pause(scene)
    elif name in TYPED:
        stored = open_run(scene)
        if stored is None or not carry_on.give(
            scene, stored, Pressed(stored.run.turn, TYPED[name])
        ):
            scene.say("nothing_open", stop=TYPED[name] is STOP)
            menu.menu(scene)
    elif not scene.heavy:  # the card is the answer to "/search" and words of danger
        menu.menu(scene)


def _pause(scene: Scene) -> None:
    """Pauses the open exercise, if there is one, and asks whether to stop writing as well."""
    stored = open_run(scene)
    if stored is not None:
        carry_on.give(scene, stored, Pressed(stored.run.turn, PAUSE))
    pause.page(scene)


def _attachment(scene: Scene, *, spoken: bool) -> None:
    if scene.heavy:  # its caption was read: "I did not open that" would stand below the card
        return
    stored = open_run(scene)
    asks = "words"
    if stored is not None:
        asks = "nothing" if stored.run.due_at is not None else typed_label.asks_for(scene, stored)
    sorry = scene.kit.words.text(scene.language, "attachment", asks=asks, spoken=spoken)
    if stored is None or not carry_on.repeat(scene, stored, note=sorry):
        # Nothing was asked: "write it", and "I can't answer" to what was written, led in a ring.
        scene.say("attachment", spoken=spoken, asks="words" if spoken else "none")
        menu.menu(scene)
