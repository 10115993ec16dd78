"""What comes to a therapist's phone by itself, and seeing an exercise before it is given."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.care.weekly_moment import following
from bot.store import assignments, groups, tables
from bot.usecases.briefing import AHEAD, BRIEF, DIGEST, EIGHT
from bot.usecases.office import meetings
from tests.cast import ZONE
from tests.journeys.conftest import Stage
from tests.journeys.phone import PATIENCE

KEPT = (
    *(tables.run, tables.answer, tables.alert, tables.mail, tables.trial, tables.recent),
    *(tables.enabled, tables.assignment, tables.revision),
)


def _counts(session: Session) -> dict[str, int]:
    connection = session.connection()
    return {
        each.name: connection.execute(select(func.count()).select_from(each)).scalar_one()
        for each in KEPT
    }


async def _kept(stage: Stage) -> dict[str, int]:
    assert stage.house is not None
    return await stage.house.database.run(_counts)


async def _planned(stage: Stage, kind: str, at: datetime) -> None:
    """Waits until a row of this kind is to ring then: they are planned when the bot tidies up."""
    assert stage.house is not None
    async with asyncio.timeout(PATIENCE):
        while at not in await stage.house.database.run(partial(_moments, kind=kind)):  # noqa: ASYNC110  a database
            await asyncio.sleep(0.02)


def _moments(session: Session, *, kind: str) -> list[datetime]:
    asked = select(tables.due.c.at).where(tables.due.c.kind == kind)
    return list(session.connection().execute(asked).scalars())


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """Dr Rivera has come to the chat."""
    await stage.rivera.say("/start")
    await stage.rivera.reads("What would you like to do?")
    return stage


async def test_the_monday_digest_comes_by_itself_and_survives_a_restart(stage: Stage) -> None:
    """At eight on Monday on the programme's clock, though the bot was gone in between."""
    assert stage.house is not None
    monday = following(0, EIGHT, ZONE, stage.house.clock())
    await stage.pass_time(monday - stage.house.clock() - timedelta(minutes=20))
    await _planned(stage, DIGEST, monday)
    await stage.drop_curtain()
    await stage.raise_curtain()
    await stage.rivera.say("/menu")
    await stage.pass_time(timedelta(minutes=21))
    text = (await stage.rivera.reads("Your summary of seven days"))["text"]
    assert "1 group · 0 of 2 practised" in text
    assert "Heron" not in text
    await stage.drop_curtain()
    await stage.raise_curtain()
    await stage.rivera.say("/menu")
    await stage.rivera.reads("What would you like to do?")
    assert len([each for each in await stage.rivera.texts() if "seven days" in each]) == 1


async def test_the_brief_is_announced_half_an_hour_before(stage: Stage) -> None:
    """With the hour on the group's clock, and to nobody else."""
    assert stage.house is not None
    starts = await stage.house.database.run(partial(_starts, now=stage.house.clock()))
    await stage.pass_time(starts - AHEAD - stage.house.clock() - timedelta(minutes=20))
    await _planned(stage, BRIEF, starts - AHEAD)
    await stage.rivera.say("/menu")  # what a week brought is behind us once this is answered
    await stage.rivera.reads("What would you like to do?")
    await stage.pass_time(timedelta(minutes=20, seconds=5))
    text = (await stage.rivera.reads("its brief is ready"))["text"]
    assert text.startswith("Your next group begins at 18:00")
    assert not [each for each in await stage.maya.texts() if "brief" in each]


def _starts(session: Session, *, now):  # type: ignore[no-untyped-def] # a moment
    (group,) = groups.groups(session)
    found = meetings.around(session, group, now)
    return next(each.starts for each in found if each.starts - AHEAD > now)


async def test_an_exercise_is_seen_before_it_is_given(stage: Stage) -> None:
    """Gone through as the group would see it, hard words and all: nothing is kept and nobody is
    told; help is a tap away; then one tap gives it."""
    rivera, before = stage.rivera, await _kept(stage)
    await rivera.press("Assign an exercise")
    await rivera.press("Everyone in Thursday-B")
    await rivera.press("See one first")
    await rivera.reads("Which exercise would you like to see")
    await rivera.press("Thoughts")
    await rivera.reads("Which exercise would you like to see")
    await rivera.press("More exercises")
    await rivera.press("Seven-column thought record")
    await rivera.reads("as it would be seen")
    await rivera.reads("Think of one recent moment")
    await rivera.say("I want to kill myself")
    await rivera.reads("words like these bring help first")
    await rivera.reads("Which feelings came up?")
    during = await _kept(stage)
    assert during == before | {"trial": 1}
    await rivera.say("/stop")
    await rivera.reads("That was Seven-column thought record.")
    assert await _kept(stage) == before
    await rivera.press("Assign it now")
    await rivera.reads("Seven-column thought record")
    given = await _kept(stage)
    assert given["assignment"] == 1
    assert given["run"] == given["answer"] == given["alert"] == given["mail"] == 0
    assert not [each for each in await stage.maya.texts() if "thought record" in each]


async def test_giving_it_halfway_ends_the_preview(stage: Stage) -> None:
    """Typed words are no answers to it any more; another language begins it anew."""
    rivera = stage.rivera
    await rivera.press("Assign an exercise")
    await rivera.press("Heron")
    await rivera.press("See one first")
    await rivera.reads("Which exercise would you like to see")
    await rivera.press("Thoughts")
    await rivera.reads("Which exercise would you like to see")
    await rivera.press("More exercises")
    await rivera.press("Seven-column thought record")
    await rivera.press("Español")
    await rivera.reads("Piensa en un momento reciente")
    await rivera.press("Assign it now")
    await rivera.reads("Heron")
    assert (await _kept(stage))["trial"] == 0
    assert stage.house is not None
    (found,) = await stage.house.database.run(_given)
    assert (found.exercise, found.person is not None) == ("cbt.thought7", True)
    await rivera.say("hello")
    await rivera.reads("What would you like to do?")


def _given(session: Session) -> list[assignments.Assignment]:
    (group,) = groups.groups(session)
    t = tables.assignment
    first = session.connection().execute(select(func.min(t.c.until))).scalar_one()
    return assignments.of_group(session, group.id, first)
