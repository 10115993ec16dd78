"""Three groups on the phone: trauma, gambling in Spanish, teens."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session

from bot.store import tables
from tests.journeys.conftest import Stage


async def _in_track(stage: Stage, track: str) -> None:
    """The group of Maya and Leo is of this track; both have opened the chat."""

    def write(session: Session) -> None:
        session.connection().execute(update(tables.care_group).values(track=track))

    assert stage.house is not None
    await stage.house.database.run(write)
    await stage.maya.say("/start")
    await stage.maya.reads("A few minutes")
    await stage.leo.say("/start")
    await stage.leo.reads("unos minutos")


def _labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_trauma_grounding_first_and_one_word_to_stop(stage: Stage) -> None:
    """Grounding leads the list, what is closed says whom to ask, and "stop" ends it at once."""
    await _in_track(stage, "trauma")
    maya = stage.maya
    await maya.say("/menu")
    await maya.press("By skill")
    await maya.press("All exercises")
    page = await maya.reads("Everything there is here")
    assert _labels(page)[0].startswith("Five senses, here and now")
    assert not any(label.startswith("Five-column") for label in _labels(page))
    await maya.press("Five senses")
    await maya.reads("We stay with today. Eyes open.")
    await maya.press("8")
    await maya.reads("5 things you can see")
    await maya.say("stop")
    await maya.reads("Stopped.")
    await maya.say("five-column")
    await maya.reads("hidden for now: ask your therapist")
    await maya.say("body basics")
    await maya.press("Body basics")
    await maya.reads("This one touches on the body")
    await maya.press("Another one")
    await maya.reads("What would help right now?")
    await maya.say("back to now")
    await maya.press("Back to now")
    await maya.reads("Are you in danger right now")
    await maya.say("enough")
    await maya.reads("Stopped.")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_gambling_in_spanish(stage: Stage) -> None:
    """Leo hears of bets, not of drinks: in the thought, in the scene and in the check-in."""
    await _in_track(stage, "gambling")
    leo = stage.leo
    await leo.say("trampa mental")
    await leo.press("Reconocer una trampa mental")
    first = await leo.reads("Escribe un pensamiento que te duele")
    assert "La próxima tiene que salir" in first["text"]
    assert "Borrador" in first["text"]
    await leo.say("/cancel")
    await leo.reads("Lo dejamos aquí.")
    await leo.say("practicar decir que no")
    await leo.press("Practicar decir que no")
    await leo.reads("pregunta sobre tu seguridad")
    await leo.press("No")
    await leo.press("40")
    await leo.press("Un partido en casa")
    scene = await leo.reads("¡Solo por diversión!")
    assert "página de apuestas" in scene["text"]
    await leo.say("No, ya no apuesto.")
    await leo.reads("Mira tu frase")
    await leo.say("/cancel")
    await leo.reads("Lo dejamos aquí.")
    await leo.say("/menu")
    await leo.reads("¿Qué te ayudaría")
    await leo.press("Cómo voy")
    await leo.reads("¿Cómo está tu ánimo ahora?")
    await leo.press("6")
    await leo.reads("cuánta ansiedad")
    await leo.press("4")
    await leo.reads("¿Cuántas horas dormiste")
    await leo.press("7")
    await leo.reads("¿Tomaste tu medicación")
    await leo.press("Sí")
    await leo.reads("¿Te sientes a salvo hoy?")
    await leo.press("Sí")
    await leo.reads("¿Usaste alguna habilidad")
    await leo.press("Sí")
    await leo.reads("¿Apostaste desde la última vez?")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_teens_have_scenes_of_their_own(stage: Stage) -> None:
    """A coach instead of a manager, and what belongs to recovery waits for the therapist."""
    await _in_track(stage, "teen")
    maya = stage.maya
    await maya.say("practise asking")
    await maya.press("Practise asking")
    await maya.reads("First a question about your safety")
    await maya.press("No")
    await maya.press("30")
    await maya.press("Leaving training early")
    scene = await maya.reads("The coach says: Again?")
    assert "You need the coach to let you go earlier" in scene["text"]
    await maya.say("I need to leave at five on Thursdays.")
    await maya.reads("Look at your line")
    await maya.say("/cancel")
    await maya.reads("Stopped.")
    await maya.say("surfing an urge")
    await maya.reads("“Surfing an urge” – hidden for now")
