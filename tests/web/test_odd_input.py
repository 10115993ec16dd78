"""Whatever is sent to a page, it answers; it never breaks."""

import asyncio
from typing import Any
from urllib.parse import quote

from fastapi.routing import APIRoute
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import RIVERA
from tests.examples import examples
from tests.web.office import LIND, Browser, Office, Page
from tests.web.things import Things, Whose, furnish, ways

ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("", "0", "-1", "1e309", "%", "%00", "..", "../..", "'; --", "{{ 7 * 7 }}", "null"),
            *("9" * 40, "\ud800", "💩", "\u202e", "a" * 300, "2026-13-40", "2026-11-26"),
            *("00000000-0000-0000-0000-000000000000", "f" * 32, "on", "yes", "en", "es"),
        ]
    ),
)
NAMES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("before", "group", "group_id", "person", "person_id", "reason", "code", "session"),
            *("day", "days", "since", "until", "week", "kind", "page", "q", "text", "note", "line"),
        ]
    ),
)


async def test_no_page_breaks(office: Office) -> None:
    """Odd parameters, odd queries, odd forms, at every route, from a stranger, a therapist and the
    lead: never a 5xx."""
    things = await furnish(office)
    visitors = {who: await _come(office, who) for who in (None, RIVERA, LIND)}
    routes = ways(office.app)
    loop = asyncio.get_running_loop()

    def ask(data: Any) -> None:
        who = data.draw(st.sampled_from(list(visitors)))
        method, route = data.draw(st.sampled_from(routes))
        way = _way(data, route, things)
        query = data.draw(st.lists(st.tuples(NAMES, ODD), max_size=3))
        form = data.draw(st.lists(st.tuples(NAMES, ODD), max_size=6))
        if query:
            way += "?" + "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in query)
        asked = _ask(office, visitors[who], method, way, form)
        page = asyncio.run_coroutine_threadsafe(asked, loop).result()
        assert page.status < 500, (who, method, way, form)
        if who is not None and page.to == "/sign-in":  # one of the forms signs out
            again = asyncio.run_coroutine_threadsafe(_come(office, who), loop)
            visitors[who] = again.result()

    @settings(max_examples=examples(300))
    @given(st.data())
    def odd(data: Any) -> None:
        ask(data)

    await asyncio.to_thread(odd)


async def _come(office: Office, who: int | None) -> Browser:
    return office.browser() if who is None else await office.signed_in(who)


def _way(data: Any, route: APIRoute, things: Things) -> str:
    way = route.path
    for name in route.param_convertors:
        known = [things.named(name, each) for each in Whose]
        value = data.draw(st.one_of(st.sampled_from(known), ODD))
        way = way.replace(f"{{{name}}}", _quoted(value))
    return way


def _quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


async def _ask(
    office: Office, browser: Browser, method: str, way: str, form: list[tuple[str, str]]
) -> Page:
    office.moved += office.moved.resolution * 2_000_000  # two seconds: within every limit
    if method == "POST":
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in form)
        body += f"&csrf={browser.csrf}"
        headers = {
            "Origin": browser.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return await browser.send(method, way, data=body.encode(), headers=headers)
    return await browser.send(method, way)
