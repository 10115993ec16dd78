"""Mistakes we could have made, each as a small change of the bot's text, and who catches it.

A mutant is a copy of `bot/` with the change in it. One that no rehearsal catches means that the
rehearsals prove less than they say.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.places import ROOT


class OutdatedError(Exception):
    """The text a mutant changes is not there any more: the mutant must follow the code."""


@dataclass(frozen=True, slots=True)
class Change:
    """In this file under `bot/`, this text becomes that one."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake by its name; `rehearsal` is the one that has to catch it (see `hunt.py`)."""

    name: str
    rehearsal: str
    changes: tuple[Change, ...]


MUTANTS = (
    Mutant(
        "confirm before commit",
        "sqlite",
        (
            Change(
                "telegram/poll.py",
                "        batch = ahead.new_in(fetched)\n",
                "        batch = ahead.new_in(fetched)\n"
                '        after = max((raw["update_id"] for raw in batch), default=-1) + 1\n'
                "        if after:\n"
                '            await self._bot.call(LONG_POLL, {"offset": after, "timeout": 0})\n',
            ),
        ),
    ),
    Mutant(
        "send before commit",
        "sqlite",
        (
            Change(
                "store/worker.py",
                "            return outcomes\n",
                "            _resolve(jobs[: len(outcomes)], outcomes)\n"
                "            time.sleep(0.3)  # a disk that takes its time to sync\n"
                "            return outcomes\n",
            ),
        ),
    ),
    Mutant(
        "handle what was handled",
        "sqlite",
        (
            Change(
                "usecases/receive.py",
                "    if not updates.first_time(session,",
                "    if False and not updates.first_time(session,",
            ),
        ),
    ),
    Mutant(
        "no turn check",
        "checkins",
        (
            Change(
                "engine/advance.py",
                "choice, now) if turn == run.turn else Turn(run, ())",
                "choice, now)",
            ),
        ),
    ),
    Mutant(
        "nudge resent",
        "phrases",
        (Change("store/outbox/letters.py", "Kind.NUDGE: 0,", "Kind.NUDGE: 3,"),),
    ),
    Mutant(
        "guard removed",
        "goodbye",
        (
            Change(
                "store/outbox/claims.py",
                "    if not holds(session, head.guard, now):\n",
                "    if False:\n",
            ),
        ),
    ),
    Mutant(
        "random dedupe key",
        "rival",
        (
            Change(
                "usecases/scene.py",
                'key=key or f"{self.cause}.{self.posted}",',
                'key=f"{__import__(\'uuid\').uuid4().hex}.{self.posted}",',
            ),
        ),
    ),
    Mutant(
        "lane check removed (outbox)",
        "sqlite",
        (
            Change("store/outbox/claims.py", "            _earlier.c.id < _t.c.id,\n",
                   "            _earlier.c.id < 0,\n"),
        ),
    ),
    Mutant(
        "lane check removed (inbox)",
        "postgresql",
        (
            Change("store/inbox.py", "    _earlier.c.update_id < _t.c.update_id,\n",
                   "    _earlier.c.update_id < 0,\n"),
        ),
    ),
    Mutant(
        "BEGIN IMMEDIATE removed",
        "two writers",
        (Change("store/database.py", 'execute("BEGIN IMMEDIATE")', 'execute("BEGIN")'),),
    ),
)  # fmt: skip


@contextmanager
def mutated(changes: tuple[Change, ...]) -> Iterator[Path]:
    """A folder with the bot as it would be with these changes, to be put on PYTHONPATH."""
    with TemporaryDirectory(prefix="between-mutant-") as made:
        folder = Path(made)
        shutil.copytree(ROOT / "bot", folder / "bot")
        for content in ("exercises", "prompts"):
            (folder / content).symlink_to(ROOT / content)
        for each in changes:
            _apply(folder / "bot" / each.file, each)
        yield folder


def _apply(file: Path, change: Change) -> None:
    text = file.read_text("utf-8")
    if text.count(change.old) != 1:
        raise OutdatedError(f"bot/{change.file} does not hold once: {change.old.strip()}")
    file.write_text(text.replace(change.old, change.new), "utf-8")
