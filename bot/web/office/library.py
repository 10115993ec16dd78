"""The pages of the library: the list, one exercise, signing it, opening it for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.reports.exercise_page import exercise_part
from bot.usecases.kit import Kit
from bot.usecases.office import choosing, library
from bot.usecases.office.reader import NotYoursError, Reader
from bot.usecases.office.shelf import Shelf, shelf
from bot.usecases.office.typed import UnfitError
from bot.web.office.desk import Desk

HERE = "/office/library"
SAID = ("signed", "stale", "unsigned", "opened", "open_before", "chosen", "meanwhile")


def routes(router: APIRouter, desk: Desk) -> None:
    """The list; one exercise and its forms."""
    one = HERE + "/{exercise_id}"
    router.add_api_route(HERE, partial(_list, desk), methods=["GET"])
    router.add_api_route(one, partial(_one, desk), methods=["GET"])
    router.add_api_route(f"{one}/review", partial(_review, desk), methods=["POST"])
    router.add_api_route(f"{one}/unsign", partial(_unsign, desk), methods=["POST"])
    router.add_api_route(f"{one}/open", partial(_open, desk), methods=["POST"])
    router.add_api_route(f"{one}/track", partial(_track, desk), methods=["POST"])


async def _list(desk: Desk, request: Request) -> Response:
    words = request.query_params.get("q", "")
    approach = request.query_params.get("approach", "")

    def ask(session: Session, kit: Kit, reader: Reader, _: datetime) -> Shelf:
        return shelf(session, kit, reader, words, approach)

    reader, found = await desk.read(request, ask)
    return desk.page(reader, "library", shelf=found)


async def _one(desk: Desk, request: Request, exercise_id: str) -> Response:
    spoken = request.query_params.get("in", "")

    def ask(session: Session, kit: Kit, reader: Reader, _: datetime) -> library.Book:
        return library.book(session, kit, reader, exercise_id, spoken)

    reader, found = await desk.read(request, ask)
    asked = request.query_params.get("said", "")
    return _drawn(desk, reader, found, said=asked if asked in SAID else "")


async def _review(desk: Desk, request: Request, exercise_id: str) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> tuple[bool, library.Book | None]:
        if not form.get("read"):
            return False, library.book(session, kit, reader, exercise_id, "")
        revision = form.get("revision", "")
        return library.sign(session, kit, reader, exercise_id, revision, now), None

    reader, (signed, again) = await desk.change(request, do)
    if again is not None:
        return _drawn(desk, reader, again, problem="read", status=422)
    return desk.back(f"{HERE}/{exercise_id}?said={'signed' if signed else 'stale'}")


async def _unsign(desk: Desk, request: Request, exercise_id: str) -> Response:
    def do(session: Session, kit: Kit, reader: Reader, _: Mapping[str, str], now: datetime) -> None:
        library.take_back(session, kit, reader, exercise_id, now)

    await desk.change(request, do)
    return desk.back(f"{HERE}/{exercise_id}?said=unsigned")


async def _open(desk: Desk, request: Request, exercise_id: str) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> int:
        kind, _, named = form.get("who", "").partition(".")
        way = {"group": library.open_for_group, "person": library.open_for_person}.get(kind)
        if way is None:
            raise NotYoursError("nobody")
        return way(session, kit, reader, exercise_id, _id(named), now)

    _reader, many = await desk.change(request, do)
    said = "opened" if many else "open_before"
    return desk.back(f"{HERE}/{exercise_id}?said={said}#offered")


async def _track(desk: Desk, request: Request, exercise_id: str) -> Response:
    def do(
        session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
    ) -> _Refused | bool:
        try:
            return library.choose(session, kit, reader, exercise_id, form, now)
        except UnfitError as unfit:
            book = library.book(session, kit, reader, exercise_id, "")
            return _Refused(book, unfit.code, form)

    reader, done = await desk.change(request, do)
    if isinstance(done, _Refused):
        return _drawn(*(desk, reader, done.book), unfit=done.code, typed=done.form, status=422)
    return desk.back(f"{HERE}/{exercise_id}?said={'chosen' if done else 'meanwhile'}#tracks")


@dataclass(frozen=True, slots=True)
class _Refused:
    """A choice that cannot be kept: the page again, why, and what was typed."""

    book: library.Book
    code: str
    form: Mapping[str, str]


def _id(named: str) -> UUID:
    try:
        return UUID(named)
    except ValueError:
        raise NotYoursError("nobody") from None


def _drawn(
    desk: Desk,
    reader: Reader,
    found: library.Book,
    *,
    said: str = "",
    problem: str = "",
    unfit: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> Response:
    words = desk.kit.words.short(reader.language)
    part = exercise_part(found.exercise, words, found.spoken)
    return desk.page(
        *(reader, "exercise"),
        status=status,
        book=found,
        part=part,
        said=said,
        problem=problem,
        unfit=unfit,
        typed=typed,
        longest=choosing.LONGEST_WHY,
    )
