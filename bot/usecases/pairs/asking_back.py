"""When a pair writes by itself: how it begins, Monday's question, and a promise asked back."""

from datetime import timedelta
from uuid import UUID

from bot.messages.message import Message
from bot.store import pairs, promises
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.pair_shares import Kind
from bot.store.pairs import StoredPair
from bot.store.promises import End
from bot.usecases.pairs import own, sharing, telling, typed
from bot.usecases.pairs.promising import DAYS, ends, monday, offer, sunday
from bot.usecases.pairs.typed import Asks
from bot.usecases.scene import Scene


def begin(scene: Scene, stored: StoredPair) -> None:
    """Both said yes: what it is, and the first promise. For the one whose yes made it so."""
    _plan_weeks(scene, stored)
    typed.open_for(scene, stored, Asks.PROMISE)
    text = scene.kit.words.text(scene.language, "pairs/on", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=offer(scene, stored), protect=True))


def ring_begin(scene: Scene, due: Due) -> None:
    """The same for the other one, who hears of it now."""
    stored = _on(scene, due)
    if stored is None:
        return
    _plan_weeks(scene, stored)
    guard = guards.going(stored.id, scene.person.id)
    key = f"pairbegin.{stored.id.hex}.{scene.person.id.hex}"
    rows, alias = offer(scene, stored), own.partner(scene, stored)
    telling.write(scene, "on", rows, guard=guard, key=key, alias=alias)


def ring_cleared(scene: Scene, due: Due) -> None:
    """The team has looked at what this one of the two told it, and the pair goes on: whoever was
    not told of it read the other's next phrase as if nobody had looked."""
    stored = _on(scene, due)
    if stored is None:
        return
    guard, key = guards.going(stored.id, scene.person.id), _dated(scene, "pairclear", stored.id)
    rows, alias = ((own.button(scene, "page", "page"),),), own.partner(scene, stored)
    telling.write(scene, "cleared", rows, guard=guard, key=key, alias=alias)


def ring_monday(scene: Scene, due: Due) -> None:
    """A new week: one small thing? Where one is still ahead, nothing is asked."""
    stored = _on(scene, due)
    if stored is None:
        return
    telling.plan(scene, telling.MONDAY, stored.id, monday(scene))
    person = scene.person.id
    promise = promises.open_of(scene.session, scene.kit.vault, person, stored.id)
    if promise is not None and promise.day >= own.today(scene):
        return
    if promise is not None:  # its day went by without a word: nobody is asked about it twice
        promises.answer(scene.session, promise.id, End.UNSAID, scene.now)
    guard, key = guards.going(stored.id, person), _dated(scene, "pairmonday", stored.id)
    alias = own.partner(scene, stored)
    telling.write(scene, "promise", offer(scene, stored), guard=guard, key=key, alias=alias)


def ring_promise(scene: Scene, due: Due) -> None:
    """The day has come: how did it go? And, where the other one shares it, that theirs is done."""
    stored = _on(scene, due)
    if stored is None:
        return
    person = scene.person.id
    promise = promises.open_of(scene.session, scene.kit.vault, person, stored.id)
    if promise is None or promise.day > own.today(scene):
        return
    guard = guards.going(stored.id, person)
    key = f"pairpromise.{promise.id.hex}"
    telling.write(scene, "ask_back", ends(scene, promise), guard=guard, key=key, text=promise.text)
    _theirs(scene, stored, f"{key}.theirs")


def _theirs(scene: Scene, stored: StoredPair, key: str) -> None:
    """That the other one did theirs: a message of its own, because it hangs on their consent."""
    other = stored.partner_of(scene.person.id)
    latest = promises.latest_state(scene.session, other, stored.id)
    done = latest is not None and latest[0] is End.DONE
    this_week = latest is not None and (own.today(scene) - latest[1]).days < DAYS
    if not (done and this_week) or Kind.PROMISE not in sharing.seen(scene, stored, other):
        return
    passes = guards.passes(stored.id, scene.person.id)
    guard = f"{passes} {sharing.guard(scene, stored, other, Kind.PROMISE)}"
    alias = own.alias(scene, other)
    telling.write(scene, "theirs", (), guard=guard, key=key, head=False, alias=alias)


def _plan_weeks(scene: Scene, stored: StoredPair) -> None:
    telling.plan(scene, telling.MONDAY, stored.id, monday(scene))
    telling.plan(scene, telling.SUNDAY, stored.id, sunday(scene))
    tomorrow = own.today(scene) + timedelta(days=1)
    telling.plan(scene, telling.LOOK, stored.id, own.asked_at(scene, tomorrow))


def _on(scene: Scene, due: Due) -> StoredPair | None:
    """The pair of a due row, if both said yes and it has not ended."""
    stored = pairs.get(scene.session, due.subject) if due.subject is not None else None
    return stored if stored is not None and own.is_on(stored) else None


def _dated(scene: Scene, name: str, pair: UUID) -> str:
    return f"{name}.{pair.hex}.{scene.person.id.hex}.{own.today(scene):%Y%m%d}"
