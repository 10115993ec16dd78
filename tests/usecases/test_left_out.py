"""Files with something to mend are told to the leads: once for each state of the files."""

from dataclasses import replace
from functools import partial

from bot.catalog.load import Library
from bot.catalog.problem import Problem
from bot.usecases import left_out
from tests.usecases.theatre import LEAD, RIVERA, Theatre

WRONG = Problem("STEP_002", "There is no step called “x<y”.", file="exercises/cbt/a.yaml", line=7)
LOOK = replace(WRONG, code="READ_001", warning=True)


def _starts(theatre: Theatre, *problems: Problem) -> list[str]:
    """What the lead reads when the bot starts with these files."""
    before = len(theatre.bodies(LEAD))
    kit = replace(theatre.kit, library=Library({}, problems))
    theatre.database.call(partial(left_out.tell, kit=kit, now=theatre.now))
    return [body["text"] for body in theatre.bodies(LEAD)[before:]]


def test_the_lead_reads_what_must_be_mended_and_only_once(theatre: Theatre) -> None:
    """File, line and sentence; a restart does not repeat it, another state of the files is news."""
    (text,) = _starts(theatre, WRONG, LOOK)
    line = "· exercises/cbt/a.yaml:7 STEP_002 There is no step called “x&lt;y”."
    assert text.splitlines()[-1] == line
    assert _starts(theatre, WRONG, LOOK) == []
    (text,) = _starts(theatre, WRONG, replace(WRONG, line=9))
    assert "a.yaml:9 " in text
    assert theatre.bodies(RIVERA) == []


def test_nothing_is_said_when_nothing_is_wrong(theatre: Theatre) -> None:
    """Things to look at are for authors."""
    assert _starts(theatre) == []
    assert _starts(theatre, LOOK) == []


def test_many_problems_stay_one_message(theatre: Theatre) -> None:
    """The rest is for the doctor."""
    (text,) = _starts(theatre, *(replace(WRONG, line=at) for at in range(1, 31)))
    assert text.count("STEP_002") == left_out.LISTED
    assert "22 more: <code>between doctor</code>" in text
