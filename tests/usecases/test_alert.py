"""One alert from the first word to the closing note: who is told, who sees what, what is kept."""

import re
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.care.risk import Tier
from bot.messages.callback import for_menu, short_id
from bot.store import alerts, audit, groups, members, people, staff, tables
from bot.store.groups import Programme
from bot.store.outbox import Kind, guards
from bot.store.people import Standing
from bot.usecases import alert as alarms
from bot.usecases import set_up
from bot.usecases.incoming import Command, Membership, Press
from bot.usecases.scene import Scene
from bot.usecases.set_up import Known
from tests.usecases.theatre import LEAD, MAYA, NIGHT, RIVERA, ZONE, Theatre

CRISIS = "I am going to kill myself tonight"
CONCERN = "Sometimes I wish I would not wake up"
NOT_ON_A_LOCK_SCREEN = re.compile(
    r"suicid|kill|crisis|therap|patient|drug|drink|alcohol|craving|relapse|depress|anxi|harm|danger"
    r"|risk|alert|safety|mental|health|diagnos|\burge|emergency|\bdie\b|death|terap|paciente|droga"
    r"|beb[ei]|recaída|depre|ansied|daño|peligro|riesgo|salud|emergencia|muer|morir|matar",
    re.IGNORECASE,
)


def test_a_crisis_at_night_goes_to_who_is_on_call(theatre: Theatre) -> None:
    """And the card says that the office is closed."""
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    assert "I’ve sent a note to Dr Rivera. The office is closed" in theatre.heard(MAYA)[0]
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]


def test_a_crisis_at_night_without_anybody_on_call_waits_and_says_so(
    without_mail: Theatre,
) -> None:
    """Nobody is told before nine, and Maya knows it; then it is the first task."""
    theatre = without_mail
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "Nobody reads it before they open. They read again on Wednesday at 09:00." in card
    theatre.does(MAYA, CRISIS)
    assert "I’ve left a note for Dr Rivera." in theatre.heard(MAYA)[-1]
    assert theatre.heard(RIVERA) == []
    theatre.passes(hours=9, minutes=59)
    assert theatre.heard(RIVERA) == []
    theatre.passes(minutes=2)
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]


def test_no_card_tells_of_somebody_on_call_where_nobody_is(without_mail: Theatre) -> None:
    """Without office hours an item goes out at once, to somebody who may be asleep; and what comes
    after closing to an item of the afternoon is read when the office opens."""
    theatre = without_mail
    theatre.run(lambda session: groups.set_hours(session, theatre.group, (), theatre.now))
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "I’ve sent a note to Dr Rivera. There are no set hours here" in card
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]
    theatre.run(
        lambda session: groups.set_hours(session, theatre.group, set_up.NINE_TO_FIVE, theatre.now)
    )
    theatre.does(MAYA, CRISIS)
    assert "They read again on Wednesday at 09:00." in theatre.heard(MAYA)[-1]
    assert not any("on call" in each for each in theatre.heard(MAYA))


def test_a_concern_waits_for_the_office_and_goes_up_in_the_evening(theatre: Theatre) -> None:
    """On-call people are not woken for it; untaken at closing time the lead is told."""
    theatre.now = NIGHT
    theatre.does(MAYA, CONCERN)
    assert "I’ve left a note for Dr Rivera" in theatre.heard(MAYA)[0]
    assert theatre.heard(RIVERA) == []
    theatre.passes(hours=10, minutes=1)
    assert theatre.heard(RIVERA) == ["1 new item needs you today."]
    theatre.arrives()
    theatre.passes(hours=7, minutes=58)
    assert theatre.heard(LEAD) == []
    theatre.passes(minutes=2)
    assert theatre.heard(LEAD) == ["1 item needs you. Nobody has taken it yet."]


def test_it_goes_up_by_the_programmes_minutes_until_nobody_is_left(theatre: Theatre) -> None:
    """Therapist, lead, then Maya is told once that nobody answered, and staff every hour."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=14)
    assert theatre.heard(LEAD) == []
    theatre.passes(minutes=2)
    assert theatre.heard(LEAD) == ["1 item needs you now. Nobody has taken it yet."]
    theatre.arrives()
    theatre.passes(minutes=15)
    silent = [text for text in theatre.heard(MAYA) if "haven’t had a reply" in text]
    assert len(silent) == 1
    assert "024" in silent[0]
    theatre.passes(hours=2, minutes=1)
    assert sum("haven’t had a reply" in text for text in theatre.heard(MAYA)) == 1
    assert theatre.heard(RIVERA).count("1 item needs you now. Nobody has taken it yet.") == 3
    theatre.taps(RIVERA, "I take it")
    assert theatre.heard(MAYA)[-1].startswith("Dr Rivera has seen the note I sent")
    theatre.passes(hours=3)
    assert theatre.heard(RIVERA).count("1 item needs you now. Nobody has taken it yet.") == 3


@pytest.mark.parametrize("fate", ["failed", "cancelled", "uncertain"])
def test_what_did_not_arrive_goes_on_at_once(without_mail: Theatre, fate: str) -> None:
    """A telling that failed is no telling: half a minute later the next one has it."""
    theatre = without_mail
    theatre.does(MAYA, CRISIS)
    theatre.arrives(fate)
    theatre.passes(seconds=31)
    assert theatre.heard(LEAD) == ["1 item needs you now. Nobody has taken it yet."]


def test_what_is_on_its_way_for_two_minutes_goes_on(without_mail: Theatre) -> None:
    """Telegram is down: nobody waits fifteen minutes for a row that does not move."""
    theatre = without_mail
    theatre.does(MAYA, CRISIS)
    theatre.passes(seconds=100)
    assert theatre.heard(LEAD) == []
    theatre.passes(seconds=30)
    assert len(theatre.heard(LEAD)) == 1


def test_with_nobody_to_tell_the_card_is_honest(without_mail: Theatre) -> None:
    """Everybody blocked the bot: nobody was told, and it says so. Who comes back finds it."""
    theatre = without_mail
    for each in (RIVERA, LEAD):
        theatre.does(each, Membership(reachable=False))
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "nobody has been told" in card
    assert "sent a note" not in card
    theatre.passes(hours=2)
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))
    theatre.does(RIVERA, "/alerts")
    theatre.passes(hours=1, minutes=1)
    assert "1 new item needs you now." in theatre.heard(RIVERA)


def test_taking_it_twice(theatre: Theatre) -> None:
    """The first has it; the other sees who, and was told without a sound."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=16)
    assert theatre.taps(LEAD, "I take it") is None
    quiet = theatre.bodies(RIVERA)[-1]
    said = "Dr Mora has taken it: the item of 3 Mar, 10:00."
    assert (quiet["text"], quiet["silent"]) == (said, True)
    assert theatre.taps(RIVERA, "I take it") == "Dr Mora has taken it."
    alert, _ = theatre.alert()
    assert (alert.state, alert.taken_by, alert.taken_at) == ("taken", theatre.lead, theatre.now)
    theatre.passes(hours=2)
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))


@pytest.mark.parametrize("taken", [True, False])
def test_who_works_here_no_longer_leaves_no_alert_behind(theatre: Theatre, taken: bool) -> None:
    """Taken by them or told to them alone, it goes to the next at once, and is taken there."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    if taken:
        theatre.taps(RIVERA, "I take it")
    theatre.passes(minutes=5)
    assert not any("needs you now" in text for text in theatre.heard(LEAD))

    def leaves(session: Session) -> int:
        staff.remove(session, theatre.rivera)
        return alarms.let_go(session, theatre.kit, theatre.rivera, theatre.now)

    assert theatre.run(leaves) == 1
    assert "1 new item needs you now." in theatre.heard(LEAD)
    told = "Dr Rivera no longer has the note I sent. I’ve sent a note to Dr Mora. The office is"
    assert theatre.heard(MAYA)[-1].startswith(told) is taken
    theatre.does(MAYA, CRISIS)
    assert "Dr Rivera" not in theatre.heard(MAYA)[-1]
    assert theatre.alert()[0].told == "sent"
    assert theatre.taps(LEAD, "I take it") is None
    assert "Dr Mora has seen the note I sent" in theatre.heard(MAYA)[-1]


def test_a_concern_becomes_a_crisis(theatre: Theatre) -> None:
    """The same alert, on its way again from the start, with the whole card."""
    theatre.does(MAYA, CONCERN)
    assert theatre.heard(RIVERA) == ["1 new item needs you today."]
    theatre.taps(RIVERA, "I take it")
    theatre.passes(minutes=5)
    theatre.does(MAYA, CRISIS)
    assert "1 new item needs you now." in theatre.heard(RIVERA)
    alert, detail = theatre.alert()
    assert (alert.tier, alert.state, alert.level) == (Tier.CRISIS, "open", 1)
    assert len(detail.items) == 2
    assert sum("I’m really glad" in text for text in theatre.heard(MAYA)) == 1


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


def test_in_danger_now(theatre: Theatre) -> None:
    """The number stands first; a concern becomes a crisis by it."""
    theatre.does(MAYA, "I lost control and I am scared I will hurt my brother")
    theatre.run(lambda session: people.set_country(session, theatre.maya, "US"))
    theatre.does(MAYA, Press(for_menu("danger")))
    assert theatre.heard(MAYA)[-1].startswith("<b>Call 911 now.</b>")
    assert "You can also reach: 988 Lifeline (" in theatre.heard(MAYA)[-1]  # no second colon
    assert theatre.alert()[0].tier is Tier.CRISIS


def test_asking_for_a_call(theatre: Theatre) -> None:
    """From the help card: says when they read and which number they have; no crisis by itself."""
    theatre.leaves_number("+34 600 000 000", "after six")
    theatre.does(MAYA, "🛟 Help me now")
    theatre.taps(MAYA, "Ask my team to call")
    answer = theatre.heard(MAYA)[-1]
    assert "I’ve sent a note to Dr Rivera. The office is open until 17:00." in answer
    assert "They have this number of yours: +34 600 000 000 (after six)." in answer
    assert theatre.heard(RIVERA) == ["1 new item needs you today."]
    alert, _ = theatre.alert()
    assert (alert.source, alert.tier) == ("request", Tier.CONCERN)
    opens(theatre)
    shown = theatre.heard(RIVERA)[-1]
    assert "Asks the team to call" in shown
    assert "Callback number: +34 600 000 000 · safe time: after six" in shown


def opens(theatre: Theatre, pin: str = "4711") -> None:
    """Dr Rivera opens the item and chooses a PIN for it."""
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, pin)
    theatre.does(RIVERA, pin)


def test_a_wish_to_be_called_is_not_why_words_were_read(theatre: Theatre) -> None:
    """Asked for a call, then wrote words of danger: /who names each time the team was told, and the
    words as the reason why somebody looked."""
    theatre.does(MAYA, "🛟 Help me now")
    theatre.taps(MAYA, "Ask my team to call")
    theatre.passes(minutes=5)
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.does(MAYA, Command("who"))
    shown = theatre.heard(MAYA)[-1]
    assert "Dr Rivera looked at what you had said (because of something you wrote)" in shown
    assert shown.count("told your team that you may need help") == 2


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("ZZ", "They are in a country we have no numbers for."),
        (None, "They have not said which country they are in."),
        ("CO", "They are in Colombia. We have no numbers for it."),
        ("BO", "They are in Bolivia. We have no numbers for it."),
        ("AT", "(Austria): 112; a line in their country, from the list at findahelpline.com."),
        ("ES", "Lines where they are (Spain): 112;"),
    ],
)
def test_the_lines_are_of_where_the_person_is(
    theatre: Theatre, country: str | None, said: str
) -> None:
    """Dr Rivera never reads "your local emergency number", as if it were hers."""
    if country is not None:
        theatre.run(partial(people.set_country, person=theatre.maya, country=country))
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    assert said in theatre.heard(RIVERA)[-1]
    assert "your local" not in theatre.heard(RIVERA)[-1]


def test_until_they_say_where_they_are_the_programmes_country_counts(theatre: Theatre) -> None:
    """A clinic in the US told us so: its numbers stand on the cards, with the country they are of,
    and whoever is elsewhere is a tap away from their own."""
    clinic = Programme("P", ZONE, country="US")
    theatre.run(lambda session: groups.set_programme(session, clinic, theatre.now))
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "call 911 (United States) now" in card
    assert "988 Lifeline" in card
    theatre.does(MAYA, "🛟 Help me now")
    assert "call 911 (United States) now" in theatre.heard(MAYA)[-1]
    theatre.taps(MAYA, "Choose my country")
    theatre.taps(MAYA, "Spain")
    assert "call 112 now" in theatre.heard(MAYA)[-1]
    theatre.taps(RIVERA, "I take it")
    assert "112" in theatre.heard(MAYA)[-1]


def test_content_needs_the_pin_and_leaves_a_line_in_the_trail(theatre: Theatre) -> None:
    """Nothing is shown before; what is shown cannot be forwarded; every view is on record."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "Open")
    for wrong in ("123", "123456789", "abcd", "١٢٣٤"):
        theatre.does(RIVERA, wrong)
        assert "choose one of 4 to 8 digits" in theatre.heard(RIVERA)[-1]
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


def trail(theatre: Theatre) -> list[str]:
    """What is on record about Maya, newest first."""
    found = theatre.run(lambda session: audit.of_subject(session, theatre.maya))
    assert theatre.run(audit.verify) is None
    return [each.action for each in found]


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


def test_whoever_goes_elsewhere_is_writing_no_note(theatre: Theatre) -> None:
    """[Close], then the menu: what is typed next belongs there, and closes nothing."""
    theatre.does(MAYA, CRISIS)
    opens(theatre)
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, Command("menu"))
    theatre.does(RIVERA, "The one in the green coat")
    assert theatre.alert()[0].state == "open"


def test_after_the_card_nothing_pushes_it_up(theatre: Theatre) -> None:
    """With nothing open, the card is the whole answer: no menu comes below it."""
    theatre.does(MAYA, CRISIS)
    assert [text[:23] for text in theatre.heard(MAYA)] == ["I’m really glad you tol"]
    theatre.passes(minutes=31)
    before = len(theatre.heard(MAYA))
    theatre.does(MAYA, CONCERN)
    assert [text[:19] for text in theatre.heard(MAYA)[before:]] == ["That sounds heavy, "]


def test_worse_the_day_after_brings_the_card_below_its_sentence(theatre: Theatre) -> None:
    """Both go by the lane of help, in the order in which they are read."""
    theatre.does(MAYA, CRISIS)
    theatre.passes(hours=26)
    theatre.taps(MAYA, "Worse")
    thanks, card = theatre.heard(MAYA)[-2:]
    assert "Here is help again." in thanks
    assert "call 112 (Spain)" in card
    lanes = select(tables.outbox.c.kind).order_by(tables.outbox.c.id.desc()).limit(2)
    assert set(theatre.run(lambda session: session.connection().execute(lanes).scalars())) == {
        Kind.ALERT.value
    }


def test_not_meant_keeps_the_alert_and_goes_on(theatre: Theatre) -> None:
    """It is labelled, still on its way up, and only staff close it."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.taps(MAYA, "That’s not what I meant")
    alert, _ = theatre.alert()
    assert (alert.state, alert.not_meant) == ("open", True)
    theatre.passes(minutes=16)
    assert len(theatre.heard(LEAD)) == 1


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
    theatre.does(MAYA, Press(for_menu("leave", "yes")))
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_on_a_lock_screen(theatre: Theatre, language: str) -> None:
    """The first 60 characters of what staff get, and of what Maya gets unasked, tell nothing."""
    for each in (theatre.maya, theatre.rivera, theatre.lead):
        theatre.run(partial(people.set_language, person=each, language=language))
    theatre.does(MAYA, CRISIS)
    asked = len(theatre.heard(MAYA))
    theatre.arrives()
    theatre.passes(minutes=50)
    theatre.taps(RIVERA, "I take it" if language == "en" else "Me ocupo")
    theatre.passes(days=1)
    unasked = theatre.heard(MAYA)[asked:] + theatre.heard(RIVERA) + theatre.heard(LEAD)
    assert len(unasked) > 6
    for text in unasked:
        assert NOT_ON_A_LOCK_SCREEN.search(text[:60]) is None, text


@pytest.mark.parametrize(
    ("zone", "country", "named"),
    [
        ("Europe/Madrid", None, "call 112 (Spain) now"),
        ("America/Bogota", "US", "call 911 (United States) now"),
        ("Etc/UTC", None, "call your local emergency number now"),
    ],
)
def test_until_they_say_where_they_are_the_likeliest_lines_stand_there(
    theatre: Theatre, zone: str, country: str | None, named: str
) -> None:
    """Their programme's country, else that of their clock; it is named, as it may be another."""
    theatre.run(partial(people.set_zone, person=theatre.maya, zone=zone))
    programme = theatre.run(groups.programme)
    set_up = replace(programme, country=country)
    theatre.run(lambda session: groups.set_programme(session, set_up, theatre.now))
    theatre.does(MAYA, "Help me now")
    assert named in theatre.heard(MAYA)[-1].replace("<b>", "").replace("</b>", "")


def test_below_the_card_of_a_crisis_no_list_comes(theatre: Theatre) -> None:
    """“Alone” names a need, too, but its exercises would push the way to help out of sight."""
    theatre.does(MAYA, "I am all alone and I am going to kill myself tonight")
    assert "I’m really glad you told me" in theatre.heard(MAYA)[-1]


def test_the_next_day_asks_how_it_is(theatre: Theatre) -> None:
    """Once, the morning after."""
    theatre.does(MAYA, CRISIS)
    theatre.passes(hours=26)
    asked = [text for text in theatre.heard(MAYA) if "Yesterday you opened Help me now" in text]
    assert len(asked) == 1


def test_back_in_the_night_after_two_days_it_is_not_asked_at_once(theatre: Theatre) -> None:
    """We were down: it waits for the morning, and does not call yesterday what was before."""
    theatre.does(MAYA, CRISIS)
    three = theatre.now.astimezone(ZoneInfo(ZONE)).replace(hour=3) + timedelta(days=3)
    theatre.now = three.astimezone(UTC)
    theatre.passes(minutes=30)
    assert not any("you opened Help me now" in text for text in theatre.heard(MAYA))
    theatre.passes(hours=7)
    (asked,) = (text for text in theatre.heard(MAYA) if "you opened Help me now" in text)
    assert "The other day you opened" in asked


def test_new_words_after_nobody_answered(theatre: Theatre) -> None:
    """Everybody is told again at once, not at the next hour; and once for what comes in one go."""
    theatre.does(MAYA, CRISIS)
    for _ in range(4):
        theatre.arrives()
        theatre.passes(minutes=31)
    assert "haven’t had a reply" in theatre.heard(MAYA)[-1]
    before = len(theatre.heard(RIVERA)), len(theatre.heard(LEAD))
    theatre.passes(minutes=6)
    theatre.does(MAYA, "I want to die")
    theatre.does(MAYA, "I really want to die")
    assert (len(theatre.heard(RIVERA)), len(theatre.heard(LEAD))) == (before[0] + 1, before[1] + 1)
    assert "Nobody on your team has answered my note yet." in theatre.heard(MAYA)[-1]
    theatre.taps(RIVERA, "I take it")
    assert "Dr Rivera has seen the note" in theatre.heard(MAYA)[-1]


def test_a_long_note_is_kept_whole(theatre: Theatre) -> None:
    """It is deleted from the chat: what was cut off would be nowhere."""
    note = ("Reached her on the phone, her sister is there. " * 90)[:4096].strip()
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, note)
    closed, _ = theatre.alert()
    assert theatre.run(lambda session: alerts.note_of(session, theatre.kit.vault, closed)) == note


def test_safe_for_now_below_an_older_card(theatre: Theatre) -> None:
    """It is kept with what is open; with nothing open it is not said to be added to a note."""
    theatre.does(MAYA, CRISIS)
    closes(theatre)
    theatre.taps(MAYA, "I’m safe for now")
    assert "added" not in theatre.heard(MAYA)[-1]
    theatre.does(MAYA, Press(for_menu("danger")))
    theatre.taps(MAYA, "I’m safe for now")
    assert "I’ve added that to the note" in theatre.heard(MAYA)[-1]
    alert, detail = theatre.alert()
    assert not alert.is_closed
    assert [item.reason for item in detail.items] == ["danger", "safe"]


def test_not_meant_after_it_was_closed(theatre: Theatre) -> None:
    """Nobody looks at a closed one again, so nothing says that the team sees it now."""
    theatre.does(MAYA, CRISIS)
    closes(theatre)
    theatre.taps(MAYA, "That’s not what I meant")
    assert "has looked at the note and closed it" in theatre.heard(MAYA)[-1]
    assert theatre.alert()[0].is_closed


def test_a_call_without_a_number(theatre: Theatre) -> None:
    """Whoever wants to be called can say where, at once."""
    theatre.does(MAYA, "🛟 Help me now")
    theatre.taps(MAYA, "Ask my team to call")
    theatre.taps(MAYA, "Leave a number")
    theatre.does(MAYA, "+34 600 000 000")
    theatre.taps(MAYA, "Mornings")
    opens(theatre)
    assert "Callback number: +34 600 000 000" in theatre.heard(RIVERA)[-1]


def closes(theatre: Theatre) -> None:
    """Dr Rivera takes it and ends it with a note."""
    theatre.taps(RIVERA, "I take it")
    theatre.taps(RIVERA, "Close")
    theatre.does(RIVERA, "Called her, she is with her sister")


def test_in_danger_now_goes_up_at_once(theatre: Theatre) -> None:
    """Two minutes after the words, nobody waits a quarter of an hour for the next in the order; who
    has taken it is told as ever."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=2)
    theatre.taps(MAYA, "I’m in danger now")
    up = "1 item needs you now. Nobody has taken it yet."
    assert (theatre.heard(RIVERA)[-1], theatre.heard(LEAD)) == (up, [up])
    theatre.taps(LEAD, "I take it")
    theatre.does(MAYA, Press(for_menu("danger")))
    assert theatre.heard(LEAD)[-1].startswith("1 more item has come to the one you took")
    theatre.passes(hours=2)
    assert theatre.heard(RIVERA).count(up) == 1


def test_in_danger_now_wakes_nobody_whom_the_way_lets_sleep(without_mail: Theatre) -> None:
    """Nobody is on call: Maya knows that her note waits, and it does."""
    theatre = without_mail
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    theatre.taps(MAYA, "I’m in danger now")
    assert "Nobody reads it before they open" in theatre.heard(MAYA)[-1]
    assert theatre.heard(RIVERA) == []


@pytest.mark.parametrize("standing", [Standing.DISCHARGED, Standing.PENDING])
def test_after_the_programme_the_card_is_the_last_word(
    theatre: Theatre, standing: Standing
) -> None:
    """Below it nothing says that there are no exercises here, or which number to read out."""
    theatre.run(lambda session: people.set_standing(session, theatre.maya, standing))
    theatre.does(MAYA, CRISIS)
    assert "I’m really glad you told me" in theatre.heard(MAYA)[-1]
    assert len(theatre.heard(MAYA)) == 1


def test_the_next_day_asks_whoever_finished_too(theatre: Theatre) -> None:
    """It was shown to them as well; nothing speaks of a plan or a session that they do not have."""
    theatre.run(lambda session: people.set_standing(session, theatre.maya, Standing.DISCHARGED))
    theatre.does(MAYA, "Help me now")
    theatre.passes(hours=30)
    waiting = theatre.run(partial(guarded, theatre=theatre))
    assert waiting == [True]
    theatre.taps(MAYA, "The same")
    assert "somebody you trust" in theatre.heard(MAYA)[-1]


def guarded(session: Session, theatre: Theatre) -> list[bool]:
    """Whether the conditions of what waits for Maya hold."""
    t = tables.outbox
    query = select(t.c.guard).where(t.c.participant_id == theatre.maya, t.c.guard != "")
    found = session.connection().execute(query).scalars()
    return [guards.holds(session, each, theatre.now) for each in found]


def test_whoever_lets_somebody_finish_hears_of_an_open_item(theatre: Theatre) -> None:
    """Before it is done, and not only afterwards."""
    open_item = "An item about them is still open."
    named = Press(for_menu("finish", short_id(theatre.maya)))
    theatre.does(RIVERA, named)
    assert open_item not in theatre.heard(RIVERA)[-1]
    theatre.does(MAYA, CRISIS)
    theatre.does(RIVERA, named)
    assert open_item in theatre.heard(RIVERA)[-1]


def test_asking_for_a_call_while_somebody_has_it(theatre: Theatre) -> None:
    """On a Saturday nobody waits by the telephone without knowing when the office opens."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "I take it")
    theatre.passes(days=4)
    theatre.does(MAYA, "🛟 Help me now")
    theatre.taps(MAYA, "Ask my team to call")
    answer = theatre.heard(MAYA)[-1]
    assert "I’ve added it to the note that Dr Rivera has taken." in answer
    assert "The office opens again on Monday at 09:00." in answer


def test_words_of_danger_after_not_meant_take_the_label_off(theatre: Theatre) -> None:
    """Whoever reads the item is not told that it was meant otherwise, of words that came later."""
    theatre.does(MAYA, CRISIS)
    theatre.taps(MAYA, "That’s not what I meant")
    theatre.taps(MAYA, "Ask my team to call")
    assert theatre.alert()[0].not_meant
    theatre.does(MAYA, "yes I mean it, I want to die")
    assert not theatre.alert()[0].not_meant
    theatre.taps(MAYA, "That’s not what I meant")
    theatre.taps(MAYA, "I’m in danger now")
    assert not theatre.alert()[0].not_meant


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
