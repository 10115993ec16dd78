"""The way to the pages from the chat: /page, the numbers of a sign-in, signing out everywhere."""

from bot.messages.callback import for_menu, long_id, number_in
from bot.messages.message import Button, Message
from bot.store import page_links, sign_ins
from bot.usecases.incoming import Command, What, Words
from bot.usecases.office import sessions, signing_in
from bot.usecases.plain_chat import Verb
from bot.usecases.scene import Scene

COMMAND = "page"


def button(scene: Scene) -> Button | None:
    """The way from the menu, where there are pages."""
    if scene.kit.pages is None:
        return None
    return Button(text=scene.word("signin.open"), data=for_menu(COMMAND))


def page(scene: Scene, _: str = "") -> None:
    """A link that opens the sign-in in one browser, once, within ten minutes."""
    if scene.kit.pages is None:
        _say(scene, "none")
        return
    token = page_links.make(scene.session, scene.person.id, page_links.SIGN_IN, scene.now)
    text = scene.kit.words.text(
        scene.language,
        "staff/sign_in",
        which="link",
        address=f"{scene.kit.pages}/sign-in/{token}",
        pages=f"{scene.kit.pages}/sign-in",
    )
    scene.post(Message(text=text, protect=True), expires_at=scene.now + page_links.LIFE)


def handle(scene: Scene, what: What) -> bool:
    """Takes /page, and the code that a browser shows behind it or alone."""
    match what:
        case Command("page", argument) if argument.strip():
            if scene.kit.pages is None or not signing_in.bind(scene, argument):
                _say(scene, "none" if scene.kit.pages is None else "unknown")
            return True
        case Command("page"):
            page(scene)
            return True
        case Words(text, _, False) if scene.kit.pages is not None:
            return signing_in.bind(scene, text)
    return False


def number(scene: Scene, argument: str) -> None:
    """A number of a sign-in was tapped, or that it was somebody else."""
    named, _, tapped = argument.partition(".")
    wanted = long_id(named)
    attempt = sign_ins.get(scene.session, wanted, scene.now) if wanted is not None else None
    is_mine = attempt is not None and attempt.staff == scene.person.id
    if attempt is None or not is_mine or attempt.state is not sign_ins.State.ASKED:
        scene.note = scene.word("notes.old_button")
        return
    scene.settled = True
    is_right = signing_in.answer(scene, attempt, number_in(tapped, 2) or 0)
    _say(scene, "right" if is_right else "wrong")


def sign_out(scene: Scene, _: str = "") -> None:
    """Signs them out of the pages in every browser."""
    sessions.sign_out_everywhere(scene.session, scene.person.id, scene.now)
    scene.settled = True
    _say(scene, "out")


def _say(scene: Scene, which: str) -> None:
    scene.say("staff/sign_in", which=which)


VERBS: dict[str, Verb] = {COMMAND: page, signing_in.PRESS: number, "signout": sign_out}
