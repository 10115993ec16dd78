"""From facts to a PDF: typst sets the templates beside this file.

Facts reach the templates as JSON and are only ever values there, so nobody's words are markup.
Our letters come from wheels, so that a machine without fonts prints the same.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

if TYPE_CHECKING:
    from typst import Fonts

ROOT = Path(__file__).parent
LONGEST, EVERY = 20, 3
"""Signs without a place to break a line; longer runs get an invisible one after every few."""
BREAK, JOINER = "\u200b", "\u200d"
_RUN = re.compile(rf"[^\s{BREAK}\-]{{{LONGEST + 1},}}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def pressed(template: str, facts: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF, tagged for screen readers as PDF/UA-1.

    Where no font here has a sign that somebody wrote, it is set all the same, says so in the words
    `facts["unprintable"]`, and does not claim the standard. Takes some tens of ms of processor
    time, the first one more: call it beside the loop.
    """
    try:
        return _set(template, {**facts, "unprintable": ""}, made_at, ["ua-1"])
    except NoFontError:
        return _set(template, facts, made_at, [])


class PressError(RuntimeError):
    """The typesetter gave up; nothing was made. Its own words are left out, for they may quote
    what somebody wrote."""


class NoFontError(PressError):
    """A sign that no font here has, and a standard that allows none of those."""


def _compiled(path: Path, **asked: Any) -> bytes:
    import typst  # a tenth of a second that no start should wait for

    try:
        made = typst.compile(path, root=ROOT, **asked)
    except typst.TypstError as error:
        kind = NoFontError if "could not be displayed" in str(error) else PressError
        raise kind(path.name) from None
    except BaseException as error:
        # A panic in native code is no Exception to Python: it would pass every handler there is.
        if type(error).__name__ == "PanicException":
            raise PressError(path.name) from None
        raise
    assert isinstance(made, bytes)
    return made


def _set(template: str, facts: Mapping[str, Any], made_at: datetime, standards: list[Any]) -> bytes:
    return _compiled(
        ROOT / f"{template}.typ",
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"facts": json.dumps(clean(facts), ensure_ascii=False)},
        pdf_standards=standards,
        timestamp=made_at.replace(microsecond=0),
    )


def picture(svg: str) -> bytes:
    """A figure as a PNG for the chat, 960 pixels wide, on white."""
    return _compiled(
        ROOT / "picture.typ",
        format="png",
        ppi=180,
        font_paths=fonts(machine=False),
        sys_inputs={"svg": svg},
    )


@cache
def fonts(*, machine: bool = True) -> "Fonts":
    """Ours first; the machine's for scripts that ours do not know. Looked for once."""
    from typst import Fonts

    ours = str(files("manimgx_fonts"))
    return Fonts(include_system_fonts=machine, font_paths=[ours])


def clean(value: Any) -> Any:
    """Without control signs, and with places to break a line in what is longer than a column."""
    match value:
        case str():
            return _RUN.sub(_breakable, _CONTROL.sub("", value.replace("\r\n", "\n")))
        case Mapping():
            return {key: each if key == "svg" else clean(each) for key, each in value.items()}
        case list() | tuple():
            return [clean(each) for each in value]
    return value


def _breakable(found: re.Match[str]) -> str:
    """Never inside of what is one picture or one letter with its marks."""
    signs: list[str] = []
    since = 0
    for sign in found.group():
        if since >= EVERY and not _joins(sign) and signs[-1] != JOINER:
            signs.append(BREAK)
            since = 0
        signs.append(sign)
        since += 1
    return "".join(signs)


def _joins(sign: str) -> bool:
    return category(sign)[0] == "M" or sign == JOINER or "\U0001f3fb" <= sign <= "\U0001f3ff"
