"""One's own account: where one is signed in, the second factor, signing out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.usecases.kit import Kit
from bot.usecases.office import account, sessions
from bot.usecases.office.factor import Given
from bot.usecases.office.reader import Reader
from bot.web.office.desk import Desk, Visitor


def routes(router: APIRouter, desk: Desk) -> None:
    """The account, and what can be done there."""
    router.add_api_route("/office/account", partial(_page, desk), methods=["GET"])
    router.add_api_route("/office/account/end", partial(_end, desk), methods=["POST"])
    router.add_api_route("/office/account/everywhere", partial(_everywhere, desk), methods=["POST"])
    router.add_api_route("/office/account/codes", partial(_codes, desk), methods=["POST"])


async def _page(desk: Desk, request: Request) -> Response:
    reader, found = await desk.read(request, account.account)
    return _drawn(desk, reader, found)


def _drawn(
    desk: Desk,
    reader: Reader,
    found: account.Account,
    given: Given | None = None,
    codes: Sequence[str] = (),
) -> Response:
    assert isinstance(reader, Visitor)
    is_wrong = given is not None and given is not Given.RIGHT
    return desk.page(
        *(reader, "account"),
        status=403 if is_wrong else 200,
        account=found,
        mine=reader.session,
        given=given,
        codes=codes,
    )


async def _end(desk: Desk, request: Request) -> Response:
    await desk.change(request, _ended)
    return desk.back("/office/account")


def _ended(
    session: Session, _: Kit, reader: Reader, form: Mapping[str, str], now: datetime
) -> None:
    try:
        named = UUID(form.get("session", ""))
    except ValueError:
        return
    account.end(session, reader, named, now)


async def _everywhere(desk: Desk, request: Request) -> Response:
    await desk.change(request, _all_ended)
    response = desk.back("/signed-out")
    desk.cookie.take(response)
    return response


def _all_ended(
    session: Session, _: Kit, reader: Reader, __: Mapping[str, str], now: datetime
) -> None:
    sessions.sign_out_everywhere(session, reader.id, now)


async def _codes(desk: Desk, request: Request) -> Response:
    reader, (found, given, codes) = await desk.change(request, _renewed)
    return _drawn(desk, reader, found, given, codes)


def _renewed(
    session: Session, kit: Kit, reader: Reader, form: Mapping[str, str], now: datetime
) -> tuple[account.Account, Given, Sequence[str]]:
    given, codes = account.renew_codes(session, kit, reader, form.get("code", ""), now)
    return account.account(session, kit, reader, now), given, codes
