"""The language of a page for somebody who is not known (yet)."""

from fastapi import Request

from bot.messages.words import Words


def preferred(request: Request, words: Words) -> str:
    """The first of our languages the browser names; English where it names none."""
    for named in request.headers.get("accept-language", "")[:200].split(","):
        code = named.strip()[:2].lower()
        if code in words.languages:
            return code
    return "en"
