"""What must not happen between partners: heavy words carried, numbers passed on, a mute seen."""

from uuid import UUID

import pytest
from sqlalchemy import func, or_, select
from sqlmodel import Session

from bot.care.pairing import End, State, Stay
from bot.store import alerts, members, pair_wishes, tables
from bot.store.pair_wishes import Wants, Wish
from bot.store.worker import Database
from bot.usecases import export
from bot.usecases.incoming import Attachment
from bot.usecases.kit import Kit
from tests.usecases.clockwork import LEO, MADRID, MAYA, RIVERA
from tests.usecases.couple import DAY, HOUR, Couple, couple

HEAVY = "I want to kill myself tonight"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Couple:
    """Monday noon; Maya and Leo are partners, and the programme allows short notes."""
    both = couple(database, shipped).pair_up()
    both.run(lambda s: both.programme(s, partner_notes=True))
    return both


def _note(works: Couple, text: str) -> None:
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Write a short note")
    works.types(MAYA, text)


def test_a_short_note_passes(works: Couple) -> None:
    """In her own words, marked as such, with a way to tell the team; it counts as one of three."""
    _note(works, "See you on Thursday at 18:00 <3")
    arrived = works.to(LEO)[-1]
    assert "<b>Heron</b>: See you on Thursday at 18:00 &lt;3" in arrived.text
    assert "Con sus propias palabras" in arrived.text
    assert works.button(LEO, "Avisar a mi equipo")
    assert works.nudges() == 1


def test_what_a_partner_is_called_is_never_markup(works: Couple) -> None:
    """Not in the one line that is made of a short word either: it went out as HTML."""
    leo, alias = works.id_of(LEO), "Leo <b>& I"
    works.run(lambda session: members.set_alias(session, works.kit.vault, leo, alias))
    _note(works, "thinking of you")
    assert "suits Leo &lt;b&gt;&amp; I." in works.to(MAYA)[-1].text


def test_a_note_with_a_way_to_meet_is_refused_kindly(works: Couple) -> None:
    """Nothing reaches Leo; the question stays open, and the next words are the note."""
    before = len(works.to(LEO))
    _note(works, "write me at @maya_1")
    assert "words only" in works.to(MAYA)[-1].text
    assert len(works.to(LEO)) == before
    works.types(MAYA, "thinking of you")
    assert "<b>Heron</b>: thinking of you" in works.to(LEO)[-1].text


def test_notes_are_off_by_default(works: Couple) -> None:
    """Switched off again: no button, and a question that is open takes no words."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Write a short note")
    works.run(lambda s: works.programme(s, partner_notes=False))
    works.types(MAYA, "thinking of you")
    assert works.told(LEO, "thinking of you") == []
    works.types(MAYA, "/partner")
    labels = [each.text for row in works.to(MAYA)[-1].message.buttons for each in row]
    assert "Write a short note" not in labels


def test_words_go_elsewhere_once_something_else_is_opened(works: Couple) -> None:
    """Whoever opened the note and then an exercise page writes no note any more."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Write a short note")
    works.types(MAYA, "/menu")
    works.types(MAYA, "for myself alone")
    assert works.told(LEO, "for myself alone") == []
    assert works.nudges() == 0


def test_heavy_words_are_not_for_a_partner(works: Couple) -> None:
    """Maya gets help first and the team an alert; Leo learns that it was too much, not what."""
    before = len(works.to(MAYA))
    _note(works, HEAVY)
    hers = [each.text for each in works.to(MAYA)[before:]]
    card = next(at for at, text in enumerate(hers) if "Dr Rivera" in text)
    kept = next(at for at, text in enumerate(hers) if "I have not passed your words on" in text)
    assert card < kept
    his = works.to(LEO)[-1]
    assert "más de lo que le toca cargar" in his.text
    assert "kill" not in str([each.message for each in works.to(LEO)])
    assert works.told(RIVERA, "needs you")
    works.presses(LEO, "Qué bien que lo hayas dicho")
    assert "I’m glad you said it" in works.to(MAYA)[-1].text


def test_a_voice_note_leaves_the_question_that_is_open(works: Couple) -> None:
    """Below “type a short note” the open check-in was asked again, and its answer went to Leo."""
    works.live(works.now.replace(hour=20) - works.now)
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Write a short note")
    before = len(works.to(MAYA))
    works.does(MAYA, Attachment("voice"))
    (answer,) = works.to(MAYA)[before:]
    assert "Nobody hears it" in answer.text
    works.types(MAYA, "thinking of you")
    assert works.told(LEO, "thinking of you")


def test_a_partner_hears_of_heavy_notes_once_a_day(works: Couple) -> None:
    """Three in an evening would make Leo keep watch, and use up the phrases Maya has for him."""
    for _ in range(3):
        _note(works, HEAVY)
        assert "I have not passed your words on" in works.to(MAYA)[-1].text
    assert len(works.told(LEO, "más de lo que le toca cargar")) == 1
    _note(works, "thinking of you")
    assert works.told(LEO, "thinking of you")


def test_a_partner_in_danger_is_not_asked_for_a_kind_line(works: Couple) -> None:
    """Leo has an open item himself: of a heavy note he hears nothing, and Maya reads the same."""
    works.types(LEO, "quiero morirme")
    before = len(works.to(LEO))
    _note(works, HEAVY)
    assert "I have not passed your words on" in works.to(MAYA)[-1].text
    assert len(works.to(LEO)) == before


def test_was_that_hard_for_you(works: Couple) -> None:
    """Fine, something for himself, or his therapist: whom he names is told, without content."""
    _note(works, HEAVY)
    works.presses(LEO, "Estoy bien")
    assert "Cuídate" in works.to(LEO)[-1].text
    works.presses(LEO, "Un poco")
    assert works.told(LEO, "algo para ti")
    works.presses(LEO, "Decírselo a Dr Rivera")
    assert "No tienes que cargar con esto a solas" in works.to(LEO)[-1].text

    def of_leo(session: Session) -> alerts.Alert | None:
        return alerts.newest_of(session, works.id_of_in(session, LEO))

    assert works.database.call(of_leo) is not None


def test_heavy_words_tell_nothing_where_the_note_would_not_pass(works: Couple) -> None:
    """Leo has muted her: he hears nothing, and Maya cannot tell from what she is told about him."""
    _note(works, HEAVY)
    heard = [works.to(MAYA)[-1].text]
    works.types(LEO, "/partner")
    works.presses(LEO, "No recibir nada")
    before = len(works.to(LEO))
    _note(works, HEAVY)
    assert [works.to(MAYA)[-1].text] == heard
    assert works.nudges() == 1
    works.live(DAY)
    assert not [each for each in works.to(LEO)[before:] if "Heron" in each.text]


@pytest.mark.parametrize("label", ["No recibir nada", "Pausa"])
def test_mute_and_pause_cannot_be_seen(works: Couple, label: str) -> None:
    """Maya's page and what she is told when she taps are the same before and after."""

    def looks() -> tuple[str, list[str], str | None]:
        page = works.partner_page(MAYA)
        labels = [each.text for row in works.to(MAYA)[-1].message.buttons for each in row]
        works.presses(MAYA, "Send a phrase")
        data = works.button(MAYA, "Thinking of you today").data or ""
        return page, labels, works.does_note(MAYA, data)

    before = looks()
    works.types(LEO, "/partner")
    works.presses(LEO, label)
    heard = len(works.told(LEO, "<b>Heron</b>: "))
    assert looks() == before
    assert len(works.told(LEO, "<b>Heron</b>: ")) == heard


def test_a_report_stops_everything_and_tells_the_therapist(works: Couple) -> None:
    """Leo is asked once, because one tap ended all and only Dr Rivera could take it back; then
    he reports: nothing passes, Dr Rivera sees it among the pairs, Maya is told nothing."""
    before = len(works.to(MAYA))
    works.types(LEO, "/partner")
    works.presses(LEO, "Avisar a mi equipo")
    assert works.pair().state is State.ACTIVE
    assert "solo tu equipo puede volver a abrirlo" in works.to(LEO)[-1].text
    works.presses(LEO, "No, volver")
    assert "Heron" in works.to(LEO)[-1].text
    assert not works.told(RIVERA, "needs you")
    works.presses(LEO, "Avisar a mi equipo")
    works.presses(LEO, "Sí, avisar y parar")
    assert "Ya está parado" in works.to(LEO)[-1].text
    assert works.pair().state is State.PAUSED
    assert len(works.to(MAYA)) == before
    assert works.told(RIVERA, "needs you")
    works.presses(RIVERA, "I take it")
    works.presses(RIVERA, "Close")
    works.types(RIVERA, "Talked to both of them on the phone")
    assert works.told(RIVERA, "Their pair stays stopped until")
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    assert "told you about something" in works.to(RIVERA)[-1].text
    before = len(works.to(MAYA))
    works.presses(RIVERA, "They may go on")
    assert works.pair().state is State.ACTIVE
    works.presses(RIVERA, "End: ")
    assert works.pair().state is State.ACTIVE  # asked first: it cannot be taken back
    works.live(HOUR)
    assert works.told(LEO, "Tu equipo miró lo que contaste")
    assert not any("looked at" in each.text for each in works.to(MAYA)[before:])


def test_sunday_in_two_taps(works: Couple) -> None:
    """Kept or not, then what next; another partner ends it, and Leo hears only that it ended."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Ten minutes outside")
    works.live(DAY * 6 + HOUR * 8)
    assert works.told(MAYA, "A look back at the week with <b>Colibrí</b>")
    works.presses(MAYA, "Not this week")
    assert "Some weeks are like that" in works.to(MAYA)[-1].text
    works.presses(MAYA, "Ask for somebody else")
    assert works.pair().state is State.ENDED
    wish = works.database.call(
        lambda s: pair_wishes.get(s, works.kit.vault, works.id_of_in(s, MAYA))
    )
    assert wish.wants is Wants.YES
    before = len(works.to(LEO))
    assert works.told(LEO, "llegó a su final") == []
    works.live(DAY * 7)
    (closing,) = [each for each in works.to(LEO)[before:] if "llegó a su final" in each.text]
    assert closing.at.weekday() == 6
    assert works.told(MAYA, "come to its end") == []


def test_sunday_asks_nobody_twice(works: Couple) -> None:
    """“Did you keep what you had set yourself?” came one second before “how did it go?”, and to
    whoever had set nothing: there Sunday is one tap."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.types(MAYA, "call my mum")
    works.types(MAYA, "on Sunday")
    works.live(DAY * 6 + HOUR * 8)
    assert works.told(MAYA, "How did it go?")
    assert works.told(MAYA, "How would you like to go on together?")
    assert not works.told(MAYA, "Did you keep what you had set yourself?")
    assert works.told(LEO, "¿Cómo te gustaría que siga?")
    works.presses(LEO, "Seguimos")
    assert works.pair().state is State.ACTIVE


@pytest.mark.both
def test_becoming_quieter_is_told_gently_and_only_where_shared(works: Couple) -> None:
    """Maya was here often and then not for days: Leo hears it once, if she agreed to it."""
    for _ in range(4):
        works.until((works.now + HOUR * 2).date(), "20:15", MADRID)
        works.presses(MAYA, "7")
        works.live(HOUR * 20)
    works.live(DAY * 6)
    assert works.told(LEO, "menos que de costumbre") == []
    works.types(MAYA, "/partner")
    works.presses(MAYA, "What my partner may see")
    works.presses(MAYA, "○ That I have become quieter")
    works.live(DAY)
    (notice,) = works.told(LEO, "menos que de costumbre")
    assert notice.text.startswith("Este mensaje sale solo de Between")
    works.live(DAY * 3)
    assert len(works.told(LEO, "menos que de costumbre")) == 1


def test_a_tick_shows_a_day_late_and_no_hour(works: Couple) -> None:
    """Leo sees no tick of today; tomorrow he sees yesterday's, and none once she withdraws."""
    works.until(works.now.date(), "20:15", MADRID)
    works.presses(MAYA, "7")
    assert "Pasó por aquí" not in works.partner_page(LEO)
    works.live(HOUR * 12)
    assert "lunes: sí" in works.partner_page(LEO)
    works.types(MAYA, "/partner")
    works.presses(MAYA, "What my partner may see")
    works.presses(MAYA, "✓ Whether I was here")
    assert "lunes" not in works.partner_page(LEO)


def test_a_tick_that_waits_stays_back_once_it_is_withdrawn(works: Couple) -> None:
    """Leo looks while Telegram is slow; the page that would show it is not sent any more."""
    works.until(works.now.date(), "20:15", MADRID)
    works.presses(MAYA, "7")
    works.live(HOUR * 12)
    works.slow = (works.id_of(LEO),)
    works.types(LEO, "/partner")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "What my partner may see")
    works.presses(MAYA, "✓ Whether I was here")
    works.slow = ()
    works.deliver()
    assert not works.told(LEO, "lunes: sí")
    assert works.partner_page(LEO)


def test_an_old_button_never_reaches_the_next_partner(works: Couple) -> None:
    """The pair ended and they are paired again: a button of the first pair sends nothing."""
    works.opens_phrases()
    old = works.button(MAYA, "Thinking of you today").data or ""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "End the pair")
    works.presses(MAYA, "Yes, end it")
    works.live(DAY * 60)
    works.pair_up()
    assert works.does_note(MAYA, old) == (
        "That button is from a pair that is no more. Nothing was sent."
    )
    assert works.nudges() == 0


def test_after_a_block_never_again(works: Couple) -> None:
    """Not even after the time in which others would be proposed anew."""
    works.types(LEO, "/partner")
    works.presses(LEO, "Terminar")
    works.presses(LEO, "Terminar, y nunca")
    works.live(DAY * 70)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    assert "no two people without a partner fit" in works.to(RIVERA)[-1].text


def test_somebody_who_wants_no_partner_is_left_alone(works: Couple) -> None:
    """They say so on their page; the rules leave them out, and it can be taken back."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "End the pair")
    works.presses(MAYA, "Yes, end it")
    works.types(MAYA, "/partner")
    works.live(DAY * 60)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    assert works.button(RIVERA, "Approve")
    works.presses(MAYA, "No partner for me")
    assert works.pair().state is State.ENDED
    works.live(DAY * 60)
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    assert "no two people without a partner fit" in works.to(RIVERA)[-1].text


def test_what_fits_is_sealed_and_counted(works: Couple) -> None:
    """What Maya taps about herself is kept for the rules; a second tap takes it back."""
    works.step(End(works.id_of(MAYA)))
    works.types(MAYA, "/partner")
    works.presses(MAYA, "What should fit")
    works.presses(MAYA, "What I like")
    works.presses(MAYA, "Music")
    works.presses(MAYA, "Walking")
    works.presses(MAYA, "✓ Music")

    def read(session: Session) -> Wish:
        return pair_wishes.get(session, works.kit.vault, works.id_of_in(session, MAYA))

    assert works.database.call(read).interests == ("walking",)


@pytest.mark.both
def test_after_the_programme_with_two_yeses(works: Couple) -> None:
    """Both want to stay: Maya is discharged, and a phrase still passes; a promise can be typed."""
    for who in (MAYA, LEO):
        works.step(Stay(works.id_of(who)))
    works.types(RIVERA, "/menu")
    for label in ("My groups", "Heron", "Finish the programme", "Yes, finish"):
        works.presses(RIVERA, label)
    assert works.pair().state is State.ACTIVE
    works.opens_phrases()
    works.presses(MAYA, "See you at the group")
    assert works.told(LEO, "Nos vemos en el grupo")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "a walk")
    assert "Noted: <i>a walk</i>" in works.to(MAYA)[-1].text


def _sealed_of(session: Session, person: UUID) -> dict[str, int]:
    """In which tables words of somebody stand, by the schema: a new table is looked at, too."""
    found: dict[str, int] = {}
    for table in tables.metadata.sorted_tables:
        owners = {"participant_id", "giver_id"} & set(table.c.keys())
        sealed = [each for each in table.c if each.name.startswith("sealed_")]
        for owner in owners if sealed else ():
            query = select(func.count()).where(
                table.c[owner] == person, or_(*(each.is_not(None) for each in sealed))
            )
            found[table.name] = session.connection().execute(query).scalar_one()
    return {name: many for name, many in found.items() if many}


def test_what_was_promised_and_wished_goes_with_all_they_wrote(works: Couple) -> None:
    """Maya stays for a hello a week, and with Leo. On the day on which what she wrote is deleted,
    what she promised and what should fit go, too; what she promised since is still asked back."""
    works.presses(MAYA, "Ten minutes outside")
    works.presses(MAYA, "Done")
    maya, vault = works.id_of(MAYA), works.kit.vault
    works.run(lambda s: pair_wishes.keep(s, vault, maya, Wish(interests=("music",)), works.now))
    for who in (MAYA, LEO):
        works.step(Stay(works.id_of(who)))
    works.finishes(MAYA)
    works.types(MAYA, "/start")
    works.presses(MAYA, "A hello once a week")
    works.live(89 * DAY)
    before = works.database.call(lambda s: _sealed_of(s, maya))
    assert {"pair_wish", "partner_promise"} < before.keys()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "a walk")
    works.live(2 * DAY)
    after = works.database.call(lambda s: _sealed_of(s, maya))
    stays = {"participant", "member", "shown_buttons"}
    assert {name: many for name, many in after.items() if name not in stays} == {
        "partner_promise": 1
    }


def test_the_copy_of_ones_own_has_promises_shares_and_wishes(works: Couple) -> None:
    """What Maya said here is in her copy, her partner is not."""
    works.presses(MAYA, "Ten minutes outside")
    works.presses(MAYA, "Done")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "End the pair")
    works.presses(MAYA, "Yes, end it")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "What should fit")
    works.presses(MAYA, "What I like")
    works.presses(MAYA, "Music")
    own = works.database.call(
        lambda s: export.build(s, works.kit, works.id_of_in(s, MAYA), works.now)
    )
    assert own is not None
    assert [(each.text, each.state) for each in own.promises] == [("Ten minutes outside", "done")]
    assert ("partner.checkin", True) in [(each.scope, each.granted) for each in own.consents]
    assert own.profile["partner"] == "Music"
    assert "Colibrí" not in own.model_dump_json()


def test_words_of_danger_are_no_promise(works: Couple) -> None:
    """Maya gets help; “kill myself on Thursday” is neither noted nor asked back on Thursday."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "kill myself on thursday")
    assert works.told(MAYA, "Noted: ") == []
    assert "did not note that as your promise" in works.to(MAYA)[-1].text
    assert any("Dr Rivera" in each.text for each in works.to(MAYA)[-2:])
    works.presses(MAYA, "My promise")
    works.presses(MAYA, "Type my own")
    works.types(MAYA, "a walk")
    works.types(MAYA, "thursday i want to die")
    assert works.told(MAYA, "Noted for") == []
