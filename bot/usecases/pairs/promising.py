"""One small promise a week: in words nobody else reads, asked back on its day, never scolded."""

from datetime import date, datetime, timedelta
from uuid import UUID

from babel.dates import format_date

from bot.care.alias import neat
from bot.messages.callback import long_id
from bot.messages.message import Button, Message, Rows
from bot.store import pairs, promises
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.pair_shares import Kind
from bot.store.pairs import StoredPair
from bot.store.promises import End, Promise
from bot.usecases.pairs import own, sharing, telling, typed
from bot.usecases.pairs.own import button, pressing
from bot.usecases.pairs.typed import Asks
from bot.usecases.scene import Scene

LONGEST = 200
READY = 3
"""So many promises are offered ready-made, for evenings without words."""
DAYS = 7
IN_DAYS = 3
"""A promise whose day nobody chose is asked back so many days later."""
MONDAY, SUNDAY = 0, 6


def begin(scene: Scene, stored: StoredPair) -> None:
    """Both said yes: what it is, and the first promise. For the one whose yes made it so."""
    _plan_weeks(scene, stored)
    text = scene.kit.words.text(scene.language, "pairs/on", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=_offer(scene, stored), protect=True))


def ring_begin(scene: Scene, due: Due) -> None:
    """The same for the other one, who hears of it now."""
    stored = _on(scene, due)
    if stored is None:
        return
    _plan_weeks(scene, stored)
    guard = guards.going(stored.id, scene.person.id)
    key = f"pairbegin.{stored.id.hex}.{scene.person.id.hex}"
    rows, alias = _offer(scene, stored), own.partner(scene, stored)
    telling.write(scene, "on", rows, guard=guard, key=key, alias=alias)


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
        promises.answer(scene.session, promise.id, End.DROPPED, scene.now)
    guard, key = guards.going(stored.id, person), _dated(scene, "pairmonday", stored.id)
    alias = own.partner(scene, stored)
    telling.write(scene, "promise", _offer(scene, stored), guard=guard, key=key, alias=alias)


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
    telling.write(scene, "ask_back", _ends(scene, promise), guard=guard, key=key, text=promise.text)
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


def ask(scene: Scene, argument: str) -> None:
    """By their own wish: the open promise, or a new one."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    promise = promises.open_of(scene.session, scene.kit.vault, scene.person.id, stored.id)
    if promise is not None:
        _show(scene, promise)
        return
    text = scene.kit.words.text(scene.language, "pairs/promise", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=_offer(scene, stored), protect=True))


def write(scene: Scene, argument: str) -> None:
    """They would like to type it."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    typed.open_for(scene, stored, Asks.PROMISE)
    scene.say("pairs/said", what="write_promise", alias="")


def take_words(scene: Scene, stored: StoredPair, text: str) -> None:
    """The words they typed."""
    words = neat(text)
    if not words or len(words) > LONGEST:
        why = "too_long" if words else "empty"
        text = scene.word(f"refused.{why}", high=LONGEST)
        scene.post(Message(text=text))
        return
    typed.close(scene)
    _make(scene, stored, words)


def ready(scene: Scene, argument: str) -> None:
    """One of the ready-made ones."""
    number, _, short = argument.partition(".")
    stored = own.named(scene, short)
    known = {str(each) for each in range(READY)}
    if stored is None or not own.is_on(stored) or number not in known:
        scene.note = scene.word("notes.old_button")
        return
    scene.settled = True
    _make(scene, stored, scene.word(f"pairs.ready.{number}"))


def day(scene: Scene, argument: str) -> None:
    """By which day."""
    promise, chosen = _pressed(scene, argument)
    if promise is None or not (chosen.isascii() and chosen.isdigit() and len(chosen) < 8):
        scene.note = scene.word("notes.old_button")
        return
    first = own.today(scene)
    by = date.fromordinal(max(1, min(int(chosen), date.max.toordinal())))
    if not first <= by < first + timedelta(days=DAYS):
        scene.note = scene.word("notes.old_button")
        return
    scene.settled = True
    promises.set_day(scene.session, promise.id, by)
    _plan(scene, promise, by)
    text = scene.kit.words.text(
        scene.language, "pairs/promised", day=_day(scene, by), sure=True, text=promise.text
    )
    scene.post(Message(text=text, protect=True))


def did(scene: Scene, argument: str) -> None:
    """Done, moved or dropped: each is a good answer."""
    promise, said = _pressed(scene, argument)
    if promise is None or said not in {End.DONE, End.MOVED, End.DROPPED} or promise.pair is None:
        scene.note = scene.word("notes.old_button")
        return
    end = End(said)
    scene.settled = True
    if not promises.answer(scene.session, promise.id, end, scene.now):
        scene.note = scene.word("notes.answered")
        return
    telling.call_off(scene, promise.pair, scene.person.id, telling.PROMISE)
    stored = own.live(scene)
    here = stored is not None and stored.id == promise.pair and own.is_on(stored)
    if end is End.MOVED and stored is not None and here:
        _make(scene, stored, promise.text)
        return
    shared = stored is not None and here and end is End.DONE
    seen = sharing.seen(scene, stored, scene.person.id) if shared and stored else frozenset()
    alias = own.partner(scene, stored) if stored is not None and Kind.PROMISE in seen else ""
    text = scene.kit.words.text(scene.language, "pairs/answered", end=end.value, alias=alias)
    scene.post(Message(text=text))


def skip(scene: Scene, _: str) -> None:
    """Not this week."""
    scene.settled = True
    scene.note = scene.word("notes.taken")


def monday(scene: Scene) -> datetime:
    """The next Monday at their own time (UTC)."""
    return own.asked_at(scene, own.next_weekday(scene, MONDAY))


def sunday(scene: Scene) -> datetime:
    """The next Sunday at their own time (UTC)."""
    return own.asked_at(scene, own.next_weekday(scene, SUNDAY))


def _plan_weeks(scene: Scene, stored: StoredPair) -> None:
    telling.plan(scene, telling.MONDAY, stored.id, monday(scene))
    telling.plan(scene, telling.SUNDAY, stored.id, sunday(scene))
    tomorrow = own.today(scene) + timedelta(days=1)
    telling.plan(scene, telling.LOOK, stored.id, own.asked_at(scene, tomorrow))


def _on(scene: Scene, due: Due) -> StoredPair | None:
    """The pair of a due row, if both said yes and it has not ended."""
    stored = pairs.get(scene.session, due.subject) if due.subject is not None else None
    return stored if stored is not None and own.is_on(stored) else None


def _offer(scene: Scene, stored: StoredPair) -> Rows:
    lines = [
        (pressing(scene.word(f"pairs.ready.{number}"), "ready", number, stored.id),)
        for number in range(READY)
    ]
    own_words = (button(scene, "write", "write", stored.id),)
    return (own_words, *lines, (button(scene, "skip_promise", "skip"),))


def _make(scene: Scene, stored: StoredPair, text: str) -> None:
    by = own.today(scene) + timedelta(days=IN_DAYS)
    before = promises.open_of(scene.session, scene.kit.vault, scene.person.id, stored.id)
    if before is not None:  # one at a time: a new one takes the place of the open one
        promises.answer(scene.session, before.id, End.DROPPED, scene.now)
    promise = promises.make(
        *(scene.session, scene.kit.vault, scene.person.id, stored.id, text, by, scene.now)
    )
    _plan(scene, promise, by)
    _show(scene, promise)


def _show(scene: Scene, promise: Promise) -> None:
    """The promise, and the days it could be for."""
    first = own.today(scene)
    days = [first + timedelta(days=ahead) for ahead in range(DAYS)]
    buttons = [pressing(_day(scene, each), "day", promise.id, each.toordinal()) for each in days]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, DAYS, 2)]
    done = tuple(_end(scene, promise, each) for each in (End.DONE, End.DROPPED))
    by = _day(scene, promise.day)
    text = scene.kit.words.text(
        scene.language, "pairs/promised", day=by, sure=False, text=promise.text
    )
    scene.post(Message(text=text, buttons=(*rows, done), protect=True))


def _ends(scene: Scene, promise: Promise) -> Rows:
    return tuple((_end(scene, promise, each),) for each in (End.DONE, End.MOVED, End.DROPPED))


def _end(scene: Scene, promise: Promise, end: End) -> Button:
    return button(scene, f"did_{end}", "did", promise.id, end.value)


def _plan(scene: Scene, promise: Promise, by: date) -> None:
    assert promise.pair is not None  # only made in a pair
    telling.plan(scene, telling.PROMISE, promise.pair, own.asked_at(scene, by))


def _pressed(scene: Scene, argument: str) -> tuple[Promise | None, str]:
    """The promise a button names, if it is this person's, and what else the button says."""
    short, _, rest = argument.partition(".")
    promise_id = long_id(short)
    found = promises.get(scene.session, scene.kit.vault, promise_id) if promise_id else None
    return (found if found is not None and found.person == scene.person.id else None), rest


def _day(scene: Scene, day: date) -> str:
    return str(format_date(day, "EEEE d", locale=scene.language))


def _dated(scene: Scene, name: str, pair: UUID) -> str:
    return f"{name}.{pair.hex}.{scene.person.id.hex}.{own.today(scene):%Y%m%d}"
