"""Two made-up weeks of one small group: its people, sessions, promises, lines and one alert."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.care.cadence import Outage
from bot.care.pairing import Accept, Approve
from bot.catalog.measure import StaffMeasure
from bot.catalog.risk import Tier
from bot.cli.made_up.deeds import Deeds
from bot.cli.made_up.keeping import Someone, Stage, live_through, moment, take_in
from bot.cli.made_up.leo import LEO
from bot.cli.made_up.lines import answer_the_question, fill_the_board, pick_the_question
from bot.cli.made_up.maya import MAYA
from bot.cli.made_up.others import EGRET, FINCH, OTHERS, ROBIN, WREN
from bot.cli.made_up.story import DAYS
from bot.store import (
    alerts,
    assignments,
    enabled,
    outages,
    pairs,
    promises,
    tellings,
)
from bot.store.alert_items import Detail, Item
from bot.store.assignments import Assignment
from bot.store.groups import Group
from bot.store.ids import new_id
from bot.store.pairs import StoredPair
from bot.store.promises import End
from bot.usecases import measures
from bot.usecases.assign import due_day
from bot.usecases.kit import Kit
from bot.usecases.pairs import own, promising, sharing, telling
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from bot.usecases.timetable.facts import meetings

FIRST = 2001
"""The Telegram id of the first of those who have no phone on the page."""
WEEKLY = "cbt.thought7"
"""What the therapist gave to the group after the last session."""
FORM = "barc10"
"""The form of which staff wrote down the scores."""
DOWN = (5, "19:40", "21:30")
"""We were down: so many days ago, from, to (the group's clock)."""
NOTE = "Called back at 10:20. A hard weekend, no intent, not alone. Went through the plan together."


def bring_in(
    session: Session, kit: Kit, group: Group, cast: tuple[Known, Known], now: datetime, staff: UUID
) -> None:
    """Everything of two weeks up to now. `cast` are Maya and Leo; the others have no phones."""
    stage = Stage(session, kit, group, _sessions(session, group, now), _down(group, now), now)
    outages.add(session, stage.down)
    others = [Known(FIRST + at, "en", group.zone, each.alias) for at, each in enumerate(OTHERS)]
    stories = zip((MAYA, LEO, *OTHERS), (*cast, *others), strict=True)
    people = {story.alias: take_in(stage, story, known) for story, known in stories}
    deeds = Deeds(stage, staff)
    _alert(stage, people[WREN.alias], deeds)
    _assign(stage, list(people.values()), deeds)
    for two in ((WREN, FINCH), (ROBIN, EGRET)):
        _pair(stage, [people[each.alias] for each in two], deeds)
    pick_the_question(stage, deeds)
    for each in people.values():
        live_through(stage, each)
        _scores(stage, each, deeds)
        answer_the_question(stage, each)
    fill_the_board(stage, list(people.values()), deeds)
    deeds.write()


def _sessions(session: Session, group: Group, now: datetime) -> tuple[datetime, ...]:
    """The group's sessions of the two weeks (UTC)."""
    today = now.astimezone(ZoneInfo(group.zone)).date()
    found = meetings(session, group, today - timedelta(days=DAYS), today)
    return tuple(sorted(at for _, at, _ in found if at <= now))


def _down(group: Group, now: datetime) -> Outage:
    ago, *hours = DOWN
    return Outage(*(moment(group.zone, now, ago, each) for each in hours))


def _alert(stage: Stage, who: Someone, deeds: Deeds) -> None:
    """One alert from its rising to its end, by an answer in a morning check-in."""
    assert who.story.unsure_on is not None
    at = who.at(who.story.unsure_on, "08:20")
    session, vault, person = stage.session, stage.kit.vault, who.person.id
    item = Item(at=at, tier=Tier.CONCERN.value, source="answer", reason="check.core: unsafe_unsure")
    detail = Detail(routed_at=at, carded_at=at, carded=Tier.CONCERN.value).plus(item)
    alert = alerts.add(
        session, vault, person, stage.group.id, Tier.CONCERN, item.source, detail, at
    )
    taken, closed = at + timedelta(minutes=41), at + timedelta(hours=2, minutes=10)
    tellings.note(session, alert, deeds.staff, "chat", 1, f"made-up.{alert.id.hex}", at)
    took = {"state": "taken", "taken_by": deeds.staff, "taken_at": taken}
    took |= {"told": "seen", "level": 1}
    alert = alerts.change(session, alert, **took)
    alerts.close(session, vault, alert, deeds.staff, NOTE, closed)
    why = Tier.CONCERN.value
    deeds.note("alert.raised", person, why, at, by=False)
    deeds.note("alert.taken", person, why, taken)
    deeds.note("alert.viewed", person, why, taken + timedelta(minutes=1))
    deeds.note("alert.closed", person, why, closed)


def _assign(stage: Stage, people: list[Someone], deeds: Deeds) -> None:
    """This week's exercise for everybody, given after the last session."""
    at = (stage.sessions[-1] if stage.sessions else stage.now) + timedelta(hours=2)
    at = min(at, stage.now)
    until = due_day(stage.session, stage.group, stage.now)
    given = Assignment(new_id(at), stage.group.id, None, WEEKLY, deeds.staff, at, until)
    assignments.add(stage.session, given)
    for each in people:
        enabled.enable(stage.session, each.person.id, WEEKLY, deeds.staff, at)
    deeds.note("exercise.assigned", None, stage.group.id.hex, at)


def _pair(stage: Stage, two: list[Someone], deeds: Deeds) -> None:
    """Two partners since the first week, with last week's promises kept and this week's open."""
    session, at = stage.session, two[0].at(12, "11:00")
    first, second = (each.person.id for each in two)
    pair = pairs.propose(session, stage.group.id, (first, second), ("hours.2",), at)
    assert pair is not None
    pairs.take(session, pair.id, Approve(), at + timedelta(hours=1))
    pairs.note_approval(session, pair.id, deeds.staff)
    for person in (first, second):
        deeds.note("pair.approved", person, "care", at + timedelta(hours=1))
        pairs.take(session, pair.id, Accept(person), at + timedelta(hours=9))
    for each in two:
        _share(stage, each, pair, at + timedelta(hours=9))
        _promise(stage, each, pair)


def _share(stage: Stage, who: Someone, pair: StoredPair, at: datetime) -> None:
    """What the partner may see, and the questions of the weeks to come."""
    scene = Scene(stage.session, stage.kit, who.person, at, "made-up")
    sharing.choose(scene, pair, "more")
    scene.now = stage.now
    telling.plan(scene, telling.MONDAY, pair.id, promising.monday(scene))
    telling.plan(scene, telling.SUNDAY, pair.id, promising.sunday(scene))


def _promise(stage: Stage, who: Someone, pair: StoredPair) -> None:
    if who.story.promises is None:
        return
    session, vault = stage.session, stage.kit.vault
    last, this = who.story.promises
    made = who.at(10, "19:05")
    day = who.today - timedelta(days=7)
    kept = promises.make(session, vault, who.person.id, pair.id, last, day, made)
    promises.answer(session, kept.id, End.DONE, who.at(7, "19:20"))
    ahead = who.today + timedelta(days=2)
    promises.make(session, vault, who.person.id, pair.id, this, ahead, who.at(2, "19:10"))
    scene = Scene(session, stage.kit, who.person, stage.now, "made-up")
    telling.plan(scene, telling.PROMISE, pair.id, own.asked_at(scene, ahead))


def _scores(stage: Stage, who: Someone, deeds: Deeds) -> None:
    form = stage.kit.measures.find(FORM)
    if who.story.scores is None or not isinstance(form, StaffMeasure):
        return
    for ago, score in zip((DAYS, 1), who.story.scores, strict=True):
        at = who.at(ago, "16:30")
        day = who.today - timedelta(days=ago)
        person = who.person.id
        enter = partial(measures.enter, stage.session, stage.kit, form, person, {"total": score})
        deeds.do(at, partial(enter, day, deeds.staff, at))
