"""Two partners practise a talk: line by line, the card, and every way in which it can end."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlmodel import Session

from bot.care.rehearsal import Ending, Phase
from bot.catalog.consents import Scope
from bot.store import consents, erasure, members, rehearsals
from bot.store.consents import Event
from bot.store.worker import Database
from bot.usecases import export
from bot.usecases.incoming import Press
from bot.usecases.kit import Kit
from tests.usecases.clockwork import LEO, MADRID, MAYA, RIVERA
from tests.usecases.couple import DAY, HOUR
from tests.usecases.rehearsing import Rehearsing, rehearsing

OVER = "This practice has ended"
TERMINO = "Esta práctica terminó"


@pytest.fixture
def works(database: Database, shipped: Kit) -> Rehearsing:
    """Monday noon; nobody is paired."""
    return rehearsing(database, shipped)


@pytest.mark.both
def test_a_whole_rehearsal(works: Rehearsing) -> None:
    """Ready lines arrive in the reader's language, own lines as written; a card, then the other
    way round, and a card again."""
    works.begin()
    assert "Haces de esa persona de antes" in works.to(LEO)[-1].text
    works.uses(LEO)
    assert "At last! Come along" in works.to(MAYA)[-1].text
    works.presses(MAYA, "I’m stuck")
    assert "2. No. And that won’t change today." in works.to(MAYA)[-1].text
    works.presses(MAYA, "Use this one: 2")
    works.ring()
    assert "No. Y hoy no va a cambiar." in works.to(LEO)[-1].text
    works.writes(LEO, "Pero si siempre venías, <b>siempre</b>")
    assert "Pero si siempre venías, &lt;b&gt;siempre" in works.to(MAYA)[-1].text
    works.writes(MAYA, "I know. Not today.")
    assert "I know. Not today." in works.to(LEO)[-1].text
    works.uses(LEO)
    works.uses(MAYA)
    assert "en cinco pasos pequeños" in works.to(LEO)[-1].text
    works.presses(LEO, "Escribir la tarjeta")
    works.presses(LEO, "Fuiste breve")
    works.presses(LEO, "Con mis palabras")
    works.types(LEO, "Deberías decirlo antes")
    assert "Quizá podrías decirlo antes" in works.to(LEO)[-1].text
    works.presses(LEO, "Usar la más suave")
    works.presses(LEO, "Lo que oí fue …")
    works.types(LEO, "un no tranquilo")
    works.presses(LEO, "Eso le costaría a cualquiera")
    works.presses(LEO, "Dejarlo fuera")
    works.presses(LEO, "Entregarla")
    works.ring()
    (card,) = works.told(MAYA, "A card for you")
    assert "You kept it short" in card.text
    assert "Quizá podrías decirlo antes" in card.text
    assert "What I heard was un no tranquilo" in card.text
    assert "That would be hard for anyone" in card.text
    assert "What I’d like to ask" not in card.text
    works.presses(MAYA, "3 · mostly")
    assert "not shown a number" in works.to(MAYA)[-1].text
    works.presses(LEO, "Cambiar de papel")
    works.presses(LEO, "No")
    works.ring()
    works.round(MAYA, LEO)
    works.presses(MAYA, "Write the card")
    works.presses(MAYA, "You made no excuse")
    for _ in range(4):
        works.presses(MAYA, "Leave it out")
    works.presses(MAYA, "Give it")
    works.ring()
    (theirs,) = works.told(LEO, "Una tarjeta para ti")
    assert "No pusiste excusas" in theirs.text
    assert works.rehearsal().at.ending is Ending.DONE
    assert "That was it for this time" in works.to(MAYA)[-1].text


def test_the_partners_page_leads_back_to_the_own_turn(works: Rehearsing) -> None:
    """“Practise a talk” stood there while the other one waited for a line. For whoever only waits,
    and for whoever said not today, it still does."""
    works.pair_up()
    works.invite()
    works.types(LEO, "/partner")
    assert works.to(LEO)[-1].message.buttons[0][0].text == "Practicar una conversación"
    works.presses(LEO, "Sí")
    works.ring()
    for who, label in ((LEO, "Nuestra práctica: te toca"), (MAYA, "Practise a talk")):
        works.types(who, "/partner")
        assert works.to(who)[-1].message.buttons[0][0].text == label
    works.presses(LEO, "Nuestra práctica")
    assert "Es tu turno con <b>Heron</b>" in works.to(LEO)[-1].text


def test_not_today_is_invisible(works: Rehearsing) -> None:
    """Leo says not today; Maya sees what she sees when he does not answer, at the same hour."""
    works.pair_up()
    works.invite()
    works.presses(LEO, "Hoy no")
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Practise a talk")
    assert "They have a day to say yes" in works.to(MAYA)[-1].text
    works.live(HOUR * 23)
    assert not works.told(MAYA, OVER)
    assert len(works.to(LEO)) == len(
        [each for each in works.to(LEO) if "Esta práct" not in each.text]
    )
    works.live(HOUR * 2)
    (declined,) = works.told(MAYA, OVER)
    works.invite()
    works.live(HOUR * 25)
    unanswered = works.told(MAYA, OVER)[-1]
    assert unanswered.message == declined.message
    assert works.told(LEO, TERMINO) == []


@pytest.mark.both
def test_not_today_and_then_asked_back(works: Rehearsing) -> None:
    """Leo said not today and asks Maya himself: she reads his question; of hers nothing more."""
    works.pair_up()
    works.invite()
    works.presses(LEO, "Hoy no")
    works.types(LEO, "/partner")
    for each in ("Practicar una conversación", "Decir que no", "Alguien de antes", "No"):
        works.presses(LEO, each)
    works.ring()
    assert "would like to practise something with you" in works.to(MAYA)[-1].text
    works.live(HOUR * 30)
    assert len(works.told(LEO, TERMINO)) == 1
    assert works.told(MAYA, OVER) == []


def test_alone_where_nobody_is_there(works: Rehearsing) -> None:
    """Without a partner the same talk can be practised alone."""
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Practise a talk alone")
    works.presses(MAYA, "Saying no")
    assert "What do you say?" in works.to(MAYA)[-1].text


def test_what_was_said_is_forgotten(works: Rehearsing) -> None:
    """Lines are for the talk they were said in: when it ends, none is kept."""
    works.begin()
    works.uses(LEO)
    works.writes(MAYA, "No, not today.")

    def lines(session: Session) -> int:
        found = rehearsals.newest_of(session, works.id_of_in(session, MAYA))
        assert found is not None
        return len(rehearsals.lines(session, works.kit.vault, found.id))

    assert works.database.call(lines) == 2
    works.presses(MAYA, "Stop here")
    assert works.database.call(lines) == 0


def test_a_turn_expires_kindly(works: Rehearsing) -> None:
    """A day without an answer: both read that it ended, and may go on alone; a late tap as well."""
    works.begin()
    works.uses(LEO)
    use = works.button(MAYA, "Write my own line")
    works.live(HOUR * 23)
    assert not works.told(LEO, TERMINO)
    works.live(HOUR * 2)
    (over,) = works.told(LEO, TERMINO)
    assert over.message.buttons[0][0].text == "Practicarla a solas"
    assert len(works.told(MAYA, OVER)) == 1
    assert works.rehearsal().at.ending is Ending.EXPIRED
    assert use.data is not None
    works.does(MAYA, Press(use.data))
    assert OVER in works.to(MAYA)[-1].text


def test_quiet_hours(works: Rehearsing) -> None:
    """A line said at night arrives in the morning, and the day begins then."""
    works.begin()
    works.until(works.now.date(), "23:30", MADRID)
    works.uses(LEO)
    assert not works.told(MAYA, "At last!")
    works.live(HOUR * 8)
    (line,) = works.told(MAYA, "At last!")
    assert f"{line.at:%H:%M}" == "06:00"  # 07:00 in Madrid
    assert works.rehearsal().at.until == line.at + DAY


def test_a_heavy_line_stays_with_its_writer(works: Rehearsing) -> None:
    """Help comes first, the words do not pass, the team is told; and the practice can go on."""
    works.begin()
    works.uses(LEO)
    works.presses(MAYA, "Write my own line")
    works.types(MAYA, "honestly I want to kill myself")
    works.ring()
    texts = [each.text for each in works.to(MAYA)]
    kept = next(at for at, text in enumerate(texts) if "I have not passed that line on" in text)
    helped = next(at for at, text in enumerate(texts) if "112" in text or "emergency" in text)
    assert helped < kept
    assert not works.told(LEO, "kill myself")
    assert works.told(RIVERA, "1 new item")
    assert works.rehearsal().at.mover == works.id_of(MAYA)
    works.presses(MAYA, "Keep going")  # on the card: the talk waits, too
    assert "lies safe" in works.to(MAYA)[-1].text
    works.presses(MAYA, "Go on")
    works.uses(MAYA)
    assert "No, gracias. ¿Y tú qué tal?" in works.to(LEO)[-1].text


@pytest.mark.parametrize(
    "words",
    ["write to me @heron", "call 600 123 456", "see www.there.com", "on WhatsApp", "x" * 201],
)
def test_no_way_out_of_the_room(works: Rehearsing, words: str) -> None:
    """Links, numbers, accounts and other apps are refused kindly, and may be said without."""
    works.begin()
    works.uses(LEO)
    works.writes(MAYA, words)
    assert "has seen nothing of it" in works.to(MAYA)[-1].text
    works.types(MAYA, "No, thanks.")
    works.ring()
    assert "No, thanks." in works.to(LEO)[-1].text
    assert not works.told(LEO, words)


@dataclass(frozen=True)
class Stops:
    """What ends it: Maya's deed, and what it is called."""

    name: str
    then: Callable[[Rehearsing], None]


def _page(label: str, *more: str) -> Callable[[Rehearsing], None]:
    def deed(works: Rehearsing) -> None:
        works.types(MAYA, "/partner")
        for each in (label, *more):
            works.presses(MAYA, each)

    return deed


def _pause(works: Rehearsing) -> None:
    works.pauses(MAYA, DAY * 7)


def _withdraw(works: Rehearsing) -> None:
    def no(session: Session) -> None:
        event = Event(Scope.PARTNER_TICKS.value, False, 1, "", works.now)
        consents.record(session, works.id_of_in(session, MAYA), event)

    works.run(no)
    works.types(MAYA, "/menu")
    works.presses(MAYA, "My progress")


def _discharge(works: Rehearsing) -> None:
    works.types(RIVERA, "/menu")
    for each in ("My groups", "Heron", "Finish the programme", "Yes, finish"):
        works.presses(RIVERA, each)


def _therapist(works: Rehearsing) -> None:
    works.types(RIVERA, "/menu")
    works.presses(RIVERA, "Pairs")
    works.presses(RIVERA, "End: ")
    works.presses(RIVERA, "Yes, end it")


def _erase(works: Rehearsing) -> None:
    maya = works.id_of(MAYA)
    works.run(lambda s: erasure.forget(s, works.kit.vault, maya))


STOPS = (
    Stops("unpair", _page("End the pair", "Yes, end it")),
    Stops("block", _page("End the pair", "End it, and never again")),
    Stops("mute", _page("Receive nothing")),
    Stops("rest", _page("Pause")),
    Stops("report", _page("Tell my team", "Yes, tell and stop")),
    Stops("pause", _pause),
    Stops("withdraw", _withdraw),
    Stops("discharge", _discharge),
    Stops("therapist", _therapist),
    Stops("erase", _erase),
)


@pytest.mark.parametrize("stops", STOPS, ids=lambda each: each.name)
@pytest.mark.parametrize("queued", [True, False], ids=["queued", "waiting"])
def test_nothing_more_arrives(works: Rehearsing, stops: Stops, queued: bool) -> None:
    """Whatever Maya does, Leo gets no line of hers any more, also when it was queued already. He
    reads that it ended, when the day is over, in the words he reads when nobody answers."""
    works.begin()
    works.uses(LEO)
    works.slow = (works.id_of(LEO),)
    if queued:
        works.writes(MAYA, "marked line of Maya")
    stops.then(works)
    works.slow = ()
    before = len(works.to(LEO))
    works.ring()
    works.live(HOUR * 20)
    seen = works.to(LEO)[before:]
    assert not [each for each in seen if "marked line" in each.text or TERMINO in each.text]
    works.live(HOUR * 12)
    overs = works.told(LEO, TERMINO)
    assert len(overs) == 1
    assert "Heron" not in overs[0].text
    assert not works.told(LEO, "marked line")


def test_the_other_one_moves_into_silence(works: Rehearsing) -> None:
    """Maya muted Leo while it was his turn: his next tap is answered by the same words."""
    works.begin()
    _page("Receive nothing")(works)
    works.presses(LEO, "Usar esta")
    assert TERMINO in works.to(LEO)[-1].text
    works.live(DAY * 2)
    assert not works.told(MAYA, "At last!")
    assert len(works.told(LEO, TERMINO)) == 1


def test_stop_is_told_at_once(works: Rehearsing) -> None:
    """One of the two taps stop: the other reads that it has ended, and no more."""
    works.begin()
    works.uses(LEO)
    works.presses(MAYA, "Stop here")
    works.ring()
    assert TERMINO in works.to(LEO)[-1].text
    assert works.rehearsal().at.ending is Ending.STOPPED
    works.live(DAY * 2)
    assert len(works.told(LEO, TERMINO)) == 1


def test_tapped_twice_and_out_of_turn(works: Rehearsing) -> None:
    """A second tap, and a tap from before, say nothing again."""
    works.begin()
    use = works.button(LEO, "Usar esta").data
    assert use is not None
    for _ in range(3):
        works.does(LEO, Press(use))
    works.ring()
    assert works.rehearsal().at.spoken == 1
    works.uses(MAYA)
    works.does(LEO, Press(use))
    assert works.rehearsal().at.spoken == 2
    assert len(works.told(MAYA, "At last!")) == 1


def test_unsafe_is_not_practised(works: Rehearsing) -> None:
    """Somebody could hurt her for it: no talk is practised, help is shown, the team is told."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Practise a talk")
    works.presses(MAYA, "Naming a limit")
    works.presses(MAYA, "Lending money")
    works.presses(MAYA, "Yes")
    assert "So we leave this practice for now" in works.to(MAYA)[-1].text
    assert works.told(RIVERA, "1 new item")
    works.ring()
    assert not works.told(LEO, "le gustaría practicar algo contigo")


def test_asked_over_and_over(works: Rehearsing) -> None:
    """An invitation counts as a phrase does; with the day full, nobody is asked. The other's name
    is only a name, whatever signs are in it."""
    works.pair_up()
    vault, leo = works.kit.vault, works.id_of(LEO)
    works.run(lambda session: members.set_alias(session, vault, leo, "Li <3"))
    works.opens_phrases()
    for phrase in ("Thinking of you today", "Small steps", "I’m still here"):
        works.presses(MAYA, phrase)
    works.invite()
    assert "enough for Li &lt;3" in works.to(MAYA)[-1].text
    assert not works.told(LEO, "le gustaría practicar algo contigo")


@pytest.mark.both
def test_the_therapist_reads_cards_of_those_who_agreed(works: Rehearsing) -> None:
    """Behind the PIN; the number only where the receiver agreed too; each look is on record."""
    works.begin()
    works.round(LEO, MAYA)
    works.presses(LEO, "Escribir la tarjeta")
    works.presses(LEO, "Fuiste breve")
    for _ in range(4):
        works.presses(LEO, "Dejarlo fuera")
    works.presses(LEO, "Entregarla")
    works.ring()
    works.presses(MAYA, "4 · fully")

    def opens(*typed: str) -> str:
        works.types(RIVERA, "/menu")
        works.presses(RIVERA, "Feedback cards")
        for each in typed:
            works.types(RIVERA, each)
        return next(each.text for each in reversed(works.to(RIVERA)) if each.text)

    assert "You kept it short" not in opens()
    assert "no card yet" in opens("4711", "4711")
    consent = works.kit.consents.texts[Scope.THERAPIST_READS]
    for who, seen in ((LEO, False), (MAYA, True)):
        event = Event(Scope.THERAPIST_READS.value, True, consent.version, "", works.now)
        works.run(partial(consents.record, person=works.id_of(who), event=event))
        text = opens("4711")
        assert "Colibrí → Heron" in text
        assert "You kept it short" in text
        assert ("felt heard: 4" in text) is seen
    works.types(LEO, "/who")
    assert "miró las tarjetas" in works.to(LEO)[-1].text
    assert "That PIN is not right" in opens("0000")


def test_cards_in_the_copy_of_ones_own_data(works: Rehearsing) -> None:
    """Leo's copy has the card he gave, Maya's how far she felt heard and none of his words."""
    works.begin()
    works.round(LEO, MAYA)
    works.presses(LEO, "Escribir la tarjeta")
    works.presses(LEO, "Con mis palabras")
    works.types(LEO, "tu voz tranquila")
    for _ in range(4):
        works.presses(LEO, "Dejarlo fuera")
    works.presses(LEO, "Entregarla")
    works.ring()
    works.presses(MAYA, "4 · fully")

    def copy(who: int) -> list[str]:
        work = partial(export.build, kit=works.kit, person_id=works.id_of(who), now=works.now)
        data = works.database.call(work)
        assert data is not None
        return [line for each in data.entries for said in each.answers for line in said.answer]

    assert copy(LEO) == ["tu voz tranquila"]
    assert copy(MAYA) == ["4 · fully"]


def test_a_minute_together(works: Rehearsing) -> None:
    """Both press within a quarter of an hour: both begin, both get the bell."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "One quiet minute together")
    works.live(HOUR / 6)
    works.presses(LEO, "Me apunto")
    assert "You and Colibrí begin now" in works.to(MAYA)[-1].text
    works.live(HOUR / 60)
    assert "The minute is over" in works.to(MAYA)[-1].text
    assert "El minuto terminó" in works.to(LEO)[-1].text


def test_a_minute_that_waits_in_vain(works: Rehearsing) -> None:
    """Nobody comes: Maya is told after a quarter of an hour, and can take it alone; a tap of Leo's
    after that asks her anew."""
    works.pair_up()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "One quiet minute together")
    works.live(HOUR / 3)
    assert "nobody was free" in works.to(MAYA)[-1].text
    works.presses(MAYA, "One minute alone")
    works.live(HOUR / 60)
    assert "The minute is over" in works.to(MAYA)[-1].text
    works.presses(LEO, "Me apunto")
    assert "Le pregunto a Heron" in works.to(LEO)[-1].text
    assert "would like to take it with you" in works.to(MAYA)[-1].text


def test_nothing_else_of_her_reaches_him(works: Rehearsing) -> None:
    """Marked words wherever Maya writes: Leo gets her alias and her lines, and nothing more."""
    works.begin()
    works.types(MAYA, "/menu")
    works.presses(MAYA, "Practise saying no")
    works.types(MAYA, "canary in an exercise")
    works.types(MAYA, "canary that is nobody’s answer")
    works.uses(LEO)
    works.presses(MAYA, "Write my own line")
    works.types(MAYA, "/menu")
    works.types(MAYA, "canary after the question was put away")
    works.ring()
    works.types(MAYA, "/partner")
    works.presses(MAYA, "Practise a talk")
    works.writes(MAYA, "No, not today.")
    assert "No, not today." in works.to(LEO)[-1].text
    everything = "".join(each.message.model_dump_json() for each in works.to(LEO))
    assert "canary" not in everything
    assert str(MAYA) not in everything
    assert works.rehearsal().at.phase is Phase.TALKING
