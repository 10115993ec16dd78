"""Holding each resource against R4 before it leaves, in a process of its own.

The models take a second to import and tens of megabytes, and checking a year of a programme keeps
a processor busy for a minute: neither may happen where people are being answered.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import bot

_TOP = str(Path(bot.__file__).resolve().parent.parent)


class NotFhirError(RuntimeError):
    """A resource we made is not as R4 has it: a bug of ours. The message names places only."""


class Checker:
    """Starts the process with the first resource, ends it on leaving."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()  # its input ends, and so does it

    def check(self, resource: Mapping[str, object]) -> str:
        """The resource as JSON in one line. Raises NotFhirError."""
        written = json.dumps(resource, ensure_ascii=False)
        verdict = self._asked(written)
        if verdict:
            raise NotFhirError(verdict)
        return written

    def _asked(self, line: str) -> str:
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise NotFhirError("the checking process ended")
        return answer.strip()


def _started() -> subprocess.Popen[str]:
    path = os.pathsep.join(filter(None, (_TOP, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "bot.reports.fhir.checking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )
