"""What every page is handed: the database, who is signed in, how a page is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from bot.store.worker import Database
from bot.usecases.kit import Kit
from bot.usecases.office import sessions
from bot.usecases.office.reader import NotYoursError, Reader
from bot.web.office import keys
from bot.web.office.drawing import Drawing
from bot.web.office.form import Form, read_form
from bot.web.office.limits import Window
from bot.web.office.refusals import ForeignFormError, SignInFirstError, TooOftenError

T = TypeVar("T")
A_MINUTE = 60
"""Requests a session may make in a minute."""
WORTH_KEEPING = 20
"""From so many characters on, what was typed is shown again once the session has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor(Reader):
    """A reader in one browser: what their forms carry, and which page they are on."""

    csrf: str
    session: UUID
    path: str


class Desk:
    """What every page is handed: the database, who is signed in, how a page is drawn.

    `tls` says that people come by HTTPS; `address` is the one they come to.
    """

    def __init__(
        self,
        database: Database,
        kit: Kit,
        *,
        clock: Callable[[], datetime],
        steady: Callable[[], float],
        address: str,
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.kit = kit
        self.clock = clock
        self.steady = steady
        self.address = address
        self.tls = address.startswith("https:")
        self.wake_sender = wake
        self.drawing = Drawing(kit.words)
        self.cookie = keys.Cookie(tls=self.tls)
        self._often = Window(A_MINUTE, 60.0)

    async def read(
        self, request: Request, ask: Callable[[Session, Kit, Reader, datetime], T]
    ) -> tuple[Reader, T]:
        """Who is signed in, and what they asked for, in one transaction.

        Raises SignInFirstError, TooOftenError, and NotYoursError after it is on record; the app
        answers each.
        """
        return await self._with_reader(request, ask)

    async def change(
        self,
        request: Request,
        do: Callable[[Session, Kit, Reader, Mapping[str, str], datetime], T],
    ) -> tuple[Reader, T]:
        """The same for a form that was sent: `do` gets its fields, and what it queued goes out.

        Raises ForeignFormError too. The mapping is a `Form`: `.all(name)` gives repeated fields.
        """
        form = await self.form(request)
        secret = self.cookie.read(request)
        if secret is None:
            raise SignInFirstError(_typed(form))
        if not keys.is_of(form.get("csrf", ""), secret):
            raise ForeignFormError
        request.state.typed = _typed(form)  # whatever refuses it, nobody loses their words

        def done(session: Session, kit: Kit, reader: Reader, now: datetime) -> T:
            return do(session, kit, reader, form, now)

        try:
            found = await self._with_reader(request, done)
        except SignInFirstError:
            raise SignInFirstError(_typed(form)) from None
        self.wake()
        return found

    async def form(self, request: Request) -> Form:
        """The fields of a form that one of our own pages sent. Raises ForeignFormError."""
        if request.method != "POST" or not self._is_from_here(request):
            raise ForeignFormError
        form = read_form(request.headers.get("content-type", ""), await request.body())
        if form is None:
            raise ForeignFormError
        return form

    def page(
        self, reader: Reader, template: str, /, *, status: int = 200, **facts: object
    ) -> HTMLResponse:
        """templates/office/<template>.html.j2 in the reader's language and zone."""
        assert isinstance(reader, Visitor)
        drawn = self.drawing.draw(
            *(template, facts),
            language=reader.language,
            reader=reader,
            csrf=reader.csrf,
            path=reader.path,
        )
        return HTMLResponse(drawn, status_code=status)

    def plain(
        self, language: str, template: str, /, *, status: int = 200, csrf: str = "", **facts: object
    ) -> HTMLResponse:
        """A page for somebody who is not signed in."""
        return HTMLResponse(
            self.drawing.draw(template, facts, language=language, csrf=csrf), status_code=status
        )

    def back(self, to: str) -> Response:
        """Where the browser goes after a form, so that reloading does nothing twice."""
        return RedirectResponse(to, status_code=303)

    def file(self, content: bytes, name: str, kind: str) -> Response:
        """Something to save; never shown by the browser itself."""
        named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return Response(content, media_type=kind, headers={"Content-Disposition": named})

    def wake(self) -> None:
        """Something new waits to go out."""
        self.wake_sender()

    async def _with_reader(
        self, request: Request, ask: Callable[[Session, Kit, Reader, datetime], T]
    ) -> tuple[Reader, T]:
        secret = self.cookie.read(request)
        if secret is None:
            raise SignInFirstError
        if not self._often.takes(keys.hashed(secret), self.steady()):
            raise TooOftenError
        seen = partial(self._seen, secret=secret, path=request.url.path)
        try:
            found = await self.database.run(partial(seen, ask=ask), patient=True)
        except NotYoursError:  # nothing of it stays but the refusal itself
            refused = await self.database.run(partial(seen, ask=sessions.refused))
            if refused is not None:
                request.state.language = refused[0].language
            raise
        if found is None:
            raise SignInFirstError
        return found

    def _seen(
        self,
        session: Session,
        *,
        secret: str,
        path: str,
        ask: Callable[[Session, Kit, Reader, datetime], T],
    ) -> tuple[Visitor, T] | None:
        now = self.clock()
        found = sessions.visit(session, self.kit, keys.hashed(secret), now)
        if found is None:
            return None
        reader = _visitor(found.reader, csrf=keys.csrf(secret), session=found.id, path=path)
        return reader, ask(session, self.kit, reader, now)

    def _is_from_here(self, request: Request) -> bool:
        """Browsers say by themselves where a form comes from; what says nothing is refused.

        Under our `no-referrer` the origin they name may be "null": then Sec-Fetch-Site decides.
        """
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if origin in (None, "null"):
            return site == "same-origin"
        ours = {self.address} if self.tls else {self.address, f"http://{request.url.netloc}"}
        return origin in ours and site in (None, "same-origin")


def _typed(form: Form) -> str:
    """The longest text of a form, if somebody wrote more than a word or two."""
    texts = [value for name in form if name != "csrf" for value in form.all(name)]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= WORTH_KEEPING and " " in longest else ""


def _visitor(reader: Reader, *, csrf: str, session: UUID, path: str) -> Visitor:
    known = {each.name: getattr(reader, each.name) for each in fields(Reader)}
    return Visitor(**known, csrf=csrf, session=session, path=path)
