"""Would you like to? Both are asked, by alias; a no is silent, a yes says what may be seen."""

from uuid import UUID

from bot.care.pairing import Accept, End, State
from bot.messages.message import Message, Rows
from bot.store import pairs
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.pairs import StoredPair
from bot.usecases.pairs import asking_back, own, promising, sharing, telling
from bot.usecases.pairs.own import button
from bot.usecases.scene import Scene


def ask_both(scene: Scene, stored: StoredPair) -> None:
    """The therapist approved: each of the two is asked, as soon as it is not quiet there."""
    for each in stored.people:
        person = telling.other(scene, each)
        if person is not None:
            telling.plan_for(scene, person, telling.ASK, stored.id)


def ring(scene: Scene, due: Due) -> None:
    """Asks one of the two."""
    stored = pairs.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or stored.state is not State.APPROVED:
        return
    guard = f"{guards.asked(stored.id, scene.person.id)} {guards.awake(scene.person.id)}"
    key = f"pairask.{stored.id.hex}.{scene.person.id.hex}"
    alias = own.partner(scene, stored)
    telling.write(scene, "asked", _rows(scene, stored), guard=guard, key=key, alias=alias)


def again(scene: Scene, stored: StoredPair) -> None:
    """The question as a page: for whoever comes by themselves."""
    alias = own.partner(scene, stored)
    if stored.pair.side(scene.person.id).accepted:
        text = scene.kit.words.text(scene.language, "pairs/waiting", alias=alias)
        no = button(scene, "changed_mind", "no", stored.id)
        scene.post(Message(text=text, buttons=((no,),), protect=True))
        return
    text = scene.kit.words.text(scene.language, "pairs/asked", alias=alias)
    scene.post(Message(text=text, buttons=_rows(scene, stored), protect=True))


def _rows(scene: Scene, stored: StoredPair) -> Rows:
    return (
        (button(scene, "yes", "yes", stored.id),),
        (button(scene, "no", "no", stored.id),),
    )


def yes(scene: Scene, argument: str) -> None:
    """Before a yes counts, they choose what the other may see."""
    stored = own.named(scene, argument)
    if stored is None or stored.state is not State.APPROVED:
        gone(scene)
        return
    scene.settled = True
    sharing.ask_level(scene, stored)


def level(scene: Scene, argument: str) -> None:
    """What the other may see is chosen: the yes counts."""
    chosen, _, short = argument.partition(".")
    stored = own.named(scene, short)
    if stored is None or chosen not in sharing.LEVELS:
        gone(scene)
        return
    scene.settled = True
    if own.is_on(stored):  # tapped twice
        scene.note = scene.word("notes.answered")
        return
    sharing.choose(scene, stored, chosen)
    accept(scene, stored)


def accept(scene: Scene, stored: StoredPair) -> None:
    """This one says yes; with the other's yes it begins for both."""
    now_on = pairs.take(scene.session, stored.id, Accept(scene.person.id), scene.now)
    if now_on is None:
        return
    telling.plan(scene, telling.SUNDAY, stored.id, promising.sunday(scene))
    if not own.is_on(now_on):
        text = scene.kit.words.text(
            scene.language, "pairs/waiting", alias=own.partner(scene, stored)
        )
        scene.post(Message(text=text, protect=True))
        return
    asking_back.begin(scene, now_on)
    other = telling.other(scene, stored.partner_of(scene.person.id))
    if other is not None:
        telling.plan_for(scene, other, telling.BEGIN, stored.id)


def no(scene: Scene, argument: str) -> None:
    """A no, at once and without a word to the other."""
    stored = own.named(scene, argument)
    if stored is None or own.is_on(stored):
        gone(scene)
        return
    scene.settled = True
    end(scene, stored)
    scene.say("pairs/said", what="declined", alias="")


def end(scene: Scene, stored: StoredPair) -> None:
    """It is over from this transaction on, also for what is queued. The other hears on Sunday that
    it has come to an end, and never from whom or why."""
    pairs.take(scene.session, stored.id, End(scene.person.id), scene.now)
    forget_plans(scene, stored, scene.person.id)
    telling.call_off(scene, stored.id, scene.person.id, telling.SUNDAY)
    forget_plans(scene, stored, stored.partner_of(scene.person.id))


def forget_plans(scene: Scene, stored: StoredPair, person: UUID) -> None:
    """Nothing of this pair comes to this one any more, but the word on Sunday."""
    kinds = (
        telling.ASK,
        telling.BEGIN,
        telling.MONDAY,
        telling.PROMISE,
        telling.LOOK,
        telling.CLEARED,
    )
    telling.call_off(scene, stored.id, person, *kinds)


def gone(scene: Scene) -> None:
    """The button is from a pair or a question that is no more."""
    scene.note = scene.word("notes.old_button")
    scene.say("pairs/said", what="gone", alias="")
