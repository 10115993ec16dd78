"""/settings, /timezone, /pause and /who: everything can be changed, held back and looked up."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot.store import audit, contacts, people
from bot.wiring import House
from tests.cast import LEO, MAYA, RIVERA
from tests.journeys.conftest import Stage
from tests.journeys.test_onboarding import knows
from tests.newcomers import id_of

CHECKINS = ("08:00", "20:00")
"""When Maya and Leo are asked, by themselves, in these tests."""


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """Everybody has opened the chat."""
    for phone, hello in ((stage.maya, "A few minutes"), (stage.leo, "unos minutos")):
        await phone.say("/start")
        await phone.reads(hello)
    return stage


async def test_everything_is_changed_by_tapping_and_typing(stage: Stage) -> None:
    """Each button asks one question, and the page comes back with the answer."""
    maya = stage.maya
    await maya.say("/settings")
    page = (await maya.reads("Your settings"))["text"]
    assert "Name here: Heron" in page
    assert "Check-ins: 08:00 and 20:00" in page
    assert "Who may see what: 0 of 4" in page
    await maya.press("Name")
    await maya.reads("What shall I call you here?")
    await maya.say("Moon")
    await maya.reads("Name here: Moon")
    await maya.press("Second check-in")
    await maya.reads("And the second time?")
    await maya.say("21h")
    await maya.reads("Check-ins: 08:00 and 21:00")
    await maya.press("Quiet hours")
    await maya.press("23:00 – 06:00")
    await maya.reads("Quiet hours: 23:00 – 06:00")
    await maya.press("Callback number")
    await maya.reads("which number?")
    await maya.say("ask me later")
    await maya.reads("does not look like a number")
    await maya.say("600 111 222")
    await maya.reads("When is it safe to call you there?")
    await maya.press("Evenings")
    await maya.reads("Callback number: 600 111 222 (Evenings)")
    await maya.press("Country")
    await maya.press("United Kingdom")
    await maya.reads("Country: United Kingdom")
    await maya.press("Language")
    await maya.press("Español")
    await maya.reads("Tus ajustes")
    known = await knows(stage, MAYA)
    assert known["contact"] == contacts.Contact("600 111 222", "Evenings")
    assert known["onboarding"] is None


async def test_once_a_day_is_enough(stage: Stage) -> None:
    """“No” to a second time was “not a time”; typed or tapped, one check-in stays, and a second may
    come back. A no with thanks is a no."""
    maya = stage.maya
    await maya.say("/settings")
    await maya.press("Second check-in")
    await maya.press("Once a day is enough")
    await maya.reads("Check-ins: 08:00\n")
    await maya.press("Second check-in")
    await maya.reads("And the second time?")
    await maya.say("tonight at nine")
    await maya.reads("Check-ins: 08:00 and 21:00")
    await maya.press("Second check-in")
    await maya.reads("And the second time?")
    await maya.say("once is enough")
    await maya.reads("Check-ins: 08:00\n")
    await maya.press("Second check-in")
    await maya.reads("And the second time?")
    await maya.say("no thanks")
    await maya.reads("Check-ins: 08:00\n")
    await maya.press("Time zone")
    await maya.reads("If not, tap the time it is")
    await maya.say("GMT+5:30")
    await maya.reads("for you, right?")
    await maya.press("Yes, that’s right")
    await maya.reads("(Kolkata time)")
    await maya.press("Quiet hours")
    await maya.reads("Between which hours")
    await maya.say("none, thanks")
    await maya.reads("Quiet hours: none")
    known = await knows(stage, MAYA)
    assert (known["checkins"], known["quiet"]) == (("08:00",), None)


async def test_an_open_question_does_not_swallow_what_is_about_something_else(
    stage: Stage,
) -> None:
    """The menu, an exercise or ten minutes put it away; the words go where they belong."""
    maya = stage.maya
    await maya.say("/settings")
    await maya.press("Name")
    await maya.reads("What shall I call you here?")
    await maya.say("/menu")
    await maya.reads("What would help right now?")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("a lamp")
    await maya.reads("· 3/")
    await maya.say("/settings")
    await maya.press("Name")
    await maya.reads("What shall I call you here?")
    await stage.pass_time(timedelta(minutes=12))
    await maya.say("my keys")
    await maya.reads("· 4/")
    assert (await knows(stage, MAYA))["alias"] == "Heron"


async def test_whoever_moves_abroad_is_asked_for_the_country(stage: Stage) -> None:
    """The clock went to Mexico, and Help me now still had Spain's numbers."""
    leo = stage.leo
    await leo.say("/settings")
    await leo.press("País")
    await leo.press("España")
    await leo.reads("País: España")
    await leo.press("Zona horaria")
    await leo.say("ahora estoy en la Ciudad de México")
    asked = await leo.reads("¿En qué país estás?")
    assert asked["buttons"][0][0]["text"] == "México"
    await leo.say("en México")
    await leo.reads("País: México")
    await leo.press("Zona horaria")
    await leo.say("Tijuana")
    await leo.reads("hora de Tijuana")
    assert (await knows(stage, LEO))["country"] == "MX"


async def test_the_time_zone_by_command(stage: Stage) -> None:
    """A city in any language; a place nobody knows gets a plain sentence and a hint; of several of
    a name, the one whose clock is theirs already, else they are asked."""
    leo = stage.leo
    await leo.say("/timezone Mars/Olympus")
    await leo.reads("No conozco ese lugar.")
    await leo.say("/timezone Nueva Yrok")
    await leo.reads("¿Tienes la misma hora que en Nueva York?")
    await leo.press("")
    await leo.reads("Tus ajustes")
    assert (await knows(stage, LEO))["zone"] == "America/New_York"
    await leo.say("/timezone europe/madrid")
    await leo.reads("hora de Madrid")
    assert (await knows(stage, LEO))["zone"] == "Europe/Madrid"
    await leo.say("/timezone Valencia")
    await leo.reads("hora de Madrid")
    await leo.say("/timezone Córdoba, Argentina")
    await leo.reads("hora de Córdoba")
    await leo.say("/timezone Valencia")
    await leo.reads("Con ese nombre hay más de una hora.")
    await leo.press("")
    await leo.reads("hora de Caracas")
    assert (await knows(stage, LEO))["zone"] == "America/Caracas"


async def test_an_alias_is_unique_in_the_group(stage: Stage) -> None:
    """Leo cannot become Heron, nor Dr Rivera."""
    leo = stage.leo
    await leo.say("/settings")
    await leo.press("Nombre")
    await leo.reads("¿Cómo quieres que te llame aquí?")
    for name in ("heron", "Dr. Rivera"):
        await leo.say(name)
        await leo.reads("Ese nombre ya está en uso aquí.")
    assert (await knows(stage, LEO))["alias"] == "Colibrí"


async def test_a_pause_holds_back_what_comes_unasked(stage: Stage) -> None:
    """The next-day question does not come; help and answers do; resuming ends it."""
    maya = stage.maya
    await maya.say("🛟 Help me now")
    await maya.reads("If you or someone near you is in danger")
    await maya.say("/pause")
    await maya.press("Three days")
    await maya.reads("I won’t write first until")
    await stage.pass_time(timedelta(days=2))
    await maya.say("🛟 Help me now")
    await maya.reads("If you or someone near you is in danger")
    assert not any("Yesterday you opened" in text for text in await maya.texts())
    await maya.say("/settings")
    await maya.reads("Messages are paused until ")
    await maya.press("Write to me again")
    await maya.reads("I’ll write to you again")
    await stage.until_noon()
    await maya.reads("Yesterday you opened Help me now")


async def test_pause_until_i_come_back(stage: Stage) -> None:
    """It has no end of its own."""
    leo = stage.leo
    await leo.say("/pause")
    await leo.press("Hasta que yo vuelva")
    await leo.reads("No te escribiré por mi cuenta hasta que vuelvas")
    await stage.pass_time(timedelta(days=60))
    await leo.say("/pause")
    await leo.press("Vuelve a escribirme")
    await leo.reads("Volveré a escribirte")


async def test_who_looked_and_why(stage: Stage) -> None:
    """Staff by name with the day and the reason; nobody's content, and nothing of others."""
    house = stage.house
    assert house is not None
    maya = stage.maya
    await maya.say("/who")
    await maya.reads("Nobody has opened anything of yours so far.")
    await house.database.run(partial(_looked, house=house))
    await maya.say("/who")
    told = (await maya.reads("Who opened"))["text"]
    assert "Dr Rivera looked at what you had said (because of something you wrote)" in told
    assert "Between (automatic) told your team that you may need help" in told
    assert "Somebody of the team did something that concerns you" in told
    await stage.leo.say("/who")
    await stage.leo.reads("Hasta ahora nadie ha abierto nada tuyo.")


def _looked(session: Session, house: House) -> None:
    maya, rivera = (id_of(session, house, number) for number in (MAYA, RIVERA))
    gone = people.welcome(session, house.kit.vault, 77, "en", "UTC", house.clock())
    for actor, action, reason in (
        (None, "alert.raised", "words"),
        (None, "alert.backup", "crisis"),
        (rivera, "alert.viewed", "words"),
        (gone.id, "something.new", "unheard-of"),
    ):
        audit.write(
            session, actor=actor, subject=maya, action=action, reason=reason, now=house.clock()
        )
