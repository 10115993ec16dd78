"""The thirty-second frame: automatic, who reads and when, not for emergencies."""

from bot.catalog.bare import bare
from bot.catalog.consents import Scope
from bot.messages.message import Rows
from bot.messages.several import several
from bot.store import groups, members
from bot.usecases import consented
from bot.usecases.profile.step import Step, button, chosen, means, show
from bot.usecases.scene import Scene

NAME = "frame"


def ask(scene: Scene) -> None:
    """Says it in one message; one tap says it was understood."""
    rows, open_at = _rows(scene), consented.hours(scene)
    show(scene, "frame", rows, group=_group(scene), team=_team(scene), hours=open_at)


def pressed(scene: Scene, choice: str) -> bool:
    """From here on what the person tells us may be kept."""
    if choice != "yes":
        ask(scene)
        return False
    consented.decide(scene, Scope.FRAME, granted=True)
    return True


def typed(scene: Scene, text: str) -> bool:
    """“Understood” and a plain yes count as the tap; other words bring one line, not all again."""
    said_so = bare(text.strip(" .!")) in scene.kit.words.listed("onboarding.understood_said")
    named = chosen(scene, text, {"onboarding.understood": "yes"})
    if named or said_so or means(scene, text, "yes_words"):
        return pressed(scene, "yes")
    again(scene)
    return False


def again(scene: Scene) -> None:
    """The tap alone, below a page that was said already."""
    show(scene, "frame_again", _rows(scene))


def _rows(scene: Scene) -> Rows:
    return ((button(scene.word("onboarding.understood"), NAME, "yes"),),)


def _group(scene: Scene) -> str:
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    group = groups.group(scene.session, member.group) if member is not None else None
    return group.name if group is not None else ""


def _team(scene: Scene) -> str:
    return several(scene.kit.words, scene.language, consented.team(scene))


STEP = Step(ask, pressed, typed)
