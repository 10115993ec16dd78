"""What a member of staff knows of an alert: when they opened it, and whose it is once they have."""

from datetime import datetime
from uuid import UUID

from bot.store import audit, members
from bot.store.alerts import Alert
from bot.usecases.alert.naming import item
from bot.usecases.scene import Scene

VIEWED = "alert.viewed"
"""What the record calls the opening of an alert, in the chat and on the pages."""


def viewed_at(scene: Scene, alert: Alert, who: UUID) -> datetime | None:
    """When this member of staff has opened it last, here or on the pages; None if never."""
    at = audit.latest(scene.session, alert.person, who, VIEWED)
    return at if at is not None and at >= alert.opened_at else None


def whose(scene: Scene, alert: Alert) -> str:
    """Whose it is, once the scene's member of staff has opened it; "" before: an alias beside an
    alert is content."""
    if viewed_at(scene, alert, scene.person.id) is None:
        return ""
    alias = members.alias_of(scene.session, scene.kit.vault, alert.person)
    return alias or scene.word("alerts.no_alias")


def named(scene: Scene, alert: Alert) -> str:
    """Which item it is, to whoever writes its note: theirs by name, or when it came. Newcomers have
    no name, and two of them may wait."""
    known, nameless = whose(scene, alert), scene.word("alerts.no_alias")
    if known not in ("", nameless):
        return known
    came = item(scene, alert)
    return f"{known} · {came}" if known else came
