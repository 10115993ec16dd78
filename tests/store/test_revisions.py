"""An exercise is recalled as it was when somebody began it."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from bot.catalog.exercise import Exercise
from bot.errors import BetweenError
from bot.store import revisions
from bot.store.tables import RevisionRow
from bot.store.worker import Database


def _exercise(title: str) -> Exercise:
    both: dict[str, Any] = {"en": title, "es": title}
    return Exercise.model_validate(
        {
            "schema": 1,
            "id": "cbt.tiny",
            "modality": "cbt",
            "title": both,
            "summary": both,
            "minutes": 1,
            "languages": ["en", "es"],
            "credits": ["Our own."],
            "review": {"status": "draft"},
            "steps": [
                {"id": "hello", "type": "say", "text": both},
                {"id": "bye", "type": "finish", "text": both},
            ],
        }
    )


def test_kept_once(database: Database, now: datetime) -> None:
    """Keeping the same definition twice keeps one; a change of words is another revision."""
    first, second = _exercise("Kept one"), _exercise("Kept two")
    shas = [
        database.call(partial(revisions.keep, exercise=e, now=now)) for e in (first, second, first)
    ]
    assert shas == [first.revision, second.revision, first.revision]
    kept = database.call(lambda s: s.exec(select(RevisionRow)).all())
    assert {row.sha for row in kept} == {first.revision, second.revision}
    assert {row.exercise_id for row in kept} == {"cbt.tiny"}


def test_what_is_recalled_is_the_same_exercise_and_object(
    database: Database, now: datetime
) -> None:
    """What is recalled is the same exercise, and the same object the second time."""
    exercise = _exercise("Recalled")
    sha = database.call(lambda s: revisions.keep(s, exercise, now))
    recalled = database.call(lambda s: revisions.recall(s, sha))
    assert recalled.canonical() == exercise.canonical()
    assert database.call(lambda s: revisions.recall(s, sha)) is recalled


def test_never_kept(database: Database) -> None:
    """A revision nobody kept is a damaged database, said in plain words."""
    with pytest.raises(BetweenError, match="No exercise was kept"):
        database.call(lambda s: revisions.recall(s, "00" * 32))
