"""Help me now: own plan first, own people second, then the lines of the person's country."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.care.cadence import Quiet, next_day_at
from bot.catalog.helplines import ELSEWHERE, Country, Line, Way
from bot.catalog.helplines import Kind as LineKind
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.messages.zones import territory
from bot.store import alerts, dues, groups, members, people
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases import asked, safety_plan
from bot.usecases.countries import MORE, country_name, is_country, offered
from bot.usecases.open_runs import at_hand
from bot.usecases.scene import Scene
from bot.usecases.timetable.hours import quiet_of

HELLO = "hello"
"""The kind of due row that asks, the day after, how it is now (clinical brief, D: follow-up)."""
HELLO_AT = time(10, 0)
SHOWN = 4
"""So many lines at most; a longer list is not read by someone in distress."""
BARRIERS = ("doubt", "alone", "police", "effort", "words", "phone")
"""What makes it hard to call; each has a few words of its own."""
WRITTEN = ("text", "whatsapp", "chat")
"""Ways to reach a line without speaking."""
WHERE = "where"
"""The country is asked for, and may be typed."""
FOR_WHOM = {
    "overdose": (LineKind.POISON,),
    "danger": (LineKind.DOMESTIC_VIOLENCE,),
    "abuse": (LineKind.DOMESTIC_VIOLENCE,),
}
"""The kind of line that stands on a card; all others show a crisis line."""
STEADY = "mind.ground54321"
"""What is offered to somebody who needs to be steady before anything else."""


def help_now(scene: Scene, _: str = "") -> None:
    """The help card, at once and ahead of everything that waits; tomorrow we ask how it is."""
    plan = safety_plan.latest(scene)
    own = {
        "alone": safety_plan.alone_in(scene, plan),
        "people": safety_plan.people_in(scene, plan),
    }
    text = scene.kit.words.text(scene.language, "help_now", **_here(scene) | own)
    scene.post(Message(text=text, buttons=_buttons(scene, plan is not None)), kind=Kind.ALERT)
    ask_tomorrow(scene)


def for_stranger(scene: Scene) -> None:
    """The lines for somebody whom no team knows: no buttons, and nothing is planned or kept."""
    text = scene.kit.words.text(scene.language, "help_now", **_here(scene))
    scene.post(Message(text=text), kind=Kind.ALERT)


def near(scene: Scene) -> tuple[Country, str]:
    """The lines for the person of the scene, and what to put behind "call". Until they say where
    they are these are of their programme's country, or else of the one their clock is in; it is
    named then."""
    person, lines = scene.person, scene.kit.helplines
    assumed = _likeliest(scene) if person.country is None else None
    here = lines.for_country(person.country or assumed)
    emergency = here.emergency_said(scene.language)
    if assumed is None or here.emergency is None or not here.emergency.numbers:
        return here, emergency
    return here, f"{emergency} ({country_name(scene, here.code)})"


def _likeliest(scene: Scene) -> str | None:
    if scene.person.standing is Standing.STRANGER:
        return None
    programme = groups.programme(scene.session)
    named = programme.country if programme is not None else None
    return named or territory(scene.person.zone)


def _here(scene: Scene) -> dict[str, object]:
    here, emergency = near(scene)
    shown = _shown(scene, here)
    lines = [_line(scene, line) for line in shown if not line.is_list]
    listed = "" if lines else next((_line(scene, line)["ways"] for line in shown), "")
    nowhere = "" if lines else country_name(scene, scene.person.country)
    told: dict[str, object] = {"lines": lines, "listed": listed, "nowhere": nowhere}
    return told | {"emergency": emergency, "alone": "", "people": ""}


def _shown(scene: Scene, here: Country) -> list[Line]:
    """A few lines: those about what their last cards were about go first, or whoever told of
    violence would find them behind four others, and not at all."""
    alert = None
    if scene.person.standing is not Standing.STRANGER:
        alert = alerts.newest_of(scene.session, scene.person.id)
    cards = () if alert is None else alerts.detail_of(scene.session, scene.kit.vault, alert).cards
    kinds = {kind for card in cards for kind in FOR_WHOM.get(card, ())}
    first = here.shown(scene.language, kinds) if kinds else ()
    return [*first, *(each for each in here.shown(scene.language) if each not in first)][:SHOWN]


def _buttons(scene: Scene, has_plan: bool) -> Rows:
    known = scene.person.country is not None
    takes_part = scene.person.standing is Standing.MEMBER  # others cannot begin an exercise
    country = _button(scene, "country" if known else "choose_country", "country")
    rows = [_button(scene, "barrier", "barrier")]
    if takes_part or has_plan:
        rows.insert(0, _button(scene, "plan" if has_plan else "make_plan", "plan"))
    # The right lines come before anything else once we know where.
    rows.insert(len(rows) if known else 0, country)
    if takes_part and scene.kit.library.find(STEADY) is not None:
        rows.append(_button(scene, "steady", "begin", STEADY))
    if scene.person.standing not in (Standing.STRANGER, Standing.STAFF):  # staff are the team
        rows.append(Button(text=scene.word("alerts.buttons.call_me"), data=for_menu("call_me")))
    if takes_part and (at_hand(scene) is not None or scene.person.onboarding is not None):
        rows.append(Button(text=scene.word("buttons.go_on"), data=for_menu("open")))
    return tuple((row,) for row in rows)


def _button(scene: Scene, word: str, verb: str, argument: str = "") -> Button:
    return Button(text=scene.word(f"help_now.{word}"), data=for_menu(verb, argument))


def one_line(
    scene: Scene, here: Country, kinds: Collection[LineKind] = (), of: str = "your"
) -> str:
    """The first line of a country (of these kinds, where it has one), in one sentence part; `of`
    says whose country it is, "your" or "their" for staff."""
    lines = here.shown(scene.language, kinds) or here.shown(scene.language)
    if not lines:
        return ""
    said_so = _line(scene, lines[0])
    if lines[0].is_list:  # nobody answers there
        return scene.word(f"help_now.listed.{of}", to=said_so["ways"])
    return f"{said_so['name']} ({said_so['ways']})"  # a colon mostly stands before it


def _line(scene: Scene, line: Line) -> dict[str, str]:
    ways = [_way(scene, way) for way in line.ways_in(scene.language)]
    return {"name": said(line.name, scene.language), "ways": " · ".join(ways)}


def _way(scene: Scene, way: Way) -> str:
    name = "text_plain" if way.by == "text" and way.words is None else way.by
    text = scene.word(f"help_now.{name}", to=way.to, words=way.words or "")
    return f"{text}, {said(way.then, scene.language)}" if way.then else text


def countries(scene: Scene, chosen: str) -> None:
    """Asks for the country; once it is chosen, shows its lines."""
    if chosen == ELSEWHERE or is_country(scene, chosen):
        if scene.person.onboarding != "frame":  # before it is accepted nothing more is kept
            people.set_country(scene.session, scene.person.id, chosen)
        scene.person = replace(scene.person, country=chosen)
        scene.settled = True
        help_now(scene)
        return
    rows = offered(scene, chosen == MORE, _country)
    asked.open_for(scene, WHERE)
    text = scene.kit.words.text(scene.language, "country")
    scene.post(Message(text=text, buttons=rows), kind=Kind.ALERT)


def _country(name: str, code: str) -> Button:
    return Button(text=name, data=for_menu("country", code))


def barrier(scene: Scene, reason: str) -> None:
    """What makes calling hard? Each answer gets one small way on, and the card stays at hand."""
    known = reason if reason in BARRIERS else ""
    text = scene.kit.words.text(scene.language, "barrier", reason=known, writes=_writes(scene))
    if known:
        back = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
        scene.post(Message(text=text, buttons=((back,),)), kind=Kind.ALERT)
        return
    buttons = tuple(
        (Button(text=scene.word(f"barrier.{each}"), data=for_menu("barrier", each)),)
        for each in BARRIERS
    )
    scene.post(Message(text=text, buttons=buttons), kind=Kind.ALERT)


def _writes(scene: Scene) -> bool:
    """Whether one of the lines on the card takes written words."""
    shown = _shown(scene, near(scene)[0])
    return any(way.by in WRITTEN for line in shown for way in line.ways_in(scene.language))


def ask_tomorrow(scene: Scene) -> None:
    """Plans that question for the morning after, out of the person's quiet hours."""
    zone = ZoneInfo(scene.person.zone)
    at = next_day_at(HELLO_AT, scene.now, zone, quiet_hours(scene))
    plan_hello(scene, at, at.astimezone(zone).date())


def plan_hello(scene: Scene, at: datetime, day: date) -> None:
    """Plans it for a moment (UTC), as the question meant for this local date."""
    key, person = hello_key(scene.person.id), scene.person.id
    dues.set_due(scene.session, person, HELLO, None, day.toordinal(), at, key, scene.now)


def quiet_hours(scene: Scene) -> Quiet | None:
    """The hours in which they are not written to; None for none."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return Quiet() if member is None else quiet_of(member)


def hello_key(person: UUID) -> str:
    """One question for however many times the card was opened."""
    return f"hello.{person.hex}"
