"""The card that answers danger: its lines, what comes below it, and the day after."""

from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.catalog.load import Library
from bot.messages.callback import for_menu
from bot.store import groups, people, tables
from bot.store.groups import Programme
from bot.store.outbox import Kind, guards
from bot.store.people import Standing
from bot.usecases.incoming import Press
from tests.engine.playing import exercise_of
from tests.usecases.alarming import CONCERN, CRISIS, closes, opens
from tests.usecases.theatre import LEAD, MAYA, RIVERA, ZONE, Theatre


def guarded(session: Session, theatre: Theatre) -> list[bool]:
    """Whether the conditions of what waits for Maya hold."""
    t = tables.outbox
    query = select(t.c.guard).where(t.c.participant_id == theatre.maya, t.c.guard != "")
    found = session.connection().execute(query).scalars()
    return [guards.holds(session, each, theatre.now) for each in found]


ITEM9 = exercise_of(
    """
- {id: q9, type: ask_scale, scale: {min: 0, max: 3}, text: {en: Nine?, es: ¿Nueve?}}
- {id: q10, type: ask_text, text: {en: And ten?, es: ¿Y diez?}}
- {id: end, type: finish}
""",
    """
id: check.nine
title: {en: Nine, es: Nueve}
signals:
  - {reason: item9_often, tier: concern, today: true, when: {answer: q9, at_least: 2}}
  - {reason: item9, tier: concern, when: {answer: q9, at_least: 1, at_most: 1}}
""",
)
CHANGED = "They changed this answer on"


def test_an_answer_that_was_changed_says_so_on_its_alert(theatre: Theatre) -> None:
    """Whoever opened it read what the entry no longer held. It stays as grave and as open as it
    was, and says nothing of what the answer is now; changed once more, that is a new line."""
    theatre.kit = replace(theatre.kit, library=Library({ITEM9.id: ITEM9}))
    theatre.does(MAYA, Press(for_menu("begin", ITEM9.id)))
    theatre.taps(MAYA, "3")
    before, _ = theatre.alert()
    theatre.taps(MAYA, "‹ Back")
    theatre.now += timedelta(minutes=4)
    assert theatre.alert()[1].items[0].altered_at is None  # only looked at once more
    theatre.taps(MAYA, "0")
    after, detail = theatre.alert()
    assert replace(after, sealed_detail=b"") == replace(before, sealed_detail=b"")
    assert [each.altered_at for each in detail.items] == [theatre.now]
    opens(theatre)
    item = theatre.heard(RIVERA)[-1]
    assert f"{CHANGED} Tue 3 Mar" in item.replace(",", "")
    assert "more than half the days" in item
    theatre.taps(MAYA, "‹ Back")
    theatre.taps(MAYA, "1")
    theatre.taps(RIVERA, "Open")
    theatre.does(RIVERA, "4711")
    assert theatre.heard(RIVERA)[-1].count(CHANGED) == 1
    assert len(theatre.alert()[1].items) == 2


def test_an_answer_changed_after_the_alert_was_closed_is_marked_and_opens_nothing(
    theatre: Theatre,
) -> None:
    """The page of a closed one says it; nobody is called for it."""
    theatre.kit = replace(theatre.kit, library=Library({ITEM9.id: ITEM9}))
    theatre.does(MAYA, Press(for_menu("begin", ITEM9.id)))
    theatre.taps(MAYA, "3")
    theatre.taps(MAYA, "‹ Back")
    opens(theatre)
    closes(theatre)
    heard = len(theatre.heard(RIVERA))
    theatre.taps(MAYA, "0")
    alert, detail = theatre.alert()
    assert alert.is_closed
    assert detail.items[0].altered_at == theatre.now
    assert len(theatre.heard(RIVERA)) == heard


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


def test_below_the_card_that_says_to_get_medical_help_no_list_comes(theatre: Theatre) -> None:
    """Who trembles since the last drink names a need, too, and "this passes" hid what to do."""
    theatre.does(MAYA, "I panic, I am shaking since I stopped drinking")
    assert "Please get medical help now" in theatre.heard(MAYA)[-1], theatre.heard(MAYA)


@pytest.mark.parametrize(("hours", "labels"), [(1, ["🛟 Help me now", "Menu"]), (25, ["Menu"])])
def test_thanks_within_a_day_of_danger_keep_help_one_tap_away(
    theatre: Theatre, hours: int, labels: list[str]
) -> None:
    """“Gracias por todo”, an hour after the card, may be a goodbye: it got one line and [Menu]."""
    theatre.does(MAYA, CRISIS)
    theatre.now += timedelta(hours=hours)
    theatre.does(MAYA, "Thank you for everything.")
    newest = theatre.bodies(MAYA)[-1]
    assert newest["text"].startswith("You’re welcome.")
    assert [button["text"] for row in newest["buttons"] for button in row] == labels


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
