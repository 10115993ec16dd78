"""Help me now: one tap away from everywhere, in the person's language, with a question tomorrow."""

from datetime import timedelta
from typing import Any

from bot.store import people
from bot.usecases.countries import LIKELIEST
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone


async def makes_a_plan(maya: Phone) -> None:
    """Maya makes a short safety plan."""
    await maya.say("/plan")
    await maya.reads("How do you notice")
    await maya.say("I stop answering messages")
    await maya.reads("What could you do by yourself")
    await maya.say("music, a walk")
    await maya.reads("• a walk")
    await maya.press("Done")
    await maya.reads("· 3/")
    await maya.press("Skip")
    await maya.reads("· 4/")
    await maya.say("Aunt Rosa")
    await maya.reads("• Aunt Rosa")
    await maya.press("Done")
    for number in (5, 6, 7):
        await maya.reads(f"· {number}/")
        await maya.press("Skip")
    await maya.reads("· 8/")
    await maya.press("8")
    await maya.press("In a week")
    await maya.reads("Saved")


async def test_help_is_one_tap_away_in_the_middle_of_a_question(stage: Stage) -> None:
    """The key below the text field is never an answer; afterwards the question goes on."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("🛟 Help me now")
    card = await maya.reads("If you or someone near you is in danger")
    assert "call 112 (Spain) now" in card["text"]
    assert "024" in card["text"]
    await maya.press("Choose my country")
    await maya.press("United States")
    card = await maya.reads("988 Lifeline")
    assert "call 911 now" in card["text"]
    await maya.press("Go on")
    await maya.reads("· 2/")
    await maya.say("the lamp")
    await maya.reads("· 3/")


async def test_lines_come_in_the_persons_language(stage: Stage) -> None:
    """In the US, a Spanish speaker is told which key to press on 988."""
    leo = stage.leo
    await leo.say("/start")
    await leo.reads("Hola")
    await leo.say("🛟 Ayuda ahora")
    await leo.press("Elegir mi país")
    await leo.press("Estados Unidos")
    card = (await leo.reads("Línea 988"))["text"]
    assert "llama al 988, marca 2" in card
    assert "envía AYUDA al 988" in card


async def test_the_country_may_be_typed(stage: Stage) -> None:
    """Below the long list a name is enough, in either language and in the middle of an exercise;
    what names no country is the answer it would have been."""
    leo, maya = stage.leo, stage.maya
    await leo.say("/start")
    await leo.press("Cinco sentidos")
    await leo.press("8")
    await leo.reads("· 2/")
    await leo.say("🛟 Ayuda ahora")
    await leo.press("Elegir mi país")
    await leo.reads("¿Dónde estás?")
    await leo.say("españa")
    assert "llama ya al 112" in (await leo.reads("024"))["text"]
    await leo.press("Seguir")
    await leo.reads("· 2/")
    await leo.press("Otro país")
    await leo.reads("¿Dónde estás?")
    await leo.say("la lámpara")
    await leo.reads("· 3/")
    await maya.say("/start")
    await maya.say("🛟 Help me now")
    await maya.press("Choose my country")
    await maya.reads("Where are you?")
    await maya.say("EEUU")
    await maya.reads("988 Lifeline")


async def test_the_likeliest_countries_come_first_and_the_rest_on_request(stage: Stage) -> None:
    """Forty buttons hid the question on a phone: first their clock's and their language's."""
    leo = stage.leo
    await leo.say("/start")
    await leo.say("🛟 Ayuda ahora")
    await leo.press("Elegir mi país")
    likeliest = _labels(await leo.reads("¿Dónde estás?"))
    assert likeliest[0] == "España"
    assert {"México", "Argentina", "Colombia"} < {*likeliest}
    assert likeliest[-2:] == ["Más países", "Otro lugar"]
    assert len(likeliest) == LIKELIEST + 2
    await leo.press("Más países")
    whole = _labels(await leo.reads("¿Dónde estás?"))
    assert {*likeliest} - {"Más países"} < {*whole}
    await leo.press("Suecia")
    await leo.reads("112")


def _labels(message: dict[str, Any]) -> list[str]:
    return [each["text"] for row in message["buttons"] for each in row]


async def test_the_morning_after_words_go_to_what_was_asked_last(stage: Stage) -> None:
    """“The same” is how it is, or, in an exercise begun since, what Maya sees."""
    maya = stage.maya
    await maya.say("/start")
    await maya.say("🛟 Help me now")
    await maya.reads("If you or someone near you is in danger")
    await stage.pass_time(timedelta(hours=26))
    await maya.reads("Yesterday you opened Help me now")
    await stage.pass_time(timedelta(minutes=2))
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("the same")
    await maya.reads("· 3/")
    await maya.say("/stop")
    await maya.say("the same")
    await maya.reads("your next session")


async def test_a_question_left_open_is_forgotten(stage: Stage) -> None:
    """An hour after “where are you?” nothing waits for a country; only the words of its buttons
    count."""
    maya = stage.maya
    await maya.say("/start")
    await maya.say("🛟 Help me now")
    await maya.press("Choose my country")
    await maya.reads("Where are you?")
    await stage.pass_time(timedelta(hours=1))
    await maya.say("Iceland")
    await maya.reads("can’t answer in words")
    house = stage.house
    assert house is not None
    person = await house.database.run(lambda s: people.find(s, house.kit.vault, MAYA))
    assert person is not None
    assert person.onboarding is None


async def test_the_own_plan_and_people_come_first(stage: Stage) -> None:
    """Once there is a plan, the card quotes it, names its people and opens it with one tap."""
    maya = stage.maya
    await maya.say("/start")
    await maya.reads("Hello")
    await makes_a_plan(maya)
    await maya.say("/help")
    card = (await maya.reads("If you or someone near you is in danger"))["text"]
    mine, people = card.index("do alone: music, a walk"), card.index("Your people: Aunt Rosa")
    assert mine < people < card.index("You can reach someone here")
    await maya.press("My safety plan")
    plan = (await maya.reads("I stop answering messages"))["text"]
    assert "• a walk" in plan
    await maya.press("Change it")
    again = await maya.reads("How do you notice")
    assert "Your answer before: “I stop answering messages”" in again["text"]
    await maya.press("Keep this")
    await maya.reads("• a walk")


async def test_what_makes_calling_hard_gets_a_way_on(stage: Stage) -> None:
    """Each reason gets one small sentence, and the card stays one tap away."""
    maya = stage.maya
    await maya.say("/start")
    await maya.reads("Hello")
    await maya.say("/help")
    await maya.reads("If you or someone near you is in danger")
    does, card = (await maya.texts())[-2:]
    assert "What I can do" in does
    assert "If you or someone near you" in card
    await maya.press("What makes calling hard?")
    await maya.press("I would not know what to say")
    await maya.reads("I’m not doing well and I don’t know what to say.")
    await maya.press("🛟 Help me now")
    await maya.reads("If you or someone near you is in danger")


async def test_the_next_day_asks_once_how_it_is(stage: Stage) -> None:
    """However often the card was opened, one automatic question comes; worse brings help again."""
    maya = stage.maya
    await maya.say("/start")
    await maya.reads("Hello")
    for _ in range(3):
        await maya.say("🛟 Help me now")
        await maya.reads("If you or someone near you is in danger")
    await stage.until_noon()
    asked = await maya.reads("Yesterday you opened Help me now")
    assert asked["text"].startswith("Hello again. This is an automatic message")
    await maya.press("Worse")
    await maya.reads("If you or someone near you is in danger")
    texts = await maya.texts()
    assert sum("Yesterday you opened" in text for text in texts) == 1
