"""What was made of the support files is kept, and is the same as what the files say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.catalog.load_aliases import load_aliases
from bot.catalog.load_board import load_board
from bot.catalog.load_consents import load_consents
from bot.catalog.load_phrases import load_phrases
from bot.config import Settings

OURS = Settings()
Load = Callable[[Path, Path | None], tuple[Any, tuple[Any, ...]]]


@pytest.mark.parametrize(
    ("load", "where"),
    [
        (load_aliases, OURS.aliases_file),
        (load_board, OURS.board_dir),
        (load_consents, OURS.consents_file),
        (load_phrases, OURS.phrases_dir),
    ],
)
def test_kept_is_what_was_read(load: Load, where: Path, tmp_path: Path) -> None:
    """The second start gets from the cache exactly what the first one read, however it is kept."""
    read = load(where, None)
    assert load(where, tmp_path) == read
    assert [file.suffix for file in tmp_path.iterdir()] == [".json"]
    assert load(where, tmp_path) == read


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """A name that was added is there at the next start."""
    file, kept = tmp_path / "aliases.yaml", tmp_path / "kept"
    file.write_text(OURS.aliases_file.read_text(encoding="utf-8"), encoding="utf-8")
    before, _ = load_aliases(file, kept)
    file.write_text(
        file.read_text(encoding="utf-8").replace("  en:\n", "  en:\n    - Zebra\n"),
        encoding="utf-8",
    )
    after, _ = load_aliases(file, kept)
    assert set(after.names["en"]) - set(before.names["en"]) == {"Zebra"}


def test_what_is_wrong_is_told_every_time(tmp_path: Path) -> None:
    """A file with a problem is never kept: the problem is told until it is mended."""
    file, kept = tmp_path / "aliases.yaml", tmp_path / "kept"
    file.write_text("schema: 1\naliases:\n  en: [One]\n  es: [Uno]\n", encoding="utf-8")
    first = load_aliases(file, kept)
    assert [each.code for each in first[1]] == ["ALIAS_002", "ALIAS_002"]
    assert load_aliases(file, kept) == first
