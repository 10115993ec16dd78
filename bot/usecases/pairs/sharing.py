"""What the partner may see: by kind, each direction its own yes, naming who may see it.

A share counts only together with the consent to partners seeing ticks at all, so that withdrawing
either stops it, also for what is queued.
"""

from hashlib import sha256
from uuid import UUID

from bot.catalog.consents import Scope
from bot.catalog.text import said
from bot.messages.message import Message
from bot.store import pair_shares
from bot.store.outbox import guards
from bot.store.pair_shares import Kind, Share
from bot.store.pairs import StoredPair
from bot.usecases import consented
from bot.usecases.pairs import own
from bot.usecases.pairs.own import button, pressing
from bot.usecases.scene import Scene

VERSION = 1
"""Of the words in prompts/*/pairs/share.j2; it grows when they come to mean something else."""
LEVELS: dict[str, tuple[Kind, ...]] = {
    "checkin": (Kind.CHECKIN,),
    "more": (Kind.CHECKIN, Kind.PROMISE),
    "nothing": (),
}
OFF, ON = "○", "✓"


def ask_level(scene: Scene, stored: StoredPair) -> None:
    """The first choice, before anything begins; the least comes first. That the yes counts only
    with it is said: whoever stopped here had said yes, and was asked again at /partner."""
    rows = tuple((button(scene, f"level_{each}", "level", each, stored.id),) for each in LEVELS)
    counts = scene.word("pairs.yes_counts")
    text = f"{_words(scene, stored)}\n\n{counts}"
    scene.post(Message(text=text, buttons=rows, protect=True))


def choose(scene: Scene, stored: StoredPair, level: str) -> None:
    """Keeps a yes or no for every kind."""
    for kind in Kind:
        _record(scene, stored, kind, granted=kind in LEVELS[level])
    if LEVELS[level]:
        _agree(scene)


def page(scene: Scene, argument: str) -> None:
    """All kinds as switches."""
    stored = own.named(scene, argument)
    if stored is None or not own.is_on(stored):
        scene.note = scene.word("notes.old_button")
        return
    _page(scene, stored)


def switch(scene: Scene, argument: str) -> None:
    """One kind on or off; off works at once."""
    match argument.split("."):
        case [name, wanted, short] if name in {kind.value for kind in Kind}:
            stored = own.named(scene, short)
            if stored is None or not own.is_on(stored):
                scene.note = scene.word("notes.old_button")
                return
            scene.settled = True
            _record(scene, stored, Kind(name), granted=wanted == "1")
            if wanted == "1":
                _agree(scene)
            _page(scene, stored)


def seen(scene: Scene, stored: StoredPair, person: UUID) -> frozenset[Kind]:
    """What somebody lets their partner see now."""
    if not consented.agreed(scene.session, scene.kit, person, needs=Scope.PARTNER_TICKS):
        return frozenset()
    return pair_shares.granted(scene.session, stored.id, person)


def guard(scene: Scene, stored: StoredPair, person: UUID, kind: Kind) -> str:
    """The condition of whatever shows this kind of somebody to their partner."""
    agreed = guards.consents(
        Scope.PARTNER_TICKS, person, scene.kit.consents.since(Scope.PARTNER_TICKS)
    )
    return f"{guards.shared(stored.id, person, kind.value)} {agreed}"


def _page(scene: Scene, stored: StoredPair) -> None:
    now = seen(scene, stored, scene.person.id)
    rows = [
        (
            pressing(
                f"{ON if kind in now else OFF} {scene.word(f'pairs.kinds.{kind}')}",
                *("set", kind, 0 if kind in now else 1, stored.id),
            ),
        )
        for kind in Kind
    ]
    rows.append((button(scene, "page", "page"),))
    scene.post(Message(text=_words(scene, stored), buttons=tuple(rows), protect=True))


def _words(scene: Scene, stored: StoredPair) -> str:
    text = scene.kit.consents.texts.get(Scope.PARTNER_TICKS)
    happens = said(text.happens, scene.language) if text is not None else ""
    alias = own.partner(scene, stored)
    return scene.kit.words.text(scene.language, "pairs/share", alias=alias, happens=happens)


def _record(scene: Scene, stored: StoredPair, kind: Kind, *, granted: bool) -> None:
    words = f"{_words(scene, stored)}\n{scene.word(f'pairs.kinds.{kind}')}"
    recipient = stored.partner_of(scene.person.id)
    sha = sha256(words.encode()).hexdigest()
    to = (stored.id, scene.person.id, recipient, kind.value, granted, VERSION, sha, scene.now)
    pair_shares.record(scene.session, Share(*to))


def _agree(scene: Scene) -> None:
    """The words above name the consent, so the yes to them is a yes to it."""
    if not consented.agreed(scene.session, scene.kit, scene.person.id, needs=Scope.PARTNER_TICKS):
        consented.decide(scene, Scope.PARTNER_TICKS, granted=True)
