"""Sunday, a tap or two: did we keep it, where nobody has said; keep the pair, rest, or somebody
else. And a kind end."""

from datetime import timedelta

from bot.care.pairing import End as Over
from bot.care.pairing import Rest, State
from bot.messages.message import Message, Rows
from bot.store import pair_wishes, pairs, promises
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.pair_wishes import Wants
from bot.store.pairs import StoredPair
from bot.store.promises import End
from bot.usecases.pairs import asking, own, promising, telling
from bot.usecases.pairs.own import button
from bot.usecases.scene import Scene

KEPT = ("yes", "partly", "no")
THEN = ("keep", "rest", "another")
NEW = timedelta(days=3)
"""So young, a pair has no week to look back at: it was asked the day after it began."""


def ring(scene: Scene, due: Due) -> None:
    """Asks how the week was; of a pair that has ended it is said, once, that it has."""
    stored = pairs.get(scene.session, due.subject) if due.subject is not None else None
    if stored is None or not stored.pair.is_live:
        _closed(scene, due)
        return
    telling.plan(scene, telling.SUNDAY, stored.id, promising.sunday(scene))
    if not own.is_on(stored):
        return
    guard = guards.going(stored.id, scene.person.id)
    key = f"pairsunday.{stored.id.hex}.{scene.person.id.hex}.{own.today(scene):%Y%m%d}"
    asks = _is_unsaid(scene, stored)
    if not asks and stored.active_at is not None and scene.now - stored.active_at < NEW:
        return
    rows: Rows = ((*(button(scene, f"kept_{each}", "kept", each, stored.id) for each in KEPT),),)
    rows = rows if asks else _ways(scene, stored)
    alias = own.partner(scene, stored)
    telling.write(scene, "week", rows, guard=guard, key=key, alias=alias, asks=asks)


def _is_unsaid(scene: Scene, stored: StoredPair) -> bool:
    """Whether something was set for this week, and its day went by without a word. Whoever set
    nothing, has said how it went, or is asked about it this very evening, is not asked twice."""
    latest = promises.latest_state(scene.session, scene.person.id, stored.id)
    if latest is None:
        return False
    end, day = latest
    past = (own.today(scene) - day).days
    return end in (End.OPEN, End.UNSAID) and 0 < past < promising.DAYS


def _ways(scene: Scene, stored: StoredPair) -> Rows:
    return tuple((button(scene, f"then_{each}", "then", each, stored.id),) for each in THEN)


def _closed(scene: Scene, due: Due) -> None:
    if own.live(scene) is not None:  # somebody else is there already; nothing to say
        return
    subject = due.subject.hex if due.subject is not None else ""
    key = f"pairclosed.{subject}.{scene.person.id.hex}"
    rows = ((button(scene, "want", "want", "yes"),), (button(scene, "not_now", "skip"),))
    guard = guards.awake(scene.person.id)
    telling.write(scene, "closed", rows, guard=guard, key=key)


def kept(scene: Scene, argument: str) -> None:
    """The first tap."""
    answer, _, short = argument.partition(".")
    stored = own.named(scene, short)
    if stored is None or answer not in KEPT:
        asking.gone(scene)
        return
    scene.settled = True
    if not pairs.look_back(scene.session, stored.id, scene.person.id, own.today(scene)):
        scene.note = scene.word("notes.answered")
        return
    text = scene.kit.words.text(
        scene.language, "pairs/week_then", kept=answer, alias=own.partner(scene, stored)
    )
    scene.post(Message(text=text, buttons=_ways(scene, stored)))


def then(scene: Scene, argument: str) -> None:
    """The second tap."""
    choice, _, short = argument.partition(".")
    stored = own.named(scene, short)
    if stored is None or choice not in THEN:
        asking.gone(scene)
        return
    scene.settled = True
    match choice:
        case "rest":
            pairs.take(scene.session, stored.id, Rest(scene.person.id), scene.now)
        case "another":
            another(scene, stored)
            return
    what = "resting" if choice == "rest" else "kept"
    scene.say("pairs/said", what=what, alias=own.partner(scene, stored))


def another(scene: Scene, stored: StoredPair) -> None:
    """This pair ends; the therapist may propose somebody else."""
    asking.end(scene, stored)
    wish(scene, Wants.YES)
    scene.say("pairs/said", what="another", alias="")


def wish(scene: Scene, wants: Wants) -> None:
    """Whether this person would like a partner. A no also ends what is only a proposal yet."""
    session, vault, person = scene.session, scene.kit.vault, scene.person.id
    known = pair_wishes.get(session, vault, person)
    proposed = pairs.live_of(session, person)
    if wants is Wants.NO and proposed is not None and proposed.state is State.PROPOSED:
        pairs.take(session, proposed.id, Over(person), scene.now)
    pair_wishes.keep(session, vault, person, known.model_copy(update={"wants": wants}), scene.now)
