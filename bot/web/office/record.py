"""The record of who did what, and whether it is whole."""

from datetime import datetime
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.store.audit import Checked
from bot.usecases.kit import Kit
from bot.usecases.office import accesses
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk

LARGEST = 2**53


def routes(router: APIRouter, desk: Desk) -> None:
    """The record, page by page, and the check of its hashes."""
    router.add_api_route("/office/record", partial(_page, desk), methods=["GET"])
    router.add_api_route("/office/record/check", partial(_check, desk), methods=["GET"])


async def _page(desk: Desk, request: Request) -> Response:
    before = _number(request.query_params.get("before", ""))
    reader, found = await desk.read(
        request, lambda session, kit, who, now: accesses.record(session, kit, who, before, now)
    )
    return _drawn(desk, reader, found, None)


async def _check(desk: Desk, request: Request) -> Response:
    """Goes over all rows, some at a time, so that nobody who writes has to wait."""
    reader, so_far = await desk.read(request, _first)
    while not so_far.is_all:
        further = partial(_further, desk.kit, reader, so_far, desk.clock())
        so_far = await desk.database.run(further, patient=True)
    reader, found = await desk.read(
        request, lambda session, kit, who, now: accesses.record(session, kit, who, None, now)
    )
    return _drawn(desk, reader, found, so_far)


def _first(session: Session, kit: Kit, reader: Reader, now: datetime) -> Checked:
    return accesses.check(session, kit, reader, Checked(), now)


def _further(kit: Kit, reader: Reader, so_far: Checked, now: datetime, session: Session) -> Checked:
    return accesses.check(session, kit, reader, so_far, now)


def _drawn(desk: Desk, reader: Reader, found: accesses.Record, checked: Checked | None) -> Response:
    return desk.page(reader, "record", record=found, checked=checked, is_lead=reader.is_lead)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 16
    return min(int(text), LARGEST) if is_number else None
