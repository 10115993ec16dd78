"""The language we go on in."""

import re
from dataclasses import replace

from bot.catalog.bare import bare
from bot.messages.message import Message
from bot.store import people
from bot.usecases.profile.step import Step, button, show
from bot.usecases.scene import Scene

NAME = "language"
_WORD = re.compile(r"\w+")


def ask(scene: Scene) -> None:
    """Each language names itself."""
    known = scene.kit.words.languages
    rows = tuple((button(scene.word(f"languages.{each}"), NAME, each),) for each in known)
    show(scene, "language", rows)


def pressed(scene: Scene, choice: str) -> bool:
    """Takes a language we speak."""
    if choice not in scene.kit.words.languages:
        ask(scene)
        return False
    speak(scene, choice)
    return True


def typed(scene: Scene, text: str) -> bool:
    """Takes the name of a language in any of them: "español", "Spanish", "english please"."""
    words, typed = scene.kit.words, bare(text)
    named = [
        each
        for each in words.languages
        if typed.strip(" .!") == each
        or set(bare(words.word(each, "onboarding.called")).split()) & set(_WORD.findall(typed))
    ]
    if len(named) == 1:
        return pressed(scene, named[0])
    ask(scene)
    return False


def speak(scene: Scene, language: str) -> None:
    """From now on in this language, the keys below the text field included."""
    if language == scene.language:
        return
    people.set_language(scene.session, scene.person.id, language)
    scene.person = replace(scene.person, language=language)
    keys = ((scene.word("keys.menu"), scene.word("keys.help_now")),)
    scene.post(Message(text=scene.kit.words.text(scene.language, "language_set"), keys=keys))


STEP = Step(ask, pressed, typed)
