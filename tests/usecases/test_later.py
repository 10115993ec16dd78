"""A plan comes back at the moment the person chose, with their own words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.catalog.check import check_together
from bot.catalog.risk import Tier as RiskTier
from bot.catalog.signal import Tier
from bot.engine.given import Pressed
from bot.store import alerts, people
from bot.store.people import Standing
from bot.usecases import carry_on
from bot.usecases.incoming import Command, Press
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene
from tests.engine.playing import exercise_of
from tests.usecases.chat import Chat

PLAN = exercise_of(
    """
- {id: plan, type: ask_text, label: {en: My plan, es: Mi plan}}
- {id: way, type: ask_choice, options: [{id: alone, label: {en: By myself, es: A solas}},
   {id: along, label: {en: With somebody, es: Con alguien}}]}
- {id: sure, type: ask_scale, scale: {min: 0, max: 10}}
- {id: day, type: ask_when, optional: true}
""",
    """
id: test.plan
title: {en: My plan, es: Mi plan}
later:
  - {when: day, offset_minutes: -60, quote: [plan], text: {en: It is near., es: Se acerca.}}
  - {when: day, ask: test.review, quote: [plan, way]}
""",
)
AFTER = exercise_of(
    """
- {id: step, type: ask_text}
- {id: day, type: ask_when}
- {id: end, type: finish}
""",
    """
id: test.after
title: {en: First step, es: Primer paso}
later:
  - {when: day, offset_minutes: 180, quote: [step], text: {en: How was it?, es: ¿Cómo fue?}}
""",
)
REVIEW = exercise_of(
    """
- {id: hello, type: say, text: {en: "{{ plan }}, {{ way }}.", es: "{{ plan }}"}}
- {id: went, type: ask_scale, scale: {min: 0, max: 10}}
- {id: end, type: finish, changes: [{before: sure, after: went, label: {en: Sure, es: Seguro}}]}
""",
    """
id: test.review
title: {en: How it went, es: Cómo fue}
opt: true
given:
  - {id: plan, label: {en: Plan, es: Plan}}
  - {id: way, label: {en: Way, es: Manera}}
  - {id: sure, label: {en: Sure, es: Seguridad}, scale: {min: 0, max: 10}}
""",
)
DIARY = exercise_of(
    """
- {id: urge, type: ask_scale, scale: {min: 0, max: 5}}
- {id: note, type: ask_text}
""",
    """
id: test.diary
title: {en: Diary, es: Diario}
signals:
  - {reason: urge, tier: concern, when: {answer: urge, at_least: 3}}
""",
)
Open = Callable[..., Chat]


def _planned(chat: Open, *more: str) -> Chat:
    """Maya has made a plan for tomorrow at six on her own clock (17:00 in UTC)."""
    maya = chat(PLAN, REVIEW, DIARY)
    maya.press("Menu")
    maya.press("My plan")
    maya.say("Call Rosa <3", "by myself", "8", "tomorrow 18:00", *more)
    assert "Saved" in maya.last
    return maya


def test_the_exercises_of_these_tests_fit_together() -> None:
    """An author could have written them."""
    assert check_together((PLAN, REVIEW, DIARY)) == ()


def test_first_a_reminder_then_the_review(chat: Open) -> None:
    """An hour before with the plan in her words; at the moment an offer, and nothing else."""
    maya = _planned(chat)
    assert maya.pass_time(timedelta(hours=27, minutes=59)) == []
    (reminder,) = maya.pass_time(timedelta(minutes=1))
    assert reminder.text.startswith("You asked me to write to you at this time.\n\nIt is near.")
    assert "<blockquote>Call Rosa &lt;3</blockquote>" in reminder.text
    assert (reminder.protect, reminder.buttons) == (True, ())
    (offer,) = maya.pass_time(timedelta(hours=1))
    assert "<b>way</b>\n<blockquote>By myself</blockquote>" in offer.text
    assert [button.text for row in offer.buttons for button in row] == [
        "Look at it now", "Ask me tomorrow",
    ]  # fmt: skip
    assert maya.pass_time(timedelta(days=30)) == []


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "is in danger, call"),
        ("Peor", "is in danger, call"),
        ("I’m not okay", "is in danger, call"),
        ("still the same", "bring it to your next session"),
        ("A bit better!", "Good to hear"),
        ("it rained", "better, the same or worse"),
    ],
)
def test_nobody_is_reminded_of_a_plan_to_die(chat: Open, typed: str, part: str) -> None:
    """“It is near. Here is your plan” would be the worst of reminders: they are asked how it is,
    and may tap or type the answer."""
    maya = chat(PLAN, REVIEW, DIARY)
    maya.press("Menu")
    maya.press("My plan")
    maya.say("Jump off the bridge")
    maya.press("Keep going")
    maya.say("by myself", "8", "tomorrow 18:00")
    (reminder,) = maya.pass_time(timedelta(hours=28))[-1:]
    assert "How are you now?" in reminder.text
    assert "It is near" not in reminder.text
    assert not any("Jump" in each.text for each in maya.pass_time(timedelta(hours=1)))
    if typed:
        maya.say(typed)
    else:
        maya.press("Worse")
    assert part in maya.last


def test_what_follows_in_quiet_hours_waits_until_they_are_over(chat: Open) -> None:
    """Three hours after eight in the evening it is eleven: it comes at seven, not then."""
    maya = chat(AFTER)
    maya.press("Menu")
    maya.press("First step")
    maya.say("Call Rosa", "today 20:00")
    assert maya.pass_time(timedelta(hours=10)) == []
    assert maya.pass_time(timedelta(hours=7, minutes=59)) == []
    (asked,) = maya.pass_time(timedelta(minutes=1))
    assert asked.text.startswith("You asked me to write to you. It comes a little later")
    assert "How was it?" in asked.text


@pytest.mark.parametrize(("chosen", "hours", "minutes"), [("07:30", 19, 0), ("23:30", 34, 30)])
def test_what_comes_before_waits_only_as_far_as_that(
    chat: Open, chosen: str, hours: int, minutes: int
) -> None:
    """An hour before half past seven is quiet: it comes at seven. Whoever plans for half past
    eleven at night gets it at half past ten."""
    maya = chat(PLAN, REVIEW)
    maya.press("Menu")
    maya.press("My plan")
    maya.say("Call Rosa", "by myself", "8", f"tomorrow {chosen}")
    before = timedelta(hours=hours - 1, minutes=minutes - 1)
    assert maya.pass_time(before) == []
    (near,) = maya.pass_time(timedelta(minutes=1))
    assert "It is near." in near.text


@pytest.mark.parametrize(("hours", "comes"), [(0, True), (4, False)])
def test_a_moment_chosen_in_quiet_hours_is_kept(chat: Open, hours: int, comes: bool) -> None:
    """On time it comes, because it was asked for then; four hours late, at three, it waits."""
    maya = chat(PLAN, REVIEW)
    maya.press("Menu")
    maya.press("My plan")
    maya.say("Call Rosa", "by myself", "8", "today 23:00")
    assert maya.pass_time(timedelta(hours=9, minutes=59)) == []
    asked = maya.pass_time(timedelta(hours=hours, minutes=1))
    assert any("Look at it now" in button.text for each in asked for row in each.buttons
               for button in row) is comes  # fmt: skip


def test_nothing_follows_after_the_programme(chat: Open) -> None:
    """Finished a second before, they are left in peace."""
    maya = _planned(chat)
    maya.pass_time(timedelta(hours=27, minutes=59))
    maya.run(
        lambda session: people.set_standing(session, maya.person(session).id, Standing.DISCHARGED)
    )
    assert maya.pass_time(timedelta(days=2)) == []


def test_the_review_knows_the_plan(chat: Open) -> None:
    """Words come as they were shown, numbers as numbers, so that the change can be told."""
    maya = _planned(chat)
    maya.pass_time(timedelta(hours=29))
    assert maya.press("Look at it now").settled
    assert "Call Rosa &lt;3, By myself." in maya.last
    maya.say("3")
    assert "Sure: 8 → 3" in maya.last
    assert "Stored: 1 answer," in maya.last


def test_it_never_barges_into_an_open_exercise(chat: Open) -> None:
    """The open question stays open; the person is asked what becomes of it."""
    maya = _planned(chat)
    maya.press("Menu")
    maya.press("Diary")
    maya.say("1")
    maya.pass_time(timedelta(hours=5))
    maya.pass_time(timedelta(hours=24))
    maya.press("Look at it now")
    assert "is still open at" in maya.last
    maya.press("Set it aside")
    assert "Call Rosa &lt;3, By myself." in maya.last
    maya.say("3")
    maya.press("Menu")
    maya.press("Go on")
    assert "note" in maya.last


def test_tomorrow_instead(chat: Open) -> None:
    """A day later the same offer comes once more."""
    maya = _planned(chat)
    maya.pass_time(timedelta(hours=29))
    assert maya.press("Ask me tomorrow").note == "Noted."
    assert maya.pass_time(timedelta(hours=23)) == []
    (again,) = maya.pass_time(timedelta(hours=1))
    assert "Call Rosa" in again.text


def test_pressing_twice_begins_once(chat: Open) -> None:
    """The second press shows the open question again."""
    maya = _planned(chat)
    maya.pass_time(timedelta(hours=29))
    maya.press("Look at it now")
    maya.press("Look at it now")
    assert "went" in maya.last
    maya.say("3")
    assert "Saved" in maya.last


@pytest.mark.parametrize(
    "data", ["m.later.", "m.later.x.0.begin", "m.later.AAAAAAAAAAAAAAAAAAAAAA.0.begin",
             "m.later.AAAAAAAAAAAAAAAAAAAAAA.9.begin", "m.begin.test.review"],
)  # fmt: skip
def test_a_button_nobody_made_begins_nothing(chat: Open, data: str) -> None:
    """Neither a made-up promise nor a review without its plan; the menu comes instead."""
    maya = chat(PLAN, REVIEW)
    maya.give(Press(data))
    assert "What would help right now?" in maya.last


def test_what_is_not_for_the_menu_is_not_in_it(chat: Open) -> None:
    """`opt: true` keeps an exercise out of the menu until somebody offers it."""
    maya = chat(PLAN, REVIEW)
    maya.press("Menu")
    labels = [button.text for row in maya.messages[-1].buttons for button in row]
    assert any(label.startswith("My plan") for label in labels)
    assert not any(label.startswith("How it went") for label in labels)


def test_deleting_everything_calls_the_promise_off(chat: Open) -> None:
    """Nobody is written to after they left."""
    maya = _planned(chat)
    maya.give(Command("delete_me"))
    maya.press("Yes, delete everything")
    maya.pass_time(timedelta(minutes=5))
    assert maya.pass_time(timedelta(days=3)) == []


@pytest.mark.parametrize("yes", ["yes", "yes.", "yes.1", "yes.99999999999", "yes.x", "ja"])
def test_a_yes_of_another_time_deletes_nothing(chat: Open, yes: str) -> None:
    """An old button, or one nobody was shown, asks first, and goes; so does a yes above a no."""
    maya = _planned(chat)
    assert maya.give(Press(f"m.leave.{yes}")).settled
    assert maya.last.startswith("Shall I delete everything of yours?")
    assert maya.give(Press("m.leave.no")).settled
    assert any(each.text.startswith("Nothing was deleted") for each in maya.messages)


def test_a_signal_reaches_the_scene_once(chat: Open) -> None:
    """Whoever tells the people who must know finds it in the scene, with the answer itself."""
    maya = chat(DIARY)
    maya.press("Menu")
    maya.press("Diary")
    raised: list[tuple[str, Tier, str]] = []

    def give(choice: str) -> None:
        def work(session: Session) -> None:
            scene = Scene(session, maya.kit, maya.person(session), maya.now, f"t{choice}")
            stored = waiting(scene)
            assert stored is not None
            carry_on.give(scene, stored, Pressed(stored.run.turn, choice))
            raised.extend((each.exercise, each.tier, each.reason) for each in scene.signals)

        maya.run(work)

    give("4")
    assert raised == [("test.diary", Tier.CONCERN, "urge")]
    give("!back")
    give("5")
    assert len(raised) == 1


def test_a_signal_brings_help_first_and_an_alert_and_the_exercise_goes_on(chat: Open) -> None:
    """An answer that speaks of danger is answered like words that do, once in the run."""
    maya = chat(DIARY)
    maya.press("Menu")
    maya.press("Diary")
    before = len(maya.messages)
    maya.press("4")
    help_first, question = maya.messages[before:][:2]
    assert "That sounds heavy" in help_first.text
    assert "note" in question.text
    found: list[tuple[object, str]] = []
    maya.run(lambda s: found.extend((each.tier, each.source) for each in alerts.all_open(s)))
    assert found == [(RiskTier.CONCERN, "answer")]
