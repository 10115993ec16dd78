"""What waits for a database thread: first whoever writes to the bot, then what has time."""

import asyncio
import concurrent.futures
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Job:
    """One unit of work, and whom its outcome is promised to; a `patient` one lets others pass."""

    unit: Callable[[Session], Any]
    promise: "asyncio.Future[Any] | concurrent.futures.Future[Any]"
    loop: asyncio.AbstractEventLoop | None
    patient: bool = False


class Queue:
    """What waits for one thread. It has state because it is a queue; `None` ends it."""

    def __init__(self) -> None:
        self._urgent: deque[Job | None] = deque()
        self._patient: deque[Job] = deque()
        self._changed = threading.Condition()

    @property
    def is_pressed(self) -> bool:
        """Whether somebody waits who is not patient."""
        return bool(self._urgent)

    def put(self, job: Job | None) -> None:
        """Something more waits."""
        with self._changed:
            if job is not None and job.patient:
                self._patient.append(job)
            else:
                self._urgent.append(job)
            self._changed.notify()

    def put_back(self, jobs: list[Job]) -> None:
        """These patient ones were taken and had to make way; they keep their order."""
        with self._changed:
            self._patient.extendleft(reversed(jobs))

    def take(self, most: int) -> tuple[list[Job], bool]:
        """What is to be committed together, as soon as there is anything; False after the last."""
        with self._changed:
            while not self._urgent and not self._patient:
                self._changed.wait()
            jobs: list[Job] = []
            while self._urgent and len(jobs) < most:
                job = self._urgent.popleft()
                if job is None:  # what is patient is finished, too
                    return [*jobs, *self._patient], False
                jobs.append(job)
            while self._patient and len(jobs) < most:
                jobs.append(self._patient.popleft())
            return jobs, True

    def more(self, most: int) -> list[Job]:
        """Those who are not patient and wait by now; nobody is waited for."""
        with self._changed:
            jobs: list[Job] = []
            while self._urgent and len(jobs) < most:
                job = self._urgent[0]
                if job is None:  # the end is for `take` to tell
                    break
                jobs.append(job)
                self._urgent.popleft()
            return jobs
