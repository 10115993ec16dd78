"""The files of the group board: what ships is whole, and mistakes are told with their line."""

from pathlib import Path

import pytest

from bot.catalog.load_board import load_board
from bot.config import Settings
from bot.messages.callback import LONGEST, for_menu, short_id
from bot.store.ids import new_id
from bot.wiring import Clock

FOLDER = Settings().board_dir


def test_what_ships_is_whole() -> None:
    """Nothing to mend, and enough of everything to choose from."""
    board, problems = load_board(FOLDER)
    assert problems == ()
    assert len(board.situations) >= 10
    assert len(board.reasons) >= 5
    assert len(board.questions) >= 5


def test_every_choice_fits_into_a_button() -> None:
    """Telegram takes 64 bytes, and ids stand beside the id of a line or a group."""
    board, _ = load_board(FOLDER)
    line = short_id(new_id(Clock()()))
    for reason in board.reasons:
        assert len(for_menu("line_reason", f"{line}.{reason.id}")) <= LONGEST
    for question in board.questions:
        assert len(for_menu("pick", f"{line}.{question.id}")) <= LONGEST
        assert len(for_menu("board_yes", f"question.{question.id}.20261126")) <= LONGEST
    for situation in board.situations:
        assert len(for_menu("board_yes", f"helped.{situation.id}")) <= LONGEST


def test_what_is_kept_is_the_same_and_gives_way_to_a_change(tmp_path: Path) -> None:
    """A start need not read the files again; a changed file is read at once."""
    folder = tmp_path / "board"
    folder.mkdir()
    for file in FOLDER.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    first = load_board(folder, tmp_path / "cache")
    assert load_board(folder, tmp_path / "cache") == first == load_board(FOLDER)
    changed = folder / "situations.yaml"
    text = changed.read_text(encoding="utf-8").replace("Family gathering", "A family day")
    changed.write_text(text, encoding="utf-8")
    board, _ = load_board(folder, tmp_path / "cache")
    assert "A family day" in [each.label["en"] for each in board.situations]


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("id: offered", "id: Offered", "BOARD_001", "match pattern"),
        ("id: offered", "id: weekend", "BOARD_003", "two with the id weekend"),
        (", es: Alguien me ofrece}", "}", "BOARD_002", "“es” text is missing"),
        ("Somebody offers me some", "Somebody " * 6, "BOARD_004", "40 characters"),
        ("schema: 1", "schema: 2", "BOARD_001", "schema: 1"),
        ("situations:", "situation:", "BOARD_001", "situations"),
        ("  - id: offered", "  - id: [offered", "BOARD_001", "YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, code: str, said: str
) -> None:
    """The rest stays usable, and the check names file and line."""
    for file in FOLDER.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "situations.yaml":
            assert before in text
            text = text.replace(before, after, 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    board, problems = load_board(tmp_path)
    assert [each.code for each in problems][:1] == [code]
    assert said in str(problems[0])
    assert problems[0].line >= 1
    assert board.reasons
