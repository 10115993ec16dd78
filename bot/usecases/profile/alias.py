"""The name somebody goes by here: offered, or their own; unique in the group."""

from collections.abc import Callable

from bot.care.alias import LONGEST, Unfit, named, poses_as, poses_as_staff, same, unfit
from bot.messages.callback import number_in
from bot.store import contacts, members, staff
from bot.usecases.profile.step import Step, button, chosen, declines, means, show
from bot.usecases.scene import Scene

NAME = "alias"


def ask(scene: Scene, place: int | None = None) -> None:
    """Offers the next free name of the list."""
    names, at = _names(scene), _first(scene) if place is None else place
    is_taken = _taken(scene)
    around = ((at + step) % len(names) for step in range(len(names)))
    free = [place for place in around if not is_taken(names[place])]
    if not free:
        show(scene, "alias", (), offered="", longest=LONGEST)
        return
    offered = free[0]
    take = button(scene.word("onboarding.take_it", name=names[offered]), NAME, f"take.{offered}")
    other = button(scene.word("onboarding.another"), NAME, f"again.{offered + 1}")
    show(scene, "alias", ((take,), (other,)), offered=names[offered], longest=LONGEST)


def pressed(scene: Scene, choice: str) -> bool:
    """Takes the name on the button, or offers another."""
    what, _, number = choice.partition(".")
    names, place = _names(scene), number_in(number, 5)
    if place is None or not names:
        ask(scene)
        return False
    place %= len(names)
    if what == "take":
        return _take(scene, names[place])
    ask(scene, place)
    return False


def typed(scene: Scene, text: str) -> bool:
    """Takes a name of their own if nobody could be found by it; a yes or no is none."""
    if means(scene, text, "yes_words"):
        ask(scene)
        return False
    other = chosen(scene, text, {"onboarding.another": "again"}) or means(scene, text, "no_words")
    if other or declines(scene, text):
        ask(scene, _first(scene) + 1)
        return False
    return _take(scene, named(text))


def _take(scene: Scene, alias: str) -> bool:
    wrong = unfit(alias)
    if wrong is None and _taken(scene)(alias):
        wrong = Unfit.TAKEN
    if wrong is not None:
        show(scene, "alias_unfit", (), why=wrong.value, longest=LONGEST)
        ask(scene)
        return False
    members.set_alias(scene.session, scene.kit.vault, scene.person.id, alias)
    return True


def _taken(scene: Scene) -> Callable[[str], bool]:
    """Says what nobody else may be called: as others in the group are, or like anybody of staff, to
    whom a partner would tell more."""
    session, vault = scene.session, scene.kit.vault
    member = members.get(session, vault, scene.person.id)
    others = contacts.aliases(session, vault, member.group, scene.person.id) if member else []
    theirs = {same(name) for name in others}
    colleagues = [each.name for each in staff.everybody(session, vault)]
    roles = scene.kit.words.listed("onboarding.roles")

    def is_taken(alias: str) -> bool:
        poses = any(poses_as(alias, name, roles) for name in colleagues)
        return poses or poses_as_staff(alias, roles) or same(alias) in theirs

    return is_taken


def _names(scene: Scene) -> tuple[str, ...]:
    return scene.kit.aliases.get(scene.language) or scene.kit.aliases.get("en") or ()


def _first(scene: Scene) -> int:
    """Where this person's list begins: not everybody is offered the first name."""
    names = _names(scene)
    return scene.person.id.int % len(names) if names else 0


STEP = Step(ask, pressed, typed)
