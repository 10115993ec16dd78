"""An alert on the therapists' pages: who sees it, and what taking or closing it there does."""

import re
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from bot.care.risk.screen import NET_REASON
from bot.config import Settings
from bot.messages.words import Words
from bot.store import audit, groups, people, staff, tellings
from bot.store.people import Standing
from bot.store.staff import Role
from bot.usecases import set_up
from bot.usecases.office import alerts as pages
from bot.usecases.office import board, settings, today
from bot.usecases.office.reader import NotYoursError, Reader, reader_of
from tests.usecases.theatre import LEAD, MAYA, NIGHT, RIVERA, ZONE, Theatre

CRISIS = "I am going to kill myself tonight"
CONCERN = "Sometimes I wish I would not wake up"
SATO = 1077


def at_page(theatre: Theatre, who: UUID, work: Any, *given: object) -> Any:
    """Somebody does something at the pages: `work(session, kit, reader, *given, now)`."""

    def unit(session: Session) -> Any:
        return work(session, theatre.kit, reading(session, theatre, who), *given, theatre.now)

    return theatre.run(unit)


def reading(session: Session, theatre: Theatre, who: UUID) -> Reader:
    """A member of staff as a reader."""
    found = reader_of(session, theatre.kit, who)
    assert found is not None
    return found


def of_another_group(theatre: Theatre, *, on_call: int | None = None) -> UUID:
    """Dr Sato, who looks after another group, and is on call if said so."""

    def unit(session: Session) -> UUID:
        vault, now = theatre.kit.vault, theatre.now
        group = groups.add_group(session, "Tuesday-A", ZONE, now, hours=set_up.NINE_TO_FIVE)
        place = staff.add_staff(
            *(session, vault, "Dr Sato", Role.THERAPIST, now),
            groups=(group.id,),
            on_call_place=on_call,
        )
        person = people.welcome(session, vault, SATO, "en", ZONE, now)
        taken = people.take_place(session, vault, place.id, SATO, person, now)
        people.set_standing(session, taken.id, Standing.STAFF)
        return place.id

    made: UUID = theatre.run(unit)
    return made


def test_the_list_says_who_has_it_and_what_comes_next(theatre: Theatre) -> None:
    """First that the lead is told in a quarter of an hour; once taken, who has it; nothing that
    was written is in it."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    line = at_page(theatre, theatre.rivera, pages.listed).open[0]
    assert (line.alias, line.group, line.taker) == ("Heron", "Thursday-B", "")
    assert line.coming.who == ("Dr Mora",)
    assert line.coming.at == theatre.now + timedelta(minutes=15)
    assert CRISIS not in repr(line)
    theatre.taps(RIVERA, "I take it")
    line = at_page(theatre, theatre.lead, pages.listed).open[0]
    assert (line.taker, line.is_mine, line.coming) == ("Dr Rivera", False, None)


def test_today_lists_what_opens_and_nothing_else(theatre: Theatre) -> None:
    """Whoever is on call for others sees an alert once they were told of it."""
    theatre.does(MAYA, CRISIS)
    sato = of_another_group(theatre, on_call=1)
    assert not [each for each in at_page(theatre, sato, today.today).items if each.is_urgent]
    (item,) = [e for e in at_page(theatre, theatre.rivera, today.today).items if e.is_urgent]
    assert CRISIS in repr(at_page(theatre, theatre.rivera, pages.opened, item.about))


def test_at_night_without_anybody_on_call_it_says_when_the_office_opens(
    without_mail: Theatre,
) -> None:
    """Nobody is told before nine, and the page says so."""
    without_mail.now = NIGHT
    without_mail.does(MAYA, CRISIS)
    line = at_page(without_mail, without_mail.lead, pages.listed).open[0]
    assert line.coming.who == ("Dr Rivera",)
    assert line.coming.at == NIGHT + timedelta(hours=10)


def test_when_nobody_answered_the_page_says_that_too(theatre: Theatre) -> None:
    """After the last step the person was told; what comes next is a reminder of everybody."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=16)
    theatre.arrives()
    line = at_page(theatre, theatre.lead, pages.listed).open[0]
    assert (line.coming.who, line.coming.silent) == ((), False)
    theatre.passes(minutes=20)
    line = at_page(theatre, theatre.lead, pages.listed).open[0]
    assert (line.coming.silent, line.told) == (True, "silent")
    assert theatre.now < line.coming.at <= theatre.now + timedelta(hours=1)


def test_taken_on_the_page_everybody_hears_what_they_hear_from_the_chat(theatre: Theatre) -> None:
    """Maya that Dr Mora has seen it, Dr Rivera who has it, and it goes up no further."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    alert, _ = theatre.alert()
    assert at_page(theatre, theatre.lead, pages.take, alert.id)
    assert theatre.heard(MAYA)[-1].startswith("Dr Mora has seen the note I sent")
    assert theatre.heard(RIVERA)[-1].startswith("Dr Mora has taken it: the item of 3 Mar")
    alert, _ = theatre.alert()
    assert (alert.state, alert.taken_by) == ("taken", theatre.lead)
    theatre.passes(hours=3)
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))
    assert theatre.heard(LEAD) == []


def test_taking_it_second_changes_nothing(theatre: Theatre) -> None:
    """Dr Rivera had it; a tap on an old page does not move it, and Maya hears nothing new."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    alert, _ = theatre.alert()
    before = theatre.heard(MAYA)
    assert not at_page(theatre, theatre.lead, pages.take, alert.id)
    assert at_page(theatre, theatre.rivera, pages.take, alert.id)
    assert theatre.heard(MAYA) == before
    assert theatre.alert()[0].taken_by == theatre.rivera


def test_taking_it_over_names_who_had_it(theatre: Theatre) -> None:
    """From Dr Rivera, as the page says; a page that was drawn for another taker moves nothing."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    alert, _ = theatre.alert()
    line = at_page(theatre, theatre.lead, pages.listed).open[0]
    assert line.taken_by == theatre.rivera
    stale = partial(pages.take, had=theatre.maya.hex)
    assert not at_page(theatre, theatre.lead, stale, alert.id)
    over = partial(pages.take, had=line.taken_by.hex)
    assert at_page(theatre, theatre.lead, over, alert.id)
    assert theatre.alert()[0].taken_by == theatre.lead
    assert theatre.heard(RIVERA)[-1].startswith("Dr Mora has taken it: the item of 3 Mar")


@pytest.mark.parametrize(
    ("note", "why"), [("", "empty"), ("  \n", "empty"), ("4711", "empty"), ("a" * 4097, "long")]
)
def test_closing_needs_a_note_that_fits(theatre: Theatre, note: str, why: str) -> None:
    """Without one nothing is closed, and nobody is told anything."""
    theatre.does(MAYA, CRISIS)
    alert, _ = theatre.alert()
    outcome = at_page(theatre, theatre.rivera, pages.close, alert.id, note)
    assert outcome.why == why
    assert outcome.opened.seen.items[0].text == CRISIS
    assert theatre.alert()[0].state == "open"


def test_closed_untaken_it_was_taken_by_that(theatre: Theatre) -> None:
    """Maya hears that it was seen, the note is sealed with it, and it is listed among the closed
    for ninety days."""
    theatre.does(MAYA, CRISIS)
    alert, _ = theatre.alert()
    outcome = at_page(theatre, theatre.rivera, pages.close, alert.id, " Called, is safe \n")
    assert outcome == pages.Outcome()
    assert theatre.heard(MAYA)[-1].startswith("Dr Rivera has seen the note I sent")
    listed = at_page(theatre, theatre.rivera, pages.listed)
    assert (listed.open, listed.closed[0].closer) == ((), "Dr Rivera")
    opened = at_page(theatre, theatre.rivera, pages.opened, alert.id)
    assert opened.note == "Called, is safe"
    theatre.now += timedelta(days=91)
    assert at_page(theatre, theatre.rivera, pages.listed).closed == ()


def test_closing_what_somebody_closed_keeps_their_note(theatre: Theatre) -> None:
    """Two pages open: the first note stands."""
    theatre.does(MAYA, CRISIS)
    alert, _ = theatre.alert()
    at_page(theatre, theatre.rivera, pages.close, alert.id, "First")
    second = at_page(theatre, theatre.lead, pages.close, alert.id, "Second")
    assert (second.why, second.opened.note) == ("closed", "First")  # it said that theirs was kept
    assert at_page(theatre, theatre.rivera, pages.close, alert.id, "First") == pages.Outcome()
    assert at_page(theatre, theatre.lead, pages.opened, alert.id).note == "First"


def test_what_nobody_has_read_is_not_closed(theatre: Theatre) -> None:
    """Words of crisis came while the note was being written: they were closed with the rest."""
    theatre.does(MAYA, CONCERN)
    alert, _ = theatre.alert()
    read_to = alert.latest_at.isoformat()
    theatre.now += timedelta(minutes=3)
    theatre.does(MAYA, CRISIS)
    close = partial(pages.close, read_to=read_to)
    outcome = at_page(theatre, theatre.rivera, close, alert.id, "Called, is safe")
    assert outcome.why == "grown"
    assert CRISIS in outcome.opened.seen.items[-1].text
    now_read = partial(pages.close, read_to=theatre.alert()[0].latest_at.isoformat())
    assert at_page(theatre, theatre.rivera, now_read, alert.id, "Called") == pages.Outcome()


def test_an_opened_alert_shows_everything_and_is_on_record(theatre: Theatre) -> None:
    """The words, why they count, the number, who was told; and Maya can read who looked."""
    theatre.leaves_number("600 111 222", "after six")
    theatre.does(MAYA, CRISIS)
    theatre.taps(MAYA, "That’s not what I meant")
    alert, _ = theatre.alert()
    opened = at_page(theatre, theatre.rivera, pages.opened, alert.id)
    assert opened.line.not_meant
    assert (opened.seen.number, opened.seen.when) == ("600 111 222", "after six")
    assert opened.seen.items[0].text == CRISIS
    assert opened.seen.items[0].reason
    assert opened.seen.items[1].reason == 'Tapped "That’s not what I meant"'
    assert {(each.name, each.channel) for each in opened.told} == {
        ("Dr Rivera", "chat"),
        ("Dr Rivera", "mail"),
    }
    record = theatre.run(partial(audit.of_subject, subject=theatre.maya))
    assert (record[0].action, record[0].actor) == ("alert.viewed", theatre.rivera)
    assert record[0].reason == "words"


def test_it_is_not_there_for_another_group(theatre: Theatre) -> None:
    """Dr Sato sees nothing of it, can neither open nor take nor close it; once told of it, yes."""
    theatre.does(MAYA, CONCERN)
    sato = of_another_group(theatre)
    alert, _ = theatre.alert()
    assert at_page(theatre, sato, pages.listed).open == ()
    for work, given in ((pages.opened, ()), (pages.take, ()), (pages.close, ("Note",))):
        with pytest.raises(NotYoursError):
            at_page(theatre, sato, work, alert.id, *given)
    assert theatre.alert()[0].state == "open"
    theatre.run(
        lambda session: tellings.note(session, alert, sato, "chat", 1, "some-key", theatre.now)
    )
    assert at_page(theatre, sato, pages.opened, alert.id).line.alias == "Heron"


def test_nothing_is_there_for_an_unknown_id(theatre: Theatre) -> None:
    """The same refusal as for somebody else's."""
    with pytest.raises(NotYoursError):
        at_page(theatre, theatre.lead, pages.opened, UUID(int=7))


def test_the_words_are_in_the_language_of_whoever_reads(theatre: Theatre) -> None:
    """A lead who reads Spanish reads why it counts in Spanish, of what was written and of a tap."""
    theatre.run(lambda session: people.set_language(session, theatre.lead, "es"))
    theatre.does(MAYA, CRISIS)
    theatre.taps(MAYA, "That’s not what I meant")
    alert, _ = theatre.alert()
    opened = at_page(theatre, theatre.lead, pages.opened, alert.id)
    assert "dice que se va a matar" in opened.seen.items[0].reason
    assert "No quise decir eso" in opened.seen.items[1].reason


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_reason_of_the_phrases_has_its_words(language: str) -> None:
    """Whoever opens an alert reads in their own language why it counts."""
    known = Words(Settings().prompts_dir, Settings().cache).short(language)["risk_reasons"]
    reasons = {NET_REASON}
    for file in (Settings().exercises_dir / "support" / "risk").glob("*.yaml"):
        reasons |= set(re.findall(r"^    reason: (.+)$", file.read_text("utf-8"), re.MULTILINE))
    assert len(reasons) > 20
    assert reasons - set(known) == set()


def test_opened_in_an_emergency_it_is_on_record_as_that(theatre: Theatre) -> None:
    """Dr Sato broke the glass: the alert opens, and Maya can read why; lines and settings of the
    group stay theirs who look after it."""
    theatre.does(MAYA, CONCERN)
    sato = of_another_group(theatre)
    alert, _ = theatre.alert()

    def breaks_the_glass(session: Session) -> None:
        kit, now = theatre.kit, theatre.now
        reader = reader_of(session, kit, sato, opened=frozenset({theatre.group}))
        assert reader is not None
        assert pages.opened(session, kit, reader, alert.id, now).seen.items[0].text == CONCERN
        assert [each.name for each in board.boards(session, kit, reader, now).groups] == [
            "Tuesday-A"
        ]
        with pytest.raises(NotYoursError):
            settings.settings(session, kit, reader, theatre.group, now)

    theatre.run(breaks_the_glass)
    record = theatre.run(partial(audit.of_subject, subject=theatre.maya))
    assert (record[0].action, record[0].reason) == ("alert.viewed", "emergency")
