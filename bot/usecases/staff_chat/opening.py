"""The way from a member of staff's chat to a page: a button, or the address in words."""

from bot.messages.message import Button, Rows
from bot.usecases.scene import Scene

SECURE = "https://"
"""Telegram takes no button to an address without it, nor to the machine itself."""


def way(scene: Scene, path: str) -> tuple[str, Rows]:
    """What is said of the way to this page, and the button that opens it: where there is a button
    nothing is said; "" and none where the programme has no pages. Whoever opens it signs in first,
    so the address is no secret and holds none."""
    if scene.kit.pages is None:
        return "", ()
    address = f"{scene.kit.pages}{path}"
    if address.startswith(SECURE):
        return "", ((Button(text=scene.word("digest.open"), url=address),),)
    return address, ()
