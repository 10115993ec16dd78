"""The playground stays on this computer and takes no orders from web pages elsewhere."""

from typing import Any

import pytest

from bot.playground import Person, Playground, RealTokenError

REAL = "1234567890:" + "A" * 35


@pytest.mark.parametrize("name", ["BOT_TOKEN", "TELEGRAM_TOKEN"])
def test_never_beside_a_real_token(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A real-looking token in the environment stops the playground before it starts."""
    monkeypatch.setenv(name, REAL)
    with pytest.raises(RealTokenError, match=name):
        Playground(people=[Person(1, "Maya")])


async def test_loopback_only() -> None:
    """It refuses to listen anywhere but on this computer."""
    with pytest.raises(ValueError, match="this computer only"):
        await Playground().start(host="0.0.0.0")


@pytest.mark.parametrize("url", ["https://example.org/", "http://10.0.0.1/", "javascript:alert(1)"])
def test_it_leads_to_this_computer_only(url: str) -> None:
    """A link beside the phones goes to a page of this computer, or nowhere."""
    playground = Playground()
    with pytest.raises(ValueError, match="this computer only"):
        playground.point_to("Elsewhere", url)
    playground.point_to("Pages", "http://127.0.0.1:8081/office")
    assert playground.world.links == [{"name": "Pages", "url": "http://127.0.0.1:8081/office"}]


async def test_any_token_without_a_given_one(session: Any) -> None:
    """Without a token of its own every well-formed token reaches the bot."""
    playground = Playground(people=[Person(1, "Maya")], fast=True)
    await playground.start()
    for token, status in (("7:x", 200), ("nonsense", 404)):
        async with session.get(f"{playground.url}/bot{token}/getMe") as answer:
            assert answer.status == status
    await playground.stop()


HEADERS = [
    ({"Host": "evil.example"}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({}, 200),
]


@pytest.mark.parametrize(("headers", "status"), HEADERS)
async def test_other_pages_are_refused(
    desk: Any, pg: Playground, headers: dict[str, str], status: int
) -> None:
    """A page elsewhere can neither drive the phones nor the bot; scripts without Origin can."""
    assert (await desk.ask("POST", "clock", {}, headers=headers))[0] == status
    async with desk.session.get(f"{pg.url}/bot42:PLAYGROUND/getMe", headers=headers) as answer:
        assert answer.status == status


async def test_page_headers(desk: Any, pg: Playground) -> None:
    """The page comes with a strict policy, and a file cannot become a page."""
    async with desk.session.get(pg.url) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "inline" not in answer.headers["Content-Security-Policy"]
        assert "<script>" not in await answer.text()
    for name in ("app.js", "base.css", "favicon.svg"):
        async with desk.session.get(f"{pg.url}/static/{name}") as answer:
            assert answer.status == 200
    async with desk.session.get(f"{pg.url}/static/..%2fserver.py") as answer:
        assert answer.status == 404
