"""A chat without exercises: commands, buttons and the help key; anything else gets one answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.messages.callback import MenuPress, unpack
from bot.messages.message import Message
from bot.store import people
from bot.usecases import below_card, hello, help_now, pages
from bot.usecases.incoming import Attachment, Command, Membership, Press, What, Words
from bot.usecases.scene import Scene

Page = Callable[[Scene], None]
Verb = Callable[[Scene, str], None]


@dataclass(frozen=True, slots=True)
class PlainChat:
    """What works for people of one standing.

    `commands` by name, `verbs` of buttons with their argument. `words` are asked in order whether
    a typed text is for them (True: it is, and it was answered). `otherwise` answers the rest.
    """

    commands: Mapping[str, Page]
    verbs: Mapping[str, Verb]
    otherwise: Page
    words: tuple[Callable[[Scene, str], bool], ...] = ()

    def handle(self, scene: Scene, what: What) -> None:
        """Answers one thing that reached us."""
        match what:
            case Command(name) if name in self.commands:
                self.commands[name](scene)
            case Press(data):
                self._press(scene, data)
            case Words(text) if scene.kit.words.is_word(text, "keys.help_now"):
                help_now.help_now(scene)
            case Words(text) if any(each(scene, text) for each in self.words):
                pass
            case Words(text, _, False) if not scene.heavy and below_card.reply(scene, text):
                pass
            case Words() | Attachment() if scene.heavy:
                pass  # the card is the answer; "there are no exercises here" would stand below it
            case Command() | Words() | Attachment():
                self.otherwise(scene)
            case Membership():
                pass

    def _press(self, scene: Scene, data: str) -> None:
        match unpack(data):
            case MenuPress(verb, argument) if verb in self.verbs:
                self.verbs[verb](scene, argument)
            case _:
                scene.note = scene.word("notes.old_button")
                self.otherwise(scene)


HELP: Mapping[str, Verb] = {
    "help": help_now.help_now,
    "country": help_now.countries,
    "barrier": help_now.barrier,
    "hello": hello.told,
}
"""The buttons of the help card, which works for everybody who came in."""


def speaking(then: Page, key: str) -> Verb:
    """The verb that goes on in another language, with this page; the `key` below the text field
    (by its word) would stay in the language before."""

    def speak(scene: Scene, wanted: str) -> None:
        if wanted not in scene.kit.words.languages:
            pages.languages(scene)
            return
        people.set_language(scene.session, scene.person.id, wanted)
        scene.person = replace(scene.person, language=wanted)
        scene.settled = True
        text = scene.kit.words.text(scene.language, "language_set")
        scene.post(Message(text=text, keys=((scene.word(key),),)))
        then(scene)

    return speak
