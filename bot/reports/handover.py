"""What to take along when the programme is over; as HTML that needs no other file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.reports.own_data import NAME, Entry, zipped
from bot.reports.pages import templates

__all__ = ["NAME", "Handover", "Tool", "as_html", "zipped"]


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tool(_Fact):
    """An exercise that helped: mean fall in points of 100, from n times."""

    title: str
    drop: int
    n: int


class Handover(_Fact):
    """Everything on the page. Times are UTC. `promises` are those to oneself that still stand;
    `emergency` and `line` say whom to call in the person's country, in their language; `country`
    decides on the paper."""

    made_at: datetime
    language: str
    zone: str
    signs: list[str]
    tools: list[Tool]
    people: list[str]
    plans: list[Entry]
    promises: list[str] = []
    emergency: str
    line: str
    programme: str = ""
    country: str = ""


def as_html(page: Handover, words: Mapping[str, Any], day: Any) -> str:
    """The page; `words` are its headings, `day` writes a moment."""
    return templates().get_template("handover.html.j2").render(page=page, words=words, day=day)
