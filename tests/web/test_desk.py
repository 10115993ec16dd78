"""What holds at every page: headers, cookies, forms of our own, sessions that end."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from fastapi.responses import Response
from sqlalchemy import select
from sqlmodel import Session

from bot.store import staff, tables
from bot.usecases.office import sessions
from bot.web.office import keys
from bot.web.strict import LARGEST
from tests.cast import RIVERA
from tests.web.office import SATO, Browser, Office
from tests.web.things import Whose, fill, furnish, ways

POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; img-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
ACCOUNT = "/office/account"


async def test_every_answer_is_strict(office: Office) -> None:
    """Each route of the app, signed in or not, allowed or refused, has all headers, no script."""
    things = await furnish(office)
    for method, route in ways(office.app):
        own = dict.fromkeys(route.param_convertors, Whose.OWN)
        for browser in (office.browser(), await office.signed_in(RIVERA)):
            page = await browser.send(method, fill(route, things, own))
            headers = page.headers
            assert page.status < 500, route.path
            assert headers["Content-Security-Policy"] == POLICY, route.path
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "Server" not in headers
            assert "Strict-Transport-Security" not in headers  # only where there is TLS
            if "text/html" in headers.get("Content-Type", ""):
                for forbidden in ("<script", "style=", "http://", "javascript:", "<style"):
                    assert forbidden not in page.text.replace(
                        'xmlns="http://www.w3.org/2000/svg"', ""
                    ), (route.path, forbidden)
            await browser.close()


async def test_no_get_changes_anything(office: Office) -> None:
    """A form's address asked by GET is not there, and what looks at pages leaves only the record
    and the time of the visit."""
    things = await furnish(office)
    before = await office.run(_rows)
    for method, route in ways(office.app):
        if method != "GET":
            continue
        own = dict.fromkeys(route.param_convertors, Whose.OWN)
        browser = await office.signed_in(RIVERA)
        await browser.get(fill(route, things, own))
        await browser.close()
    after = await office.run(_rows)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"audit", "staff_session"}


def _rows(session: Session) -> dict[str, list[str]]:
    return {
        name: sorted(map(str, session.connection().execute(select(table)).all()))
        for name, table in tables.metadata.tables.items()
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.test", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "none"},
    ],
)
async def test_forms_of_other_sites_do_nothing(office: Office, headers: dict[str, str]) -> None:
    """Not even with the right cookie and the right token."""
    browser = await office.signed_in(RIVERA)
    page = await browser.send("POST", "/sign-out", data={"csrf": browser.csrf}, headers=headers)
    assert page.status == 403
    assert "Nothing was done" in page.text
    assert (await browser.get(ACCOUNT)).status == 200


async def test_a_form_needs_the_token_of_its_own_session(office: Office) -> None:
    """Without one, with a wrong one, with somebody else's: refused, and still signed in."""
    browser, other = await office.signed_in(RIVERA), await office.signed_in(SATO)
    for token in ("", "0" * 64, other.csrf, browser.csrf[:-1], "ñ"):
        assert (await browser.post("/sign-out", csrf=token)).status == 403
    twice = [("csrf", browser.csrf), ("csrf", "wrong")]
    headers = {"Origin": browser.address}
    assert (await browser.send("POST", "/sign-out", data=twice, headers=headers)).status == 403
    assert (await browser.get(ACCOUNT)).status == 200
    assert (await browser.post("/sign-out")).to == "/signed-out"


async def test_a_form_without_a_word_on_where_it_comes_from_does_nothing(office: Office) -> None:
    """Whatever is no browser has to say so too."""
    browser = await office.signed_in(RIVERA)
    page = await browser.send("POST", "/sign-out", data={"csrf": browser.csrf})
    assert page.status == 403
    as_text = {"Origin": browser.address, "Content-Type": "text/plain"}
    page = await browser.send(
        "POST", "/sign-out", data=f"csrf={browser.csrf}".encode(), headers=as_text
    )
    assert page.status == 403


async def test_signed_out_is_out(office: Office) -> None:
    """The cookie is taken away, the browser forgets, and the old secret opens nothing."""
    browser = await office.signed_in(RIVERA)
    secret = browser.cookies()["sid"]
    page = await browser.post("/sign-out")
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.cookies() == {}
    assert (await office.browser(secret).get(ACCOUNT)).to == "/sign-in"
    assert (await browser.get("/signed-out")).status == 200


async def test_whoever_is_removed_is_out_at_once(office: Office) -> None:
    """At the next request, in every browser."""
    browsers = [await office.signed_in(RIVERA) for _ in range(2)]
    assert [(await each.get(ACCOUNT)).status for each in browsers] == [200, 200]
    await office.run(staff.remove, staff_id=office.ids[RIVERA])
    assert [(await each.get(ACCOUNT)).to for each in browsers] == ["/sign-in"] * 2
    assert (await office.run(_sessions)) == 0


def _sessions(session: Session) -> int:
    return len(session.connection().execute(select(tables.staff_session.c.id)).all())


async def test_a_session_ends_by_itself(office: Office) -> None:
    """After a quarter of an hour without use, and after eight hours of it."""
    browser = await office.signed_in(RIVERA)
    office.moved += sessions.IDLE - timedelta(seconds=1)
    assert (await browser.get(ACCOUNT)).status == 200
    office.moved += sessions.IDLE
    assert (await browser.get(ACCOUNT)).to == "/sign-in"

    busy = await office.signed_in(RIVERA)
    begun = office.moved
    while office.moved - begun < sessions.LONGEST - sessions.IDLE:
        office.moved += sessions.IDLE / 2
        assert (await busy.get(ACCOUNT)).status == 200
    office.moved = begun + sessions.LONGEST
    assert (await busy.get(ACCOUNT)).to == "/sign-in"


async def test_a_session_of_a_clock_that_ran_ahead_ends_when_it_is_put_back(office: Office) -> None:
    """It stayed open until the clock had come there once more, whoever sat at the browser."""
    office.moved += timedelta(days=30)
    browser = await office.signed_in(RIVERA)
    assert (await browser.get(ACCOUNT)).status == 200
    office.moved -= timedelta(days=30)
    assert (await browser.get(ACCOUNT)).to == "/sign-in"


async def test_what_was_typed_outlives_its_session(office: Office) -> None:
    """Sent after the session ended: nothing is done, and the words are there to copy."""
    browser = await office.signed_in(RIVERA)
    office.moved += sessions.IDLE
    typed = "A long reason for looking in, <b>as typed</b>"
    page = await browser.post("/office/emergency", {"reason": typed})
    assert page.status == 401
    assert "A long reason for looking in, &lt;b&gt;as typed&lt;/b&gt;" in page.text
    assert (await browser.post("/office/emergency", {"reason": "short"})).to == "/sign-in"


async def test_what_was_typed_outlives_whom_it_was_for(office: Office) -> None:
    """Somebody deletes everything while a comment is written: the page is not there any more, the
    words are. What another site sends is not shown."""
    things = await furnish(office)
    rivera = await office.signed_in(RIVERA)
    gone = {name: things.named(name, Whose.ERASED) for name in ("person_id", "run_id")}
    way = f"/office/people/{gone['person_id']}/entries/{gone['run_id']}/comments"
    form = {"text": "It took courage to <i>write</i> this down."}
    page = await rivera.post(way, form)
    assert page.status == 404
    assert "courage to &lt;i&gt;write&lt;/i&gt; this down." in page.text
    assert "courage" not in (await rivera.post(way, form, csrf="another")).text


async def test_nobody_reads_sixty_pages_a_minute(office: Office) -> None:
    """The sixty-first is refused, in this session alone; a minute later it goes on."""
    browser, other = await office.signed_in(RIVERA), await office.signed_in(RIVERA)
    for _ in range(60):
        assert (await browser.get(ACCOUNT)).status == 200
    page = await browser.get(ACCOUNT)
    assert (page.status, page.headers["Retry-After"]) == (429, "60")
    assert "One moment" in page.text
    assert (await other.get(ACCOUNT)).status == 200
    office.moved += timedelta(seconds=61)
    assert (await browser.get(ACCOUNT)).status == 200


async def test_a_body_has_an_end(office: Office) -> None:
    """Said to be too long, or found to be while it comes in: refused, nothing kept."""
    browser = await office.signed_in(RIVERA)
    fields = {"session": "x" * LARGEST}
    assert (await browser.post(f"{ACCOUNT}/end", fields)).status == 413

    async def drips() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b"x" * (LARGEST // 8)

    headers = {"Origin": browser.address, "Content-Type": "application/x-www-form-urlencoded"}
    page = await browser.send("POST", f"{ACCOUNT}/end", data=drips(), headers=headers)
    assert page.status == 413


async def test_refusals_speak_both_languages(office: Office) -> None:
    """By the browser where nobody is known, by the person where somebody is."""
    spanish = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
    stranger = office.browser()
    assert "Nothing here" in (await stranger.get("/nothing")).text
    page = await stranger.get("/nothing", headers=spanish)
    assert (page.status, "Aquí no hay nada" in page.text) == (404, True)
    sato = await office.signed_in(SATO)
    page = await sato.post("/office/emergency", {"group": "nobody"})
    assert (page.status, "Aquí no hay nada" in page.text) == (404, True)


async def test_what_a_cookie_may_not_be(office: Office) -> None:
    """Nothing, something huge, something odd, a secret with a letter changed: all nobody."""
    known = (await office.signed_in(RIVERA)).secret or ""
    for secret in ("x", "x" * 5000, "%00", known[:-1] + ("A" if known[-1] != "A" else "B")):
        browser = office.browser(secret)
        page = await browser.get(ACCOUNT)
        assert (page.status, page.to) == (303, "/sign-in")


async def test_the_database_holds_no_secret(office: Office) -> None:
    """Whoever reads it cannot sign in with it."""
    browser = await office.signed_in(RIVERA)
    assert browser.secret is not None
    rows = await office.run(_secrets)
    assert keys.hashed(browser.secret) in rows
    assert browser.secret.encode() not in rows


def _secrets(session: Session) -> list[bytes]:
    found = session.connection().execute(select(tables.staff_session.c.secret_hash))
    return list(found.scalars())


async def test_behind_tls_the_cookies_are_for_this_host_alone(office: Office) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite=Strict, Path=/, and no Domain; HSTS for a year."""
    there = "https://pages.example"
    app = office.app_at(there)
    async with office.serving(app) as address:
        browser = office.browser(at=address)
        headers = {"Origin": there, "Sec-Fetch-Site": "same-origin"}
        page = await browser.send("POST", "/sign-in", data={"csrf": ""}, headers=headers)
        assert page.to == "/sign-in/wait"
        said = page.headers["Set-Cookie"]
        assert said.startswith("__Host-pre=")
        assert {each.strip().lower() for each in said.split(";")[1:]} == {
            *("httponly", "path=/", "samesite=strict", "secure", "max-age=600"),
        }
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        plain = {"Origin": there.replace("https", "http"), "Sec-Fetch-Site": "same-origin"}
        page = await browser.send("POST", "/sign-in", data={"csrf": ""}, headers=plain)
        assert page.status == 403


async def test_the_cookie_of_a_session_ends_with_the_browser() -> None:
    """It names no time."""
    response = Response()
    keys.Cookie(tls=True).give(response, "secret")
    said = response.headers["set-cookie"]
    assert said.startswith("__Host-sid=secret;")
    assert {each.strip().lower() for each in said.split(";")[1:]} == {
        *("httponly", "path=/", "samesite=strict", "secure"),
    }


async def test_two_browsers_do_not_know_of_each_other(office: Office) -> None:
    """A session can be ended from the account; somebody else's cannot."""
    here, there = await office.signed_in(RIVERA), await office.signed_in(RIVERA)
    foreign = await office.signed_in(SATO)
    named = await _named(here)
    assert len(named) == 1
    assert (await foreign.post(f"{ACCOUNT}/end", {"session": named[0]})).to == ACCOUNT
    assert (await there.get(ACCOUNT)).status == 200
    assert (await here.post(f"{ACCOUNT}/end", {"session": named[0]})).to == ACCOUNT
    assert (await there.get(ACCOUNT)).to == "/sign-in"
    assert (await here.post(f"{ACCOUNT}/everywhere")).to == "/signed-out"
    assert (await here.get(ACCOUNT)).to == "/sign-in"
    assert (await foreign.get(ACCOUNT)).status == 200


async def _named(browser: Browser) -> list[str]:
    text = (await browser.get(ACCOUNT)).text
    return [each.partition('"')[0] for each in text.split('name="session" value="')[1:]]
