"""On the phones, in both languages: a workshop from the menu, the toolbox, an urge at night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone

MADRID = ZoneInfo("Europe/Madrid")

CHECKINS = ("20:00",)
"""Lessons come at the own hour of these tests."""


async def _start(stage: Stage) -> None:
    await stage.maya.say("/start")
    await stage.maya.reads("A few minutes are enough")
    await stage.leo.say("/start")
    await stage.leo.reads("Con unos minutos basta")


async def _evening_comes(stage: Stage) -> None:
    """Tomorrow at their own hour the check-in, and a while after it the lesson."""
    now = datetime.now(UTC) + stage.playground.offset  # noqa: TID251 # what the laptop shows
    there = now.astimezone(MADRID).replace(hour=20, minute=15, second=0) + timedelta(days=1)
    await stage.pass_time(there.astimezone(UTC) - now)
    await stage.leo.reads("Este mensaje sale solo")
    await stage.pass_time(timedelta(minutes=20))


async def test_a_workshop_in_both_languages(stage: Stage) -> None:
    """Joined from the menu; the second lesson comes by itself the next evening; one tap leaves."""
    await _start(stage)
    for phone, (list_, name, join, lesson) in {
        stage.maya: (
            *("Workshops", "Riding urges, 7 days", "Begin with lesson 1"),
            "lesson 1 of 7",
        ),
        stage.leo: (
            *("Talleres", "Surfear impulsos, 7 días", "Empezar por la lección 1"),
            "lección 1 de 7",
        ),
    }.items():
        await phone.say("/menu")
        await phone.press(list_)
        await phone.press(name)
        await phone.press(join)
        await phone.reads(lesson)
    await _evening_comes(stage)
    await stage.maya.reads("lesson 2 of 7")
    await stage.leo.reads("lección 2 de 7")
    unasked = [each for each in await stage.leo.texts() if "lección 2 de 7" in each]
    assert len(unasked) == 1
    assert unasked[0].startswith("Este mensaje sale solo")
    await stage.leo.press("Dejar el taller")
    await stage.leo.reads("No se avisa")
    await stage.leo.press("Volver al taller")
    await stage.leo.reads("Lección 2 de 7")


async def test_the_bot_was_restarted_between_two_lessons(stage: Stage) -> None:
    """Where somebody is stands in the database."""
    await _start(stage)
    await stage.leo.say("/workshops")
    await stage.leo.press("Semana DEAR MAN")
    await stage.leo.press("Empezar por la lección 1")
    await stage.leo.reads("lección 1 de 6")
    await stage.drop_curtain()
    await stage.raise_curtain()
    await _evening_comes(stage)
    await stage.leo.reads("lección 2 de 6")


async def _breathe(stage: Stage, phone: Phone, words: tuple[str, str, str]) -> None:
    title, minute, ready = words
    await phone.press(title)
    await phone.press("No")
    await phone.press("8")
    await phone.press(minute)
    await phone.reads(ready)
    await stage.pass_time(timedelta(minutes=2))
    await phone.press("5")


async def test_an_urge_and_the_toolbox_in_english(stage: Stage) -> None:
    """Typed words bring two tools; afterwards it is asked how strong, and the tool floats."""
    await _start(stage)
    await stage.maya.say("I have such an urge")
    await stage.maya.reads("An urge rises")
    await _breathe(stage, stage.maya, ("Paced breathing", "1 minute", "in"))
    await stage.maya.reads("how strong is it now?")
    await stage.maya.press("It has passed")
    await stage.maya.press("⭐ My toolbox")
    await stage.maya.reads("Paced breathing: 30 points lower, 1 time")


async def test_an_urge_and_the_toolbox_in_spanish(stage: Stage) -> None:
    """The same by the command, and with what helped before standing first the next time."""
    await _start(stage)
    await stage.leo.say("/urge")
    await stage.leo.reads("Un impulso sube")
    await _breathe(stage, stage.leo, ("Respiración pausada", "1 minuto", ""))
    await stage.leo.reads("qué fuerza tiene ahora")
    await stage.leo.say("/toolbox")
    await stage.leo.reads("Respiración pausada: 30 puntos menos (1 vez)")
    await stage.leo.say("/urge")
    await stage.leo.reads("Esto te ayudó antes")
    await stage.leo.press("🛟 Ayuda ahora")
    await stage.leo.reads("llama ya")


async def test_panic_in_ones_own_words(stage: Stage) -> None:
    """Two languages, no command, no menu: grounding stands first."""
    await _start(stage)
    await stage.maya.say("I'm panicking")
    await stage.maya.press("Five senses")
    await stage.maya.reads("How bad does it feel")
    await stage.leo.say("me está dando un ataque")
    await stage.leo.reads("Esto pasa")
    await stage.leo.press("Cinco sentidos")


async def test_the_commands_are_listed_in_both_languages(stage: Stage) -> None:
    """What stands behind the menu key of Telegram."""
    await _start(stage)
    for phone, said in ((stage.maya, "What helped me most"), (stage.leo, "Lo que más me")):
        listed = {each["command"]: each["description"] for each in await phone.commands()}
        assert {"urge", "toolbox", "workshops"} <= listed.keys()
        assert listed["toolbox"].startswith(said)
