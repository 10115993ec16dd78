"""The Entry page and comments: laid out as it was written, sent at a good hour, once, honestly."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from bot.catalog.load import Library
from bot.store import audit, comments, erasure, groups, members, people, tables
from bot.store.people import Standing
from bot.store.runs import StoredRun
from bot.store.worker import Database
from bot.usecases import export, who
from bot.usecases.comments import LONGEST, State, Why
from bot.usecases.incoming import Press, Words
from bot.usecases.kit import Kit
from bot.usecases.office import comment
from bot.usecases.office.entry import EntryPage, Written, entry_page
from bot.usecases.office.reader import NotYoursError
from bot.usecases.scene import Scene
from tests.usecases.clinic import MORA, THOUGHT, Clinic
from tests.usecases.clockwork import LEO, MAYA, RIVERA, texts

HOUR = timedelta(hours=1)
KIND = "You looked for facts on both sides. I saw that."


@pytest.fixture
def clinic(database: Database, shipped: Kit) -> Clinic:
    """Maya has done a thought record and lets her therapists read."""
    clinic = Clinic(database, shipped).open()
    clinic.agrees(MAYA)
    clinic.goes_through(MAYA, "cbt.thought7", *THOUGHT)
    return clinic


def entry(clinic: Clinic, who: int = MAYA) -> StoredRun:
    """Somebody's newest entry."""
    return clinic.entries(who)[0]


def page(clinic: Clinic, *, by: int = RIVERA) -> EntryPage:
    """Maya's newest entry as a member of staff sees it."""
    return clinic.reads(entry_page, clinic.id_of(MAYA), entry(clinic).id, who=by)


def writes(clinic: Clinic, text: str = KIND, **form: str) -> EntryPage | None:
    """Dr Rivera sends the form of that page; what comes back instead of the way on."""
    named = form.pop("comment", uuid4().hex)
    fields = {"comment": named, "text": text, **form}
    found = clinic.reads(comment.write, clinic.id_of(MAYA), entry(clinic).id, fields)
    clinic.deliver()
    return found


def written(clinic: Clinic) -> Written:
    """The only comment on the page."""
    (found,) = page(clinic).comments
    return found


def stands(clinic: Clinic) -> tuple[State, Why | None]:
    """Where it stands, as the page says."""
    found = written(clinic).stands
    return found.state, found.why


def to_maya(clinic: Clinic) -> list[str]:
    """What reached Maya's phone of what therapists wrote."""
    return [each for each in texts(clinic.to(MAYA)) if "somebody wrote to you" in each]


def test_a_thought_record_is_laid_out_in_its_columns(clinic: Clinic) -> None:
    """Seven columns with her own words; each feeling with its strength; before and after."""
    content = page(clinic).content
    assert content is not None
    assert [
        (column.name, [line for said in column.answers for line in said.lines])
        for column in content.columns
    ] == [
        ("situation", ["Maya came home and nobody was there."]),
        ("feelings", ["sad: 80", "ashamed: 60"]),
        ("thoughts", ["Nobody wants me", "I ruin it all", "Nobody wants me", "90"]),
        ("fits", ["The flat was dark."]),
        ("fits_not", ["My brother wrote at noon."]),
        ("fairer", ["I was alone tonight, and he did write.", "70"]),
        ("now", ["40", "sad: 40", "ashamed: 30", "Call him tomorrow."]),
    ]
    assert content.answers == ()
    assert [(each.label, each.before, each.after) for each in content.rated] == [
        ("sad", 80, 40),
        ("ashamed", 60, 30),
        ("Belief in the first thought", 90, 40),
    ]
    assert content.reviewed_by is None
    assert content.revision == entry(clinic).revision


def test_other_exercises_are_questions_and_answers_in_order(clinic: Clinic) -> None:
    """In the reader's language, also where somebody answered in another; own words stay."""
    clinic.agrees(LEO)
    five = ("8", "la <b>lámpara</b>", "los pies", "un coche", "pan", "Saltar", "hoy es lunes", "3")
    run = clinic.goes_through(LEO, "mind.ground54321", *five)
    found = clinic.reads(entry_page, clinic.id_of(LEO), run.id).content
    assert found is not None
    assert found.columns == ()
    assert found.language == "es"
    assert [line for said in found.answers for line in said.lines] == [
        *("8", "la <b>lámpara</b>", "los pies", "un coche", "pan", "hoy es lunes", "3"),
    ]
    assert found.title == "Five senses, here and now"
    assert all(said.asked for said in found.answers)


def test_without_a_yes_nothing_of_it_is_shown(clinic: Clinic) -> None:
    """That something was practised, and when; no title, no words, no comments; no opening noted."""
    writes(clinic)
    clinic.agrees(MAYA, granted=False)
    found = page(clinic)
    assert (found.content, found.comments, found.opened) == (None, (), ())
    assert found.draft is None
    noted = clinic.database.call(lambda s: audit.of_subject(s, clinic.id_in(s))[0])
    assert noted.action == "participant.opened"


@pytest.mark.parametrize("what", ["person", "entry", "open", "nobody"])
def test_what_is_not_theirs_is_not_there(clinic: Clinic, what: str) -> None:
    """Another group's person, another person's entry, one still going on, an id of nobody."""
    maya, run = clinic.id_of(MAYA), entry(clinic).id
    clinic.does(MAYA, Press("m.begin.cbt.thought5"))
    open_run = clinic.database.call(
        lambda s: (
            s.connection()
            .execute(select(tables.run.c.id).where(tables.run.c.finished_at.is_(None)))
            .scalar_one()
        )
    )
    person, named, by = {
        "person": (maya, run, MORA),
        "entry": (clinic.id_of(LEO), run, RIVERA),
        "open": (maya, open_run, RIVERA),
        "nobody": (maya, UUID(int=7), RIVERA),
    }[what]
    form = {"comment": uuid4().hex, "text": KIND}
    with pytest.raises(NotYoursError):
        clinic.reads(entry_page, person, named, who=by)
    with pytest.raises(NotYoursError):
        clinic.reads(comment.write, person, named, form, who=by)
    for act in (comment.again, comment.take_back):
        with pytest.raises(NotYoursError):
            clinic.reads(act, person, named, uuid4(), who=by)
    assert to_maya(clinic) == []


def test_each_opening_is_on_record_for_this_entry_alone(clinic: Clinic) -> None:
    """The page says who opened it and how often; Maya reads it under /who."""
    page(clinic)
    found = page(clinic)
    assert [(each.name, each.times) for each in found.opened] == [("Dr Rivera", 2)]
    clinic.goes_through(MAYA, "cbt.thought7", *THOUGHT)
    assert [each.times for each in page(clinic).opened] == [1]
    clinic.types(MAYA, "/who")
    assert "opened an entry of yours" in clinic.to(MAYA)[-1].text


def test_a_comment_arrives_below_its_entry(clinic: Clinic) -> None:
    """As an answer to the entry's last message, protected, with who, what and when."""
    last = [each for each in clinic.to(MAYA) if "Saved" in each.text][-1]
    assert writes(clinic, ready="both_sides") is None
    message = clinic.to(MAYA)[-1].message
    assert message.protect
    assert message.replies_to == numbered(clinic, last.text)
    assert "<b>Dr Rivera</b>, about “Seven-column thought record” (2 Mar, 13:00):" in message.text
    assert f"facts on both sides. That is the hardest part of this.\n\n{KIND}" in message.text
    assert stands(clinic) == (State.DELIVERED, None)
    noted = [each.action for each in audited(clinic)]
    assert noted.count("comment.written") == 1


def numbered(clinic: Clinic, text: str) -> int:
    """The number under which Telegram knows the newest message of Maya's that ends an entry."""
    t = tables.outbox
    query = select(t.c.message_id).where(t.c.asks_run.is_not(None), t.c.asks_turn.is_(None))
    query = query.order_by(t.c.id.desc()).limit(1)
    assert text
    return clinic.database.call(lambda s: int(s.connection().execute(query).scalar_one()))


def audited(clinic: Clinic) -> list[audit.Entry]:
    """What was done about Maya."""
    return clinic.database.call(lambda s: audit.of_subject(s, clinic.id_in(s)))


def test_nothing_of_it_stands_on_a_lock_screen(clinic: Clinic) -> None:
    """The first sixty characters say neither who nor what, in both languages."""
    writes(clinic)
    clinic.agrees(LEO)
    run = clinic.goes_through(LEO, "mind.ground54321", "8", "a", "b", "c", "d", "e", "f", "3")
    form = {"comment": uuid4().hex, "text": KIND}
    clinic.reads(comment.write, clinic.id_of(LEO), run.id, form)
    clinic.deliver()
    for sent in (clinic.to(MAYA)[-1], clinic.to(LEO)[-1]):
        first = sent.text[:60].casefold()
        assert "between" in first
        for word in ("rivera", "thought", "pensam", "senti", "exerc", "ejerc", "terap", "therap"):
            assert word not in first


def test_at_night_it_waits_for_the_morning(clinic: Clinic) -> None:
    """Written at eleven in the evening, it comes at seven; until then it can be taken back."""
    clinic.live(10 * HOUR)
    writes(clinic)
    found = written(clinic).stands
    assert found.state is State.WAITING
    assert found.at is not None
    assert (found.at - clinic.now) == 8 * HOUR
    clinic.live(7 * HOUR)
    assert to_maya(clinic) == []
    clinic.live(HOUR)
    assert len(to_maya(clinic)) == 1
    assert stands(clinic) == (State.DELIVERED, None)


def takes_back(clinic: Clinic, *, by: int = RIVERA) -> bool:
    """A therapist takes the comment back."""
    named = clinic.id_of(MAYA), entry(clinic).id, stored(clinic).id
    return clinic.reads(comment.take_back, *named, who=by)


def stored(clinic: Clinic) -> comments.Comment:
    """The only comment there is."""
    person = clinic.id_of(MAYA)
    (found,) = clinic.database.call(lambda s: comments.of_person(s, clinic.kit.vault, person))
    return found


def test_what_has_not_arrived_can_be_taken_back(clinic: Clinic) -> None:
    """While it waits for the morning; then it was never written, and nothing comes."""
    clinic.live(10 * HOUR)
    writes(clinic)
    assert takes_back(clinic)
    clinic.live(10 * HOUR)
    assert to_maya(clinic) == []
    assert page(clinic).comments == ()


@pytest.mark.both
def test_what_waits_in_the_outbox_can_be_taken_back_too(clinic: Clinic) -> None:
    """Queued and not yet claimed by the sender: the message is called off."""
    form = {"comment": uuid4().hex, "text": KIND}
    clinic.reads(comment.write, clinic.id_of(MAYA), entry(clinic).id, form)
    assert stands(clinic) == (State.GOING, None)
    assert takes_back(clinic)
    clinic.deliver()
    assert to_maya(clinic) == []


def test_what_has_arrived_stays(clinic: Clinic) -> None:
    """It cannot be taken back, neither by whoever wrote it nor by anybody else."""
    writes(clinic)
    assert not takes_back(clinic)
    assert len(page(clinic).comments) == 1
    with pytest.raises(NotYoursError):
        takes_back(clinic, by=MORA)


def test_only_who_wrote_it_can_take_it_back(clinic: Clinic) -> None:
    """A colleague sees it, and cannot undo it."""
    clinic.live(10 * HOUR)
    writes(clinic)
    clinic.run(partial(_joins_in, clinic))
    (seen,) = page(clinic, by=MORA).comments
    assert (seen.by, seen.mine) == ("Dr Rivera", False)
    assert not takes_back(clinic, by=MORA)
    assert takes_back(clinic)


def _joins_in(clinic: Clinic, session: Session) -> None:
    group = groups.of_person(session, clinic.id_in(session))
    assert group is not None
    row = {"group_id": group.id, "staff_id": clinic.id_in(session, MORA), "place": 1}
    session.connection().execute(tables.group_staff.insert(), row)


@pytest.mark.both
def test_thank_you_is_a_silent_tick(clinic: Clinic) -> None:
    """Maya taps it, twice; the page shows it; nobody's phone rings."""
    writes(clinic)
    before = len(clinic.to(RIVERA))
    button = clinic.button(MAYA, "Thank you")
    assert button.data is not None
    note = clinic.does(MAYA, Press(button.data)).note
    assert note == "Dr Rivera will see your thank you."
    clinic.does(MAYA, Press(button.data))
    assert written(clinic).comment.thanked_at == clinic.now
    assert len(clinic.to(RIVERA)) == before
    assert clinic.does(LEO, Press(button.data)).note == "Ese botón no es para ti."


@pytest.mark.parametrize("typed", ["thanks", "Thank you so much!", "muchas gracias"])
def test_thanks_may_be_typed(clinic: Clinic, typed: str) -> None:
    """It was met with “I can’t answer in words of my own”."""
    writes(clinic)
    clinic.does(MAYA, Words(typed, 901))
    assert clinic.to(MAYA)[-1].text == "Dr Rivera will see your thank you."
    assert written(clinic).comment.thanked_at == clinic.now


def test_the_entry_can_be_opened_from_it_and_holds_it(clinic: Clinic) -> None:
    """The view of /history shows what was written back, and the copy of her data as well."""
    writes(clinic, "Tags like <b> and {{ braces }} stay.")
    clinic.presses(MAYA, "Open the entry")
    shown = clinic.to(MAYA)[-1].text
    assert "Nobody wants me" in shown
    assert "Dr Rivera wrote about this (2 Mar, 13:00):" in shown
    assert "Tags like &lt;b&gt; and {{ braces }} stay." in shown
    (found,) = copied(clinic)
    assert (found.who, found.about, found.state) == (
        *("Dr Rivera", "Seven-column thought record", "delivered"),
    )
    assert found.text == "Tags like <b> and {{ braces }} stay."


def copied(clinic: Clinic) -> list[Any]:
    """The comments in the copy of Maya's data; the page of it can be drawn, too."""
    person = clinic.id_of(MAYA)
    data = clinic.database.call(lambda s: export.build(s, clinic.kit, person, clinic.now))
    assert data is not None
    assert export.packed(data, clinic.kit)
    return data.comments


def test_what_still_waits_is_not_in_her_view(clinic: Clinic) -> None:
    """A comment that may yet be taken back is not shown in advance."""
    clinic.live(10 * HOUR)
    writes(clinic)
    clinic.types(MAYA, "/history")
    clinic.presses(MAYA, "2 Mar")
    assert "wrote about this" not in clinic.to(MAYA)[-1].text


def test_the_same_form_twice_is_one_comment(clinic: Clinic) -> None:
    """Sent twice by a nervous finger; another text on the same page is another comment."""
    named = uuid4().hex
    for _ in range(2):
        assert writes(clinic, comment=named) is None
    assert len(to_maya(clinic)) == 1
    writes(clinic, "And one more thing.", comment=named)
    assert len(to_maya(clinic)) == 2
    assert len(page(clinic).comments) == 2


@pytest.mark.parametrize(
    ("text", "refused", "units"),
    [("", "empty", 0), ("   \n ", "empty", 0), ("a" * 20_000, "long", 20_000),
     ("😀" * 1001, "long", 2002)],
)  # fmt: skip
def test_what_cannot_be_sent_is_shown_again(
    clinic: Clinic, text: str, refused: str, units: int
) -> None:
    """Kindly, with everything that was typed still there, and nothing kept or sent."""
    found = writes(clinic, text)
    assert found is not None
    assert found.draft is not None
    assert (found.draft.refused, found.draft.units) == (refused, units)
    assert found.draft.text == text.strip()
    assert found.content is not None
    assert to_maya(clinic) == []
    assert found.comments == ()


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(“x”)", "<script>alert(1)</script> & {{ 7 * 7 }}", "שלום 👋🏽 עולם", "a" * LONGEST],
)
def test_any_words_arrive_as_they_were_typed(clinic: Clinic, text: str) -> None:
    """Formulas, markup, right to left, emoji, and as long as one message takes."""
    writes(clinic, text)
    assert written(clinic).comment.text == text
    shown = clinic.to(MAYA)[-1].text
    assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in shown


def leaves(clinic: Clinic, session: Session) -> None:
    people.set_standing(session, clinic.id_in(session), Standing.DISCHARGED)


def pauses(clinic: Clinic, session: Session) -> None:
    people.set_paused(session, clinic.id_in(session), clinic.now + 100 * HOUR)


def blocks(clinic: Clinic, session: Session) -> None:
    people.set_reachable(session, clinic.id_in(session), False)


def falls_quiet(clinic: Clinic, session: Session) -> None:
    members.set_quiet(session, clinic.id_in(session), ("12:00", "15:00"))


HAPPENS = {
    Why.LEFT: leaves,
    Why.PAUSED: pauses,
    Why.BLOCKED: blocks,
    Why.QUIET: falls_quiet,
}


@pytest.mark.parametrize("why", [*HAPPENS, Why.CONSENT])
@pytest.mark.parametrize("when", ["queued", "waiting"])
def test_what_happens_meanwhile_stops_it_and_the_page_says_so(
    clinic: Clinic, why: Why, when: str
) -> None:
    """Between writing and sending, in the outbox as well as before the morning."""
    if when == "waiting":
        clinic.live(10 * HOUR)
    form = {"comment": uuid4().hex, "text": KIND}
    clinic.reads(comment.write, clinic.id_of(MAYA), entry(clinic).id, form)
    if why is Why.CONSENT:
        clinic.agrees(MAYA, granted=False)
    else:
        clinic.run(partial(HAPPENS[why], clinic))
    clinic.live(12 * HOUR if when == "waiting" else timedelta(0))
    if why is Why.QUIET and when == "waiting":
        assert len(to_maya(clinic)) == 1  # those hours are over, too
        return
    assert to_maya(clinic) == []
    found = stored(clinic)
    if why is Why.CONSENT:
        assert written(clinic).comment.text == ""  # it may quote what is closed
        clinic.agrees(MAYA)
        if when == "queued":
            assert stands(clinic) == (State.STOPPED, Why.CHANGED)
            return
    assert stands(clinic) == (State.STOPPED, why)
    assert found.thanked_at is None


def test_what_was_stopped_can_be_sent_again(clinic: Clinic) -> None:
    """Once the pause is over; and the page says beforehand that now is no good moment."""
    clinic.run(partial(pauses, clinic))
    assert page(clinic).stops is Why.PAUSED
    writes(clinic)
    assert stands(clinic) == (State.STOPPED, Why.PAUSED)
    sends_again(clinic)
    assert to_maya(clinic) == []
    clinic.run(lambda s: people.set_paused(s, clinic.id_in(s), None))
    sends_again(clinic)
    assert len(to_maya(clinic)) == 1
    sends_again(clinic)
    assert len(to_maya(clinic)) == 1
    assert stands(clinic) == (State.DELIVERED, None)


def sends_again(clinic: Clinic) -> None:
    """Dr Rivera tries once more."""
    named = clinic.id_of(MAYA), entry(clinic).id, stored(clinic).id
    clinic.reads(comment.again, *named)
    clinic.deliver()


def test_a_yes_taken_back_while_it_is_written_loses_no_words(clinic: Clinic) -> None:
    """Nothing is kept or sent; what was typed is shown once more, to be copied."""
    clinic.agrees(MAYA, granted=False)
    found = writes(clinic)
    assert found is not None
    assert found.content is None
    assert found.draft is not None
    assert found.draft.text == KIND
    assert to_maya(clinic) == []


@pytest.mark.parametrize("over", [False, True])
def test_a_yes_taken_back_before_it_arrives_is_told_to_its_writer(
    clinic: Clinic, over: bool
) -> None:
    """The closed page says that it does not arrive, without its words: a therapist who believes
    that it was read speaks of it in the session."""
    clinic.live(10 * HOUR)
    writes(clinic)
    clinic.agrees(MAYA, granted=False)
    clinic.live(12 * HOUR if over else timedelta(0))
    assert page(clinic).content is None
    assert stands(clinic) == (State.STOPPED, Why.CONSENT)
    assert written(clinic).comment.text == ""
    assert to_maya(clinic) == []


def test_erasing_somebody_erases_what_was_written_to_them(clinic: Clinic) -> None:
    """The comments go with the words at once, and none can be opened without the key."""
    writes(clinic)
    clinic.run(lambda s: erasure.forget_words(s, clinic.id_in(s)))
    many = select(func.count()).select_from(tables.comment)
    assert clinic.database.call(lambda s: s.connection().execute(many).scalar_one()) == 0


@pytest.mark.both
def test_what_alumni_wrote_goes_with_its_comments(clinic: Clinic) -> None:
    """When entries are no longer kept, nothing of what was said about them is."""
    writes(clinic)
    clinic.run(lambda s: erasure.forget_entries(s, clinic.id_in(s)))
    many = select(func.count()).select_from(tables.comment)
    assert clinic.database.call(lambda s: s.connection().execute(many).scalar_one()) == 0


def test_every_action_has_words_for_the_participant(clinic: Clinic) -> None:
    """Written and taken back are told under /who, in words of their own."""
    clinic.live(10 * HOUR)
    writes(clinic)
    takes_back(clinic)

    def told(session: Session) -> list[str]:
        maya = clinic.person(session, MAYA)
        scene = Scene(session, clinic.kit, maya, clinic.now, "test")
        return [who.line(scene, each)["did"] for each in audit.of_subject(session, maya.id)]

    found = clinic.database.call(told)
    assert "wrote a comment on an entry of yours" in found
    assert "took back what they wrote before it reached you" in found


@pytest.mark.parametrize("seen", ["a lamp", "Sometimes I wish I would not wake up"])
def test_the_receipt_names_the_note_to_the_team(clinic: Clinic, seen: str) -> None:
    """Nobody may read it, and still whoever takes on the note sees those words: it says so."""
    clinic.agrees(MAYA, granted=False)
    clinic.goes_through(MAYA, "mind.ground54321", "7", seen, *["a cup"] * 5, "5")
    receipt = next(each for each in reversed(texts(clinic.to(MAYA))) if "Stored:" in each)
    assert "here: only you." in receipt
    assert ("whoever looks after the note to your team" in receipt) == ("wish" in seen)


def test_what_is_not_shown_under_who_hides_nobody_who_looked(clinic: Clinic) -> None:
    """An alert grows with each message of a bad hour; /who still names who opened an entry."""
    page(clinic)
    for _ in range(who.SHOWN + 5):
        clinic.types(MAYA, "I want to kill myself")
    clinic.types(MAYA, "/who")
    assert "Dr Rivera opened an entry of yours" in texts(clinic.to(MAYA))[-1]


def test_an_exercise_that_left_the_library_can_still_be_read(clinic: Clinic) -> None:
    """The page shows the wording that was answered, whatever is offered today."""
    clinic.kit = replace(clinic.kit, library=Library({}))
    content = page(clinic).content
    assert content is not None
    assert content.title == "Seven-column thought record"
