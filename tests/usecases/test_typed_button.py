"""What is typed below a page with buttons, where no exercise asks: the button, or the answer."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import shown_buttons, tables
from bot.store.worker import Database
from bot.usecases import tidy
from bot.usecases.incoming import Press, Receipt, Words
from bot.usecases.kit import Kit
from tests.usecases.clockwork import CORE, LEO, MAYA
from tests.usecases.rehearsing import SOLO, Rehearsing, rehearsing

WALL = "What would help right now?"
HOURS, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def works(database: Database, shipped: Kit) -> Rehearsing:
    """Monday noon; nobody is paired."""
    return rehearsing(database, shipped)


def _types(works: Rehearsing, who: int, text: str) -> Receipt:
    return works.does(who, Words(text, next(works.updates)))


def _newest(works: Rehearsing, who: int) -> int:
    """The message id of the newest message somebody was sent."""
    table = tables.outbox

    def find(session: Session) -> int:
        mine = table.c.participant_id == works.id_of_in(session, who)
        newest = select(func.max(table.c.message_id)).where(mine)
        return int(session.connection().execute(newest).scalar_one())

    return works.database.call(find)


def _asked_for_a_partner(works: Rehearsing) -> None:
    works.approve()
    works.presses(MAYA, "Yes, I’d like that")
    assert works.to(MAYA)[-1].text.startswith("<b>What may Colibrí see of you?")
    assert works.to(MAYA)[-1].text.endswith("Your yes counts once you have chosen.")


@pytest.mark.both
@pytest.mark.parametrize("typed", ["Nothing", "nothing.", "NOTHING", "Nada"])
def test_the_words_of_a_button_press_it(works: Rehearsing, typed: str) -> None:
    """“Nothing”, typed below [Nothing], was met with “I can’t answer” and twenty buttons; and the
    buttons go, as after a tap."""
    _asked_for_a_partner(works)
    question = _newest(works, MAYA)
    receipt = _types(works, MAYA, typed)
    if typed == "Nada":  # no button she was shown is called so
        assert receipt.closes is None
        return
    assert works.to(MAYA)[-1].text.startswith("Noted. If it comes about")
    assert receipt.closes == question


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("Yes, I'd like that", "What may Colibrí see of you?"),
        ("yes", "What may Colibrí see of you?"),
        ("ok", "What may Colibrí see of you?"),
        ("Yes please!", "What may Colibrí see of you?"),
        ("sí, me encantaría", "What may Colibrí see of you?"),
        ("no thanks", "nobody is told who said no"),
        ("no, ahora no", "nobody is told who said no"),
        ("nope", "nobody is told who said no"),
    ],
)
def test_a_bare_yes_or_no_answers_the_question_it_stands_under(
    works: Rehearsing, typed: str, reply: str
) -> None:
    """“Would you like to be partners?” “no” was met with “please tap one of the buttons”."""
    works.approve()
    question = _newest(works, MAYA)
    receipt = _types(works, MAYA, typed)
    assert reply in works.to(MAYA)[-1].text
    assert receipt.closes == question


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("yes", "Help me now"),
        ("yes, my brother", "Help me now"),
        ("not sure", "Help me now"),
        ("no", "I ask Colibrí as soon as"),
        ("no, para nada", "I ask Colibrí as soon as"),
    ],
)
def test_the_question_of_safety_hears_words(works: Rehearsing, typed: str, reply: str) -> None:
    """Before a practice: “no” asks the partner, “yes” does not; both were met with a menu."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Practise a talk")
    works.presses(MAYA, "Saying no")
    works.types(MAYA, "old friend")  # the button says “An old friend”
    works.types(MAYA, typed)
    assert reply in str(works.to(MAYA)[-1].message)


def test_what_is_no_button_goes_to_the_exercise(works: Rehearsing) -> None:
    """An exercise waits above the question: only the words of a button are about the page; the
    answer to it was written down as the exercise's."""
    works.types(MAYA, "/start")
    works.does(MAYA, Press(f"m.begin.{SOLO.id}"))
    works.now += timedelta(minutes=1)
    _asked_for_a_partner(works)
    works.types(MAYA, "nothing")
    assert works.to(MAYA)[-1].text.startswith("Noted. If it comes about")
    works.types(MAYA, "to hide in bed")
    assert works.told(MAYA, "Done.")


def test_words_below_a_newer_question_are_its_answer(works: Rehearsing) -> None:
    """The exercise asked last: “nothing” is what it was told, and the page stays as it is."""
    _asked_for_a_partner(works)
    works.now += timedelta(minutes=1)
    works.does(MAYA, Press(f"m.begin.{SOLO.id}"))
    works.types(MAYA, "nothing")
    assert works.told(MAYA, "Done.")


def test_what_a_scale_cannot_be_told_is_the_button_above(works: Rehearsing) -> None:
    """A check-in asked after the partner was proposed: “Yes, I’d like that” is no number."""
    works.approve()
    works.now += timedelta(minutes=1)
    works.does(MAYA, Press(f"m.begin.{CORE.id}"))
    works.types(MAYA, "stop")
    assert "What may Colibrí see of you?" not in works.to(MAYA)[-1].text
    works.does(MAYA, Press(f"m.begin.{CORE.id}"))
    works.types(MAYA, "Yes, I'd like that")
    assert "What may Colibrí see of you?" in works.to(MAYA)[-1].text


def test_what_was_answered_is_not_pressed_again(works: Rehearsing) -> None:
    """Typed a second time, or after a tap, the words are ordinary words."""
    _asked_for_a_partner(works)
    works.types(MAYA, "nothing")
    works.types(MAYA, "nothing")
    assert works.to(MAYA)[-1].text.endswith(WALL) or WALL in works.to(MAYA)[-1].text


def test_half_an_hour_later_a_yes_is_asked_about(works: Rehearsing) -> None:
    """What it answers cannot be told any more; the button's own words still count that day."""
    works.approve()
    works.now += HOURS
    works.types(MAYA, "yes")
    assert "please tap one of the buttons" in works.to(MAYA)[-2].text
    works.types(LEO, "Sí, me gustaría")
    assert "¿Qué puede ver de ti Heron?" in works.to(LEO)[-1].text


def test_a_promise_in_words_takes_the_question_away(works: Rehearsing) -> None:
    """Typed instead of tapped, the ready-made ones and the days stayed below, to be slipped on."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    question = _newest(works, MAYA)
    assert _types(works, MAYA, "call my mum").closes == question
    days = _newest(works, MAYA)
    assert _types(works, MAYA, "tomorrow").closes == days


def test_the_first_promise_may_be_a_button_typed(works: Rehearsing) -> None:
    """The bot wrote to Leo first: “diez minutos al aire libre” is one of the buttons there."""
    works.pair_up()
    works.types(LEO, "diez minutos al aire libre")
    assert "¿Para qué día?" in works.to(LEO)[-1].text


def test_a_first_promise_in_own_words_is_not_lost(works: Rehearsing) -> None:
    """To whoever said yes first it comes unasked, and nothing is taken for it by itself; but “I
    can’t answer” left them believing that it was noted."""
    works.pair_up()
    works.types(MAYA, "call my mum")
    assert "If that was your promise: it is not noted yet" in works.to(MAYA)[-1].text
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "call my mum")
    assert "By which day?" in works.to(MAYA)[-1].text


@pytest.mark.parametrize("typed", ["yeah sure", "Yes, ok", "vale, sí", "sounds good"])
def test_a_yes_to_a_partner_may_be_said_as_people_say_it(works: Rehearsing, typed: str) -> None:
    """“Yeah sure” was told to tap a button."""
    works.approve()
    works.types(MAYA, typed)
    assert "What may Colibrí see of you?" in works.to(MAYA)[-1].text


@pytest.mark.parametrize("page", ["delete_me", "pause"])
def test_a_typed_answer_takes_the_question_away(works: Rehearsing, page: str) -> None:
    """“No”, typed below “delete everything?”, left the yes standing for ten minutes."""
    works.types(MAYA, f"/{page}")
    question = _newest(works, MAYA)
    receipt = _types(works, MAYA, {"delete_me": "no", "pause": "three days"}[page])
    assert receipt.closes == question


def test_a_question_asked_anew_takes_the_old_one_away(works: Rehearsing) -> None:
    """“ok” does not delete: it is asked once more, with the buttons below the newer one alone."""
    works.types(MAYA, "/delete_me")
    question = _newest(works, MAYA)
    assert _types(works, MAYA, "ok").closes == question
    again = _newest(works, MAYA)
    assert again != question
    assert _types(works, MAYA, "no").closes == again


def test_a_typed_setting_takes_its_buttons_away(works: Rehearsing) -> None:
    """The question of the first check-in has hours to tap; typed, they go."""
    works.types(MAYA, "/settings")
    works.presses(MAYA, "First check-in")
    question = _newest(works, MAYA)
    assert _types(works, MAYA, "at 9 in the morning").closes == question


def test_another_page_keeps_its_buttons(works: Rehearsing) -> None:
    """What came in between is not answered: a partner was proposed, and the no was to deleting."""
    works.types(MAYA, "/delete_me")
    question = _newest(works, MAYA)
    works.approve()
    assert _types(works, MAYA, "no").closes == question
    works.presses(MAYA, "Yes, I’d like that")
    assert "What may Colibrí see of you?" in works.to(MAYA)[-1].text


def test_two_questions_of_one_minute_are_both_heard(works: Rehearsing) -> None:
    """Sunday evening: how the promise went, and how the pair goes on; each in its own words."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.types(MAYA, "call my mum")
    works.types(MAYA, "on Sunday")
    works.live(6 * DAY + 8 * HOURS)
    works.types(MAYA, "stop")
    works.types(MAYA, "keep going")
    assert "You and Colibrí go on" in works.to(MAYA)[-1].text
    works.types(MAYA, "done")
    assert any("It counts" in each.text for each in works.to(MAYA)[-2:])


def test_a_page_above_the_question_stays_above_it(works: Rehearsing) -> None:
    """Settings, an exercise, then a partner proposed unasked: what the exercise is told is not
    pressed on the page that stands above its question."""
    works.types(MAYA, "/settings")
    label = works.to(MAYA)[-1].message.buttons[0][0].text
    works.now += timedelta(minutes=1)
    works.does(MAYA, Press(f"m.begin.{SOLO.id}"))
    works.now += timedelta(minutes=1)
    works.approve()
    works.types(MAYA, label)
    assert works.told(MAYA, "Done.")


def test_what_comes_unasked_keeps_no_button_for_longer_than_a_day(works: Rehearsing) -> None:
    """Each page that came by itself made all that stood there as young as itself, for ever."""
    works.types(MAYA, "/settings")
    works.now += timedelta(hours=25)
    works.approve()
    kept = works.database.call(partial(_kept, works))
    assert kept is not None
    assert len({each.key for each in kept.buttons}) == 1


def test_the_beginning_of_a_phrase_sends_it(works: Rehearsing) -> None:
    """Nobody types “No need to answer.” as well."""
    works.pair_up()
    works.opens_phrases()
    works.types(MAYA, "thinking of you")
    works.ring()
    assert works.told(LEO, "Hoy me acuerdo de ti")


@pytest.mark.parametrize("typed", ["I hope the exam went well", "hola"])
def test_own_words_below_the_phrases_go_nowhere(works: Rehearsing, typed: str) -> None:
    """And that is said: “I can’t answer” left open whether the partner had them."""
    works.pair_up()
    works.opens_phrases()
    before = len(works.to(LEO))
    works.types(MAYA, typed)
    works.ring()
    assert "nothing went to Colibrí" in works.to(MAYA)[-1].text
    assert len(works.to(LEO)) == before


def test_a_line_typed_at_once_is_asked_for_again(works: Rehearsing) -> None:
    """“You say no: what are your words?” They are typed, and must not pass by mistake; it was met
    with a menu."""
    works.begin()
    works.uses(LEO)
    assert "what are your words?" in works.to(MAYA)[-1].text
    works.types(MAYA, "no thank you, see you on Thursday")
    assert "it has not gone to Colibrí yet" in works.to(MAYA)[-1].text
    works.presses(MAYA, "Write my own line")
    works.types(MAYA, "no thank you, see you on Thursday")
    works.ring()
    assert "no thank you, see you on Thursday" in works.to(LEO)[-1].text


@pytest.mark.parametrize("typed", ["inglés", "English", "Inglés."])
def test_a_language_may_be_named_in_the_other_one(works: Rehearsing, typed: str) -> None:
    """“Inglés”, below [English] [Español], was met with “no sé responder”."""
    works.types(LEO, "/language")
    works.types(LEO, typed)
    assert any("From now on" in each.text for each in works.to(LEO)[-2:])


@pytest.mark.parametrize("typed", ["I don't know", "no sé", "No se me ocurre nada."])
def test_who_knows_no_line_gets_the_three_ideas(works: Rehearsing, typed: str) -> None:
    """“No sé”, below [No me sale; tres ideas], was met with exercises for being stuck."""
    works.begin()
    works.uses(LEO)
    works.types(MAYA, typed)
    assert "2. No. And that won’t change today." in works.to(MAYA)[-1].text


def test_own_words_for_a_card_are_asked_for_again(works: Rehearsing) -> None:
    """“What is one thing that worked?” was answered at once, and met with a menu."""
    works.begin()
    works.round(LEO, MAYA)
    works.presses(LEO, "Escribir la tarjeta")
    works.types(LEO, "lo dijiste muy claro")
    assert "Si era para la tarjeta" in works.to(LEO)[-1].text
    works.presses(LEO, "Con mis palabras")
    works.types(LEO, "lo dijiste muy claro")
    assert "Si era para la tarjeta" not in works.to(LEO)[-1].text


def test_what_was_shown_is_forgotten(works: Rehearsing) -> None:
    """Within two days, and at once when everything is deleted."""
    works.types(MAYA, "/partner")
    assert works.database.call(lambda s: _kept(works, s)) is not None
    works.now += 2 * DAY
    works.run(lambda session: tidy.tidy(session, works.now))
    assert works.database.call(lambda s: _kept(works, s)) is None


def _kept(works: Rehearsing, session: Session) -> shown_buttons.ShownButtons | None:
    return shown_buttons.of_person(session, works.kit.vault, works.id_of_in(session, MAYA))
