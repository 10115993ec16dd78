"""Whom an alert is told to, when, and what whoever it is about reads of it meanwhile."""

import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from bot.care.cadence import Beat
from bot.care.risk import Tier
from bot.messages.callback import for_menu
from bot.store import alert_items, alerts, groups, mail, people, tables
from bot.store.alert_items import Detail
from bot.usecases import alert as alarms
from bot.usecases import pulse, set_up
from bot.usecases.incoming import Command, Membership, Press
from tests.store.ahead import AHEAD, id_ahead
from tests.usecases.alarming import CONCERN, CRISIS, opens
from tests.usecases.theatre import LEAD, MAYA, NIGHT, RIVERA, Theatre

HOUR = timedelta(hours=1)
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


def test_an_alert_raised_while_the_clock_ran_ahead_goes_up_all_the_same(theatre: Theatre) -> None:
    """A year ahead for a moment, in which Maya writes; then it is put right. The back-up would have
    been told in a year, and new words would have counted as said in one go with the first."""
    now = theatre.now
    theatre.run(lambda session: pulse.beat(session, Beat(now, 0)))
    theatre.now += timedelta(days=364)
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]
    theatre.now = now + timedelta(minutes=1)
    theatre.run(lambda session: pulse.beat(session, Beat(theatre.now, 60), went_back=True))
    mails = theatre.run(lambda s: mail.claim(s, theatre.kit.vault, now=theatre.now, lease=HOUR))
    assert len(mails) == 1
    theatre.passes(minutes=14)
    assert theatre.heard(LEAD) == []
    theatre.passes(minutes=60)
    assert "needs you now" in theatre.heard(LEAD)[0]
    assert theatre.heard(MAYA)[-1].startswith("I haven’t had a reply from your team yet")
    heard = len(theatre.heard(RIVERA))
    theatre.does(MAYA, CRISIS)
    assert len(theatre.heard(RIVERA)) > heard


def test_words_after_an_alert_of_a_clock_that_ran_ahead(theatre: Theatre) -> None:
    """It was closed, and has an id of the future: the next words were one alert each, and nobody
    was told that somebody with an open one deletes everything."""

    def closed(session: Session) -> None:
        known, vault = id_ahead(), theatre.kit.vault
        sealed = alert_items.seal(session, vault, theatre.maya, known, Detail(routed_at=AHEAD))
        row = {"id": known, "participant_id": theatre.maya, "sealed_detail": sealed}
        row |= {"group_id": theatre.group, "tier": "crisis", "source": "words", "level": 1}
        row |= {"state": "closed", "told": "seen", "not_meant": False}
        row |= dict.fromkeys(("opened_at", "latest_at", "closed_at"), AHEAD)
        session.connection().execute(insert(tables.alert), row)

    theatre.run(closed)
    theatre.does(MAYA, CRISIS)
    theatre.does(MAYA, "I can’t stop thinking about killing myself")
    assert len(theatre.run(alerts.all_open)) == 1
    _, detail = theatre.alert()
    assert len(detail.items) == 2
    assert theatre.run(lambda session: alarms.has_open(session, theatre.maya))


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


def _lives(theatre: Theatre, minutes: int) -> None:
    for _ in range(minutes):
        theatre.passes(minutes=1)
        theatre.arrives()


def test_who_was_told_and_left_the_chat_is_passed_over(without_mail: Theatre) -> None:
    """Dr Mora came first in the list by then, and was left out of it: Maya heard that nobody had
    answered in the minute in which Dr Mora was told."""
    theatre = without_mail
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.does(RIVERA, Membership(reachable=False))
    _lives(theatre, minutes=15)
    assert theatre.heard(LEAD) == ["1 item needs you now. Nobody has taken it yet."]
    assert not any("haven’t had a reply" in each for each in theatre.heard(MAYA))
    _lives(theatre, minutes=15)
    assert any("haven’t had a reply" in each for each in theatre.heard(MAYA))


def test_who_comes_back_is_told_in_their_turn(without_mail: Theatre) -> None:
    """Dr Mora was told first; Dr Rivera wrote a minute later, and only Dr Mora was told again."""
    theatre = without_mail
    theatre.does(RIVERA, Membership(reachable=False))
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(seconds=10)
    theatre.does(RIVERA, Command("menu"))
    _lives(theatre, minutes=16)
    assert theatre.heard(RIVERA)[-1] == "1 item needs you now. Nobody has taken it yet."
    assert theatre.heard(LEAD) == ["1 new item needs you now."]


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


def test_a_call_without_a_number(theatre: Theatre) -> None:
    """Whoever wants to be called can say where, at once."""
    theatre.does(MAYA, "🛟 Help me now")
    theatre.taps(MAYA, "Ask my team to call")
    theatre.taps(MAYA, "Leave a number")
    theatre.does(MAYA, "+34 600 000 000")
    theatre.taps(MAYA, "Mornings")
    opens(theatre)
    assert "Callback number: +34 600 000 000" in theatre.heard(RIVERA)[-1]


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


def test_a_group_without_hours_is_never_told_that_the_office_is_closed(theatre: Theatre) -> None:
    """At night its note goes to who is on call, and nothing is said of hours that nobody set."""
    theatre.run(lambda session: groups.set_hours(session, theatre.group, (), theatre.now))
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "It goes to who is on call." in card
    assert "closed" not in card
