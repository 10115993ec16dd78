"""The question before a session: for oneself first, and nobody else unless one says so."""

from bot.store.board import State
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.test_alerts import on_record
from tests.journeys.test_board import begins, lines_of, opens

ANSWER = "I cooked soup for my sister on Sunday."


async def answers(stage: Stage, text: str = ANSWER) -> None:
    """Maya answers for herself."""
    await stage.maya.press("What helped others")
    await stage.maya.press("The question before group")
    await stage.maya.press("Answer for myself")
    await stage.maya.reads("Nobody else sees it unless you choose so afterwards")
    await stage.maya.say(text)
    await stage.maya.reads("Kept, and only you see it")


async def test_an_answer_is_kept_unless_something_else_is_tapped(stage: Stage) -> None:
    """No tap, no reader: the therapist has nothing to open."""
    await begins(stage)
    await answers(stage)
    (line,) = lines_of(stage, MAYA)
    assert line.state is State.KEPT
    await stage.rivera.press("The group between sessions")
    page = await stage.rivera.reads("Lines waiting: 0")
    assert "Answers shown" not in page["text"]
    assert not any(ANSWER in each for each in await stage.rivera.texts())


async def test_an_answer_shown_to_the_therapist_is_shown_alone(stage: Stage) -> None:
    """It opens behind the PIN, by alias, and it is on record; taken back, it is hers again."""
    maya, rivera = stage.maya, stage.rivera
    await begins(stage)
    await answers(stage)
    await maya.press("Show my therapist")
    await maya.reads("may read this one answer now, nothing else")
    await opens(rivera)
    shown = [each for each in await rivera.texts() if ANSWER in each]
    assert len(shown) == 1
    assert "Heron" in shown[0]
    assert on_record(stage, MAYA)[0] == "answer.read"
    await maya.press("What helped others")
    await maya.press("My lines")
    await maya.press("your therapist may read it")
    await maya.press("Take it back")
    await maya.reads("Nobody is shown it any more")
    (line,) = lines_of(stage, MAYA)
    assert line.state is State.KEPT


async def test_an_answer_that_was_read_waits_no_more(stage: Stage) -> None:
    """It stays there to be read once more; “Read what waits (1)” stood below a menu without it."""
    maya, rivera = stage.maya, stage.rivera
    await begins(stage)
    await answers(stage)
    await maya.press("Show my therapist")
    await maya.reads("may read this one answer now")
    await opens(rivera)
    await rivera.press("The group between sessions")
    page = await rivera.reads("Answers shown to you: 1")
    labels = [button["text"] for row in page["buttons"] for button in row]
    assert "Read once more what was shown to you" in labels
    assert not any(each.startswith("Read what waits") for each in labels)


async def test_an_answer_for_the_board_waits_like_any_line(stage: Stage) -> None:
    """The therapist picks the question; the answer goes on the board after consent and a yes."""
    maya, leo, rivera = stage.maya, stage.leo, stage.rivera
    await begins(stage)
    await rivera.press("The group between sessions")
    await rivera.press("Question for the next session")
    await rivera.press("Asking for help")
    await rivera.reads("When was it easier than you thought")
    await maya.press("What helped others")
    await maya.press("The question before group")
    await maya.reads("When was it easier than you thought")
    await maya.press("Answer for myself")
    await maya.reads("Nobody else sees it")
    await maya.say(ANSWER)
    await maya.press("Put it on the board")
    await maya.reads("Only lines you send there yourself")
    await maya.press("Yes")
    await maya.reads("Your therapist reads it first")
    await opens(rivera)
    await rivera.press("Put it on the board")
    await rivera.reads("It stands on the board now")
    await leo.say("/menu")
    await leo.press("Lo que ayuda en el grupo")
    await leo.press("La pregunta antes del grupo")
    await leo.reads("hay una respuesta de otra persona")
    await leo.press("Lo que pensó el grupo")
    found = await leo.reads(ANSWER)
    assert "Heron" not in found["text"]


async def test_a_heavy_answer_is_kept_and_offered_no_board(stage: Stage) -> None:
    """Help comes first; what she wrote for herself is not lost."""
    maya = stage.maya
    await begins(stage)
    await maya.press("What helped others")
    await maya.press("The question before group")
    await maya.press("Answer for myself")
    await maya.reads("Nobody else sees it")
    await maya.say("I am going to kill myself tonight")
    await maya.reads("I’m really glad you told me")
    kept = await maya.reads("Your answer is kept")
    labels = [button["text"] for row in kept["buttons"] for button in row]
    assert labels == ["Keep it for me", "Show my therapist"]
    (line,) = lines_of(stage, MAYA)
    assert line.state is State.KEPT
