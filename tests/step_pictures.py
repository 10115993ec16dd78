"""`python -m tests.step_pictures`: one picture for each kind of step, drawn from AUTHORING.md.

What stands in the pictures is what the bot says: the examples of the guide, rendered. A test holds
the committed pictures to it.
"""

import re
import textwrap
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

from bot.catalog.exercise import Exercise
from bot.cli.play import STARTED, plain
from bot.config import TOP, Settings
from bot.engine.advance import advance, start
from bot.engine.given import DONE, Pressed, Said
from bot.messages.message import Message
from bot.messages.render import render
from bot.messages.summary import Viewer
from bot.messages.words import Words
from bot.reports.exercise_map import exercise_map

FOLDER = TOP / "docs/pictures/steps"
GUIDE = TOP / "exercises/AUTHORING.md"
WIDE, LINE, SIGNS, PAD = 380, 20, 46, 14
BLOCK = re.compile(r"^```yaml\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
ENDS = {"id": "end", "type": "finish"}


def blocks() -> list[Any]:
    """The examples of the guide, read."""
    text = GUIDE.read_text(encoding="utf-8")
    return [YAML(typ="safe", pure=True).load(block) for block in BLOCK.findall(text)]


def pictures() -> dict[str, str]:
    """Each picture by its name."""
    read = blocks()
    first = next(block for block in read if isinstance(block, dict) and "schema" in block)
    shown = {step["type"]: step for block in read if isinstance(block, list) for step in block
             if "type" in step}  # fmt: skip
    words = Words(Settings().prompts_dir)
    drawn: dict[str, str] = {}
    for kind, step in shown.items():
        if kind == "branch":
            drawn[kind] = exercise_map(_exercise(first, _fork(step)))
        elif kind == "finish":
            whole: list[Said | str] = [Said("8"), Said("She did not answer."), Said("4")]
            drawn[kind] = _picture(_said(words, _exercise(first, first["steps"]), whole))
        elif kind in ("rate_each", "choose_from"):
            given: list[Said | str] = [Said("sad"), Said("angry"), DONE]
            exercise = _exercise(first, [shown["ask_list"], _bare(step), ENDS])
            drawn[kind] = _picture(_said(words, exercise, given)[-1:])
        else:
            after = [shown["ask_text"]] if kind == "say" else []
            drawn[kind] = _picture(_said(words, _exercise(first, [_bare(step), *after, ENDS]), []))
    return drawn


def _bare(step: dict[str, Any]) -> dict[str, Any]:
    """Without jumps to steps that only the guide has."""
    return {key: value for key, value in step.items() if key not in ("goto", "stopped")}


def _fork(step: dict[str, Any]) -> list[dict[str, Any]]:
    text = {"en": "How strong?", "es": "¿Cuánto?"}
    ask = {"label": {"en": "Urge", "es": "Impulso"}, "text": text}
    before = {"id": step["when"]["answer"], "type": "ask_scale", "scale": {"min": 0, "max": 10}}
    label = {"en": "Ten minutes", "es": "Diez minutos"}
    wait = {"id": step["then"], "type": "wait", "minutes": 10, "label": label, "text": text}
    return [{**before, **ask}, step, wait, {**ENDS, "id": step["else"]}]


def _exercise(first: dict[str, Any], steps: list[dict[str, Any]]) -> Exercise:
    kept = {key: value for key, value in first.items() if key != "suggest"}
    return Exercise.model_validate({**kept, "steps": steps})


def _said(words: Words, exercise: Exercise, given: list[Said | str]) -> list[Message]:
    """The messages that stand there after all this was given."""
    viewer = Viewer("en", "UTC", STARTED)
    turn = start(exercise, STARTED)
    for mark, each in enumerate(given, 1):
        one = Said(each.text, mark) if isinstance(each, Said) else Pressed(turn.run.turn, each)
        turn = advance(exercise, turn.run, one, STARTED)
    shown = render(words, exercise, UUID(int=0), turn.run, turn.events, viewer)
    return [each.message for each in shown]


def _picture(messages: list[Message]) -> str:
    parts: list[str] = []
    y = PAD
    for message in messages:
        lines = [
            line
            for paragraph in plain(message.text).split("\n")
            for line in textwrap.wrap(paragraph, SIGNS) or [""]
        ]
        high = len(lines) * LINE + PAD
        box = f'x="{PAD}" y="{y}" width="{WIDE}" height="{high}" rx="12"'
        parts.append(f'<rect class="said" {box}/>')
        parts += [
            f'<text x="{2 * PAD}" y="{y + LINE * (at + 1)}">{escape(line)}</text>'
            for at, line in enumerate(lines)
        ]
        y += high + 6
        for row in message.buttons:
            wide = (WIDE - 6 * (len(row) - 1)) / len(row)
            for at, button in enumerate(row):
                x = PAD + at * (wide + 6)
                label = textwrap.shorten(button.text, max(3, int(wide / 8)), placeholder="…")
                box = f'x="{x:.0f}" y="{y}" width="{wide:.0f}" height="32" rx="8"'
                place = f'x="{x + wide / 2:.0f}" y="{y + 21}"'
                parts.append(f'<rect class="key" {box}/>')
                parts.append(f'<text class="label" {place}>{escape(label)}</text>')
            y += 38
        y += 6
    return _PAGE.format(width=WIDE + 2 * PAD, height=y + PAD - 6, parts="\n".join(parts))


_PAGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}">
<style>
svg {{ background: #dfe9e6; font: 14px system-ui, sans-serif; }} text {{ fill: #16211e; }}
.said {{ fill: #fff; }} .key {{ fill: #4b8274; }} .label {{ fill: #fff; text-anchor: middle; }}
</style>
{parts}
</svg>
"""


def main() -> None:
    """Writes them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(Path("docs/pictures/steps") / f"{name}.svg")


if __name__ == "__main__":
    main()
