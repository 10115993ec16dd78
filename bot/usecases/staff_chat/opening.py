"""The way from a member of staff's chat to a page: buttons, or the address in words."""

from bot.messages.message import Button, Rows
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import signing_in

SECURE = "https://"
"""Telegram takes no button to an address without it, nor to the machine itself."""


def way(scene: Scene, path: str) -> tuple[str, Rows]:
    """What is said of the way to this page ("" where a button opens it), and the buttons: to open
    it, and to sign in first. Nothing and none where the programme has no pages. Whoever opens it
    has to be signed in, so the address is no secret and holds none."""
    if scene.kit.pages is None:
        return "", ()
    address = f"{scene.kit.pages}{path}"
    sign_in = signing_in.button(scene)
    rows: Rows = ((sign_in,),) if sign_in is not None else ()
    if not address.startswith(SECURE):
        return address, rows
    return "", ((Button(text=scene.word("digest.open"), url=address),), *rows)
