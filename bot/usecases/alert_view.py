"""What a member of staff sees of an alert once they have opened it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.messages.message import Button, Message
from bot.messages.pack import packed
from bot.store import alerts, groups, members, people
from bot.store.alerts import Alert, Item
from bot.usecases.help_now import one_line
from bot.usecases.scene import Scene

LONGEST = 1500
"""So much of one text is shown in the chat."""


def of_alert(scene: Scene, alert: Alert, buttons: tuple[Button, ...]) -> list[Message]:
    """Who, when, how grave, what was written and why it counts, how to reach them, the lines."""
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    parts = [_head(scene, alert)]
    parts += [_item(scene, item) for item in detail.items]
    parts.append(_foot(scene, alert))
    texts = packed([part for part in parts if part])
    messages = [Message(text=text, protect=True) for text in texts]
    messages[-1] = messages[-1].model_copy(update={"buttons": (buttons,)})
    return messages


def _head(scene: Scene, alert: Alert) -> str:
    member = members.get(scene.session, scene.kit.vault, alert.person)
    group = groups.group(scene.session, alert.group) if alert.group is not None else None
    return scene.kit.words.text(
        scene.language,
        "alerts/view_head",
        alias=(member.alias if member is not None else None) or scene.word("alerts.no_alias"),
        group=group.name if group is not None else "",
        when=_when(scene, alert.opened_at),
        tier=scene.word(f"alerts.tiers.{alert.tier.value}"),
        not_meant=alert.not_meant,
    )


def _item(scene: Scene, item: Item) -> str:
    reason = item.reason
    if item.source in ("request", "tap"):
        reason = scene.word(f"alerts.reasons.{item.reason}")
    return scene.kit.words.text(
        scene.language,
        "alerts/view_item",
        when=_when(scene, item.at),
        reason=reason,
        text=item.text[:LONGEST],
        cut=len(item.text) > LONGEST,
    )


def _foot(scene: Scene, alert: Alert) -> str:
    contact = alerts.contact_of(scene.session, scene.kit.vault, alert.person)
    person = people.look(scene.session, alert.person)
    country = person.country if person is not None else None
    here = scene.kit.helplines.for_country(country)
    return scene.kit.words.text(
        scene.language,
        "alerts/view_foot",
        number=contact.get("number", ""),
        when=contact.get("when", ""),
        known=country is not None,
        emergency=here.emergency_said(scene.language),
        line=one_line(scene, here),
    )


def _when(scene: Scene, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(scene.person.zone))
    return str(format_datetime(local, "EEE d MMM HH:mm", locale=scene.language))
