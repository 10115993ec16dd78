"""Two switches: sounds, and pictures that move. Both are on until they are tapped."""

from dataclasses import replace
from uuid import UUID, uuid5

from bot.messages.message import Message, Rows
from bot.store import outbox, preferences
from bot.store.preferences import Preferences
from bot.usecases.profile.step import Step, again, button
from bot.usecases.scene import Scene

NAME = "media"
SWITCHES = ("sounds", "pictures")


def ask(scene: Scene) -> None:
    """Both switches in one message."""
    _page(scene, redraws=False)


def pressed(scene: Scene, choice: str) -> bool:
    """Sets one switch to what its button says, or goes on."""
    name, _, to = choice.partition(".")
    if choice == "done":
        return True
    if name in SWITCHES and to in ("on", "off"):
        is_on = to == "on"
        wanted = preferences.get(scene.session, scene.person.id)
        changed = (
            replace(wanted, sounds=is_on) if name == "sounds" else replace(wanted, pictures=is_on)
        )
        preferences.put(scene.session, scene.person.id, changed)
        scene.note = scene.word("notes.taken")
        _page(scene, redraws=True)
    else:
        ask(scene)
    return False


def stands(scene: Scene) -> str:
    """How both stand, in a few words."""
    wanted = preferences.get(scene.session, scene.person.id)
    name = {
        (True, True): "both",
        (True, False): "sounds",
        (False, True): "pictures",
        (False, False): "neither",
    }[wanted.sounds, wanted.pictures]
    return scene.word(f"media.{name}")


def _page(scene: Scene, *, redraws: bool) -> None:
    page = _page_id(scene.person.id)
    if redraws:
        outbox.drop_redraws(scene.session, page)
    wanted = preferences.get(scene.session, scene.person.id)
    body = scene.kit.words.text(
        scene.language, "onboarding/media", sounds=wanted.sounds, pictures=wanted.pictures
    )
    message = Message(text=body, buttons=_buttons(scene, wanted))
    scene.post(message, asks=(page, 0), redraws=redraws)


def _buttons(scene: Scene, wanted: Preferences) -> Rows:
    def switch(name: str, is_on: bool) -> Rows:
        to = "off" if is_on else "on"
        return ((button(scene.word(f"media.{name}_{to}"), NAME, f"{name}.{to}"),),)

    done = button(scene.word("onboarding.go_on"), NAME, "done")
    return (
        *switch("sounds", wanted.sounds),
        *switch("pictures", wanted.pictures),
        (done,),
    )


def _page_id(person: UUID) -> UUID:
    return uuid5(person, NAME)


STEP = Step(ask, pressed, again(ask))
