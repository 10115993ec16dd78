"""What a happening knows of somebody's pair: which it is, the other's alias, both clocks."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import Quiet, after_quiet, placed
from bot.care.pairing import State
from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button
from bot.store import groups, members, pairs
from bot.store.pairs import StoredPair
from bot.store.people import Participant
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import hours_of, quiet_of

VERB = "pair"
"""What every button of these pages begins with; what to do and of which pair follow."""
USUAL = time(19, 0)
"""When somebody without check-in times is asked about a promise."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def are_on(scene: Scene) -> bool:
    """Whether this programme has pairs at all."""
    programme = groups.programme(scene.session)
    return programme is not None and programme.partner_pairs


def notes_are_on(scene: Scene) -> bool:
    """Whether this programme lets partners send short notes."""
    programme = groups.programme(scene.session)
    return programme is not None and programme.partner_notes


def live(scene: Scene) -> StoredPair | None:
    """The pair this person is in or is asked about. A mere proposal is the therapist's business."""
    found = pairs.live_of(scene.session, scene.person.id)
    if found is None or found.state is State.PROPOSED:
        return None
    return found if pairs.hold(scene.session, found.id) else None


def named(scene: Scene, short: str) -> StoredPair | None:
    """The live pair a button names, if it is still this person's: an old button of a pair that
    ended must never reach the next partner."""
    found = live(scene)
    return found if found is not None and found.id == long_id(short) else None


def is_on(stored: StoredPair) -> bool:
    """Whether both said yes."""
    return stored.state in (State.ACTIVE, State.PAUSED)


def alias(scene: Scene, person: UUID) -> str:
    """The name somebody goes by here; nothing else of them is ever read for their partner."""
    found = members.alias_of(scene.session, scene.kit.vault, person)
    return found or scene.word("pairs.nameless")


def partner(scene: Scene, stored: StoredPair) -> str:
    """The other one's alias."""
    return alias(scene, stored.partner_of(scene.person.id))


def button(scene: Scene, word: str, *argument: object, **values: object) -> Button:
    """A button with the words `pairs.buttons.<word>`."""
    return pressing(scene.word(f"pairs.buttons.{word}", **values), *argument)


def pressing(text: str, *argument: object) -> Button:
    """A button of these pages; ids are shortened."""
    parts = [short_id(each) if isinstance(each, UUID) else str(each) for each in argument]
    return Button(text=text, data=for_menu(VERB, ".".join(parts)))


def quiet(scene: Scene, person: UUID) -> Quiet | None:
    """Somebody's quiet hours."""
    member = members.get(scene.session, scene.kit.vault, person)
    return None if member is None else quiet_of(member)


def awake_at(scene: Scene, person: Participant, at: datetime) -> datetime:
    """The first moment from then on (UTC) that is not in somebody's quiet hours."""
    return after_quiet(quiet(scene, person.id), at, ZoneInfo(person.zone))


def until(scene: Scene, person: Participant, at: datetime) -> datetime:
    """The end (UTC) of the same local day, or the quiet hours if they begin earlier."""
    zone, silent = ZoneInfo(person.zone), quiet(scene, person.id)
    local = at.astimezone(zone)
    end = datetime.combine(local.date() + DAY, time(0), tzinfo=zone).astimezone(UTC)
    if silent is None:
        return end
    begins = placed(local.date(), silent.start, zone).at
    return begins if at < begins < end else end


def own_time(scene: Scene) -> time:
    """When this person is asked about their pair: an hour before their last check-in."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None:
        return USUAL
    silent = quiet_of(member)
    hours = hours_of(member, silent) or [USUAL]
    last = max(hours)
    earlier = (datetime.combine(date.min, last) - HOUR).time() if last.hour else last
    return last if silent is not None and silent.holds(earlier) else earlier


def asked_at(scene: Scene, day: date) -> datetime:
    """Their own time on this local date (UTC); where that is over or near, some hours from now."""
    zone = ZoneInfo(scene.person.zone)
    at = placed(day, own_time(scene), zone).at
    if at <= scene.now + HOUR:
        at = scene.now + 2 * HOUR
    return awake_at(scene, scene.person, at)


def today(scene: Scene) -> date:
    """The date where this person is."""
    return scene.now.astimezone(ZoneInfo(scene.person.zone)).date()


def next_weekday(scene: Scene, weekday: int) -> date:
    """The next such day (0 is Monday) after today, where this person is."""
    day = today(scene)
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
