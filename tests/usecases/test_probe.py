"""Every day each way to the staff is proven; what is broken is known before it is needed."""

from functools import partial

import pytest
from sqlalchemy import select, update
from sqlmodel import Session

from bot.store import tables
from bot.usecases import probe
from bot.usecases.incoming import Membership
from tests.usecases.theatre import MAYA, RIVERA, Theatre

CRISIS = "I am going to kill myself tonight"


def mail_is(theatre: Theatre, status: str) -> None:
    """The e-mails that wait have this fate."""
    t = tables.mail
    changed = update(t).where(t.c.status == "pending").values(status=status)
    theatre.run(lambda session: session.connection().execute(changed))


def to_the_next_morning(theatre: Theatre) -> None:
    """Half past seven in Madrid, the probes are on their way."""
    theatre.run(partial(probe.plan, now=theatre.now))
    theatre.passes(hours=21, minutes=31)


def test_a_probe_shows_nothing(theatre: Theatre) -> None:
    """One for each chat and one for the mail server, every day; none has a word in it."""
    to_the_next_morning(theatre)
    theatre.run(partial(probe.plan, now=theatre.now))
    mends, probes = theatre.bodies(RIVERA)  # whoever came before there were commands for staff
    assert (mends["text"], mends["commands"][0]) == ("", ["menu", "What there is to do"])
    assert probes == {"text": "", "probe": True}
    keys = select(tables.mail.c.key, tables.mail.c.sealed_body)
    rows = theatre.run(lambda session: session.connection().execute(keys).all())
    assert [tuple(row) for row in rows] == [("probe.mail.2026-03-04", None)]
    theatre.arrives()
    mail_is(theatre, "sent")
    theatre.passes(minutes=11)
    assert len(theatre.bodies(RIVERA)) == 2
    theatre.passes(days=1)
    theatre.run(partial(probe.plan, now=theatre.now))
    theatre.passes(days=1)
    assert sum(bool(each.get("probe")) for each in theatre.bodies(RIVERA)) == 3
    assert sum("commands" in each for each in theatre.bodies(RIVERA)) == 1


@pytest.mark.parametrize("fate", ["failed", "uncertain", "pending"])
def test_a_chat_that_is_broken_is_told_by_mail(
    theatre: Theatre, fate: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator's log is critical; the leads and whoever it is about hear by e-mail."""
    to_the_next_morning(theatre)
    mail_is(theatre, "sent")
    theatre.run(partial(_rivera_fails, person=theatre.rivera, fate=fate))
    theatre.arrives()
    if fate == "pending":
        theatre.run(partial(_rivera_fails, person=theatre.rivera, fate=fate))
    theatre.passes(minutes=11)
    assert sorted(theatre.mails()[1:]) == [("Rivera", "broken"), ("lead", "broken")]
    assert "alert_channel_broken" in capsys.readouterr().out


def _rivera_fails(session: Session, person: object, fate: str) -> None:
    t = tables.outbox
    changed = update(t).where(t.c.participant_id == person).values(status=fate)
    session.connection().execute(changed)


def test_a_mail_server_that_is_broken_is_told_in_the_chat(theatre: Theatre) -> None:
    """Once, not once for each member of staff."""
    to_the_next_morning(theatre)
    theatre.arrives()
    theatre.passes(minutes=11)
    told = [text for text in theatre.heard(1004) if "mail server does not answer" in text]
    assert len(told) == 1


def test_with_every_way_broken_the_card_says_so(without_mail: Theatre) -> None:
    """It is tried all the same, and the person knows that it may not have gone through."""
    theatre = without_mail
    to_the_next_morning(theatre)
    theatre.arrives("failed")
    theatre.passes(minutes=11)
    theatre.passes(hours=2)
    theatre.does(MAYA, CRISIS)
    assert "my alert may not have gone through" in theatre.heard(MAYA)[0]
    assert "1 new item needs you now." in theatre.heard(RIVERA)


def test_a_broken_chat_is_passed_over(without_mail: Theatre) -> None:
    """Whoever surely can be told comes first."""
    theatre = without_mail
    theatre.does(RIVERA, Membership(reachable=False))
    theatre.does(MAYA, CRISIS)
    assert "I’ve sent a note to Dr Mora" in theatre.heard(MAYA)[0]
