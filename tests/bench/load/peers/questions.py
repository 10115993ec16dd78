"""The questions as a file that a peer reads at its start: it loads nothing of Between's."""

import json
from pathlib import Path
from typing import Any

from bot.catalog.steps import AskScale, AskText, Finish, Say
from bot.catalog.text import said
from tests.bench.load.script import exercise

SKIP = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} Back|Skip|Pause|Stop"
"""The last row of buttons, as Between has it."""
PACE = 6
"""So many numbers stand side by side."""


def write(file: Path) -> None:
    """Text and buttons of each question, and the last words: what Between says, word for word."""
    asked = [step for step in exercise().steps if isinstance(step, AskScale | AskText)]
    (first,) = [step for step in exercise().steps if isinstance(step, Say)]
    (end,) = [step for step in exercise().steps if isinstance(step, Finish)]
    questions = [_question(step, at, len(asked)) for at, step in enumerate(asked, 1)]
    questions[0]["text"] = f"{said(first.text, 'en')}\n\n{questions[0]['text']}"
    last = {"text": "Saved\n\n" + said(end.text or {}, "en"), "rows": []}
    file.write_text(json.dumps([*questions, last]))


def _question(step: AskScale | AskText, at: int, of: int) -> dict[str, Any]:
    label = said(step.label or {}, "en")
    lines = [f"{label} · {at}/{of}", said(step.text or {}, "en")]
    rows = [[(name, name.strip("‹ ").lower()) for name in SKIP.split("|")]]
    if isinstance(step, AskScale):
        low, high = said(step.scale.low or {}, "en"), said(step.scale.high or {}, "en")
        lines.append(f"<i>{step.scale.min} = {low} · {step.scale.max} = {high}</i>")
        marks = [(str(mark), str(mark)) for mark in step.scale.marks]
        rows = [marks[:PACE], marks[PACE:], *rows]
    elif step.example is not None:
        lines.append(f"<i>For example: {said(step.example, 'en')}</i>")
    return {"text": "\n\n".join(lines), "rows": rows}
