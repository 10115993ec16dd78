"""An alert in the hands of the staff: opened, taken, handed over, closed, and what is kept."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import Session

from bot.messages.callback import for_menu, short_id
from bot.messages.pack import units
from bot.store import (
    alerts,
    audit,
    away,
    emergencies,
    groups,
    members,
    people,
    staff,
    tables,
)
from bot.store.alert_items import ITEMS
from bot.store.groups import Programme
from bot.store.people import Standing
from bot.store.staff import Role
from bot.usecases import alert as alarms
from bot.usecases import out_of_office, set_up, staffing
from bot.usecases.alert import HandedOn
from bot.usecases.incoming import Command, Press
from bot.usecases.office import alerts as office_alerts
from bot.usecases.office.reader import reader_of
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from bot.usecases.staffing import Changes
from tests.usecases.alarming import CONCERN, CRISIS, opens
from tests.usecases.theatre import LEAD, MAYA, NIGHT, RIVERA, ZONE, Theatre

SATO = 1005


def trail(theatre: Theatre) -> list[str]:
    """What is on record about Maya, newest first."""
    found = theatre.run(lambda session: audit.of_subject(session, theatre.maya))
    assert theatre.run(audit.verify) is None
    return [each.action for each in found]


def test_taking_it_twice(theatre: Theatre) -> None:
    """The first has it; the other sees who, and was told without a sound."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=16)
    assert theatre.taps(LEAD, "I take it") is None
    assert "whoever else was told of it know that you took it" in theatre.heard(LEAD)[-1]
    quiet = theatre.bodies(RIVERA)[-1]
    said = "Dr Mora has taken it: the item of 3 Mar, 10:00."
    assert (quiet["text"], quiet["silent"]) == (said, True)
    assert theatre.taps(RIVERA, "I take it") == "Dr Mora has taken it."
    alert, _ = theatre.alert()
    assert (alert.state, alert.taken_by, alert.taken_at) == ("taken", theatre.lead, theatre.now)
    theatre.passes(hours=2)
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))


@pytest.mark.parametrize("typed", ["I want to kill myself tonight", "Heron wants to die today"])
def test_words_of_danger_of_staff_bring_help_and_the_truth(theatre: Theatre, typed: str) -> None:
    """“What would you like to do?” was the answer. Whom to call, and that nobody was told."""
    theatre.does(RIVERA, typed)
    said, card = theatre.heard(RIVERA)[-2:]
    assert "nothing you type here raises an alert" in said
    assert "findahelpline.com" in card or "call" in card
    labels = [each["text"] for row in theatre.bodies(RIVERA)[-1]["buttons"] for each in row]
    assert "Ask my team to call" not in labels
    assert theatre.heard(LEAD) == []


@pytest.mark.parametrize("taken", [True, False])
def test_who_works_here_no_longer_leaves_no_alert_behind(theatre: Theatre, taken: bool) -> None:
    """Taken by them or told to them alone, it goes to the next at once, and is taken there."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    if taken:
        theatre.taps(RIVERA, "I take it")
    theatre.passes(minutes=5)
    assert not any("needs you now" in text for text in theatre.heard(LEAD))

    assert theatre.run(partial(_removed, theatre=theatre, who=theatre.rivera)) == HandedOn(1)
    assert "1 new item needs you now." in theatre.heard(LEAD)
    told = "Dr Rivera no longer has the note I sent. I’ve sent a note to Dr Mora. The office is"
    assert theatre.heard(MAYA)[-1].startswith(told) is taken
    theatre.does(MAYA, CRISIS)
    assert "Dr Rivera" not in theatre.heard(MAYA)[-1]
    assert theatre.alert()[0].told == "sent"
    assert theatre.taps(LEAD, "I take it") is None
    assert "Dr Mora has seen the note I sent" in theatre.heard(MAYA)[-1]


@pytest.mark.parametrize("gone", ["left", "away"])
def test_at_night_who_was_told_of_somebody_gone_hears_that_nobody_reads(
    theatre: Theatre, gone: str
) -> None:
    """The only one on call goes: the note waits for the office, and Maya was told that it went to
    who is on call. She hears the truth; whoever is put on call is told at once."""
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    assert "this goes to who is on call" in theatre.heard(MAYA)[-1]

    def goes(session: Session) -> HandedOn:
        if gone == "left":
            return _removed(session, theatre, theatre.rivera)
        rivera = people.get(session, theatre.rivera)
        assert rivera is not None
        scene = Scene(session, theatre.kit, rivera, theatre.now, "away")
        return out_of_office.leave(scene, theatre.rivera, theatre.now + timedelta(days=3))

    handed_on = theatre.run(goes)
    assert handed_on == HandedOn(waiting=1)
    told = theatre.heard(MAYA)[-1]
    assert told.startswith("Dr Rivera no longer has the note I sent. I’ve left a note for ")
    assert "Nobody reads it before they open. They read again on Wednesday at 09:00." in told
    assert "You can talk to someone now:" in told
    assert theatre.heard(LEAD) == []

    def on_call(session: Session) -> None:
        staff.set_on_call(session, theatre.lead, 1)
        alarms.look_again(session, theatre.now)

    theatre.run(on_call)
    theatre.passes(seconds=1)
    assert theatre.heard(LEAD) == ["1 new item needs you now."]


@pytest.mark.parametrize("before", ["left", "away"])
def test_the_last_who_was_told_leaves_it_to_somebody_who_is_there(
    theatre: Theatre, before: str
) -> None:
    """Two were told, and one of them is gone already; when the other goes too, it does not wait for
    the next step of its way."""
    theatre.run(partial(_dr_sato, theatre=theatre))
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=16)  # the back-up is told as well
    theatre.arrives()

    goes = partial(_removed, theatre=theatre)
    sato = theatre.run(lambda session: _named(session, theatre, "Dr Sato"))
    assert "1 new item needs you now." not in theatre.heard(LEAD)
    if before == "left":
        assert theatre.run(partial(goes, who=theatre.rivera)) == HandedOn()
    else:
        until = theatre.now + timedelta(days=1)
        theatre.run(lambda session: away.leave(session, theatre.rivera, until, theatre.now))
    assert theatre.run(partial(goes, who=sato)) == HandedOn(1)
    assert "1 new item needs you now." in theatre.heard(LEAD)


def _removed(session: Session, theatre: Theatre, who: UUID) -> HandedOn:
    place = staff.get(session, theatre.kit.vault, who)
    assert place is not None
    return staffing.remove(session, theatre.kit, place, theatre.now).handed_on


def _named(session: Session, theatre: Theatre, name: str) -> UUID:
    known = staff.everybody(session, theatre.kit.vault)
    return next(each.id for each in known if each.name == name)


def _dr_sato(session: Session, theatre: Theatre) -> None:
    known = Known(SATO, "en", ZONE, "")
    place = staff.add_staff(
        session, theatre.kit.vault, "Dr Sato", Role.THERAPIST, theatre.now, groups=(theatre.group,)
    )
    person = people.welcome(
        session, theatre.kit.vault, known.telegram_id, known.language, known.zone, theatre.now
    )
    people.take_place(session, theatre.kit.vault, place.id, known.telegram_id, person, theatre.now)
    people.set_standing(session, place.id, Standing.STAFF)


def test_who_took_it_in_an_emergency_leaves_it_to_the_group(theatre: Theatre) -> None:
    """Dr Sato opened the group of others and took it there. When she works here no longer, it goes
    to those who look after the group, and Maya is told; so it does the next time she goes."""
    theatre.run(partial(_dr_sato, theatre=theatre))
    sato = theatre.run(lambda session: _named(session, theatre, "Dr Sato"))
    theatre.run(lambda session: staff.leave_group(session, sato, theatre.group))
    theatre.does(MAYA, CRISIS)
    theatre.arrives()

    def takes(session: Session) -> None:
        hour, why = theatre.now + timedelta(hours=1), "Nobody of the group can be reached"
        vault = theatre.kit.vault
        emergencies.open_group(session, vault, sato, theatre.group, why, theatre.now, until=hour)
        reader = reader_of(session, theatre.kit, sato, opened=frozenset({theatre.group}))
        alert = alerts.newest_of(session, theatre.maya)
        assert reader is not None
        assert alert is not None
        assert office_alerts.take(session, theatre.kit, reader, alert.id, theatre.now)

    def goes(session: Session) -> HandedOn:
        return alarms.let_go(session, theatre.kit, sato, theatre.now)

    for _ in range(2):
        theatre.run(takes)
        before = len(theatre.heard(RIVERA))
        assert theatre.alert()[0].taken_by == sato
        assert theatre.run(goes) == HandedOn(1)
        assert theatre.heard(MAYA)[-1].startswith("Dr Sato no longer has the note I sent.")
        assert "1 new item needs you now." in theatre.heard(RIVERA)[before:]
        theatre.passes(minutes=1)


def test_who_leaves_a_group_leaves_its_alerts_to_the_next(theatre: Theatre) -> None:
    """What they had taken in that group goes on, as if they worked here no longer; else it would
    stand for ever with somebody who cannot open it. Whoever leads can."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.taps(RIVERA, "I take it")
    group = theatre.alert()[0].group
    assert group is not None

    def leaves(session: Session, *, lead: bool) -> HandedOn:
        place = staff.get(session, theatre.kit.vault, theatre.rivera)
        assert place is not None
        changes = Changes(leaves=(group,), lead=lead)
        return staffing.change(session, theatre.kit, place, changes, theatre.now).handed_on

    assert theatre.run(partial(leaves, lead=True)) == HandedOn()
    assert theatre.alert()[0].state == "taken"
    assert theatre.run(partial(leaves, lead=False)) == HandedOn(1)
    assert theatre.heard(MAYA)[-1].startswith("Dr Rivera no longer has the note I sent.")
    assert theatre.alert()[0].state == "open"


def test_new_words_after_it_was_taken(theatre: Theatre) -> None:
    """Soon after, who has it is told of one more; much later somebody must take it anew."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.passes(minutes=10)
    theatre.does(MAYA, "I want to die")
    assert (
        theatre.heard(RIVERA)[-1] == "1 more item has come to the one you took. It needs you now."
    )
    assert theatre.alert()[0].state == "taken"
    assert "I’ve added it to the note that Dr Rivera has taken." in theatre.heard(MAYA)[-1]
    theatre.passes(hours=1)
    theatre.does(MAYA, "I want to die")
    assert theatre.alert()[0].state == "open"
    assert theatre.heard(RIVERA)[-1] == "1 new item needs you now."


def test_many_words_at_once_call_whoever_has_it_once_a_minute(theatre: Theatre) -> None:
    """One message and one e-mail for each line: those about somebody else stood behind them. What
    they have not opened yet holds the new lines, too; once they have, they are told again."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "I take it")
    heard, mails = len(theatre.heard(RIVERA)), len(theatre.mails())
    for at in range(10):
        theatre.passes(seconds=3)
        theatre.does(MAYA, f"I want to kill myself {at}")
    assert len(theatre.heard(RIVERA)) == heard + 1
    assert len(theatre.mails()) == mails + 1
    theatre.passes(seconds=3)
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert "kill myself 9" in theatre.heard(RIVERA)[-1]
    theatre.does(MAYA, "I want to die")
    assert "1 more item" in theatre.heard(RIVERA)[-1]
    theatre.passes(minutes=1)
    heard = len(theatre.heard(RIVERA))
    theatre.does(MAYA, "I want to die now")
    assert len(theatre.heard(RIVERA)) == heard + 1


def test_a_night_of_lines_pushes_out_the_lightest(theatre: Theatre) -> None:
    """An alert keeps so many: by the morning, what it began with was not among them."""
    theatre.does(MAYA, CRISIS)
    for at in range(ITEMS + 5):
        theatre.passes(minutes=2)
        theatre.does(MAYA, f"{CONCERN} {at}")
    _, detail = theatre.alert()
    assert len(detail.items) == ITEMS
    assert detail.items[0].text == CRISIS
    assert [each.text for each in detail.items[1:]] == [
        f"{CONCERN} {at}" for at in range(6, ITEMS + 5)
    ]


def test_a_sentence_in_two_messages_is_kept_to_its_end(theatre: Theatre) -> None:
    """Several short lines and a long one say it together: the end of the long one was cut off."""
    for _ in range(5):
        theatre.does(MAYA, "so it goes on and on and " * 15)
    theatre.does(MAYA, "and I want to")
    theatre.does(MAYA, f"die, {'he said and she said ' * 180}and that was all of it")
    _, detail = theatre.alert()
    assert detail.items[-1].text.endswith("and that was all of it")


def test_a_long_text_is_read_to_its_end_in_the_chat(theatre: Theatre) -> None:
    """What alarmed stood at its end, and “…” in its place; where a programme has no pages, nobody
    could read it anywhere."""
    theatre.does(MAYA, f"{'Nothing much happened today <3 ' * 125}. {CRISIS}")
    opens(theatre)
    read = [each["text"] for each in theatre.bodies(RIVERA) if each.get("protect")]
    assert CRISIS in "".join(read)
    assert all(units(unescape(each)) <= 4096 for each in read)
    assert "".join(read).count("&lt;3") == 125


def test_what_never_arrived_is_told_again_at_once(theatre: Theatre) -> None:
    """A telling that failed holds nothing back."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.arrives()
    theatre.passes(seconds=3)
    theatre.does(MAYA, "I want to die")
    theatre.arrives("failed")
    failed = update(tables.mail).values(status="failed")
    theatre.run(lambda session: session.connection().execute(failed))
    heard = len(theatre.heard(RIVERA))
    theatre.does(MAYA, "I want to die now")
    assert len(theatre.heard(RIVERA)) == heard + 1


def test_content_needs_the_pin_and_leaves_a_line_in_the_trail(theatre: Theatre) -> None:
    """Nothing is shown before; what cannot be a PIN is told why; what is shown cannot be forwarded;
    every view is on record."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "Open")
    for wrong, why in (
        ("123", "That is too short."),
        ("123456789", "That is too long."),
        ("abcd", "it may hold digits only"),
        ("١٢٣٤", "it may hold digits only"),
    ):
        theatre.does(RIVERA, wrong)
        assert why in theatre.heard(RIVERA)[-1]
        assert "choose a PIN of 4 to 8 digits" in theatre.heard(RIVERA)[-1]
    theatre.does(RIVERA, "4711")
    theatre.does(RIVERA, "4712")
    assert "That was not the same" in theatre.heard(RIVERA)[-1]
    theatre.does(RIVERA, "4711")
    theatre.does(RIVERA, "4711")
    shown = theatre.bodies(RIVERA)[-1]
    assert CRISIS in shown["text"]
    assert shown["protect"] is True
    assert sum(bool(each.get("deletes")) for each in theatre.bodies(RIVERA)) == 8
    assert trail(theatre)[0] == "alert.viewed"
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert trail(theatre)[:2] == ["alert.viewed", "alert.viewed"]


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour(theatre: Theatre) -> None:
    """Even the right one does not open it then; taking it still works. Later it opens."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Open")
    for _ in range(5):
        theatre.does(RIVERA, "0000")
    assert "Too many wrong PINs" in theatre.heard(RIVERA)[-1]
    assert trail(theatre)[0] == "pin.locked"
    theatre.taps(RIVERA, "Open")
    assert "Too many wrong PINs" in theatre.heard(RIVERA)[-1]
    theatre.taps(RIVERA, "I take it")
    assert theatre.alert()[0].state == "taken"
    theatre.passes(minutes=15, seconds=1)
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert CRISIS in theatre.heard(RIVERA)[-1]


def test_a_pin_typed_while_it_is_locked_does_not_stay_in_the_chat(theatre: Theatre) -> None:
    """It was answered with “nobody is waiting for you, so there is no number to confirm”, and the
    right PIN stood in the chat from then on."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Open")
    for _ in range(5):
        theatre.does(RIVERA, "0000")
    deleted = sum(bool(each.get("deletes")) for each in theatre.bodies(RIVERA))
    theatre.does(RIVERA, "4711")
    assert "Too many wrong PINs" in theatre.heard(RIVERA)[-1]
    assert sum(bool(each.get("deletes")) for each in theatre.bodies(RIVERA)) == deleted + 1
    theatre.passes(minutes=15, seconds=1)
    theatre.does(RIVERA, "4711")
    assert "no number to confirm" in theatre.heard(RIVERA)[-1]


def test_a_lock_at_the_cards_is_on_record_too(theatre: Theatre) -> None:
    """Whoever guesses the PIN at another door leaves the same line."""
    paired = Programme("P", ZONE, partner_pairs=True)
    theatre.run(lambda session: groups.set_programme(session, paired, theatre.now))
    cards = Press(for_menu("cards"))
    theatre.does(RIVERA, cards)
    for typed in ("4711", "4711"):
        theatre.does(RIVERA, typed)
    theatre.does(RIVERA, cards)
    for _ in range(5):
        theatre.does(RIVERA, "0000")
    query = partial(audit.newest, subjects=(), actor=theatre.rivera, before=None, limit=1)
    (newest,) = theatre.run(query)
    assert (newest.action, newest.reason) == ("pin.locked", "cards")


def test_a_pin_is_asked_for_ten_minutes_only(theatre: Theatre) -> None:
    """Digits typed much later are no PIN any more and open nothing."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Open")
    theatre.passes(minutes=11)
    theatre.does(RIVERA, "4711")
    assert trail(theatre).count("alert.viewed") == 1


def test_the_programme_may_keep_content_out_of_the_chat(theatre: Theatre) -> None:
    """Then [Open] says where to look, and asks for nothing."""

    def no_content(session: Session) -> None:
        chosen = groups.programme(session)
        assert chosen is not None
        groups.set_programme(
            session,
            replace(chosen, alerts_in_chat=False),
            theatre.now,
        )

    theatre.run(no_content)
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "Open")
    assert "on its page only" in theatre.heard(RIVERA)[-1]


def test_closing_needs_a_note(theatre: Theatre) -> None:
    """Blank, a dot, a PIN are none; it is sealed with the alert; closing takes what nobody took."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    for nothing in ("   ", ".", "4711"):
        theatre.does(RIVERA, nothing)
        assert theatre.alert()[0].state == "open"
    assert theatre.heard(RIVERA)[-1].startswith("That is no note yet.")
    theatre.does(RIVERA, "Called her, she is with her sister.")
    alert, _ = theatre.alert()
    assert (alert.state, alert.taken_by) == ("closed", theatre.rivera)
    assert trail(theatre)[:3] == ["alert.closed", "alert.taken", "alert.viewed"]
    assert any(text.startswith("Dr Rivera has seen") for text in theatre.heard(MAYA))
    note = theatre.taps(RIVERA, "Close")
    assert note == "That one is closed, or not yours to see."
    theatre.passes(hours=5)
    theatre.does(MAYA, CRISIS)
    assert theatre.alert()[0].id != alert.id


def test_a_note_closes_nothing_that_came_while_it_was_written(theatre: Theatre) -> None:
    """Closed with it, the new words would never be read. The note stays in the chat, not lost."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    theatre.passes(minutes=5)
    theatre.does(MAYA, "I took all my pills")
    before = len(theatre.bodies(RIVERA))
    theatre.does(RIVERA, "Called her, she is with her sister.")
    assert theatre.alert()[0].state == "open"
    refused = theatre.bodies(RIVERA)[before:]
    assert refused[-1]["text"].startswith("Something new has come to ")
    assert not any(each.get("deletes") for each in refused)
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert "I took all my pills" in theatre.heard(RIVERA)[-1]
    theatre.passes(minutes=1)
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, an ambulance is on its way.")
    assert theatre.alert()[0].state == "closed"


def test_what_came_since_it_was_opened_is_opened_before_it_is_closed(theatre: Theatre) -> None:
    """Nobody is told of new words to what nobody has taken: [Close], below what was read before
    them, closed it with them unread."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.passes(minutes=5)
    theatre.does(MAYA, "I took all my pills")
    theatre.passes(minutes=1)
    theatre.taps(RIVERA, "Close")
    assert theatre.heard(RIVERA)[-1].startswith("Something new has come to ")
    theatre.does(RIVERA, "Called her, she is with her sister.")
    assert theatre.alert()[0].state == "open"
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert "I took all my pills" in theatre.heard(RIVERA)[-1]
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, an ambulance is on its way.")
    assert theatre.alert()[0].state == "closed"


def test_a_night_of_lines_after_it_was_opened_is_opened_too(theatre: Theatre) -> None:
    """Each line is on record: behind fifty of them, that it had been opened was not found, and it
    was closed unread."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    for at in range(51):
        theatre.passes(minutes=2)
        theatre.does(MAYA, f"I want to die {at}")
    theatre.taps(RIVERA, "Close")
    assert theatre.heard(RIVERA)[-1].startswith("Something new has come to <b>Heron</b>")


def test_what_a_clock_that_ran_ahead_kept_can_be_closed(theatre: Theatre) -> None:
    """Its words are of an hour that is still to come; by them each note was too old."""
    theatre.passes(hours=3)
    theatre.does(MAYA, CRISIS)
    theatre.now -= timedelta(hours=3)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, she is with her sister.")
    assert theatre.alert()[0].state == "closed"


def test_a_note_for_what_a_colleague_has_closed_is_not_lost(theatre: Theatre) -> None:
    """Deleted from the chat and kept nowhere, what was done would be known to nobody."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    theatre.does(LEAD, Command("alerts"))
    theatre.taps(LEAD, "3 Mar")
    for _ in ("chosen", "typed once more"):
        theatre.does(LEAD, "4711")
    theatre.taps(LEAD, "Close")
    theatre.does(LEAD, "I reached her, she is at home.")
    before = len(theatre.bodies(RIVERA))
    theatre.does(RIVERA, "Called her, she is with her sister.")
    refused = theatre.bodies(RIVERA)[before:]
    assert "Your note was not kept; it still stands in this chat." in refused[-1]["text"]
    assert not any(each.get("deletes") for each in refused)


def test_whoever_goes_elsewhere_is_writing_no_note(theatre: Theatre) -> None:
    """[Close], then the menu: what is typed next belongs there, and closes nothing."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, Command("menu"))
    theatre.does(RIVERA, "The one in the green coat")
    assert theatre.alert()[0].state == "open"


def test_therapists_of_other_groups_see_nothing(theatre: Theatre) -> None:
    """Neither the list nor a forged button shows them an item that is not theirs."""
    theatre.does(MAYA, CRISIS)
    alert, _ = theatre.alert()

    def moves(session: Session) -> None:
        found = people.find(session, theatre.kit.vault, 700)
        assert found is None
        place = staff.add_staff(
            session,
            theatre.kit.vault,
            "Dr Other",
            staff.Role.THERAPIST,
            theatre.now,
        )
        person = people.welcome(
            session,
            theatre.kit.vault,
            700,
            "en",
            "UTC",
            theatre.now,
        )
        taken = people.take_place(
            session,
            theatre.kit.vault,
            place.id,
            700,
            person,
            theatre.now,
        )
        people.set_standing(session, taken.id, Standing.STAFF)

    theatre.run(moves)
    for verb in ("alert", "take", "close"):
        assert theatre.does(700, Press(for_menu(verb, short_id(alert.id)))) is not None
    assert set(theatre.heard(700)) == {"Nothing waits for you here."}
    assert theatre.alert()[0].state == "open"


def test_erasing_everything_with_an_open_alert(theatre: Theatre) -> None:
    """Staff are told without content; no row and no word of the alert remains."""
    theatre.does(MAYA, CRISIS)
    theatre.does(MAYA, Command("delete_me"))
    theatre.taps(MAYA, "Yes, delete everything")
    assert theatre.heard(RIVERA)[-1].startswith("A person with an open item has deleted everything")
    assert theatre.run(alerts.all_open) == []


def test_a_discharge_with_an_open_alert(theatre: Theatre) -> None:
    """Staff are told, and the alert stays until somebody closes it."""
    theatre.does(MAYA, CRISIS)

    def leaves(session: Session) -> None:
        person = people.find(session, theatre.kit.vault, MAYA)
        assert person is not None
        scene = Scene(session, theatre.kit, person, theatre.now, "discharge")
        alarms.person_left(scene, "discharged")
        members.set_discharged(session, person.id, theatre.now)

    theatre.run(leaves)
    assert "has been discharged" in theatre.heard(RIVERA)[-1]
    assert theatre.alert()[0].state == "open"


def test_a_long_note_is_kept_whole(theatre: Theatre) -> None:
    """It is deleted from the chat: what was cut off would be nowhere."""
    note = ("Reached her on the phone, her sister is there. " * 90)[:4096].strip()
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, note)
    closed, _ = theatre.alert()
    assert theatre.run(lambda session: alerts.note_of(session, theatre.kit.vault, closed)) == note


def test_whoever_lets_somebody_finish_hears_of_an_open_item(theatre: Theatre) -> None:
    """Before it is done, and not only afterwards."""
    open_item = "An item about them is still open."
    named = Press(for_menu("finish", short_id(theatre.maya)))
    theatre.does(RIVERA, named)
    assert open_item not in theatre.heard(RIVERA)[-1]
    theatre.does(MAYA, CRISIS)
    theatre.does(RIVERA, named)
    assert open_item in theatre.heard(RIVERA)[-1]


def test_a_note_says_on_whom_it_will_be(theatre: Theatre) -> None:
    """Two items of one minute: opened ones go by the alias, others by when they came, so that
    nobody closes one with what was done about the other."""
    finch = Known(1002, "en", ZONE, "Finch")
    theatre.run(lambda s: set_up.enrol(s, theatre.kit, theatre.group, finch, theatre.now))
    for each in (MAYA, 1002):
        theatre.does(each, CRISIS)
    theatre.taps(RIVERA, "I take it")
    assert "the item of 3 Mar" in theatre.heard(RIVERA)[-1]
    opens(theatre)
    assert "Finch" in theatre.heard(RIVERA)[-1]
    theatre.taps(RIVERA, "Close")
    assert "a short note on <b>Finch</b>" in theatre.heard(RIVERA)[-1]
    theatre.does(RIVERA, Command("alerts"))
    labels = [row[0]["text"] for row in theatre.bodies(RIVERA)[-1]["buttons"]]
    assert ["Finch" in each for each in labels[:2]] == [False, True]
    theatre.taps(RIVERA, labels[1])
    theatre.does(RIVERA, "4711")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Reached Finch, safe with a sister.")
    assert theatre.heard(RIVERA)[-1].startswith("Closed: <b>Finch</b>")


def test_two_of_one_minute_are_told_apart_before_they_are_opened(theatre: Theatre) -> None:
    """By their place in that minute, the same for everybody and after one is closed; no name."""
    finch = Known(1002, "en", ZONE, "Finch")
    theatre.run(lambda s: set_up.enrol(s, theatre.kit, theatre.group, finch, theatre.now))
    for each in (MAYA, 1002):
        theatre.does(each, CRISIS)
    theatre.does(RIVERA, Command("alerts"))
    labels = [row[0]["text"] for row in theatre.bodies(RIVERA)[-1]["buttons"]]
    assert [each.split(" · ")[0][-9:] for each in labels[:2]] == [" (1 of 2)", " (2 of 2)"]
    theatre.taps(RIVERA, labels[1])
    assert "(2 of 2)</b>" in theatre.heard(RIVERA)[-1]
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Reached them, safe with a sister.")
    assert "(2 of 2)</b>" in theatre.heard(RIVERA)[-1]
    theatre.does(LEAD, Command("alerts"))
    labels = [row[0]["text"] for row in theatre.bodies(LEAD)[-1]["buttons"]]
    assert " (1 of 2) · waits" in labels[0]


def test_somebody_without_a_name_is_told_apart_by_when_it_came(theatre: Theatre) -> None:
    """Two newcomers may wait, and both are “no name here yet” once they are opened."""
    new = Known(1002, "en", ZONE, "")
    theatre.run(lambda s: set_up.enrol(s, theatre.kit, theatre.group, new, theatre.now))
    for each in (MAYA, 1002):
        theatre.does(each, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    asked = theatre.heard(RIVERA)[-1]
    assert "no name here yet · the item of 3 Mar, 10:00 (2 of 2)</b>" in asked


def test_a_colleague_takes_it_over(theatre: Theatre) -> None:
    """Dr Rivera cannot see to it any longer: Dr Mora has it then, and Maya and she are told."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.does(LEAD, Command("alerts"))
    theatre.taps(LEAD, "3 Mar")
    for _ in range(2):
        theatre.does(LEAD, "4711")
    theatre.taps(LEAD, "Take it over from Dr Rivera")
    assert theatre.alert()[0].taken_by == theatre.lead
    assert theatre.heard(MAYA)[-1].startswith("Dr Mora has seen the note I sent")
    assert theatre.heard(RIVERA)[-1].startswith("Dr Mora has taken it: the item of 3 Mar")


def test_nobody_takes_over_from_who_took_over_a_moment_ago(theatre: Theatre) -> None:
    """The page was drawn while Dr Rivera had it; by now Dr Mora has."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    alert, _ = theatre.alert()
    over = for_menu("take_over", f"{short_id(alert.id)}.{short_id(theatre.rivera)}")
    theatre.does(LEAD, Press(over))
    assert theatre.alert()[0].taken_by == theatre.lead
    nobody = for_menu("take_over", f"{short_id(alert.id)}.{short_id(theatre.maya)}")
    assert theatre.does(RIVERA, Press(nobody)) == "Dr Mora has taken it."
    assert theatre.alert()[0].taken_by == theatre.lead


def test_a_note_written_after_half_an_hour_is_kept(theatre: Theatre) -> None:
    """Dr Rivera was called away over it: it leaves the chat, and closes the item."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.passes(minutes=31)
    theatre.does(RIVERA, "Reached Maya, she is with her sister.")
    assert theatre.alert()[0].is_closed
    assert any(each.get("deletes") for each in theatre.bodies(RIVERA))
