"""Somebody else receives with our token: the leads are told, once a day, and nobody else."""

from datetime import timedelta
from functools import partial

import pytest

from bot.store import rivals
from bot.store.rivals import Rival
from bot.usecases.rivals import notice
from tests.usecases.theatre import LEAD, RIVERA, Theatre


def _seen(theatre: Theatre, kind: Rival, after: timedelta = timedelta(0)) -> list[str]:
    """What the lead reads when it is noticed so much later."""
    before = len(theatre.bodies(LEAD))
    now = theatre.now + after
    theatre.database.call(partial(notice, bot_id=42, kind=kind, now=now, kit=theatre.kit))
    return [body["text"] for body in theatre.bodies(LEAD)[before:]]


def test_a_foreign_webhook_is_told_at_once(theatre: Theatre) -> None:
    """Once a day, with what to do; whoever is no lead is spared."""
    (text,) = _seen(theatre, Rival.FOREIGN_WEBHOOK)
    assert "between webhook remove" in text
    assert "/revoke" in text
    assert _seen(theatre, Rival.FOREIGN_WEBHOOK, timedelta(minutes=1)) == []
    assert len(_seen(theatre, Rival.FOREIGN_WEBHOOK, timedelta(days=1))) == 1
    assert theatre.bodies(RIVERA) == []


@pytest.mark.parametrize(("minutes", "told"), [(1, 1), (9, 1), (11, 0)])
def test_a_second_copy_is_told_if_it_stays(theatre: Theatre, minutes: int, told: int) -> None:
    """Seen once it may be an upgrade; seen again within ten minutes it is told."""
    assert _seen(theatre, Rival.SECOND_COPY) == []
    assert len(_seen(theatre, Rival.SECOND_COPY, timedelta(minutes=minutes))) == told
    (found,) = theatre.database.call(partial(rivals.noticed, bot_id=42))
    assert (found.kind, found.times) == (Rival.SECOND_COPY, 2)
