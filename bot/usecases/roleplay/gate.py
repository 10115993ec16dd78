"""Before anybody practises: could somebody make them pay for speaking up? (Clinical notes, A5.)"""

from bot.care import cards
from bot.care.risk import Tier
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store.alert_items import Item
from bot.usecases import card
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def ask(scene: Scene, go_on: Button) -> None:
    """The gate before anybody practises; `go_on` is where "no" leads."""
    rows: Rows = (
        (button(scene, "unsafe", "unsafe", "yes"),),
        (go_on,),
        (button(scene, "unsure", "unsafe", "unsure"),),
    )
    text = scene.kit.words.text(scene.language, "roleplay/gate", answer="")
    scene.post(Message(text=text, buttons=rows))


def unsafe(scene: Scene, answer: str) -> None:
    """Yes or unsure: the talk is not practised here. A yes is told to the team, as in the solo
    version."""
    scene.settled = True
    help_now = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
    rows: Rows = ((help_now,), (button(scene, "partner", "partner"),))
    text = scene.kit.words.text(scene.language, "roleplay/gate", answer=answer)
    if answer == "yes":
        item = Item(
            at=scene.now,
            tier=Tier.CONCERN.value,
            source="answer",
            reason="roleplay: someone_hurts",
        )
        card.alarm(scene, Tier.CONCERN, item, cards.of_answer(Tier.CONCERN, "someone_hurts"))
    scene.post(Message(text=text, buttons=rows))
