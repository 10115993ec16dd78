"""Old buttons, double taps, replays, other people’s buttons, odd words, things not words."""

import pytest
from sqlmodel import Session

from bot.store import people, runs
from bot.wiring import COMMANDS
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone


async def started(maya: Phone) -> None:
    """Maya stands at the second question of the five senses."""
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.reads("0 =")


async def answers_of(stage: Stage, person: int) -> dict[str, object]:
    """What the database holds of this person's open run."""
    assert stage.house is not None
    house = stage.house

    def read(session: Session) -> dict[str, object]:
        participant = people.find(session, house.kit.vault, person)
        assert participant is not None
        stored = runs.open_run(session, house.kit.vault, participant.id)
        assert stored is not None
        return {"turn": stored.run.turn, **stored.run.answers}

    return dict(await house.database.run(read))


async def test_an_old_button_changes_nothing_and_shows_the_open_question(stage: Stage) -> None:
    """A button of the first question, pressed at the third, brings the third question again."""
    maya = stage.maya
    await started(maya)
    old = await maya.press("8")
    await maya.say("the lamp, my shoes")
    third = await maya.reads("· 3/")
    before = await answers_of(stage, MAYA)
    await maya.tap(old, force=True)
    await maya.reads("· 3/", below=third["message_id"])
    assert await answers_of(stage, MAYA) == before


async def test_a_double_tap_counts_once(stage: Stage) -> None:
    """The second tap gets a quiet note and no second question."""
    maya = stage.maya
    await started(maya)
    button = await maya.press("8")
    await maya.reads("· 2/")
    await maya.tap(button, force=True)
    await maya.is_told("Already noted.")
    assert sum("· 2/" in text for text in await maya.texts()) == 1


async def test_a_replayed_update_is_harmless(stage: Stage) -> None:
    """Telegram may hand over an update twice; it is handled once."""
    maya = stage.maya
    await started(maya)
    await stage.fault(method="getUpdates", kind="duplicate_updates", times=20)
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("the lamp")
    await maya.reads("· 3/")
    await maya.say("my feet")
    await maya.reads("· 4/")
    said = await maya.texts()
    assert [sum(f"· {n}/" in text for text in said) for n in (2, 3, 4)] == [1, 1, 1]


async def test_another_persons_button_does_nothing(stage: Stage) -> None:
    """Leo forges a press with the data of Maya's button."""
    maya, leo = stage.maya, stage.leo
    await leo.say("/start")
    mine = await leo.button("Menú")
    await started(maya)
    hers = await maya.button("8")
    before = await answers_of(stage, MAYA)
    await leo.tap({"message_id": mine["message_id"], "data": hers["data"]}, force=True)
    await leo.is_told("Ese botón no es para ti.")
    assert await answers_of(stage, MAYA) == before


@pytest.mark.parametrize(
    "data", ["r.x.1.8", "m.begin.nothing.here", "m.entry.zzz", "m..", "…", "r.....", "m.lang.xx"]
)
async def test_a_made_up_button_is_answered(stage: Stage, data: str) -> None:
    """Whatever a client sends, the person gets words and nothing breaks."""
    maya = stage.maya
    await maya.say("/start")
    menu = await maya.button("Menu")
    await maya.tap({"message_id": menu["message_id"], "data": data}, force=True)
    await maya.reads("")
    await maya.say("/menu")
    await maya.reads("What would help right now?")


ODD = [
    "<b>bold</b> & <script>alert(1)</script>",
    "{{ name }} {% if x %} %(here)s {0}",
    "😀👩‍👩‍👧 é ß 漢字 \u202eright to left\u202c שלום مرحبا",
    "&lt;already escaped&gt; \"quoted\" 'so'",
    "_under_ *star* `code` [link](tg://user?id=1)",
]


@pytest.mark.parametrize("words", ODD)
async def test_what_is_typed_is_shown_exactly(stage: Stage, words: str) -> None:
    """Markup, braces, emoji and right-to-left text come back as they were typed."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    await maya.say("At home.")
    await maya.press("sad")
    await maya.press("Done")
    await maya.press("80")
    await maya.reads("mind")
    await maya.say(words)
    shown = (await maya.reads("How much do you believe"))["text"]
    assert f"“{words}”" in shown


async def test_an_answer_that_is_too_long_is_asked_for_again(stage: Stage) -> None:
    """4,096 characters are refused with one plain sentence; an edit of it then counts."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    long = await maya.say("a" * 4096)
    await maya.reads("a bit long for one answer")
    await maya.say("At home, in the evening.", edit=long)
    await maya.reads("Feelings")


async def test_an_edit_counts_only_while_its_question_is_open(stage: Stage) -> None:
    """A list entry can be corrected while the list grows; later the person is told it is closed."""
    maya = stage.maya
    await maya.say("/start")
    await maya.press("Menu")
    await maya.press("A thought that won’t go")
    await maya.press("Five-column")
    await maya.reads("Situation")
    situation = await maya.say("At home.")
    await maya.reads("Feelings")
    feeling = await maya.say("lonly")
    await maya.reads("• lonly")
    await maya.say("lonely", edit=feeling)
    assert "lonly" not in (await maya.reads("• lonely"))["text"]
    await maya.say("At work.", edit=situation)
    await maya.reads("That question is behind us")
    assert (await answers_of(stage, MAYA))["situation"] == "At home."


KINDS = ["voice", "photo", "sticker", "contact", "location", "document", "video", "video_note"]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_words_gets_one_polite_sentence(stage: Stage, kind: str) -> None:
    """The open question comes along, and nothing is ever downloaded."""
    downloads: list[str] = []
    stage.playground.on_call(lambda method, *_: downloads.append(method))
    maya = stage.maya
    await started(maya)
    await maya.send(kind)
    sorry = await maya.reads("I can only read typed words for now")
    assert "0 =" in sorry["text"]
    assert "getFile" not in downloads


async def test_words_outside_an_exercise_get_the_menu(stage: Stage) -> None:
    """Unknown text and unknown commands are never met with silence."""
    maya = stage.maya
    await maya.say("/start")
    await maya.reads("Hello. I’m Between.")
    await maya.say("is anyone there")
    await maya.reads("What would help right now?")
    for words in ("yes", "No, thanks", "sí, claro"):
        await maya.say(words)
        await maya.reads("please tap one of the buttons below it")
    await maya.say("/nonsense")
    await maya.reads("What would help right now?")
    await maya.say("/cancel")
    await maya.reads("Stopped. No exercise is open right now.")


@pytest.mark.parametrize(
    ("command", "part"),
    [("/help", "call your local emergency number"), ("/privacy", "not end-to-end encrypted")],
)
async def test_every_command_answers(stage: Stage, command: str, part: str) -> None:
    """Help names the emergency number; privacy says what Telegram is."""
    await stage.maya.say("/start")
    await stage.maya.reads("Hello")
    await stage.maya.say(command)
    await stage.maya.reads(part)


async def test_the_language_can_change_in_the_middle(stage: Stage) -> None:
    """The open question comes back in the new language, and its buttons work."""
    maya = stage.maya
    await started(maya)
    await maya.say("/language")
    await maya.press("Español")
    await maya.reads("A partir de ahora, en español.")
    await maya.reads("1/")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.press("Pausa")
    await maya.reads("En pausa.")


async def test_commands_are_published_in_both_languages(stage: Stage) -> None:
    """Each phone lists the commands in its own language."""
    await stage.maya.say("/start")
    await stage.maya.reads("Hello")
    hers = {each["command"]: each["description"] for each in await stage.maya.commands()}
    his = {each["command"]: each["description"] for each in await stage.leo.commands()}
    assert hers["menu"] == "What would help now"
    assert his["menu"] == "Qué me ayudaría ahora"
    assert list(hers) == list(COMMANDS)


async def test_somebody_who_blocked_the_bot_can_come_back(stage: Stage) -> None:
    """Nothing is sent while blocked; afterwards the run is where it was."""
    maya = stage.maya
    await started(maya)
    await maya.block()
    await maya.unblock()
    await maya.say("/start")
    await maya.reads("You stopped at")


@pytest.mark.parametrize("kind", ["429", "500_before", "502_after", "reset_before", "truncated"])
async def test_a_stumbling_telegram_does_not_lose_a_question(stage: Stage, kind: str) -> None:
    """Whatever one answer of the Bot API looks like, the next question arrives."""
    maya = stage.maya
    await started(maya)
    await stage.fault(method="sendMessage", kind=kind, times=1, retry_after=1)
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("the lamp")
    await maya.reads("· 3/")
