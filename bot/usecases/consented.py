"""Whether somebody's words may be used for somebody else: the one place where that is decided.

Whatever shows, counts or sends anything of one person to another asks `agreed` and names the scope
it `needs`; what it queues carries `guard`, so that a withdrawal also stops what already waits.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.consent import Given, allowed, to_ask_again
from bot.catalog.consents import Scope
from bot.messages import zones
from bot.messages.office_hours import office_hours
from bot.store import board, consents, groups, members, staff
from bot.store.consents import Event
from bot.store.outbox import guards
from bot.usecases import returns
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

_KNOWN: Final = {scope.value: scope for scope in Scope}


def agreed(session: Session, kit: Kit, person: UUID, *, needs: Scope) -> bool:
    """Whether this person's yes to that scope stands, in the words of today."""
    return allowed(needs, given(session, person), kit.consents)


def who_agreed(
    session: Session, kit: Kit, people: Collection[UUID], *, needs: Scope
) -> frozenset[UUID]:
    """Those of these people whose yes stands: the same as `agreed`, for a whole group at once."""
    newest = consents.newest_of(session, people, (Scope.FRAME, needs))
    return frozenset(
        person
        for person, events in newest.items()
        if allowed(
            needs,
            {Scope(scope): Given(each.granted, each.version) for scope, each in events.items()},
            kit.consents,
        )
    )


def guard(kit: Kit, person: UUID, *, needs: Scope) -> str:
    """The condition a message made from this person's words carries (see `outbox.guards`)."""
    since = kit.consents.since(needs)
    return f"{guards.consents(needs, person, since)} {guards.member(person)}"


def given(session: Session, person: UUID) -> dict[Scope, Given]:
    """The newest word of somebody on each scope we still know."""
    return {
        _KNOWN[scope]: Given(*word)
        for scope, word in consents.last_words(session, person).items()
        if scope in _KNOWN
    }


def decide(scene: Scene, scope: Scope, *, granted: bool) -> None:
    """Keeps what somebody said; from this transaction on it counts, for lines on the board too."""
    text = scene.kit.consents.texts.get(scope)
    if text is None:  # nobody can agree to words that are not there
        return
    event = Event(scope.value, granted, text.version, text.sha(scene.language), scene.now)
    consents.record(scene.session, scene.person.id, event)
    if scope is Scope.BOARD_LINES and not granted:
        board.take_back_all(scene.session, scene.person.id)


def readers(scene: Scene) -> tuple[str, ...]:
    """The names of those besides the person who may open what they write in exercises."""
    if not agreed(scene.session, scene.kit, scene.person.id, needs=Scope.THERAPIST_READS):
        return ()
    return team(scene)


def team(scene: Scene) -> tuple[str, ...]:
    """The names of those who look after the person's group, in order."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None:
        return ()
    looked_after = staff.of_group(scene.session, scene.kit.vault, member.group)
    return tuple(each.name for each in looked_after)


def hours(scene: Scene) -> str:
    """When the team reads, on the clocks of the group, and who is away; "" where nobody said."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None:
        return ""
    spans = [
        (each.weekday, each.opens, each.closes)
        for each in groups.hours_of(scene.session, member.group)
    ]
    usual = office_hours(scene.kit.words, scene.language, spans)
    group = groups.group(scene.session, member.group)
    if usual and group is not None and _is_another_clock(scene, group.zone):
        city = zones.city(group.zone, scene.language)
        usual = f"{usual}, {scene.word('office_hours.of', city=city)}"
    return "; ".join(each for each in (usual, returns.said(scene)) if each)


def _is_another_clock(scene: Scene, zone: str) -> bool:
    """Whether it is another time there now: “9:00–17:00” would be read on the person's own."""
    there, here = (scene.now.astimezone(ZoneInfo(each)) for each in (zone, scene.person.zone))
    return there.utcoffset() != here.utcoffset()


def changed(scene: Scene) -> tuple[Scope, ...]:
    """The scopes whose words came to mean something else since this person agreed."""
    return to_ask_again(given(scene.session, scene.person.id), scene.kit.consents)
