"""The whole web of a house in one app: the therapists' pages, and the private pages of everybody.

Every answer is strict, whatever went wrong on the way to it.
"""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from bot.usecases.office.reader import NotYoursError
from bot.web import pages
from bot.web.office import PAGES, account, emergency, record, signing_in
from bot.web.office.desk import Desk
from bot.web.office.drawing import WAYS
from bot.web.office.languages import preferred
from bot.web.office.refusals import ForeignFormError, SignInFirstError, TooOftenError
from bot.web.strict import Strict, TooLargeError

_STATIC = Path(__file__).parent / "static"
_MISSING = (NotYoursError, RequestValidationError)


def make_app(desk: Desk, links: pages.Links) -> FastAPI:
    """Every page, and one answer for each way to be refused."""
    # The framework redirects to the host it was asked for, and to http where a proxy ends TLS: the
    # token of an address with one slash too many would go out in the clear.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.mount("/static", StaticFiles(directory=_STATIC))
    router = app.router
    pages.routes(router, desk.database, links, desk.kit.words, desk.steady)
    signing_in.routes(router, desk)
    for page in (account, record, emergency, *PAGES):
        page.routes(router, desk)
    router.add_api_route("/", _home, methods=["GET"])
    there = {route.path for route in router.routes if isinstance(route, APIRoute)}
    desk.drawing.ways = tuple((name, way) for name, way in WAYS if way in there)
    _refuse(app, desk)
    app.add_middleware(Strict, tls=desk.tls, broken=_no(desk, "broken", 500))
    return app


async def _home() -> Response:
    return RedirectResponse("/office", status_code=303)


def _refuse(app: FastAPI, desk: Desk) -> None:
    missing = _no(desk, "missing", 404)
    for error in _MISSING:
        app.add_exception_handler(error, missing)
    app.add_exception_handler(HTTPException, _by_status(missing))
    app.add_exception_handler(SignInFirstError, _sign_in(desk))
    app.add_exception_handler(TooOftenError, _no(desk, "often", 429, {"Retry-After": "60"}))
    app.add_exception_handler(ForeignFormError, _no(desk, "foreign", 403))
    app.add_exception_handler(TooLargeError, _no(desk, "large", 413))


Answer = Callable[[Request, Exception], Response]


def _no(desk: Desk, which: str, status: int, headers: dict[str, str] | None = None) -> Answer:
    def answer(request: Request, _: Exception) -> Response:
        known = getattr(request.state, "language", None)
        language = known or preferred(request, desk.kit.words)
        typed = getattr(request.state, "typed", "")
        page = desk.plain(language, "no", status=status, which=which, typed=typed)
        page.headers.update(headers or {})
        return page

    return answer


def _by_status(missing: Answer) -> Answer:
    """What the framework refuses by itself: an unknown address, or a wrong method."""

    def answer(request: Request, error: Exception) -> Response:
        page = missing(request, error)
        assert isinstance(error, HTTPException)
        page.status_code = error.status_code
        page.headers.update(error.headers or {})
        return page

    return answer


def _sign_in(desk: Desk) -> Answer:
    """To the sign-in; but nobody loses what they typed while their session ended."""

    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, SignInFirstError)
        if not error.typed:
            return RedirectResponse("/sign-in", status_code=303)
        language = preferred(request, desk.kit.words)
        return desk.plain(language, "kept", status=401, typed=error.typed)

    return answer
