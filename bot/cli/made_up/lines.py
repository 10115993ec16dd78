"""A line for the board, from the question to its words."""

from datetime import datetime
from uuid import UUID

from bot.cli.made_up.keeping import Stage
from bot.store import board
from bot.store.board import BoardLine, Kind, State
from bot.store.people import Participant


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
