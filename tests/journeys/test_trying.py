"""A reviewer sends an exercise as a file on a running bot: problems, or a trial for them alone."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.catalog.load_sent import LARGEST
from bot.store import staff, tables
from bot.wiring import House
from tests.cast import RIVERA
from tests.journeys.conftest import Stage
from tests.newcomers import id_of

SMALL = (Path(__file__).parents[1] / "catalog/small.yaml").read_bytes()
SIGNALS = SMALL.replace(
    b"steps:\n",
    b"signals:\n  - {reason: worse, tier: crisis, when: {answer: before, at_least: 8}}\nsteps:\n",
    1,
)


def _may_review(session: Session, house: House) -> None:
    staff.set_reviewer(session, id_of(session, house, RIVERA), True)


def _counts(session: Session) -> dict[str, int]:
    kept = (tables.run, tables.answer, tables.alert, tables.mail, tables.revision, tables.trial)
    connection = session.connection()
    return {
        each.name: connection.execute(select(func.count()).select_from(each)).scalar_one()
        for each in kept
    }


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """Dr Rivera has the right to review."""
    assert stage.house is not None
    await stage.house.database.run(partial(_may_review, house=stage.house))
    await stage.rivera.say("/start")
    await stage.rivera.reads("")
    return stage


async def _kept(stage: Stage) -> dict[str, int]:
    assert stage.house is not None
    return await stage.house.database.run(_counts)


async def test_problems_come_back_with_file_and_line(stage: Stage) -> None:
    """As the check would say them; mended and sent again, it is played."""
    rivera = stage.rivera
    broken = SMALL.replace(b"else: end", b"else: nd")
    line = broken.decode().splitlines().index("    else: nd") + 1
    await rivera.send_file("mine.yaml", broken)
    text = (await rivera.reads("One thing needs mending"))["text"]
    assert f"mine.yaml:{line} STEP_002 There is no step called “nd”. Did you mean “end”?" in text
    assert (await _kept(stage))["trial"] == 0
    await rivera.send_file("mine.yaml", SMALL)
    await rivera.reads("Small: nothing to mend.")
    await rivera.reads("Are you in danger?")


async def test_a_trial_runs_on_the_real_engine_and_leaves_nothing(stage: Stage) -> None:
    """Answers, a signal, a timed step, the end; no row of it stays, nobody hears of it."""
    rivera, before = stage.rivera, await _kept(stage)
    await rivera.send_file("mine.yaml", SIGNALS)
    await rivera.press("No")
    await rivera.reads("What went through your mind?")
    await rivera.say("I want to die")  # a reviewer tests the hard words too
    await rivera.press("sad")
    await rivera.press("Done")
    await rivera.reads("“sad”?")
    await rivera.press("80")
    await rivera.reads("How bad?")
    await rivera.press("9")
    await rivera.reads("Trial: here the team would be told (crisis: worse). Nobody was told.")
    await rivera.press("Skip")
    await rivera.reads("And now?")
    await rivera.press("9")
    await rivera.reads("Breathe.")
    await stage.pass_time(timedelta(seconds=30))
    await rivera.reads("You did it.")
    await rivera.reads("nothing of it was kept and nobody was told")
    assert await _kept(stage) == before
    assert stage.house is not None
    assert stage.house.kit.library.find("test.small") is None


async def test_it_goes_on_after_a_restart_and_in_the_other_language(stage: Stage) -> None:
    """Begun again in Spanish, interrupted by kill or deploy, ended by /stop."""
    rivera = stage.rivera
    await rivera.send_file("mine.yml", SMALL)
    await rivera.reads("Are you in danger?")
    await rivera.press("Español")
    await rivera.reads("¿Corres peligro?")
    await stage.drop_curtain()
    await stage.raise_curtain()
    await rivera.press("No")
    await rivera.reads("¿Qué pensaste?")
    await rivera.say("/stop")
    await rivera.reads("The trial is over.")
    await rivera.say("hello")
    await rivera.reads("")
    assert (await _kept(stage))["trial"] == 0


@pytest.mark.parametrize(
    ("name", "size", "answer"),
    [("notes.txt", 10, "its name ends in .yaml"), ("mine.yaml", LARGEST + 1, "256 KB at most")],
)
async def test_what_is_no_exercise_is_not_downloaded(
    stage: Stage, name: str, size: int, answer: str
) -> None:
    """Name and size are enough to see it."""
    await stage.rivera.send_file(name, b"x" * size)
    await stage.rivera.reads(answer)
    assert "getFile" not in stage.called


async def test_anybody_elses_file_is_left_alone(stage: Stage) -> None:
    """A participant's, and that of staff without the right: one polite sentence, no download."""
    maya, rivera = stage.maya, stage.rivera
    await maya.say("/start")
    await maya.reads("")
    await maya.send_file("mine.yaml", SMALL)
    await maya.reads("I can only read typed words for now")
    assert stage.house is not None
    forget = partial(_may_not, house=stage.house)
    await stage.house.database.run(forget)
    await rivera.send_file("mine.yaml", SMALL)
    await rivera.reads("I can only read typed words for now")
    assert "getFile" not in stage.called


def _may_not(session: Session, house: House) -> None:
    staff.set_reviewer(session, id_of(session, house, RIVERA), False)


async def test_a_download_that_fails_is_tried_again_and_then_told(stage: Stage) -> None:
    """Once is nothing; for good, the reviewer is asked to send it again."""
    await stage.fault(method="getFile", kind="500_before", times=1)
    await stage.rivera.send_file("mine.yaml", SMALL)
    await stage.rivera.reads("Are you in danger?")
    await stage.fault(method="getFile", kind="500_before", times=9)
    await stage.rivera.send_file("mine.yaml", SMALL)
    await stage.rivera.reads("Please send it once more.")
    assert (await _kept(stage))["trial"] == 0
