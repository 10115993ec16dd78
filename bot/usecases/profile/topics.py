"""Topics somebody wants to be warned of before an exercise, or spared."""

from uuid import UUID, uuid5

from bot.catalog.exercise import Topic
from bot.catalog.topics import Wish, after
from bot.messages.message import Message, Rows
from bot.store import outbox, spared
from bot.usecases.profile.step import Step, again, button
from bot.usecases.scene import Scene

NAME = "topics"
DONE, NONE = "done", "none"
SIGN = {None: "○", Wish.WARN: "!", Wish.SPARE: "–"}


def ask(scene: Scene) -> None:
    """All topics in one message of their own."""
    _page(scene, redraws=False)


def pressed(scene: Scene, choice: str) -> bool:
    """Sets one topic to what its button says, or goes on."""
    topic, _, wish = choice.partition(".")
    if topic == DONE:
        return True
    if topic in {each.value for each in Topic} and wish in (NONE, *(each.value for each in Wish)):
        _set(scene, Topic(topic), None if wish == NONE else Wish(wish))
        _page(scene, redraws=True)
    else:
        ask(scene)
    return False


def said(scene: Scene, wishes: spared.Wishes) -> list[str]:
    """What is wished, in words."""
    return [
        scene.word(f"topics.wish.{wish}", topic=scene.word(f"topics.names.{topic}"))
        for topic, wish in wishes.items()
    ]


def _set(scene: Scene, topic: Topic, wish: Wish | None) -> None:
    session, vault, person = scene.session, scene.kit.vault, scene.person.id
    before = spared.of_person(session, vault, person)
    wishes = {each: was for each, was in before.items() if each is not topic}
    spared.keep(*(session, vault, person), {**wishes, **({topic: wish} if wish else {})}, scene.now)


def _page(scene: Scene, *, redraws: bool) -> None:
    """The same message is changed by every tap, so that there is one place to look at."""
    page = _page_id(scene.person.id)
    if redraws:
        outbox.drop_redraws(scene.session, page)
    text = scene.kit.words.text(scene.language, "onboarding/topics")
    message = Message(text=text, buttons=_buttons(scene), protect=True)
    scene.post(message, asks=(page, 0), redraws=redraws)


def _buttons(scene: Scene) -> Rows:
    wishes = spared.of_person(scene.session, scene.kit.vault, scene.person.id)
    rows = []
    for topic in Topic:
        wish = wishes.get(topic)
        name = scene.word(f"topics.names.{topic}")
        label = scene.word(f"topics.wish.{wish}", topic=name) if wish else name
        following = after(wish)
        choice = f"{topic}.{following.value if following else NONE}"
        rows.append((button(f"{SIGN[wish]} {label}", NAME, choice),))
    return (*rows, (button(scene.word("onboarding.go_on"), NAME, DONE),))


def _page_id(person: UUID) -> UUID:
    return uuid5(person, NAME)


STEP = Step(ask, pressed, again(ask))
