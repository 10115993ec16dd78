"""A clock ran a year ahead for a while and was put right: nothing of then lasts until then."""

from collections.abc import Callable
from datetime import timedelta

from bot.store import invites
from bot.usecases.incoming import Command, Press
from tests.engine.playing import exercise_of
from tests.usecases.alarming import CRISIS, opens
from tests.usecases.chat import Chat
from tests.usecases.theatre import MAYA, RIVERA, Theatre

PLAN = exercise_of(
    """
- {id: signs, type: ask_text, text: {en: Which signs?, es: ¿Qué señales?}}
- {id: end, type: finish, text: {en: Done., es: Hecho.}, shows: [signs]}
""",
    """
id: safe.plan
title: {en: My safety plan, es: Mi plan de seguridad}
""",
)
AHEAD = timedelta(days=365)
STRANGER = 9_001


def test_too_many_wrong_pins_of_then(theatre: Theatre) -> None:
    """The lock kept alerts shut for a year."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.now += AHEAD
    theatre.taps(RIVERA, "Open")
    for _ in range(5):
        theatre.does(RIVERA, "0000")
    assert "Too many wrong PINs" in theatre.heard(RIVERA)[-1]
    theatre.now -= AHEAD
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert CRISIS in theatre.heard(RIVERA)[-1]


def test_a_pin_asked_for_then(theatre: Theatre) -> None:
    """Digits typed for something else opened what somebody wrote, whenever they were typed."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.now += AHEAD
    theatre.taps(RIVERA, "Open")
    theatre.now -= AHEAD
    theatre.does(RIVERA, "4711")
    assert CRISIS not in theatre.heard(RIVERA)[-1]


def test_a_question_of_then(theatre: Theatre) -> None:
    """“Delete everything?” was asked again below whatever was typed."""
    theatre.now += AHEAD
    theatre.does(MAYA, Command("delete_me"))
    asked = theatre.heard(MAYA)[-1]
    theatre.now -= AHEAD
    theatre.does(MAYA, "I slept well")
    assert "delet" in asked
    assert "delet" not in theatre.heard(MAYA)[-1]


def test_a_plan_of_then(chat: Callable[..., Chat]) -> None:
    """Changed since, the plan of then was shown, below Help me now as well."""
    maya = chat(PLAN)
    maya.now += AHEAD
    maya.give(Press(f"m.begin.{PLAN.id}"))
    maya.say("I stop answering")
    maya.now -= AHEAD
    maya.give(Command("plan"))
    assert "I stop answering" in maya.last
    maya.press("Change")
    maya.say("I sleep all day")
    maya.give(Command("plan"))
    assert "I sleep all day" in maya.last
    maya.give(Press("m.change_plan"))
    assert "I sleep all day" in maya.last


def test_a_stranger_of_then(theatre: Theatre) -> None:
    """They knocked and guessed: they are answered again, and a real invitation lets them in."""
    theatre.now += AHEAD
    theatre.does(STRANGER, "hello")
    for _ in range(6):
        theatre.does(STRANGER, Command("start", "wrong"))
    theatre.now -= AHEAD
    before = len(theatre.heard(STRANGER))
    theatre.does(STRANGER, "hello")
    assert len(theatre.heard(STRANGER)) == before + 1
    code = theatre.run(
        lambda s: invites.invite(s, theatre.kit.vault, theatre.now, group=theatre.group)
    )
    theatre.does(STRANGER, Command("start", code))
    assert "number" in theatre.heard(STRANGER)[-1]
