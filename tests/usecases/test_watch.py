"""Every word is read for danger: wherever it stands, whoever writes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session

from bot.care import cards
from bot.care.risk import Tier
from bot.catalog.load import read_library
from bot.catalog.signal import Tier as Signal
from bot.config import Settings
from bot.messages.callback import for_menu, short_id
from bot.store import alerts, people, tables
from bot.store.people import Standing
from bot.usecases import carded, watch
from bot.usecases.incoming import Attachment, Command, Press, What, Words
from bot.usecases.scene import Raised, Scene
from bot.usecases.tidy import tidy
from tests.usecases.chat import Chat
from tests.usecases.theatre import MAYA, RIVERA, Theatre

SETTINGS = Settings()
LIBRARY = read_library(SETTINGS.exercises_dir, SETTINGS.cache)
CRISIS = "I am going to kill myself tonight"
CARD = "I’m really glad you told me"
SATURDAY = datetime(2026, 3, 7, 10, 0, tzinfo=UTC)
Open = Callable[..., Chat]

EVERYWHERE: list[tuple[str, What]] = [
    ("words", Words(CRISIS, 7)),
    ("an edit", Words(CRISIS, 7, edited=True)),
    ("a caption", Attachment("photo", CRISIS)),
    ("what follows a command", Command("cancel", CRISIS)),
    ("garbage after /start", Command("start", CRISIS)),
    ("a sentence that begins like a command", Command("kill", "myself tonight, i am going to")),
]


@pytest.mark.parametrize("what", [each[1] for each in EVERYWHERE], ids=[x[0] for x in EVERYWHERE])
def test_it_is_read_wherever_it_stands(theatre: Theatre, what: What) -> None:
    """The card is the first message, and the alert goes to Dr Rivera without a word of it."""
    theatre.does(MAYA, what)
    assert theatre.heard(MAYA)[0].startswith(CARD)
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]
    assert theatre.mails() == [("Rivera", "item")]


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.DISCHARGED, Standing.MEMBER])
def test_it_is_read_whoever_writes(theatre: Theatre, standing: Standing) -> None:
    """Newcomers and people who have finished get the same card and the same alert, and its
    buttons work for them."""
    theatre.run(lambda session: people.set_standing(session, theatre.maya, standing))
    theatre.does(MAYA, CRISIS)
    assert theatre.heard(MAYA)[0].startswith(CARD)
    assert theatre.heard(RIVERA) == ["1 new item needs you now."]
    theatre.taps(MAYA, "Ask my team to call")
    assert "You asked for a call" in "".join(theatre.heard(MAYA))


def test_a_pause_does_not_stop_it(theatre: Theatre) -> None:
    """Somebody who paused the bot's questions is answered all the same."""
    later = theatre.now.replace(month=4)
    theatre.run(lambda session: people.set_paused(session, theatre.maya, later))
    theatre.does(MAYA, CRISIS)
    assert theatre.heard(MAYA)[0].startswith(CARD)


def test_what_staff_write_is_not_read(theatre: Theatre) -> None:
    """A therapist's note about an alert is no alert."""
    theatre.does(RIVERA, CRISIS)
    assert theatre.run(alerts.all_open) == []


def test_a_sentence_over_several_messages(theatre: Theatre) -> None:
    """Within a minute they are read together, once; after it they are not."""
    theatre.does(MAYA, "I want to")
    theatre.passes(seconds=70)
    theatre.does(MAYA, "die")
    assert theatre.run(alerts.all_open) == []
    theatre.does(MAYA, "I really want to")
    theatre.passes(seconds=20)
    theatre.does(MAYA, "die")
    _, detail = theatre.alert()
    assert [item.text for item in detail.items] == ["die\nI really want to\ndie"]
    theatre.does(MAYA, "so tired")
    assert len(theatre.alert()[1].items) == 1


def test_a_command_is_no_part_of_a_sentence(theatre: Theatre) -> None:
    """“/start”, then “alcohol” below “what was it?”, is nobody starting with alcohol."""
    theatre.does(MAYA, Command("start"))
    theatre.does(MAYA, "alcohol")
    assert theatre.run(alerts.all_open) == []


def test_what_a_clock_that_ran_ahead_wrote_is_not_of_this_minute(theatre: Theatre) -> None:
    """Put right, it makes no sentence of what was said a day apart."""
    theatre.now += timedelta(hours=25)
    theatre.does(MAYA, "I really want to")
    theatre.now -= timedelta(hours=25)
    theatre.does(MAYA, "die")
    assert theatre.run(alerts.all_open) == []


def test_the_minute_is_forgotten(theatre: Theatre) -> None:
    """What was kept to be read together is sealed, and goes with the next tidying."""
    theatre.does(MAYA, "my secret canary")
    rows = select(tables.recent.c.sealed_texts)
    sealed = theatre.run(lambda session: session.connection().execute(rows).scalars().all())
    assert len(sealed) == 1
    assert b"canary" not in sealed[0]
    theatre.passes(minutes=2)
    theatre.run(partial(tidy, now=theatre.now))
    assert theatre.run(lambda session: session.connection().execute(rows).scalars().all()) == []


KINDS = [
    (Tier.CRISIS, {"suicide"}, "crisis"),
    (Tier.CRISIS, {"self_harm"}, "self_harm"),
    (Tier.CRISIS, {"suicide", "self_harm"}, "crisis"),
    (Tier.CRISIS, {"overdose", "suicide"}, "overdose"),
    (Tier.CONCERN, {"overdose"}, "concern"),
    (Tier.CRISIS, {"harm_to_others"}, "harm"),
    (Tier.CONCERN, {"temper"}, "harm"),
    (Tier.CRISIS, {"harm_to_others", "suicide", "passive_wish"}, "crisis"),
    (Tier.CRISIS, {"abuse", "suicide"}, "crisis"),
    (Tier.CRISIS, {"violence", "suicide"}, "danger"),
    (Tier.CRISIS, {"violence"}, "danger"),
    (Tier.CONCERN, {"abuse"}, "abuse"),
    (Tier.CONCERN, {"relapse"}, "lapse"),
    (Tier.CONCERN, {"relapse", "hopelessness"}, "concern"),
    (Tier.CRISIS, {"withdrawal"}, "withdrawal"),
    (Tier.CONCERN, set(), "concern"),
    (Tier.CRISIS, set(), "crisis"),
]


@pytest.mark.parametrize(("tier", "categories", "expected"), KINDS)
def test_the_card_fits_what_was_found(tier: Tier, categories: set[str], expected: str) -> None:
    """The gravest thing decides (clinical notes, D3)."""
    assert cards.of_words(tier, categories) == expected


@pytest.mark.parametrize(
    ("reason", "tier", "expected"),
    [
        ("suicide_acting", Tier.CRISIS, "crisis"),
        ("unsafe", Tier.CRISIS, "unsafe"),
        ("unsafe_by_other", Tier.CRISIS, "danger"),
        ("unsafe_to_other", Tier.CRISIS, "harm"),
        ("withdrawal_danger", Tier.CRISIS, "withdrawal"),
        ("lapse_danger", Tier.CRISIS, "overdose"),
        ("withdrawal", Tier.CONCERN, "concern"),
        ("someone_hurts", Tier.CONCERN, "abuse"),
        ("lapse", Tier.CONCERN, "lapse"),
    ],
)
def test_the_card_fits_what_was_answered(reason: str, tier: Tier, expected: str) -> None:
    """Whoever taps a seizure or “someone might hurt me” does not read “if you might act on this”,
    and nobody who sweats is told to get medical help now."""
    assert cards.of_answer(tier, reason) == expected


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", sorted({each[2] for each in KINDS} | {"again", "unsafe"}))
def test_every_card_has_a_number_and_a_line_and_says_nothing_careless(
    theatre: Theatre, kind: str, language: str
) -> None:
    """Each names the emergency number and a line; none scolds, promises secrecy or cheers."""
    text = theatre.kit.words.text(
        language,
        "alerts/card",
        card=kind,
        emergency="911",
        line="988 Lifeline: call 988",
        told="T",
        waits=False,
        asks=True,
        tapped=False,
        skills=True,
    )
    assert "911" in text
    assert "988 Lifeline: call 988" in text
    assert "T" in text.splitlines()
    careless: tuple[str, ...] = (
        "committed",
        "attention",
        "calm down",
        "promise",
        "so much to live",
        "clean",
        "!",
    )
    careless += ("cálmate", "tranquil", "limpi", "prometo", "suicid")
    assert not any(word in text.lower() for word in careless)


def test_a_signal_from_an_answer_takes_the_same_way(theatre: Theatre) -> None:
    """Questionnaires and diaries bring the same card and alert."""

    def signal(session: Session) -> None:
        person = people.find(session, theatre.kit.vault, MAYA)
        assert person is not None
        scene = Scene(session, theatre.kit, person, theatre.now, "t1")
        scene.signals.append(Raised(UUID(int=7), "test.phq", Signal.CRISIS, "item 9"))
        watch.heed(scene)

    theatre.run(signal)
    assert theatre.heard(MAYA)[0].startswith(CARD)
    alert, detail = theatre.alert()
    assert (alert.source, alert.tier) == ("answer", Tier.CRISIS)
    assert detail.items[0].reason == "test.phq: item 9"


@pytest.mark.parametrize("before", [False, True])
def test_what_is_for_today_does_not_wait_over_the_weekend(theatre: Theatre, before: bool) -> None:
    """On a Saturday a milder one waits for Monday; this one goes to whoever is on call, also where
    the milder one waits already, and the person is told so."""
    theatre.now = SATURDAY
    if before:
        theatre.run(partial(_signals, theatre=theatre, reason="item9", tier=Signal.CONCERN))
        assert "They read again on Monday" in theatre.heard(MAYA)[0]
        theatre.passes(minutes=40)
    assert theatre.heard(RIVERA) == []
    theatre.run(
        partial(_signals, theatre=theatre, reason="item9_often", tier=Signal.CONCERN, today=True)
    )
    assert theatre.heard(RIVERA) == ["1 new item needs you today."]
    assert "this goes to who is on call" in theatre.heard(MAYA)[-1]


def test_a_forged_button_opens_nobody_elses_alert(theatre: Theatre) -> None:
    """Only the person of an alert can say what was meant."""
    theatre.does(MAYA, CRISIS)
    alert, _ = theatre.alert()
    theatre.run(
        lambda session: people.welcome(session, theatre.kit.vault, 555, "en", "UTC", theatre.now)
    )
    other = theatre.run(lambda session: people.find(session, theatre.kit.vault, 555))
    theatre.run(lambda session: people.set_standing(session, other.id, Standing.MEMBER))
    note = theatre.does(555, Press(for_menu("not_meant", short_id(alert.id))))
    assert note == "That button is not for you."
    assert not theatre.alert()[0].not_meant


def _signals(
    session: Session, *, theatre: Theatre, reason: str, tier: Signal, today: bool = False
) -> None:
    person = people.find(session, theatre.kit.vault, MAYA)
    assert person is not None
    scene = Scene(session, theatre.kit, person, theatre.now, f"t{next(theatre.updates)}")
    scene.signals.append(Raised(UUID(int=7), "test.lapse", tier, reason, today=today))
    watch.heed(scene)


SHORT = "I read that too"
LOW = "I feel worthless and I drank again"


def test_what_is_tapped_after_the_card_brings_no_other(theatre: Theatre) -> None:
    """Within half an hour a tapped concern goes to the team in silence; a crisis gets its whole
    card, then one line, once; after the half hour the card is whole again."""
    tapped = partial(_signals, theatre=theatre)
    theatre.does(MAYA, LOW)
    before = len(theatre.heard(MAYA))
    theatre.run(partial(tapped, reason="lapse", tier=Signal.CONCERN))
    theatre.run(partial(tapped, reason="hopeless", tier=Signal.CONCERN))
    assert len(theatre.heard(MAYA)) == before
    assert len(theatre.alert()[1].items) == 3
    for _ in range(3):
        theatre.run(partial(tapped, reason="lapse_danger", tier=Signal.CRISIS))
    cards = theatre.heard(MAYA)[before:]
    assert [text.startswith(SHORT) for text in cards] == [False, True]
    theatre.now += carded.SHORTER
    theatre.run(partial(tapped, reason="lapse", tier=Signal.CONCERN))
    assert theatre.heard(MAYA)[-1].startswith("Thank you for telling me")


def test_whoever_asks_for_the_team_is_answered(theatre: Theatre) -> None:
    """“Yes please” brings no card for what is heavy, but what has become of the wish."""
    theatre.does(MAYA, LOW)
    theatre.run(partial(_signals, theatre=theatre, reason="wants_team", tier=Signal.CONCERN))
    said = theatre.heard(MAYA)[-1]
    assert said.startswith("Good that you asked")
    assert "I’ve sent a note to Dr Rivera" in said


def test_inside_an_exercise_one_line_is_enough(theatre: Theatre) -> None:
    """Answers with the same weight get the card, one line, then only the next question: all of them
    are in the alert. Words of crisis get help every time; so does what is said outside."""

    def answered(words: str) -> str:
        before = len(theatre.heard(MAYA))
        theatre.does(MAYA, words)
        cards = [text for text in theatre.heard(MAYA)[before:] if "112" in text]
        return "".join("short" if text.startswith(SHORT) else "whole" for text in cards)

    theatre.kit = replace(theatre.kit, library=LIBRARY)
    theatre.does(MAYA, Press(for_menu("begin", "cbt.thought7")))
    assert [answered(LOW) for _ in range(3)] == ["whole", "short", ""]
    assert [answered(CRISIS) for _ in range(3)] == ["whole", "short", "short"]
    assert len(theatre.alert()[1].items) == 6
    theatre.does(MAYA, Command("stop"))
    assert [answered(LOW) for _ in range(2)] == ["short", "short"]


@pytest.mark.parametrize(
    ("then", "part"),
    [
        ("I just took all my pills", "Lay the person on their side"),
        ("my husband hits me every day", "it is not your fault"),
        ("mi marido me pega todos los días", "it is not your fault"),
    ],
)
def test_another_card_is_no_repetition(theatre: Theatre, then: str, part: str) -> None:
    """“I read that too” holds no word of what helps with an overdose or at home; said once in half
    an hour, and words of crisis stay known meanwhile."""
    theatre.does(MAYA, CRISIS)
    theatre.passes(minutes=4)
    theatre.does(MAYA, then)
    assert part in theatre.heard(MAYA)[-1]
    theatre.passes(minutes=4)
    theatre.does(MAYA, then)
    theatre.does(MAYA, CRISIS)
    assert all("I read that too" in text for text in theatre.heard(MAYA)[-2:])


@pytest.mark.parametrize(
    "what",
    [Attachment("photo", CRISIS), Attachment("poll", CRISIS), Command("search", CRISIS)],
    ids=["caption", "poll", "unknown command"],
)
def test_the_card_is_the_last_word(theatre: Theatre, what: What) -> None:
    """Neither “I did not open that, could you write it?” nor twenty buttons stand below it."""
    theatre.does(MAYA, what)
    assert len(theatre.heard(MAYA)) == 1


def test_no_worry_is_parked_below_the_card_of_a_crisis(theatre: Theatre) -> None:
    """“I keep thinking about killing myself” names the need “a thought that won’t go” as well."""
    theatre.does(MAYA, "I keep thinking about killing myself, I will do it tonight")
    assert len(theatre.heard(MAYA)) == 1


def test_below_a_scale_nobody_is_told_to_tap_a_number(chat: Open) -> None:
    """The card answers words of danger; the question stands below it without a correction."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.press("Five senses")
    maya.say(CRISIS)
    assert not any("Please tap a number" in each.text for each in maya.messages)
    maya.press("Keep going")
    maya.say("seven hundred")
    assert "scale" in maya.last or "Please tap a number" in maya.last


def test_a_tapped_answer_of_crisis_waits_for_keep_going(chat: Open) -> None:
    """The card, whole or short, is the last thing seen: “the urge to hurt yourself? 0 to 5” stood
    directly below it. What the exercise says to the answer stands above, and a second tap of a
    hurried thumb brings no twenty buttons."""
    maya = chat(LIBRARY.exercises["dbt.diary"])
    maya.give(Press(for_menu("begin", "dbt.diary")))
    for _ in range(6):
        maya.press_exactly("0")
    five = maya.button("5").data
    maya.give(Press(five or ""))
    assert maya.last.startswith(CARD)
    assert "Thank you for writing that down" in maya.messages[-2].text
    before = len(maya.messages)
    assert maya.give(Press(five or "")).note == "Already noted."
    assert len(maya.messages) == before
    maya.press("Keep going")
    assert "Do you think you might act" in maya.last
    maya.press("Yes")
    assert maya.last.startswith(SHORT)
    maya.press("Keep going")
    maya.press("That is enough")
    assert "that took courage" in maya.last


def test_once_the_short_card_came_too_the_questions_go_on(chat: Open) -> None:
    """Nobody is left without a question and without a card that leads back to it."""
    maya = chat(LIBRARY.exercises["dbt.diary"])
    maya.give(Press(for_menu("begin", "dbt.diary")))
    maya.say(CRISIS, "I really am going to kill myself tonight")
    maya.press("Keep going")
    for _ in range(6):
        maya.press_exactly("0")
    maya.press("5")
    assert "Do you think you might act" in maya.last


def test_a_list_that_grows_stays_open_above_the_card(chat: Open) -> None:
    """Who taps a seizure among body signs can still tap the others, and Done."""
    maya = chat(LIBRARY.exercises["check.addiction"])
    maya.give(Press(for_menu("begin", "check.addiction")))
    while not any("A seizure" in each.text for row in maya.messages[-1].buttons for each in row):
        maya.press_exactly(maya.messages[-1].buttons[0][0].text)
    maya.press("A seizure")
    assert "Please get medical help now: 112" in maya.messages[-2].text  # the last redraws the list
    assert "Done" in [each.text for row in maya.messages[-1].buttons for each in row]
    maya.press("Done")
    assert "This can be an emergency" in maya.last


def test_whoever_speaks_a_note_knows_that_nobody_hears_it(chat: Open) -> None:
    """Of a picture nobody thinks that."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.give(Attachment("voice"))
    assert any("Nobody hears it" in each.text for each in maya.messages)
    before = len(maya.messages)
    maya.give(Attachment("photo"))
    assert not any("Nobody hears it" in each.text for each in maya.messages[before:])


def test_words_after_the_card_lead_back_to_help(chat: Open) -> None:
    """Nobody reads them, and it is said; half an hour later, or where the card was not meant, they
    are words like any others. Only in an exercise is there something to go on writing."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.say("sometimes i wish i would not wake up")
    assert maya.last.endswith("Would a skill help now?")
    maya.say("it is on the shelf")
    assert "nobody reads along here" in maya.last
    maya.press("🛟 Help me now")
    assert "Nobody watches this chat" in maya.last
    maya.pass_time(timedelta(minutes=31))
    maya.say("it is on the shelf")
    assert "nobody reads along here" not in maya.messages[-2].text
    maya.say(CRISIS)
    maya.press("That’s not what I meant")
    maya.say("it is on the shelf")
    assert "can’t answer in words of my own. Maybe" in maya.messages[-2].text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yes", "somebody is near"),
        ("No.", "reach for a voice"),
        ("no, I’m alone", "reach for a voice"),
        ("estoy sola", "reach for a voice"),
        ("no, estoy sola", "reach for a voice"),
        ("no, solo", "reach for a voice"),
        ("not near anyone", "reach for a voice"),
        ("No, there isn’t.", "reach for a voice"),
        ("no tengo a nadie cerca", "reach for a voice"),
        ("no estoy sola", "nobody reads along"),
        ("me siento muy sola", "nobody reads along"),
        ("sí, mi hermana", "somebody is near"),
        ("hm", "read"),
    ],
)
def test_is_there_a_person_near_you_may_be_answered(
    theatre: Theatre, typed: str, said: str
) -> None:
    """The card asks it, so a typed yes or no is no “can’t answer in words of my own”."""
    theatre.does(MAYA, CRISIS)
    theatre.does(MAYA, typed)
    assert said in theatre.heard(MAYA)[-1]
    assert "In danger, call" in theatre.heard(MAYA)[-1]


def test_ok_to_something_later_is_no_person_near(theatre: Theatre) -> None:
    """An ok to a page that came after the card is about that page; and a whole label counts, also
    that of the card."""
    theatre.does(MAYA, CRISIS)
    theatre.does(MAYA, "I'm safe for now")
    assert "reads along" not in theatre.heard(MAYA)[-1]
    theatre.does(MAYA, Command("settings"))
    theatre.does(MAYA, "ok")
    assert "somebody is near" not in theatre.heard(MAYA)[-1]
    theatre.does(MAYA, Command("settings"))
    theatre.does(MAYA, "quiet hours")
    assert "Between which hours" in theatre.heard(MAYA)[-1]


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.DISCHARGED])
def test_whoever_waits_or_has_finished_is_answered_below_the_card(
    theatre: Theatre, standing: Standing
) -> None:
    """“No, I am alone” was met with silence, or with a number to read out."""
    theatre.run(lambda session: people.set_standing(session, theatre.maya, standing))
    theatre.does(MAYA, CRISIS)
    theatre.does(MAYA, "no")
    assert "reach for a voice" in theatre.heard(MAYA)[-1]
    theatre.taps(MAYA, "I’m in danger now")
    assert "stay on the line" in theatre.heard(MAYA)[-1]


def test_a_stranger_knows_that_nobody_was_told(theatre: Theatre) -> None:
    """No team knows them, and they are asked nothing that nobody would answer."""
    for who, words in ((555, CRISIS), (556, "sometimes i wish i would not wake up")):
        theatre.does(who, words)
        card = theatre.heard(who)[0]
        assert "nobody has been told" in card
        assert "?" not in card
        assert "below" not in card
    theatre.does(557, "can somebody from my team please call me")
    assert not any("before they answer" in each for each in theatre.heard(557))


def test_nobody_in_danger_is_welcomed_back_to_an_old_question(chat: Open) -> None:
    """“Welcome back. You just wrote: I want to die, no. Is that your answer?” stood below the card;
    the question waits, and is a tap away."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.press("Five senses")
    maya.pass_time(timedelta(hours=7))
    maya.say(CRISIS, "no", "thank you")
    assert not any("Welcome back" in each.text for each in maya.messages)
    assert "nobody reads along here" in maya.last
    maya.press("Keep going")
    assert "· 1/" in maya.last


def test_an_edit_of_long_ago_is_told_that_it_is_not_kept(chat: Open) -> None:
    """“I can’t answer in words of my own” was what whoever mended an old entry read."""
    maya = chat(LIBRARY.exercises["mind.ground54321"])
    maya.give(Words("the lamp and the cup", 7, edited=True))
    assert "can’t take in changes" in maya.last
    maya.give(Words("breathing", 7, edited=True))
    assert "can’t take in changes" not in maya.last
