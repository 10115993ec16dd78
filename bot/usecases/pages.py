"""What is neither an exercise nor the menu: welcome, help, privacy, language, and beginnings."""

from dataclasses import replace

from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.engine.given import GO, Pressed
from bot.engine.run import Status
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message
from bot.messages.render import place
from bot.store import groups, people, revisions, runs
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.store.runs import StoredRun
from bot.usecases import aside, carry_on, consented, day, offering, roleplay
from bot.usecases.help_now import STEADY, help_now
from bot.usecases.menu import begin_button, column, go_on_buttons, library, menu, menu_button
from bot.usecases.open_runs import at_hand, just_asked, open_run, waiting
from bot.usecases.scene import Scene

FIRST = ("breath.paced", "mind.ground54321")
"""What a newcomer is offered: a few minutes, hardly any typing."""


def start(scene: Scene) -> None:
    """The welcome; for somebody in the middle of an exercise, the way back into it, and the keys
    below the text field once more: whoever emptied the chat or has a new phone sees none."""
    if open_run(scene) is not None:
        text = scene.kit.words.text(scene.language, "welcome_back")
        scene.post(Message(text=text, keys=_keys(scene)))
        menu(scene)
        return
    scene.post(Message(text=scene.kit.words.text(scene.language, "welcome"), keys=_keys(scene)))
    first_try(scene)


def first_try(scene: Scene) -> None:
    """What takes a few minutes, can be stopped at any second, and needs hardly any typing."""
    buttons = [begin_button(scene, each) for each in library(scene) if each.id in FIRST]
    text = scene.kit.words.text(scene.language, "first_try")
    scene.post(Message(text=text, buttons=column(*buttons, menu_button(scene))))


def _keys(scene: Scene) -> tuple[tuple[str, ...], ...]:
    """What stays below the text field from now on: help is one tap from everywhere."""
    return ((scene.word("keys.menu"), scene.word("keys.help_now")),)


def help_page(scene: Scene) -> None:
    """What this is and does, and urgent help below it, where the thumb is: above it, a page of
    commands pushed the numbers out of sight."""
    readers, hours = ", ".join(consented.readers(scene)), consented.hours(scene)
    programme = groups.programme(scene.session)
    pairs = programme is not None and programme.partner_pairs
    text = scene.kit.words.text(scene.language, "help", readers=readers, hours=hours, pairs=pairs)
    scene.post(Message(text=text, keys=_keys(scene)), kind=Kind.ALERT)  # in the lane of the card
    help_now(scene)


def privacy(scene: Scene) -> None:
    """Who can read what, in plain words."""
    programme = groups.programme(scene.session)
    text = scene.kit.words.text(
        scene.language,
        "privacy",
        readers=", ".join(consented.readers(scene)),
        hours=consented.hours(scene),
        days=programme.retention_days if programme is not None else 0,
        programme=programme.name if programme is not None else "",
    )
    ways = [menu_button(scene)]
    if scene.person.standing is Standing.MEMBER and scene.person.onboarding is None:
        data = for_menu("settings", "consents")
        ways.insert(0, Button(text=scene.word("settings.consents"), data=data))
    scene.post(Message(text=text, buttons=column(*ways)))


def languages(scene: Scene) -> None:
    """Asks which language to go on in."""
    buttons = [
        Button(text=scene.word(f"languages.{each}"), data=for_menu("lang", each))
        for each in scene.kit.words.languages
    ]
    text = scene.kit.words.text(scene.language, "language")
    scene.post(Message(text=text, buttons=column(*buttons)))


def set_language(scene: Scene, wanted: str) -> None:
    """Goes on in another language, the open question included."""
    if wanted not in scene.kit.words.languages:
        languages(scene)
        return
    people.set_language(scene.session, scene.person.id, wanted)
    scene.person = replace(scene.person, language=wanted)
    scene.settled = True
    text = scene.kit.words.text(scene.language, "language_set")
    scene.post(Message(text=text, keys=_keys(scene)))
    stored = open_run(scene)
    if stored is not None:
        run = stored.run.model_copy(update={"language": wanted})
        stored = runs.save_run(scene.session, scene.kit.vault, stored, run, scene.now)
    if stored is None or not carry_on.repeat(scene, stored):
        menu(scene)


def open_question(scene: Scene, _: str) -> None:
    """Shows the open question again, or goes on with what was set aside a short while ago."""
    stored = at_hand(scene)
    if stored is not None and stored.run.status is Status.PAUSED:
        carry_on.give(scene, stored, Pressed(stored.run.turn, GO))
    elif stored is None:
        _nothing_waits(scene)
    elif not carry_on.repeat(scene, stored):
        menu(scene)


def _nothing_waits(scene: Scene) -> None:
    """Whoever taps *Keep going* below a card with nothing open wants less, not twenty buttons."""
    steady = scene.kit.library.find(STEADY)
    left = go_on_buttons(scene)
    ways = [*left, menu_button(scene)]
    if steady is not None:
        text = scene.word("help_now.steady")
        ways.insert(0, Button(text=text, data=for_menu("begin", STEADY)))
    talk = roleplay.way_back(scene)
    text = scene.kit.words.text(scene.language, "nothing_waits", left=bool(left or talk))
    scene.post(Message(text=text, buttons=(*talk, *column(*ways))))


def begin(scene: Scene, exercise_id: str) -> None:
    """Starts an exercise, or asks first what becomes of the one that is open."""
    exercise = scene.kit.library.find(exercise_id)
    if exercise is None or exercise.needs:  # what needs answers brought along begins by `later`
        scene.say("gone")
        menu(scene)
    elif not offering.is_refused(scene, exercise) and not offering.is_warned(scene, exercise):
        _begin(scene, exercise)


def begin_warned(scene: Scene, exercise_id: str) -> None:
    """Starts one that touches on something, after the person said to go on."""
    exercise = scene.kit.library.find(exercise_id)
    if exercise is None or exercise.needs:
        begin(scene, exercise_id)
    elif not offering.is_refused(scene, exercise):
        scene.settled = True
        _begin(scene, exercise)


def _begin(scene: Scene, exercise: Exercise) -> None:
    open_now = waiting(scene)
    same = open_now is not None and open_now.run.exercise == exercise.id
    stored = open_now if same else aside.make_way(scene)
    if stored is None and exercise.daily:
        day.begin(scene, exercise)
    elif stored is None:
        carry_on.begin(scene, exercise)
    elif stored.run.exercise == exercise.id and not stored.run.answers:
        ask_first_again(scene, stored)
    else:
        ask_which(scene, stored, exercise, for_menu("aside", exercise.id))


def ask_first_again(scene: Scene, stored: StoredRun) -> None:
    """The first question once more, for whoever begins what has begun; a double tap brings none:
    the first of two keyboards was an old one."""
    if just_asked(scene, stored):
        scene.note = scene.word("notes.answered")
    else:
        carry_on.repeat(scene, stored)


def begin_day(scene: Scene, argument: str) -> None:
    """Starts the entry about the day that was chosen; a day gone by meanwhile is asked again."""
    chosen = day.pressed(scene, argument)
    exercise_id = argument.partition(".")[2]
    if chosen is None or waiting(scene) is not None:
        begin(scene, exercise_id)
        return
    exercise, about = chosen
    if not offering.is_refused(scene, exercise):  # asked anew: it may be closed by now
        scene.settled = True
        carry_on.begin(scene, exercise, about=about)


def begin_anyway(scene: Scene, exercise_id: str) -> None:
    """Sets the open exercise aside and starts the other."""
    stored = waiting(scene)
    if stored is not None and scene.kit.library.find(exercise_id) is not None:
        aside.set_aside(scene, stored)
    begin_warned(scene, exercise_id)  # whoever is asked this was warned before


def ask_which(scene: Scene, stored: StoredRun, exercise: Exercise, leaves: str) -> None:
    """Goes on with the open exercise, or sets it aside for another? `leaves` is that button's."""
    words, language = scene.kit.words, scene.language
    left = place(revisions.recall(scene.session, stored.revision), stored.run, language)
    text = words.text(language, "busy", open=left, title=said(exercise.title, language))
    go_on = Button(text=scene.word("buttons.go_on"), data=for_menu("open"))
    leave_it = Button(text=scene.word("buttons.set_aside"), data=leaves)
    scene.post(Message(text=text, buttons=column(go_on, leave_it)))
