"""Short notes in a partner's own words, where the programme allows them: screened first, and short.

Words of danger never pass. Their writer has been shown help before anything here happens (`watch`);
the partner learns only that it was more than a partner should carry.
"""

from bot.care.alias import neat
from bot.care.pairing.notes import LONGEST, Unfit, unfit
from bot.catalog.risk import Tier
from bot.messages.message import Message
from bot.store import nudges
from bot.store.alert_items import Item
from bot.store.pairs import StoredPair
from bot.usecases import alert as alarms
from bot.usecases import card, menu, pages
from bot.usecases.help_now import STEADY
from bot.usecases.pairs import nudging, own, typed
from bot.usecases.pairs.typed import Asks
from bot.usecases.scene import Scene


def ask(scene: Scene, argument: str) -> None:
    """They would like to write something of their own."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored) or not own.notes_are_on(scene):
        scene.note = scene.word("notes.old_button")
        return
    typed.open_for(scene, stored, Asks.NOTE)
    text = scene.kit.words.text(
        scene.language, "pairs/note_ask", alias=own.partner(scene, stored), most=LONGEST
    )
    scene.post(Message(text=text))


def take_words(scene: Scene, stored: StoredPair, text: str) -> None:
    """The note they typed: passed on, refused kindly, or kept away from the partner."""
    if not own.notes_are_on(scene):
        typed.close(scene)
        return
    alias = own.partner(scene, stored)
    if scene.heavy:
        typed.close(scene)
        if not nudging.rests(stored, scene.person.id):
            nudging.send(scene, stored, phrase=nudging.HEAVY)
        scene.say("pairs/note_kept", alias=alias)
        return
    note = neat(text)
    why = unfit(note)
    if why is not None:
        _refuse(scene, why, alias)
        return
    typed.close(scene)
    resting = nudging.rests(stored, scene.person.id)
    passed = not resting and nudging.send(scene, stored, note=note)
    word = "passed" if passed else "you_rest" if resting else "full"
    said = scene.line(f"pairs.notes.{word}", alias=alias, most=nudges.A_DAY)
    scene.post(Message(text=said))


def _refuse(scene: Scene, why: Unfit, alias: str) -> None:
    scene.say("pairs/note_refused", why=why.value, most=LONGEST, alias=alias)


def hard(scene: Scene, answer: str) -> None:
    """How it was for the partner: fine, a bit, or the therapist should know."""
    scene.settled = True
    match answer:
        case "tool":
            scene.say("pairs/said", what="hard_tool", alias="")
            if scene.kit.library.find(STEADY) is not None:
                pages.begin(scene, STEADY)
            else:
                menu.menu(scene)
        case "tell":
            tell_team(scene, "partner_hard")
        case _:
            scene.say("pairs/said", what="hard_fine", alias="")


def tell_team(scene: Scene, reason: str) -> None:
    """The therapist is told by the same way as of everything else, without content."""
    item = Item(at=scene.now, tier=Tier.CONCERN.value, source="request", reason=reason)
    raised = alarms.raise_alert(scene, Tier.CONCERN, item)
    scene.say("pairs/told", reason=reason, told=card.told(scene, raised))
    alarms.send(scene, raised)
