"""How far a long job has come, on the terminal's error stream."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Hears how much is done and of how much; 0 for a job whose length nobody knows."""
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of or None)


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """The same for a job of several parts: a line for each, in the order they begin."""
    with Progress(console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def told(title: str, done: int, of: int) -> None:
            for other, task in tasks.items():
                if other != title and progress.tasks[task].total is None:
                    progress.update(task, completed=1, total=1)  # it is over
            if title not in tasks:
                tasks[title] = progress.add_task(title, total=None)
            progress.update(tasks[title], completed=done, total=of or None)

        yield told
