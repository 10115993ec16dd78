"""Somebody finished the programme: what they wrote stays for a while, and the way back is open."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.store import enrolments, groups, members, people, strangers
from bot.store.people import Standing
from bot.usecases import (
    alert,
    board,
    export,
    help_now,
    leave,
    pages,
    pairs,
    retention,
    roleplay,
    safety_plan,
    timetable,
    where,
    who,
)
from bot.usecases.board.own import has_lines
from bot.usecases.incoming import What
from bot.usecases.phases import ALUMNI_VERBS, alumni
from bot.usecases.plain_chat import HELP, PlainChat, speaking
from bot.usecases.scene import Scene

MINUTE = timedelta(minutes=1)


def discharge(scene: Scene, person_id: UUID) -> bool:
    """Ends somebody's time in the programme and tells them; False where they take no part.

    `scene` is that of the member of staff who decided it.
    """
    session, now = scene.session, scene.now
    person = people.get(session, person_id)
    programme = groups.programme(session)
    if person is None or programme is None or person.standing is not Standing.MEMBER:
        return False
    timetable.close(timetable.Known(session, scene.kit, person, now))
    enrolments.stop_all(session, person_id)
    pairs.leave(scene, person_id)
    roleplay.leave(scene, person_id)
    people.set_standing(session, person_id, Standing.DISCHARGED)
    people.set_onboarding(session, person_id, None)
    members.set_discharged(session, person_id, now)
    members.set_phase(session, person_id, None)
    retention.plan(session, person_id, now + timedelta(days=programme.retention_days), now)
    scene.record("participant.discharged", person_id, "care")
    theirs = scene.beside(replace(person, standing=Standing.DISCHARGED, onboarding=None))
    alert.person_left(theirs, "discharged")
    _say(theirs, days=programme.retention_days)
    return True


def handle(scene: Scene, what: What) -> None:
    """Help, the plan, own data and deleting it work, for alumni the board too; anything else gets a
    short, kind answer."""
    if not board.handle(scene, what):
        CHAT.handle(scene, what)


def show(scene: Scene) -> None:
    """What is still here for them, and the way back."""
    _say(scene, days=None)


def _now_and_then(scene: Scene) -> None:
    if strangers.first_today(scene.session, scene.person.id, scene.now, MINUTE):
        show(scene)


def _say(scene: Scene, days: int | None) -> None:
    text = scene.kit.words.text(scene.language, "discharged", days=days)
    scene.post(Message(text=text, keys=((scene.word("keys.help_now"),),)))
    stays = alumni.is_alumni(scene)
    wrote = has_lines(scene)
    rows = [
        Button(text=scene.word("phase.handover"), data=for_menu("handover")),
        Button(text=scene.word("phase.back_in"), data=for_menu("back_in")),
    ]
    if stays:
        rows.insert(0, Button(text=scene.word("board.open"), data=for_menu("board")))
        rows.append(Button(text=scene.word("phase.stop"), data=for_menu("alumni", "no")))
    else:
        rows.insert(1, Button(text=scene.word("phase.hello"), data=for_menu("alumni", "yes")))
    if wrote and not stays:
        rows.append(Button(text=scene.word("board.mine"), data=for_menu("board_mine")))
    text = scene.kit.words.text(scene.language, "phases/after", stays=stays)
    scene.post(Message(text=text, buttons=tuple((each,) for each in rows)))


def _help(scene: Scene) -> None:
    help_now.help_now(scene)
    show(scene)


def _plan(scene: Scene, _: str = "") -> None:
    """The plan as it is; it can no longer be changed here."""
    if safety_plan.latest(scene) is None:
        show(scene)
    else:
        safety_plan.plan_page(scene)


CHAT = PlainChat(
    commands={
        "start": show,
        "help": _help,
        "plan": _plan,
        "partner": roleplay.partner_page,
        "language": pages.languages,
        "privacy": pages.privacy,
        "who": who.page,
        "export": export.page,
        "delete_me": leave.ask,
    },
    verbs={
        **HELP,
        **board.VERBS,
        **ALUMNI_VERBS,
        "plan": _plan,
        "who": who.page,
        pairs.VERB: roleplay.press_pair,
        roleplay.VERB: roleplay.press,
        "export": export.page,
        "lang": speaking(show, "keys.help_now"),
        "leave": leave.leave,
        "menu": lambda scene, _: show(scene),
    },
    otherwise=_now_and_then,
    words=(roleplay.typed_words, pairs.typed_words, where.typed_words),
)
