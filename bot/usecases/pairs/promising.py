"""One small promise a week: in words nobody else reads, asked back on its day, never scolded."""

from datetime import date, datetime, timedelta

from babel.dates import format_date

from bot.care.alias import neat
from bot.catalog.bare import bare
from bot.messages.callback import long_id, number_in
from bot.messages.message import Button, Message, Rows
from bot.store import promises
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


def ask(scene: Scene, argument: str) -> None:
    """By their own wish: the open promise, or a new one."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    promise = promises.open_of(scene.session, scene.kit.vault, scene.person.id, stored.id)
    if promise is not None:
        _show(scene, stored, promise)
        return
    typed.open_for(scene, stored, Asks.PROMISE)
    text = scene.kit.words.text(scene.language, "pairs/promise", alias=own.partner(scene, stored))
    scene.post(Message(text=text, buttons=offer(scene, stored), protect=True))


def write(scene: Scene, argument: str) -> None:
    """They would like to type it."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    typed.open_for(scene, stored, Asks.PROMISE)
    scene.say("pairs/said", what="write_promise", alias="")


def take_words(scene: Scene, stored: StoredPair, text: str) -> None:
    """The words they typed; words of danger are no promise to note, and to ask back on a day."""
    if scene.heavy:
        typed.close(scene)
        again = ((button(scene, "promise", "promise", stored.id),),)
        said = scene.kit.words.text(scene.language, "pairs/promise_kept")
        scene.post(Message(text=said, buttons=again))
        return
    words = neat(text)
    if _is_label(scene, stored, bare(words.strip(" .!¡"))):
        return
    if not words or len(words) > LONGEST:
        why = "too_long" if words else "empty"
        text = scene.line(f"refused.{why}", high=LONGEST)
        scene.post(Message(text=text))
        return
    typed.close(scene)
    _make(scene, stored, words)


def _is_label(scene: Scene, stored: StoredPair, said: str) -> bool:
    """Does what a button of the question does, where its words were typed; or a plain no."""
    for number in range(READY):
        if said in scene.kit.words.listed(f"pairs.ready.{number}"):
            typed.close(scene)
            _make(scene, stored, scene.word(f"pairs.ready.{number}"))
            return True
    yeses = ("pairs.buttons.write", "pairs.typed_yes")
    if any(said in scene.kit.words.listed(each) for each in yeses):
        scene.say("pairs/said", what="write_promise", alias="")
        return True
    noes = ("pairs.buttons.skip_promise", "pairs.typed_no", "onboarding.declined")
    if any(said in scene.kit.words.listed(each) for each in noes):
        typed.close(scene)
        scene.say("pairs/said", what="not_this_week", alias="")
        return True
    return False


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
    number = number_in(chosen, 7)
    if promise is None or number is None:
        scene.note = scene.word("notes.old_button")
        return
    by = date.fromordinal(max(1, min(number, date.max.toordinal())))
    if set_day(scene, promise, by):
        scene.settled = True
    else:
        scene.note = scene.word("notes.old_button")


def set_day(scene: Scene, promise: Promise, by: date) -> bool:
    """Keeps the day; False where it is not one of the next seven."""
    first = own.today(scene)
    if not first <= by < first + timedelta(days=DAYS):
        return False
    typed.close(scene)
    promises.set_day(scene.session, promise.id, by)
    _plan(scene, promise, by)
    text = scene.kit.words.text(
        scene.language, "pairs/promised", day=_day(scene, by), sure=True, text=promise.text
    )
    scene.post(Message(text=text, protect=True))
    return True


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


def offer(scene: Scene, stored: StoredPair) -> Rows:
    """Their own words first, then what is ready-made, then not this week."""
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
    _show(scene, stored, promise)


def _show(scene: Scene, stored: StoredPair, promise: Promise) -> None:
    """The promise, and the days it could be for."""
    typed.open_for(scene, stored, Asks.DAY)
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


def ends(scene: Scene, promise: Promise) -> Rows:
    """How it can end."""
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
