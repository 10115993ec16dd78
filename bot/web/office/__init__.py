"""The therapists' pages: one module a page, each with its routes and nothing else."""

from typing import Protocol

from fastapi import APIRouter

from bot.web.office import (
    alerts,
    board,
    brief,
    entry,
    export,
    group,
    library,
    pairs,
    person,
    settings,
    today,
)
from bot.web.office.desk import Desk


class Page(Protocol):
    """A module with the routes of one page."""

    def routes(self, router: APIRouter, desk: Desk, /) -> None:
        """Adds them."""


PAGES: tuple[Page, ...] = (
    today,
    group,
    brief,
    person,
    entry,
    alerts,
    board,
    pairs,
    library,
    settings,
    export,
)
