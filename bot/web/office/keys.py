"""The secrets a browser holds for us, and what is derived from them. The database has hashes only.

A session's secret is 256 bits of chance, so a plain SHA-256 of it may be stored; what its forms
carry is an HMAC under it, which nobody can make who does not have the cookie.
"""

import hmac
import secrets
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

BYTES = 32
LONGEST = 64
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = 8


def new() -> str:
    """A new secret for one browser."""
    return secrets.token_urlsafe(BYTES)


def hashed(secret: str) -> bytes:
    """What is stored of it."""
    return sha256(secret.encode()).digest()


def csrf(secret: str) -> str:
    """What each form of this session carries."""
    return hmac.digest(secret.encode(), b"between form", "sha256").hex()


def is_of(token: str, secret: str) -> bool:
    """Whether a form belongs to this session."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), csrf(secret).encode())


def code(secret: str) -> str:
    """What a browser shows to be typed in a chat: eight letters and digits that nobody mixes up."""
    digest = hmac.digest(secret.encode(), b"between code", "sha256")
    return "".join(_LETTERS[each % len(_LETTERS)] for each in digest[:_CODE])


class Cookie:
    """The cookie with a secret: only this host, only by HTTPS, out of reach of scripts and sites.

    Browsers keep `__Host-` cookies only under TLS; without it (on this machine alone) it goes by
    a plain name.
    """

    def __init__(self, name: str = "sid", *, tls: bool, seconds: int | None = None) -> None:
        self.name = f"__Host-{name}" if tls else name
        self._tls = tls
        self._seconds = seconds

    def read(self, request: Request) -> str | None:
        """The secret a browser brought; None where it brought nothing that could be one."""
        found = request.cookies.get(self.name)
        return found if found and len(found) <= LONGEST else None

    def give(self, response: Response, secret: str) -> None:
        """Hands it to the browser, until it is closed or (where set) for so many seconds."""
        response.set_cookie(
            self.name,
            secret,
            max_age=self._seconds,
            path="/",
            secure=self._tls,
            httponly=True,
            samesite="strict",
        )

    def take(self, response: Response) -> None:
        """Takes it away."""
        response.delete_cookie(
            self.name, path="/", secure=self._tls, httponly=True, samesite="strict"
        )
