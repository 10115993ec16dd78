"""What somebody tells of themselves so that a partner fits: all of it may be left out.

The therapist sees only how much two people share, never what.
"""

from bot.care.pairing import SAME
from bot.messages.message import Message, Rows
from bot.store import pair_wishes
from bot.store.pair_wishes import Wish
from bot.usecases.pairs.own import button, pressing
from bot.usecases.scene import Scene

ONE = {
    "age": ("adult", "minor"),
    "gender": ("woman", "man", "other"),
    "with_gender": (SAME, "woman", "man"),
}
"""Of these at most one is chosen; tapping it again takes it back."""
MANY = {
    "interests": ("walking", "music", "cooking", "reading", "sport", "films", "games", "nature"),
    "goals": ("say_no", "routine", "sleep", "calm", "people", "practise"),
}
"""Of these as many as one likes."""
ON = "✓ "


def page(scene: Scene, _: str = "") -> None:
    """Which question?"""
    rows: Rows = tuple((button(scene, f"wish_{each}", "wishes", each),) for each in (*MANY, *ONE))
    text = scene.kit.words.text(scene.language, "pairs/wish", question="")
    scene.post(Message(text=text, buttons=(*rows, (button(scene, "page", "page"),)), protect=True))


def question(scene: Scene, name: str) -> None:
    """Its answers, as switches."""
    if name not in ONE and name not in MANY:
        page(scene)
        return
    chosen = _chosen(_wish(scene), name)
    buttons = [
        pressing(
            (ON if each in chosen else "") + scene.word(f"pairs.wish.{name}.{each}"),
            *("choose", name, each),
        )
        for each in (ONE | MANY)[name]
    ]
    rows: Rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    text = scene.kit.words.text(scene.language, "pairs/wish", question=name)
    done = (button(scene, "wish_done", "wish"),)
    scene.post(Message(text=text, buttons=(*rows, done), protect=True))


def choose(scene: Scene, argument: str) -> None:
    """One answer on or off."""
    name, _, value = argument.partition(".")
    if value not in (ONE | MANY).get(name, ()):
        page(scene)
        return
    wish = _wish(scene)
    chosen = _chosen(wish, name)
    if name in ONE:
        changed: object = "" if value in chosen else value
    else:
        changed = tuple(each for each in MANY[name] if (each in chosen) is not (each == value))
    scene.settled = True
    after = wish.model_copy(update={name: changed})
    pair_wishes.keep(scene.session, scene.kit.vault, scene.person.id, after, scene.now)
    question(scene, name)


def _wish(scene: Scene) -> Wish:
    return pair_wishes.get(scene.session, scene.kit.vault, scene.person.id)


def _chosen(wish: Wish, name: str) -> tuple[str, ...]:
    value = getattr(wish, name)
    return (value,) if isinstance(value, str) else value
