"""The way out of the programme over real phones: step-down, discharge, a hello, and back in."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.cast import MAYA, ZONE
from tests.journeys.conftest import Stage
from tests.journeys.test_alerts import at_ten_on_a_weekday, on_record

CHECKINS = ("08:00", "20:00")


async def a_week_later(stage: Stage) -> None:
    """Twenty past eight in the evening, seven days on, whatever the clocks do meanwhile."""
    assert stage.house is not None
    local = stage.house.clock().astimezone(ZoneInfo(ZONE))
    then = datetime.combine(local.date() + timedelta(days=7), time(20, 20), ZoneInfo(ZONE))
    await stage.pass_time(then.astimezone(UTC) - local.astimezone(UTC))


async def opens_maya(stage: Stage) -> None:
    """Dr Rivera opens Maya's page."""
    await stage.rivera.say("/menu")
    await stage.rivera.press("My groups")
    await stage.rivera.press("Heron")
    await stage.rivera.reads("Heron")


async def test_from_step_down_to_back_in(stage: Stage) -> None:
    """Each move is told to her; what stays is hers to choose; the hello comes because she asked;
    one tap of the therapist lets her in again."""
    maya, rivera = stage.maya, stage.rivera
    await maya.say("/start")  # before the morning's check-in, which would find her chat closed
    await maya.reads("A few minutes are enough")
    await at_ten_on_a_weekday(stage)
    await rivera.say("/start")
    await rivera.button("My groups")
    await opens_maya(stage)
    await rivera.press("Step down")
    await rivera.reads("choose which two exercises stay")
    await maya.reads("Your programme goes into its next part")
    await maya.press("Choose the two that stay")
    listed = await maya.reads("Which two stay?")
    offered = [button["text"] for row in listed["buttons"] for button in row][:2]
    for title in offered:
        await maya.press(title)
        await maya.button(f"✓ {title}")
    await maya.reads("These two stay")
    await opens_maya(stage)
    await rivera.reads("stepping down")
    await rivera.press("Finish the programme")
    await rivera.press("Yes, finish")
    await maya.reads("You have finished the programme")
    await maya.press("My page to take along")
    await maya.reads("has not set up private pages")
    await maya.press("A hello once a week")
    await maya.reads("I say hello once a week")
    await a_week_later(stage)
    hello = await maya.reads("How has the week been?")
    assert hello["text"].startswith("A message sent automatically by Between")
    await maya.press("Up and down")
    await maya.reads("Up and down is part of it")
    await maya.press("I want back in")
    await maya.reads("I have told Dr Rivera that you want back in")
    asked = await rivera.reads("like to come back")
    assert "Heron" not in asked["text"]
    await rivera.press("See who")
    await rivera.reads("finished Thursday-B")
    await rivera.press("Take them back in")
    await rivera.reads("is back in the group")
    await maya.reads("Nobody watches this chat")
    assert on_record(stage, MAYA)[:4] == [
        "participant.returned",
        "return.asked",
        "participant.discharged",
        "participant.opened",
    ]
