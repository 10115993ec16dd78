"""Two partners, from the proposal to the kind end: what each of them is told, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.care.pairing import State
from bot.store import consents, erasure
from bot.store.worker import Database
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from tests.usecases.clockwork import LEO, MADRID, MAYA, RIVERA
from tests.usecases.couple import DAY, HOUR, Couple, couple

HELLO = "Hoy me acuerdo de ti"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Couple:
    """Monday noon; nobody is paired."""
    return couple(database, shipped)


def test_the_therapist_sees_reasons_and_nothing_else(works: Couple) -> None:
    """A proposal names aliases and what is shared by number; approving asks both, by alias only."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    (proposal,) = works.told(RIVERA, "Two who may fit")
    assert "Heron + Colibrí" in proposal.text
    assert "check-in times in common: 1" in proposal.text
    works.presses(RIVERA, "Approve")
    works.ring()
    for who, alias in ((MAYA, "Colibrí"), (LEO, "Heron")):
        asked = works.to(who)[-1]
        assert alias in asked.text
        assert asked.message.protect
    assert works.pair().state is State.APPROVED


def test_another_one_ends_a_proposal(works: Couple) -> None:
    """Swapped: the two are not proposed again, and neither of them hears of it."""
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    works.presses(RIVERA, "Another one")
    assert "no two people without a partner fit" in works.to(RIVERA)[-1].text
    works.live(DAY * 7)
    assert works.pair().state is State.ENDED
    assert works.told(MAYA, "pair") == []
    assert works.told(LEO, "pareja") == []


def test_both_say_yes(works: Couple) -> None:
    """The first yes waits; with the second it begins for both, with a promise to make."""
    works.approve()
    works.accepts(MAYA)
    assert "If it comes about" in works.to(MAYA)[-1].text
    assert works.told(LEO, "ya son pareja") == []
    works.accepts(LEO)
    assert "ya son pareja" in works.to(LEO)[-1].text
    assert "You and <b>Colibrí</b> are partners now" in works.to(MAYA)[-1].text
    assert works.pair().state is State.ACTIVE


def test_a_no_is_silent(works: Couple) -> None:
    """Leo declines: Maya hears on Sunday that it has ended, not from whom; Leo hears nothing."""
    works.approve()
    works.accepts(MAYA)
    before = len(works.to(MAYA))
    works.presses(LEO, "No, gracias")
    assert works.pair().state is State.ENDED
    assert len(works.to(MAYA)) == before
    works.live(DAY * 7)
    (closing,) = works.told(MAYA, "come to its end")
    assert closing.at.weekday() == 6
    assert "Colibrí" not in closing.text
    assert works.told(LEO, "llegó a su final") == []
    works.live(DAY * 14)
    assert len(works.told(MAYA, "come to its end")) == 1


def test_a_pair_of_yesterday_looks_back_at_no_week(works: Couple) -> None:
    """“A look back at the week with Colibrí”, the day after they had met; it comes a week on."""
    works.live(DAY * 5)  # Saturday
    works.pair_up()
    works.live(DAY * 2)
    assert works.told(MAYA, "A look back at the week") == []
    works.live(DAY * 7)
    (first,) = works.told(MAYA, "A look back at the week")
    assert first.at.weekday() == 6


def test_the_question_waits_for_the_morning(works: Couple) -> None:
    """Approved late in the evening: nobody is asked in their quiet hours."""
    works.until(works.now.date(), "22:30", MADRID)
    works.approve()
    assert works.told(MAYA, "Would you like to be partners") == []
    sent = works.live(HOUR * 10)
    asked = [each for each in sent if "Would you like to be partners" in each.text]
    assert [f"{each.at:%H:%M}" for each in asked] == ["06:00"]  # 07:00 in Madrid


def test_no_absence_is_told_of_the_day_the_pair_began(works: Couple) -> None:
    """What was done before there was a pair is not shown, so its first evening tells of nobody
    that they were not here; the evening after does."""
    works.pair_up()
    works.until(works.now.date(), "21:30", MADRID)
    assert "Was here on" not in works.partner_page(MAYA)
    works.until(works.now.date() + DAY, "21:30", MADRID)
    assert "Was here on Tuesday: no" in works.partner_page(MAYA)


@pytest.mark.both
def test_a_promise_is_asked_back_on_its_day(works: Couple) -> None:
    """Typed, given a day, asked back an hour before the check-in; the words stay with Maya."""
    works.pair_up()
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "call my sister <3")
    assert "Noted: <i>call my sister &lt;3</i>" in works.to(MAYA)[-1].text
    works.presses(MAYA, "Wednesday")
    sent = works.live(DAY * 3)
    (asked,) = [each for each in sent if "You set yourself this for today" in each.text]
    assert f"{asked.at:%a %H:%M}" == "Wed 18:00"  # 19:00 in Madrid
    works.presses(MAYA, "Done")
    assert "It counts" in works.to(MAYA)[-1].text
    assert not [each for each in works.to(LEO) if "sister" in each.text]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("walk to the bakery", "walk to the bakery"),
        ("Ten minutes outside.", "Ten minutes outside"),
        ("ok", "one line"),
        ("not this week", "That’s fine."),
        ("no", "That’s fine."),
    ],
)
def test_a_promise_may_be_typed_under_the_question(works: Couple, typed: str, answer: str) -> None:
    """“One small thing for this week?” was asked, so words are its answer, without a tap first."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.types(MAYA, typed)
    assert answer in works.to(MAYA)[-1].text


def test_whatever_comes_between_makes_words_ordinary_again(works: Couple) -> None:
    """The menu was opened after the question: what is typed then is no promise."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.types(MAYA, "/menu")
    works.types(MAYA, "walk to the bakery")
    assert "bakery" not in works.to(MAYA)[-1].text


def test_whose_yes_began_it_may_type_the_first_promise(works: Couple) -> None:
    """It is asked in the answer to their tap; the other one hears of it unasked, and taps first."""
    works.pair_up()
    works.types(LEO, "diez minutos al sol")
    assert "diez minutos al sol" in works.to(LEO)[-1].text
    works.types(MAYA, "ten minutes in the sun")
    assert "in the sun" not in works.to(MAYA)[-1].text


@pytest.mark.parametrize(
    ("who", "typed", "kept"),
    [
        (MAYA, "on Wednesday", "Wednesday"),
        (MAYA, "tomorrow", "Tuesday"),
        (LEO, "el miércoles", "miércoles"),
        (LEO, "mañana", "martes"),
        (MAYA, "in two weeks", None),
        (MAYA, "when I can", None),
    ],
)
def test_the_day_of_a_promise_may_be_typed(
    works: Couple, who: int, typed: str, kept: str | None
) -> None:
    """Below "by which day?" a day is an answer; what names none of the seven is about something
    else, and the day that was planned stands."""
    works.pair_up()
    works.presses(who, {MAYA: "Ten minutes outside", LEO: "Diez minutos al aire libre"}[who])
    works.types(who, typed)
    said = works.to(who)[-1].text
    if kept is not None:
        assert kept in said
        assert {MAYA: "Ten minutes outside", LEO: "Diez minutos al aire libre"}[who] in said
    else:
        assert "What would help right now?" in said


def test_a_promise_moved_and_let_go(works: Couple) -> None:
    """Moved: asked again on the new day. Let go: nothing scolds, Monday asks anew."""
    works.pair_up()
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 4)
    works.presses(MAYA, "Another day")
    works.presses(MAYA, "Saturday")
    sent = works.live(DAY * 2)
    assert len([each for each in sent if "You set yourself this for today" in each.text]) == 1
    works.presses(MAYA, "Let it go")
    said = works.to(MAYA)[-1].text
    assert "an answer too" in said
    sent = works.live(DAY * 3)
    assert len([each for each in sent if "One small thing for this week" in each.text]) == 1


def test_a_promise_nobody_answered_for_is_let_go(works: Couple) -> None:
    """Asked back once, never answered: on Monday there is a new question, and no reproach."""
    works.pair_up()
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 8)
    assert len(works.told(MAYA, "You set yourself this for today")) == 1
    assert len(works.told(MAYA, "One small thing for this week")) == 1


def test_a_late_answer_counts(works: Couple) -> None:
    """The day went by, Monday has asked anew: “Done” on the old question is still done."""
    works.pair_up()
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 8)
    works.presses(MAYA, "Done")
    assert "It counts" in works.to(MAYA)[-1].text


def test_theirs_is_told_only_where_it_is_shared(works: Couple) -> None:
    """Leo lets Maya see that he keeps promises: she hears it with her own; after a no, not."""
    works.approve()
    works.accepts(MAYA)
    works.accepts(LEO, "Eso, y si hice lo que me propuse")
    works.presses(LEO, "Diez minutos")
    works.presses(LEO, "Hecho")
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 4)
    assert len(works.told(MAYA, "Colibrí did theirs")) == 1
    works.presses(MAYA, "Done")
    works.types(LEO, "/partner")
    works.presses(LEO, "Qué puede ver")
    works.presses(LEO, "✓ Si hice lo que me propuse")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 4)
    assert len(works.told(MAYA, "You set yourself this for today")) == 2
    assert len(works.told(MAYA, "Colibrí did theirs")) == 1


def test_one_phrase_in_the_receivers_language(works: Couple) -> None:
    """Maya taps in English, Leo reads Spanish, signed with her alias."""
    works.pair_up()
    works.opens_phrases()
    works.presses(MAYA, "Thinking of you today")
    (arrived,) = works.told(LEO, HELLO)
    assert arrived.text.startswith("<b>Heron</b>: ")
    works.presses(LEO, "Gracias. Me vino bien")
    assert "<b>Colibrí</b>: Thank you. That helped." in works.to(MAYA)[-1].text


def test_thirty_taps_on_two_devices(works: Couple) -> None:
    """Three arrive; whatever is tapped after that is answered and sends nothing."""
    works.pair_up()
    works.opens_phrases()
    for _ in range(30):
        works.presses(MAYA, "Thinking of you today")
        works.presses(MAYA, "Small steps")
        works.presses(MAYA, "I’m still here")
    assert len(works.told(LEO, "<b>Heron</b>: ")) == 3 == works.nudges()
    works.live(DAY)
    works.presses(MAYA, "Thinking of you today")
    assert len(works.told(LEO, "<b>Heron</b>: ")) == 4


def test_a_double_tap_is_one_phrase(works: Couple) -> None:
    """Two quick taps sent it twice, and took two of three; later the same is sent again."""
    works.pair_up()
    works.opens_phrases()
    for _ in range(2):
        works.presses(MAYA, "Thinking of you today")
        works.live(timedelta(seconds=5))
    assert len(works.told(LEO, HELLO)) == 1 == works.nudges()
    works.live(HOUR)
    works.presses(MAYA, "Thinking of you today")
    assert len(works.told(LEO, HELLO)) == 2


def test_quiet_hours_hold_a_phrase_until_the_morning(works: Couple) -> None:
    """Sent at night, it arrives when Leo's quiet hours end, and counts for that day."""
    works.pair_up()
    works.until(works.now.date(), "23:00", MADRID)
    works.opens_phrases()
    for _ in range(4):
        works.presses(MAYA, "Thinking of you today")
        works.live(timedelta(minutes=2))
    assert works.told(LEO, HELLO) == []
    works.types(LEO, "/privacy")  # a held phrase stands before nothing else
    assert "Telegram" in works.to(LEO)[-1].text
    works.live(HOUR * 9)
    arrived = works.told(LEO, HELLO)
    assert [f"{each.at:%H:%M}" for each in arrived] == ["06:00"] * 3
    works.presses(MAYA, "Thinking of you today")
    assert len(works.told(LEO, HELLO)) == 3


def test_a_held_phrase_expires_when_we_were_down(works: Couple) -> None:
    """The morning was missed and it is another day: it does not come late."""
    works.pair_up()
    works.until(works.now.date(), "23:00", MADRID)
    works.opens_phrases()
    works.presses(MAYA, "Thinking of you today")
    works.go_down(DAY + HOUR * 12)
    assert works.told(LEO, HELLO) == []


@dataclass(frozen=True)
class Stop:
    """What ends the passing: `before` is done while everything is still well, `then` the deed."""

    then: Callable[[Couple], None]
    before: tuple[int, tuple[str, ...]] | None = None


def _tap(who: int, *labels: str) -> Stop:
    """Somebody opens /partner, and taps through to the last of these buttons."""
    return Stop(lambda works: works.presses(who, labels[-1]), (who, labels[:-1]))


def _discharged(alias: str) -> Stop:
    def then(works: Couple) -> None:
        works.types(RIVERA, "/menu")
        for label in ("My groups", alias, "Finish the programme", "Yes, finish"):
            works.presses(RIVERA, label)

    return Stop(then)


def _erase(works: Couple) -> None:
    def work(session: Session) -> None:
        erasure.erase(session, works.kit.vault, works.id_of_in(session, MAYA), works.now)

    works.run(work)


def _no(works: Couple) -> consents.Event:
    return consents.Event("partner_ticks", False, 1, "", works.now)


STOPS = {
    "Leo mutes": _tap(LEO, "No recibir nada"),
    "Leo pauses the pair": _tap(LEO, "Pausa"),
    "Maya pauses the pair": _tap(MAYA, "Pause"),
    "Leo ends it": _tap(LEO, "Terminar", "Sí, terminar"),
    "Maya ends it": _tap(MAYA, "End the pair", "Yes, end it"),
    "Leo blocks her": _tap(LEO, "Terminar", "Terminar, y nunca"),
    "Leo reports": _tap(LEO, "Avisar a mi equipo", "Sí, avisar"),
    "Leo pauses everything": Stop(lambda works: works.pauses(LEO, DAY * 3)),
    "Maya pauses everything": Stop(lambda works: works.pauses(MAYA, DAY * 3)),
    "Leo is discharged": _discharged("Colibrí"),
    "Maya is discharged": _discharged("Heron"),
    "Maya is erased": Stop(_erase),
    "Leo's quiet hours begin": Stop(lambda works: works.set_quiet(LEO, "10:00", "18:00")),
}


@pytest.mark.parametrize("how", STOPS)
def test_nothing_passes_that_is_queued_already(works: Couple, how: str) -> None:
    """A phrase is in the outbox when it happens: it is called off as it is about to be sent."""
    works.pair_up()
    stop = STOPS[how]
    works.opens_phrases()
    hello = works.button(MAYA, "Thinking of you today").data or ""
    if stop.before is not None:
        who, labels = stop.before
        works.types(who, "/partner")
        for label in labels:
            works.presses(who, label)
    works.slow = (works.id_of(LEO),)
    works.does(MAYA, Press(hello))
    assert works.states("nudge.") == ["pending"]
    stop.then(works)
    works.slow = ()
    works.deliver()
    assert works.told(LEO, HELLO) == []
    works.live(DAY * 2)
    assert works.told(LEO, HELLO) == []
    assert works.states("nudge.") == ["cancelled"]


def test_it_would_have_passed(works: Couple) -> None:
    """The test above can fail: with nothing in between, the phrase arrives late."""
    works.pair_up()
    works.opens_phrases()
    works.slow = (works.id_of(LEO),)
    works.presses(MAYA, "Thinking of you today")
    works.slow = ()
    works.deliver()
    assert len(works.told(LEO, HELLO)) == 1


def test_a_share_withdrawn_stops_what_is_queued(works: Couple) -> None:
    """Leo's promise is done and Maya's message about it waits: his no calls it off."""
    works.approve()
    works.accepts(MAYA)
    works.accepts(LEO, "Eso, y si hice lo que me propuse")
    works.presses(LEO, "Diez minutos")
    works.presses(LEO, "Hecho")
    works.presses(MAYA, "Ten minutes outside")
    works.slow = (works.id_of(MAYA),)
    works.live(DAY * 3 + HOUR * 7)
    assert works.states("pairpromise.")[-1] == "pending"
    works.run(lambda s: consents.record(s, works.id_of_in(s, LEO), _no(works)))
    works.slow = ()
    works.deliver()
    assert works.told(MAYA, "Colibrí did theirs") == []
    assert len(works.told(MAYA, "You set yourself this for today")) == 1


def test_the_ways_in_are_there_only_where_the_programme_has_pairs(works: Couple) -> None:
    """A button in the menu and a line in the help; without pairs neither, and a plain answer."""

    def ways() -> tuple[bool, bool]:
        works.types(MAYA, "/menu")
        labels = [each.text for row in works.to(MAYA)[-1].message.buttons for each in row]
        works.types(MAYA, "/help")
        return "My partner" in labels, "/partner" in works.to(MAYA)[-2].text

    assert ways() == (True, True)
    works.run(lambda s: works.programme(s, partner_pairs=False))
    assert ways() == (False, False)
    assert "There are no partners here" in works.partner_page(MAYA)
    works.types(RIVERA, "/menu")
    labels = [each.text for row in works.to(RIVERA)[-1].message.buttons for each in row]
    assert "Pairs" not in labels


@pytest.mark.parametrize(("leo", "goes_on"), [("Sí, seguir", True), ("No", False)])
def test_a_pair_goes_on_after_the_programme_if_both_say_yes(
    works: Couple, leo: str, goes_on: bool
) -> None:
    """At step-down both are asked, once; a no is not told, and shows only when one has finished."""
    works.pair_up()
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "My groups")
    works.presses(RIVERA, "Heron")
    works.presses(RIVERA, "Step down")
    assert len(works.told(MAYA, "go on with Colibrí after the programme")) == 1
    assert len(works.told(LEO, "seguir con Heron después del programa")) == 1
    works.presses(MAYA, "Yes, go on")
    works.presses(LEO, leo)
    assert works.pair().state is State.ACTIVE
    works.finishes(MAYA)
    assert (works.pair().state is State.ACTIVE) is goes_on
