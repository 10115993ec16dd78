"""The main job: a thought record on one phone, interrupted, finished, looked at again."""

from datetime import timedelta

from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone


async def to_the_hot_thought(maya: Phone) -> None:
    """Maya goes as far as choosing the thought that weighs most."""
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Seven-column")
    await maya.reads("Situation")
    await maya.say("My sister read my message and did not answer.")
    await maya.reads("Which feelings came up?")
    await maya.press("sad")
    await maya.reads("• sad")
    await maya.press("Done")
    await maya.reads("“sad”. How strong was it")
    await maya.press("80")
    await maya.reads("What went through your mind")
    await maya.say("She has had enough of me\nI ruin everything")
    await maya.reads("• I ruin everything")
    await maya.press("Done")
    await maya.reads("Which of these weighs the most")
    await maya.press("1 ·")
    await maya.reads("How much do you believe this thought right now?")


async def test_a_thought_record_survives_a_restart_and_shows_what_changed(stage: Stage) -> None:
    """Stopped in the middle, the bot comes back and quotes where Maya was; she finishes."""
    maya = stage.maya
    await to_the_hot_thought(maya)
    await stage.drop_curtain()
    await stage.raise_curtain()
    await maya.say("/start")
    left = await maya.reads("You stopped at Belief at first")
    assert "She has had enough of me" in left["text"]
    await maya.press("Go on")
    await maya.reads("How much do you believe this thought right now?")
    await maya.say("９０%")
    assert "“She has had enough of me”" in (await maya.reads("Which facts fit"))["text"]
    await maya.say("Five hours without an answer.")
    await maya.reads("• Five hours without an answer.")
    await maya.press("Done")
    await maya.reads("Which facts do not fit")
    await maya.say("On Sunday she called me.")
    await maya.reads("• On Sunday she called me.")
    await maya.press("Done")
    await maya.reads("What thought would be fair")
    await maya.say("I do not know yet what her silence means.")
    await maya.reads("How much do you believe the fairer thought")
    await maya.press("60")
    await maya.reads("How much do you believe it now?")
    await maya.press("50")
    await maya.reads("“sad”. How strong is it now?")
    await maya.press("40")
    await maya.reads("one small step")
    await maya.press("Skip")
    end = (await maya.reads("Saved"))["text"]
    assert "sad: 80 → 40" in end
    assert "That came down by 40 points" in end
    assert "Stored: 12 answers, encrypted. Who can read them here: only you." in end


async def test_looking_back_shows_a_picture_and_every_word(stage: Stage) -> None:
    """/progress is a picture with two sentences; /history opens an entry in full."""
    leo = stage.leo
    await leo.say("/start")
    await leo.press("Cinco sentidos")
    await leo.press("8")
    for number, noticed in enumerate(("la lámpara", "los pies", "un coche", "pan"), start=2):
        await leo.reads(f"· {number}/8")
        await leo.say(noticed)
    await leo.reads("· 6/8")
    await leo.press("Saltar")
    await leo.reads("· 7/8")
    await leo.say("Hoy es lunes, estoy en mi casa, llevo mis zapatos nuevos")
    await leo.reads("0 =")
    await leo.press("3")
    await leo.reads("Guardado")
    await leo.say("/progress")
    picture = await leo.reads("Lo que más ayudó")
    assert picture["kind"] == "photo"
    assert "50 puntos menos, de 0 a 100 (1 vez)." in picture["caption"]
    await leo.say("/history")
    await leo.reads("Lo que escribiste")
    row = next(
        button
        for message in reversed(await leo.messages())
        for line in message["buttons"]
        for button in line
        if button["data"].startswith("m.entry.")
    )
    await leo.press(row["text"])
    entry = (await leo.reads("la lámpara"))["text"]
    assert "llevo mis zapatos nuevos" in entry


async def test_a_rhythm_ends_by_itself_and_when_the_person_says_so(stage: Stage) -> None:
    """The clock ends a minute of breathing; That's enough ends it at once and asks why."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Paced breathing")
    await maya.press("No")
    await maya.press("7")
    await maya.press("1 minute")
    await maya.reads("Breathe in")
    await stage.pass_time(timedelta(seconds=65))
    await maya.reads("Tension")
    await maya.press("4")
    await maya.reads("That came down by 3 points")
    await maya.say("/menu")
    await maya.press("Paced breathing")
    await maya.press("Not sure")
    softer = await maya.reads("Then we go softer")
    assert "How tense do you feel right now?" in softer["text"]
    await maya.press("5")
    await maya.reads("Breathe in")
    await maya.say("are you there?")
    await maya.reads("The rhythm is still going")
    await maya.press("That’s enough")
    await maya.press("I felt dizzy")
    await maya.reads("Breathe as you normally do")


async def test_words_that_come_long_after_the_question_are_held(stage: Stage) -> None:
    """Ten hours later Maya writes; nothing is filed wrongly, nothing is lost."""
    maya = stage.maya
    await to_the_hot_thought(maya)
    await stage.pass_time(timedelta(hours=10))
    await maya.say("I cannot stop thinking about Friday")
    held = (await maya.reads("Welcome back."))["text"]
    assert "She has had enough of me" in held
    assert "“I cannot stop thinking about Friday”" in held
    await maya.press("Go on")
    await maya.reads("How much do you believe this thought right now?")


async def test_one_exercise_waits_while_another_is_done(stage: Stage) -> None:
    """A second exercise asks what becomes of the first, which stays and can be gone on with."""
    maya = stage.maya
    await to_the_hot_thought(maya)
    await maya.say("/menu")
    await maya.press("Five senses")
    await maya.reads("is still open at Belief at first")
    await maya.press("Set it aside")
    await maya.reads("Distress")
    await maya.press("Stop")
    await maya.reads("Stopping is always fine")
    await maya.say("/menu")
    await maya.reads("You stopped at Belief at first")
    await maya.press("Go on")
    await maya.reads("How much do you believe this thought right now?")
