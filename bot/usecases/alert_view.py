"""What a member of staff sees of an alert once they have opened it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from markupsafe import escape

from bot.catalog.text import said
from bot.messages.fill import fitted, pieces
from bot.messages.message import Button, Message
from bot.messages.pack import packed, units
from bot.store import alerts, contacts, groups, members, people
from bot.store.alert_items import Item
from bot.store.alerts import Alert
from bot.store.people import Standing
from bot.usecases.countries import country_name
from bot.usecases.help_now import one_line
from bot.usecases.scene import Scene
from bot.usecases.watch import BETWEEN_REASONS

LONGEST = 1500
"""So much of one text stands in one piece; of more, where there is too much to show `ALL`, no more
than that."""
ALL = 20_000
"""So much of all texts together is shown in the chat: what alarmed may stand at the end of one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One alert in the words of whoever opens it: `items` with the reason each counts for, the
    `number` to call and the safe time for it ("" where none was given), the lines where the person
    is; `known` says that they told which `country` that is, and that we have numbers of it,
    `elsewhere` that we have none. `arrived` (UTC): they opened an invitation then, and nobody has
    confirmed them yet."""

    alias: str
    group: str
    arrived: datetime | None
    tier: str
    items: tuple[Item, ...]
    number: str
    when: str
    known: bool
    elsewhere: bool
    country: str
    emergency: str
    line: str


def seen(scene: Scene, alert: Alert) -> Seen:
    """Who, how grave, what was written and why it counts, how to reach them, the lines. `scene` is
    that of the member of staff."""
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    member = members.get(scene.session, scene.kit.vault, alert.person)
    group = groups.group(scene.session, alert.group) if alert.group is not None else None
    contact = contacts.get(scene.session, scene.kit.vault, alert.person)
    person = people.look(scene.session, alert.person)
    country = person.country if person is not None else None
    here = scene.kit.helplines.for_country(country)
    named = country is not None
    has_numbers = here.emergency is not None and bool(here.emergency.numbers)
    waits = person is not None and person.standing is Standing.PENDING
    return Seen(
        arrived=member.joined_at if member is not None and waits else None,
        alias=(member.alias if member is not None else None) or scene.word("alerts.no_alias"),
        group=group.name if group is not None else "",
        tier=scene.word(f"alerts.tiers.{alert.tier.value}"),
        items=tuple(_with_reason(scene, item) for item in detail.items),
        number=contact.number,
        when=contact.when,
        known=named and has_numbers,
        elsewhere=named and not has_numbers,
        country=country_name(scene, country),
        emergency=here.emergency_said(scene.language),
        line=one_line(scene, here, of="their"),
    )


def _with_reason(scene: Scene, item: Item) -> Item:
    """Why it counts, in the words of whoever reads. What was tapped, asked for or answered is kept
    as a code; what was written with the reasons of its phrases, in English."""
    match item.source:
        case "request" | "tap":
            said_why = scene.word(f"alerts.reasons.{item.reason}")
        case "answer":
            said_why = _of_answer(scene, item.reason)
        case _:
            said_why = _of_phrases(scene, item.reason)
    return item.model_copy(update={"reason": said_why})


def _of_phrases(scene: Scene, reasons: str) -> str:
    known: dict[str, str] = scene.kit.words.short(scene.language)["risk_reasons"]
    return BETWEEN_REASONS.join(known.get(each, each) for each in reasons.split(BETWEEN_REASONS))


def _of_answer(scene: Scene, code: str) -> str:
    """Which exercise, and what was answered there; the code itself once nobody knows it."""
    exercise_id, _, signal = code.partition(": ")
    exercise = scene.kit.library.find(exercise_id)
    title = said(exercise.title, scene.language) if exercise is not None else exercise_id
    return f"{title}: {scene.kit.words.short(scene.language)['signals'].get(signal, signal)}"


def of_alert(scene: Scene, alert: Alert, buttons: tuple[Button, ...]) -> list[Message]:
    """The same as messages of the chat."""
    found = seen(scene, alert)
    parts = [_head(scene, alert, found)]
    is_all = sum(units(each.text) for each in found.items) <= ALL
    parts += [part for item in found.items for part in _item(scene, item, is_all=is_all)]
    parts.append(_foot(scene, found))
    texts = packed([part for part in parts if part])
    messages = [Message(text=text, protect=True) for text in texts]
    messages[-1] = messages[-1].model_copy(update={"buttons": (buttons,)})
    return messages


def _head(scene: Scene, alert: Alert, found: Seen) -> str:
    return scene.kit.words.text(
        scene.language,
        "alerts/view_head",
        alias=found.alias,
        group=found.group,
        when=_when(scene, alert.opened_at),
        tier=found.tier,
        not_meant=alert.not_meant,
        arrived=_when(scene, found.arrived) if found.arrived is not None else "",
    )


def _item(scene: Scene, item: Item, *, is_all: bool) -> list[str]:
    first, *rest = pieces(item.text, LONGEST) if is_all else (fitted(item.text, LONGEST),)
    altered = _when(scene, item.altered_at) if item.altered_at is not None else ""
    shown = scene.kit.words.text(
        scene.language,
        "alerts/view_item",
        when=_when(scene, item.at),
        reason=item.reason,
        text=first,
        altered=altered,
    )
    return [shown, *(f"<blockquote>{escape(each)}</blockquote>" for each in rest)]


def _foot(scene: Scene, found: Seen) -> str:
    told: Mapping[str, object] = {
        "number": found.number,
        "when": found.when,
        "known": found.known,
        "elsewhere": found.elsewhere,
        "country": found.country,
        "emergency": found.emergency,
        "line": found.line,
    }
    return scene.kit.words.text(scene.language, "alerts/view_foot", **told)


def _when(scene: Scene, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(scene.person.zone))
    return str(format_datetime(local, "EEE d MMM HH:mm", locale=scene.language))
