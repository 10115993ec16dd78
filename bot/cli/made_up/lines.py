"""What the group writes for each other: lines for the board, answers to the question."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.cli.made_up.deeds import Deeds
from bot.cli.made_up.keeping import Someone, Stage, moment
from bot.store import board, board_helped, discussions
from bot.store.board import BoardLine, Kind, State
from bot.store.people import Participant
from bot.usecases.board import discussion
from bot.usecases.office import meetings
from bot.usecases.scene import Scene

QUESTION = "hard_hour"
"""What was picked for the next session."""


def write_line(
    stage: Stage,
    person: Participant,
    kind: Kind,
    about: str,
    text: str,
    state: State,
    at: datetime,
) -> BoardLine:
    """Asked for and written at that moment; the line as it stands then."""
    session, vault = stage.session, stage.kit.vault
    begun = board.begin(
        *(session, vault, person.id, stage.group.id, kind, about, person.language, at)
    )
    board.write(session, vault, _line(stage, begun), text, state, person.language, at)
    return _line(stage, begun)


def _line(stage: Stage, line: UUID) -> BoardLine:
    found = board.get(stage.session, stage.kit.vault, line)
    assert found is not None
    return found


def pick_the_question(stage: Stage, deeds: Deeds) -> None:
    """The question of the next session, picked in the morning."""
    meeting = meetings.coming(stage.session, stage.group, stage.now)
    if meeting is not None:
        at = min(moment(stage.group.zone, stage.now, 1, "09:10"), stage.now)
        named = stage.group.id, meeting.day, QUESTION
        discussions.choose(stage.session, *named, deeds.staff, at)
        deeds.note("question.picked", None, stage.group.id.hex, at)


def answer_the_question(stage: Stage, who: Someone) -> None:
    """What they will bring to the next session, shown to the therapists."""
    at = min(who.at(1, "20:15"), stage.now)
    scene = Scene(stage.session, stage.kit, who.person, stage.now, "made-up")
    day, question = discussion.coming(scene, stage.group)
    if not who.story.brought or question is None:
        return
    about = discussion.about_of(question, day)
    line = write_line(stage, who.person, Kind.QUESTION, about, who.story.brought, State.KEPT, at)
    board.decide(stage.session, line, State.SHOWN, at)


def fill_the_board(stage: Stage, people: list[Someone], deeds: Deeds) -> None:
    """What waits for the therapist, and what the group reads already."""
    told = [(who, each) for who in people for each in who.story.lines]
    for who, each in sorted(told, key=lambda pair: -pair[1].ago):
        at = min(who.at(each.ago, "20:50"), stage.now)
        line = write_line(stage, who.person, Kind.HELPED, each.about, each.text, State.HELD, at)
        if not each.approved:
            continue
        later = at + timedelta(hours=14)
        board.decide(stage.session, line, State.APPROVED, later, by=deeds.staff)
        deeds.note("line.approved", who.person.id, "board", later)
        for other in people:
            if other is not who and other.story.day[-2] is not None:
                board_helped.helped(stage.session, line.id, other.person.id, later)
