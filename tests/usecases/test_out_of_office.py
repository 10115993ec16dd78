"""Dr Rivera is away: alerts go to the next, Maya knows who is there, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.store import audit, away, groups, people
from bot.usecases import out_of_office, returns
from bot.usecases.incoming import Command
from bot.usecases.office import alerts as pages
from bot.usecases.scene import Scene
from tests.usecases.test_office_alerts import at_page
from tests.usecases.theatre import LEAD, MAYA, NIGHT, NOBODY, RIVERA, ZONE, Theatre

CRISIS = "I am going to kill myself tonight"
CONCERN = "Sometimes I wish I would not wake up"
MONDAY = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)  # eight o'clock in Madrid


def leaves(theatre: Theatre) -> None:
    """Dr Rivera taps that they are away until Monday."""
    theatre.does(RIVERA, Command("menu"))
    theatre.taps(RIVERA, "I’m away")
    theatre.taps(RIVERA, "Until Monday")


def until(theatre: Theatre) -> datetime | None:
    """When Dr Rivera reads again."""
    found: datetime | None = theatre.run(
        partial(away.until, staff_id=theatre.rivera, now=theatre.now)
    )
    return found


def test_an_alert_goes_to_the_next_and_maya_is_told_so(theatre: Theatre) -> None:
    """Dr Mora is told at once, Dr Rivera not at all; the card names who was told, when Dr Rivera
    reads again and who is there."""
    leaves(theatre)
    assert until(theatre) == MONDAY
    before = theatre.heard(RIVERA)
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "I’ve sent a note to Dr Mora. The office is open until 17:00." in card
    assert "Dr Rivera is away until Monday at 08:00; Dr Mora is there meanwhile." in card
    assert theatre.heard(LEAD) == ["1 new item needs you now."]
    assert theatre.heard(RIVERA) == before


def test_staff_live_by_the_clock_of_the_programme(theatre: Theatre) -> None:
    """Where it is changed theirs is too; Maya keeps hers."""
    there = replace(theatre.run(groups.programme), zone="America/New_York")
    theatre.run(lambda session: groups.set_programme(session, there, theatre.now))
    found = [
        theatre.run(partial(people.look, person=each)) for each in (theatre.rivera, theatre.maya)
    ]
    assert [each.zone for each in found] == ["America/New_York", ZONE]
    theatre.does(MAYA, "I am going to kill myself tonight")
    theatre.does(RIVERA, Command("alerts"))
    assert "3 Mar, 04:00" in theatre.bodies(RIVERA)[-1]["buttons"][0][0]["text"]


def test_it_ends_by_itself(theatre: Theatre) -> None:
    """On Monday at eight the usual way holds again, without anybody doing anything."""
    leaves(theatre)
    theatre.passes(days=5, hours=22, minutes=1)
    assert until(theatre) is None
    theatre.does(MAYA, CRISIS)
    card = next(text for text in theatre.heard(MAYA) if "I’ve sent a note" in text)
    assert "I’ve sent a note to Dr Rivera" in card
    assert "is away" not in card


def test_back_before_that(theatre: Theatre) -> None:
    """One tap, and both are on record without any person's name."""
    leaves(theatre)
    theatre.taps(RIVERA, "I’m back")
    assert until(theatre) is None
    theatre.does(MAYA, CONCERN)
    assert "Dr Rivera" in theatre.heard(MAYA)[0]
    record = theatre.run(lambda session: [each.action for each in _everything(session)])
    assert record.count("away.begun") == record.count("away.ended") == 1


def _everything(session: Session) -> list[audit.Kept]:
    return audit.newest(session, None, actor=NOBODY, before=None, limit=50)


def test_what_only_they_knew_of_goes_on_at_once(theatre: Theatre) -> None:
    """An alert nobody has taken does not wait for somebody who has left."""
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    assert theatre.heard(LEAD) == []
    leaves(theatre)
    assert theatre.heard(LEAD) == ["1 new item needs you now."]
    assert "1 open item that only you knew of went on" in theatre.heard(RIVERA)[-1]
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))
    theatre.taps(LEAD, "I take it")
    assert theatre.heard(MAYA)[-1].startswith("Dr Mora has seen the note")


def test_whoever_heard_of_a_lighter_item_before_is_told_too(theatre: Theatre) -> None:
    """Dr Mora was told of words of concern the day before; of words of crisis only Dr Rivera knew,
    and left: they waited half an hour for nobody."""
    theatre.does(MAYA, CONCERN)
    theatre.arrives()
    theatre.passes(hours=24)
    theatre.arrives()
    assert theatre.heard(LEAD)[-1] == "1 item needs you. Nobody has taken it yet."
    many = len(theatre.heard(LEAD))
    theatre.passes(minutes=1)
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    assert len(theatre.heard(LEAD)) == many
    leaves(theatre)
    assert theatre.heard(LEAD)[many:] == ["1 new item needs you now."]


def test_whoever_was_not_reached_does_not_count(without_mail: Theatre) -> None:
    """Dr Mora’s chat was shut: that they “were told” kept it from whoever is there."""
    theatre = without_mail
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    theatre.passes(minutes=16)
    theatre.arrives("failed")
    before = len(theatre.heard(LEAD))
    leaves(theatre)
    assert theatre.heard(LEAD)[before:] == ["1 new item needs you now."]


def test_what_only_they_knew_of_may_have_to_wait(theatre: Theatre) -> None:
    """At night, and nobody else is on call: it is not said that it went on to somebody."""
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    theatre.arrives()
    leaves(theatre)
    told = theatre.heard(RIVERA)[-1]
    assert "1 open item that only you knew of waits until the office opens" in told
    assert "went on to the next" not in told
    theatre.taps(RIVERA, "I’m back")
    theatre.passes(seconds=1)
    assert theatre.heard(RIVERA)[-1] == "1 new item needs you now."


def test_new_words_of_what_they_had_taken_go_to_somebody_who_is_there(theatre: Theatre) -> None:
    """Dr Rivera took it and left; Maya writes again: Dr Mora is told, not an empty chair."""
    theatre.does(MAYA, CONCERN)
    theatre.taps(RIVERA, "I take it")
    leaves(theatre)
    assert "You have taken 1 item that is still open." in theatre.heard(RIVERA)[-1]
    before = theatre.heard(RIVERA)
    theatre.passes(minutes=10)
    theatre.does(MAYA, CONCERN)
    assert theatre.heard(LEAD) == ["1 new item needs you today."]
    assert theatre.heard(RIVERA) == before
    assert theatre.alert()[0].state == "open"


SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_what_waits_for_the_office_goes_to_whoever_is_back_before(theatre: Theatre) -> None:
    """The only one on call was away until Sunday: words of crisis of Saturday lay until the office
    opened on Monday, a day after they were back. The page says who is told, and when."""
    theatre.now = SATURDAY
    theatre.does(RIVERA, Command("menu"))
    theatre.taps(RIVERA, "I’m away")
    theatre.taps(RIVERA, "Until tomorrow")
    assert "Nobody else is on call" in theatre.heard(RIVERA)[-1]
    theatre.does(MAYA, CRISIS)
    card = theatre.heard(MAYA)[0]
    assert "Nobody reads it before they open" in card
    assert "there meanwhile" not in card
    line = at_page(theatre, theatre.lead, pages.listed).open[0]
    assert (line.coming.who, line.coming.at) == (("Dr Rivera",), SUNDAY)
    before = len(theatre.heard(RIVERA))
    theatre.passes(hours=20, minutes=1)
    theatre.arrives()
    theatre.passes(minutes=2)
    assert theatre.heard(RIVERA)[before:] == ["1 new item needs you now."]
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))


def test_whoever_writes_again_hears_that_it_waits_no_more(theatre: Theatre) -> None:
    """On Sunday it went to who was back on call: “nobody reads it before they open” would be untrue
    then. When nobody is again, she hears that, too."""
    theatre.now = SATURDAY
    theatre.does(RIVERA, Command("menu"))
    theatre.taps(RIVERA, "I’m away")
    theatre.taps(RIVERA, "Until tomorrow")
    theatre.does(MAYA, CRISIS)
    assert "Nobody reads it before they open" in theatre.heard(MAYA)[0]
    theatre.passes(hours=20, minutes=1)
    theatre.arrives()
    theatre.passes(minutes=2)
    theatre.does(MAYA, CRISIS)
    told = "I’ve sent a note to Dr Rivera. The office is closed; this goes to who is on call."
    assert told in theatre.heard(MAYA)[-1]
    assert theatre.alert()[0].told == "sent"
    leaves(theatre)
    told = theatre.heard(MAYA)[-1]
    assert told.startswith("Dr Rivera no longer has the note I sent. I’ve left a note for Dr Mora.")
    assert "Nobody reads it before they open." in told


def test_who_says_anew_that_they_are_back_sooner_is_told_sooner(theatre: Theatre) -> None:
    """Until Monday at first; what waited had been planned for that."""
    theatre.now = SATURDAY
    leaves(theatre)
    theatre.does(MAYA, CRISIS)
    theatre.taps(RIVERA, "Until tomorrow")
    before = len(theatre.heard(RIVERA))
    theatre.passes(hours=20, minutes=1)
    theatre.arrives()
    theatre.passes(minutes=2)
    assert theatre.heard(RIVERA)[before:] == ["1 new item needs you now."]
    assert not any("haven’t had a reply" in text for text in theatre.heard(MAYA))


def test_with_nobody_else_it_still_reaches_them(without_mail: Theatre) -> None:
    """The lead is away as well: an alert goes the usual way, and the page says so beforehand."""
    theatre = without_mail
    theatre.run(
        lambda session: away.leave(session, theatre.lead, MONDAY, theatre.now - timedelta(hours=1))
    )
    leaves(theatre)
    assert "Nobody else is there for your groups" in theatre.heard(RIVERA)[-1]
    theatre.does(MAYA, CRISIS)
    assert theatre.heard(RIVERA)[-1] == "1 new item needs you now."
    assert "is there meanwhile" not in theatre.heard(MAYA)[0]


def test_on_call_at_night_it_goes_past_them_too(theatre: Theatre) -> None:
    """Dr Rivera is the only one on call: while they are away the office decides."""
    leaves(theatre)
    theatre.now = NIGHT
    theatre.does(MAYA, CRISIS)
    assert theatre.heard(LEAD) == []
    assert "They read again on Wednesday at 09:00." in theatre.heard(MAYA)[0]
    theatre.passes(hours=10, minutes=1)
    assert theatre.heard(LEAD) == ["1 new item needs you now."]


def test_the_menu_says_until_when(theatre: Theatre) -> None:
    """And a day that is further ahead has its date."""
    leaves(theatre)
    theatre.taps(RIVERA, "Until Monday 23 March at 08:00")
    theatre.does(RIVERA, Command("menu"))
    assert theatre.taps(RIVERA, "Away until Monday 23 March at 08:00") is None


def test_a_member_reads_it_wherever_hours_are_told(theatre: Theatre) -> None:
    """In Spanish, on the member's own clock; and behind the name in a receipt."""

    def said(session: Session) -> tuple[str, tuple[str, ...]]:
        person = people.look(session, theatre.maya)
        assert person is not None
        scene = Scene(session, theatre.kit, person, theatre.now, "t")
        return returns.said(scene), returns.with_returns(scene, ("Dr Rivera", "Dr Else"))

    assert theatre.run(said) == ("", ("Dr Rivera", "Dr Else"))
    leaves(theatre)
    theatre.run(lambda session: people.set_language(session, theatre.maya, "es"))
    theatre.run(lambda session: people.set_zone(session, theatre.maya, "America/Bogota"))
    assert theatre.run(said) == (
        "Dr Rivera no está hasta el lunes a las 02:00; mientras tanto, Dr Mora",
        ("Dr Rivera (no está hasta el lunes a las 02:00)", "Dr Else"),
    )


def test_an_old_button_of_another_day_only_shows_the_page(theatre: Theatre) -> None:
    """On a Sunday “until Monday” is “until tomorrow”: the old one sets nothing."""
    theatre.does(RIVERA, Command("menu"))
    theatre.taps(RIVERA, "I’m away")
    theatre.now = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    theatre.taps(RIVERA, "Until Monday")
    assert until(theatre) is None


def test_a_button_is_for_the_date_it_names(theatre: Theatre) -> None:
    """“Until Monday”, tapped a week later, was another Monday than it had named."""
    theatre.does(RIVERA, Command("menu"))
    theatre.taps(RIVERA, "I’m away")
    theatre.passes(days=7)
    theatre.taps(RIVERA, "Until Monday at 08:00")
    assert until(theatre) is None
    assert "How long are you away?" in theatre.heard(RIVERA)[-1]
    theatre.taps(RIVERA, "Until Monday at 08:00")
    assert until(theatre) == MONDAY + timedelta(days=7)


def test_the_lead_can_say_it_for_somebody_who_is_ill(theatre: Theatre) -> None:
    """The same holds, and it is on record who said so."""

    def work(session: Session) -> None:
        lead = people.look(session, theatre.lead)
        assert lead is not None
        scene = Scene(session, theatre.kit, lead, theatre.now, "ill")
        out_of_office.leave(scene, theatre.rivera, MONDAY)

    theatre.run(work)
    assert until(theatre) == MONDAY
    last = theatre.run(_everything)[0]
    assert (last.actor, last.action, last.reason) == (
        theatre.lead,
        "away.begun",
        theatre.rivera.hex,
    )
