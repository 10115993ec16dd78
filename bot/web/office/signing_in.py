"""The pages of the sign-in: a link or a code, the number for the chat, the second factor.

The browser holds a secret of its own while it signs in; the session gets a new one, so that
whoever knew the first has nothing. No GET changes anything.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from sqlmodel import Session

from bot.store.sign_ins import LIFE
from bot.usecases.kit import Kit
from bot.usecases.office import sessions, signing_in
from bot.usecases.office.factor import Given
from bot.usecases.office.reader import Reader
from bot.usecases.office.signing_in import Shown, Stage
from bot.web.office import keys
from bot.web.office.browsers import family
from bot.web.office.desk import Desk, Visitor
from bot.web.office.languages import preferred
from bot.web.office.limits import Window, whence
from bot.web.office.refusals import ForeignFormError, SignInFirstError, TooOftenError

AGAIN = 4
"""Seconds after which the page with the number looks whether it was tapped."""
CLEAR = '"cache", "storage"'
"""Not "cookies": browsers would take those of every other host of the clinic's domain as well."""
_A_MINUTE = 300
"""Looks from one address: everybody in a clinic may have the same."""


class _Door:
    """What the routes of the sign-in share; it has state: how often somebody came of late."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cookie = keys.Cookie("pre", tls=desk.tls, seconds=int(LIFE.total_seconds()))
        self._starts = Window(signing_in.STARTS, LIFE.total_seconds())
        self._looks = Window(_A_MINUTE, 60.0)

    def start(self, request: Request) -> None:
        """Counts one more sign-in begun there that no chat gave the link for. Raises TooOftenError.

        With a good link nobody is counted: a whole clinic may come from one address at nine.
        """
        if not self._starts.takes(whence(request), self.desk.steady()):
            raise TooOftenError

    def looks(self, request: Request) -> None:
        """Counts one more look of whoever is not signed in. Raises TooOftenError."""
        if not self._looks.takes(whence(request), self.desk.steady()):
            raise TooOftenError

    async def run(self, ask: Any, *given: object) -> Any:
        """Runs a use case of the sign-in with the time it is."""
        now = self.desk.clock()
        return await self.desk.database.run(lambda session: ask(session, *given, now=now))

    def plain(
        self, request: Request, template: str, language: str | None, **facts: Any
    ) -> Response:
        """A page in the language of whoever signs in, as far as it is known."""
        spoken = language or preferred(request, self.desk.kit.words)
        return self.desk.plain(spoken, template, **facts)


def routes(router: APIRouter, desk: Desk) -> None:
    """Sign-in and sign-out."""
    door = _Door(desk)
    router.add_api_route("/sign-in", partial(_front, door), methods=["GET"])
    router.add_api_route("/sign-in", partial(_by_code, door), methods=["POST"])
    router.add_api_route("/sign-in/wait", partial(_wait, door), methods=["GET"])
    router.add_api_route("/sign-in/prove", partial(_prove, door), methods=["POST"])
    router.add_api_route("/sign-in/{token}", partial(_look, door), methods=["GET"])
    router.add_api_route("/sign-in/{token}", partial(_by_link, door), methods=["POST"])
    router.add_api_route("/sign-out", partial(_out, door), methods=["POST"])
    router.add_api_route("/signed-out", partial(_gone, door), methods=["GET"])


async def _front(door: _Door, request: Request) -> Response:
    """How to sign in; the same for everybody."""
    return door.plain(request, "sign_in", None)


async def _by_code(door: _Door, request: Request) -> Response:
    """This browser gets a code, which somebody types in their chat."""
    await door.desk.form(request)
    door.start(request)
    secret = keys.new()
    begin = signing_in.begin_by_code
    if not await door.run(begin, keys.code(secret), keys.hashed(secret), _browser(request)):
        raise TooOftenError
    return _begun(door, secret)


async def _look(door: _Door, request: Request, token: str) -> Response:
    """A link of the chat was opened: a button, which uses it up."""
    door.looks(request)
    language = None
    if len(token) <= keys.LONGEST:
        language = await door.run(signing_in.language_of, token)
    if language is None:
        return door.plain(request, "sign_in_over", None, status=404)
    return door.plain(request, "sign_in_link", language)


async def _by_link(door: _Door, request: Request, token: str) -> Response:
    """The button was pressed."""
    door.looks(request)
    await door.desk.form(request)
    secret = keys.new()
    given = (door.desk.kit, token, keys.hashed(secret), _browser(request))
    if len(token) > keys.LONGEST or not await door.run(signing_in.begin_by_link, *given):
        door.start(request)
        return door.plain(request, "sign_in_over", None, status=404)
    door.desk.wake()
    return _begun(door, secret)


def _begun(door: _Door, secret: str) -> Response:
    response = door.desk.back("/sign-in/wait")
    door.cookie.give(response, secret)
    return response


async def _wait(door: _Door, request: Request) -> Response:
    """What comes next in this browser."""
    door.looks(request)
    secret = door.cookie.read(request)
    shown = None
    if secret is not None:
        shown = await door.run(signing_in.look, door.desk.kit, keys.hashed(secret))
    if secret is None or shown is None:
        return door.desk.back("/sign-in")
    return _stage(door, request, secret, shown)


def _stage(
    door: _Door, request: Request, secret: str, shown: Shown, wrong: Given | None = None
) -> Response:
    match shown.stage:
        case Stage.CODE:
            code = keys.code(secret)
            page = door.plain(request, "sign_in_code", shown.language, code=code)
        case Stage.NUMBER:
            page = door.plain(request, "sign_in_number", shown.language, number=shown.number)
        case Stage.REFUSED:
            return door.plain(request, "sign_in_refused", shown.language)
        case Stage.FACTOR:
            return door.plain(
                *(request, "sign_in_factor", shown.language),
                csrf=keys.csrf(secret),
                offer=shown.offer,
                picture=None if shown.offer is None else _picture(shown.offer.address),
                asked=shown.asked,
                wrong=wrong is not None,
                status=200 if wrong is None else 403,
            )
    page.headers["Refresh"] = str(AGAIN)
    return page


def _picture(address: str) -> Markup:
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4)
    return Markup(drawn)  # noqa: S704 # segno draws squares; the address is in them as a picture


async def _prove(door: _Door, request: Request) -> Response:
    """The second factor was typed: from here on there is a session, under a new secret."""
    door.looks(request)
    form = await door.desk.form(request)
    secret = door.cookie.read(request)
    if secret is None:
        raise SignInFirstError
    if not keys.is_of(form.get("csrf", ""), secret):
        raise ForeignFormError
    fresh, kit = keys.new(), door.desk.kit
    given = (kit, keys.hashed(secret), form.get("code", ""), keys.hashed(fresh))
    ended = await door.run(signing_in.finish, *given)
    if ended is None:
        raise SignInFirstError
    if ended.session is None:
        shown = await door.run(signing_in.look, kit, keys.hashed(secret))
        if shown is None:
            raise SignInFirstError
        return _stage(door, request, secret, shown, ended.given)
    door.desk.wake()
    response: Response = door.desk.back("/office")
    if ended.codes:
        response = door.plain(request, "sign_in_codes", ended.language, codes=ended.codes)
    door.desk.cookie.give(response, fresh)
    door.cookie.take(response)
    return response


async def _out(door: _Door, request: Request) -> Response:
    """Ends this session, and asks the browser to forget what it saw."""

    def leave(
        session: Session, _: Kit, reader: Reader, __: Mapping[str, str], now: datetime
    ) -> None:
        assert isinstance(reader, Visitor)
        sessions.sign_out(session, reader, reader.session, now)

    await door.desk.change(request, leave)
    response = door.desk.back("/signed-out")
    door.desk.cookie.take(response)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


async def _gone(door: _Door, request: Request) -> Response:
    """Said once somebody is signed out."""
    return door.plain(request, "signed_out", None)


def _browser(request: Request) -> str:
    return family(request.headers.get("user-agent", ""))
