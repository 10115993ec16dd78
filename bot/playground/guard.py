"""Who may talk to the playground: this computer only, and no web page from elsewhere."""

import ipaddress
import os
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground.errors import RealTokenError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_REAL = re.compile(r"\d{8,12}:[A-Za-z0-9_-]{35}")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def refuse_real_tokens() -> None:
    """RealTokenError when BOT_TOKEN or TELEGRAM_TOKEN looks like a token of a real bot."""
    for name in ("BOT_TOKEN", "TELEGRAM_TOKEN"):
        if _REAL.fullmatch(os.environ.get(name, "").strip()):
            raise RealTokenError(
                f"{name} holds what looks like a real Telegram token. The playground never runs "
                f"beside one: unset {name} and start again."
            )


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) is this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_of(request: web.Request) -> str:
    return urlsplit(f"//{request.host}").hostname or ""


def _from_elsewhere(request: web.Request) -> bool:
    """A browser sends Origin or Sec-Fetch-Site; a script or a bot sends neither."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return True
    return site is not None and site not in ("same-origin", "none")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts (DNS rebinding) and requests a web page elsewhere made."""
    if not is_loopback(_host_of(request)):
        return web.json_response({"error": "The playground answers to localhost only."}, status=403)
    changes = request.method not in ("GET", "HEAD") or request.path.startswith(("/bot", "/file"))
    if changes and _from_elsewhere(request):
        return web.json_response({"error": "This came from another web page."}, status=403)
    return await handler(request)
