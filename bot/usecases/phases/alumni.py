"""After discharge, for whoever wants it: one hello a week, answered with a tap."""

from bot.care.cadence import Chance, DaysAfter, Skip, Verdict, Why
from bot.care.phase import ALUMNI_EVERY, Phase
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import members
from bot.store.people import Standing
from bot.store.schedules import Stored
from bot.usecases import retention
from bot.usecases.scene import Scene
from bot.usecases.sending import Sending, speak
from bot.usecases.timetable import Known, account_all
from bot.usecases.timetable.follow import end, resume
from bot.usecases.timetable.hours import free_hour, quiet_of
from bot.usecases.timetable.keep import ALUMNI
from bot.usecases.timetable.wanted import Wanted

ANSWERS = ("steady", "mixed", "hard")


def is_alumni(scene: Scene) -> bool:
    """Whether somebody who finished wants to be written to once a week."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    discharged = scene.person.standing is Standing.DISCHARGED
    return discharged and member is not None and member.phase == Phase.ALUMNI


def answer(scene: Scene, what: str) -> None:
    """Begin, stop, or one of the three answers to the hello."""
    scene.settled = True
    match what:
        case "yes":
            _begin(scene)
        case "no":
            leave(scene)
        case _ if what in ANSWERS:
            _say(scene, what, _after(scene, what))
        case _:
            scene.note = scene.word("notes.old_button")


def _begin(scene: Scene) -> None:
    session, known = scene.session, Known(scene.session, scene.kit, scene.person, scene.now)
    member = known.member
    quiet = quiet_of(member) if member is not None else None
    hour = free_hour(member, quiet) if member is not None else None
    if hour is None:
        scene.note = scene.word("notes.old_button")
        return
    members.set_phase(session, scene.person.id, Phase.ALUMNI.value)
    anchor = DaysAfter(of="discharge", at=hour, first=ALUMNI_EVERY, every=ALUMNI_EVERY)
    resume(known, Wanted(ALUMNI, ALUMNI, anchor), quiet)
    rows = (
        (Button(text=scene.word("board.open"), data=for_menu("board")),),
        (Button(text=scene.word("phase.stop"), data=for_menu("alumni", "no")),),
    )
    _say(scene, "yes", rows)


def leave(scene: Scene) -> None:
    """No hello any more. If what they wrote was deleted in its time already, the rest of what is
    theirs goes after a last week, as it would have gone then."""
    end_hellos(Known(scene.session, scene.kit, scene.person, scene.now))
    members.set_phase(scene.session, scene.person.id, None)
    if not retention.is_planned(scene.session, scene.person.id):
        at = scene.now + retention.BEFORE
        retention.plan(scene.session, scene.person.id, at, scene.now)
    _say(scene, "no", ())


def end_hellos(known: Known) -> None:
    """The schedule ends: they stopped it, or take part again."""
    for each in account_all(known):
        if each.purpose == ALUMNI:
            end(known, each)


def _after(scene: Scene, what: str) -> Rows:
    rows = [Button(text=scene.word("board.open"), data=for_menu("board"))]
    if what != "steady":
        rows = [
            Button(text=scene.word("keys.help_now"), data=for_menu("help")),
            Button(text=scene.word("help_now.plan"), data=for_menu("plan")),
            Button(text=scene.word("phase.back_in"), data=for_menu("back_in")),
            *rows,
        ]
    return tuple((each,) for each in rows)


def _say(scene: Scene, which: str, rows: Rows) -> None:
    text = scene.kit.words.text(scene.language, "phases/alumni", which=which)
    scene.post(Message(text=text, buttons=rows))


def against(known: Known, _: Stored, __: Chance) -> Verdict | None:
    """Nothing, while they want it."""
    member = known.member
    wants = member is not None and member.phase == Phase.ALUMNI
    return None if wants else Skip(Why.NOT_SCHEDULED)


def is_done(_: Known, __: Stored, ___: Chance) -> bool:
    """Never: nobody says hello to themselves."""
    return False


def send(scene: Scene, sending: Sending) -> None:
    """How is it going?"""
    speak(scene, sending, rows=())
    assert scene.unasked is not None
    text = scene.kit.words.text(scene.language, "phases/hello")
    rows = (
        *(
            (Button(text=scene.word(f"phase.{each}"), data=for_menu("alumni", each)),)
            for each in ANSWERS
        ),
        (Button(text=scene.word("phase.stop"), data=for_menu("alumni", "no")),),
    )
    scene.post(Message(text=f"{scene.unasked.head}\n\n{text}", buttons=rows))
