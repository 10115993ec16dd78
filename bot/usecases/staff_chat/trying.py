"""A member of staff goes through an exercise here: one they sent as a file, or one of the library
they look at before they give it.

It runs on the real engine, for them alone. Nothing they answer is kept, nobody is told anything,
and a file never is among the exercises.
"""

from dataclasses import replace
from uuid import UUID

from bot.care.risk import Tier, screen
from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.engine.advance import advance, ask_again, start
from bot.engine.brought import stand_ins
from bot.engine.event import Event, Finished, Paused, Promised, Signalled, Stopped
from bot.engine.given import BACK, DONE, PAUSE, SKIP, STOP, Given, Pressed, Rang, Said
from bot.engine.walk import Turn
from bot.messages.callback import MenuPress, RunPress, for_menu, short_id, unpack
from bot.messages.message import Button, Message, Rows
from bot.messages.render import render
from bot.store import dues, trials
from bot.store.dues import Due
from bot.store.people import Standing
from bot.store.trials import Trial
from bot.usecases import simpler
from bot.usecases.incoming import Command, Press, Receipt, What, Words
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import confirming, own
from bot.usecases.staff_chat.menu import back

TRIAL = "trial"
"""The verb of its buttons, and the kind of due row that ends a timed step."""
TYPED = {"back": BACK, "skip": SKIP, "done": DONE, "stop": STOP, "cancel": STOP}


def handle(scene: Scene, what: What) -> bool:
    """Takes whatever they answer in it; False if it is about something else."""
    match what:
        case Press(data):
            return _pressed(scene, data)
        case Words(text, mark, edited):
            return _typed(scene, text, Said(text, mark, edited))
        case Command(name) if name in TYPED:
            trial = trials.of(scene.session, scene.kit.vault, scene.person.id)
            if trial is not None:
                _give(scene, trial, Pressed(trial.run.turn, TYPED[name]))
            return trial is not None
    return False


def preview(scene: Scene, exercise: Exercise, target: UUID) -> None:
    """Begins one of the library as whoever it may be given to (a group or a person) will see it."""
    trial = trials.begin(scene.session, scene.person.id, target, scene.now)
    scene.settled = True
    begin(scene, trial, exercise, "preview", target)


def put_away(scene: Scene) -> None:
    """What they looked at has been given, or they want to see another one."""
    trial = trials.of(scene.session, scene.kit.vault, scene.person.id)
    if trial is not None and trial.target is not None:
        dues.clear_due(scene.session, _due(trial))
        trials.drop(scene.session, scene.person.id)


def begin(
    scene: Scene, trial: UUID, exercise: Exercise, words: str, target: UUID | None = None
) -> None:
    """The first words about it (`words` names the template), then the exercise; `target` is whom it
    may be given to."""
    spoken = exercise.languages
    language = scene.language if scene.language in spoken else spoken[0]
    title = said(exercise.title, language)
    text = scene.kit.words.text(scene.language, f"staff/trial/{words}", title=title)
    others = tuple(_in_language(scene, each) for each in spoken if each != language)
    rows: Rows = _give_it(scene, exercise, target) if target is not None else ()
    scene.post(Message(text=text, buttons=(*rows, others) if others else rows))
    turn = start(
        *(exercise, scene.now, language, stand_ins(exercise, language), scene.person.zone),
        plain=simpler.is_wanted(scene),
    )
    _keep(scene, Trial(trial, scene.person.id, exercise, turn.run, target), turn)


def _give_it(scene: Scene, exercise: Exercise, target: UUID) -> Rows:
    data = for_menu("give", f"{short_id(target)}.{exercise.id}")
    return ((Button(text=scene.word("staff.give_it"), data=data),),)


def _in_language(scene: Scene, language: str) -> Button:
    names = scene.kit.words.languages
    label = scene.word(f"languages.{language}") if language in names else language
    return Button(text=label, data=for_menu(TRIAL, language))


def _pressed(scene: Scene, data: str) -> bool:
    trial = trials.of(scene.session, scene.kit.vault, scene.person.id)
    match unpack(data):
        case RunPress(run, turn, choice) if trial is not None and run == trial.id:
            _give(scene, trial, Pressed(turn, STOP if choice == PAUSE else choice))
            return True
        case MenuPress(verb, language) if verb == TRIAL:
            if trial is None or language not in trial.exercise.languages:
                return False
            scene.settled = trial.target is None  # else the way to give it would go with it
            _again_in(scene, trial, language)
            return True
    return False


def _again_in(scene: Scene, trial: Trial, language: str) -> None:
    """From the beginning, in another language; the buttons so far become old ones."""
    exercise = trial.exercise
    turn = start(
        *(exercise, scene.now, language, stand_ins(exercise, language), scene.person.zone),
        plain=trial.run.plain,
    )
    run = turn.run.model_copy(update={"turn": trial.run.turn + turn.run.turn})
    _keep(scene, replace(trial, run=run), Turn(run, turn.events))


def _typed(scene: Scene, text: str, said_: Said) -> bool:
    """Words answer the open question; the four digits of somebody who waits come first."""
    trial = trials.of(scene.session, scene.kit.vault, scene.person.id)
    if trial is None or scene.kit.words.is_key(text):
        return False
    if own.own_newcomers(scene) and confirming.typed(scene, text):
        return True
    if screen(text, scene.kit.rules).tier > Tier.NONE:
        _show_help(scene)
    _give(scene, trial, said_)
    return True


def _show_help(scene: Scene) -> None:
    """A participant would get help first. Whoever tries it may mean it, so the way to help is
    here as well."""
    text = scene.kit.words.text(scene.language, "staff/trial/help")
    button = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
    scene.post(Message(text=text, buttons=((button,),)))


def rang(scene: Scene, due: Due) -> Receipt:
    """A timed step of the trial has come to its end."""
    trial = trials.of(scene.session, scene.kit.vault, scene.person.id)
    at_work = scene.person.standing is Standing.STAFF and own.is_at_work(scene)
    if trial is not None and at_work and due.subject == trial.id and due.turn is not None:
        _give(scene, trial, Rang(due.turn))
    return scene.receipt()


def _give(scene: Scene, trial: Trial, given: Given) -> None:
    turn = advance(trial.exercise, trial.run, given, scene.now)
    if turn.run is trial.run and not turn.events:
        again = ask_again(trial.exercise, trial.run)
        turn = Turn(trial.run, (again,) if again is not None else ())
        scene.note = scene.word("notes.old_button")
    else:
        scene.settled = isinstance(given, Pressed)
    _keep(scene, replace(trial, run=turn.run), turn)


def _keep(scene: Scene, trial: Trial, turn: Turn) -> None:
    """What follows from a turn: where it stands, its timer, its messages. No answer, no alert."""
    over = any(isinstance(event, Finished | Stopped | Paused) for event in turn.events)
    dues.clear_due(scene.session, _due(trial))
    if over:
        trials.drop(scene.session, trial.person)
    else:
        trials.keep(scene.session, scene.kit.vault, trial, scene.now)
        _time(scene, trial)
    _show(scene, trial, turn.events)
    if over:
        _end(scene, trial)


def _end(scene: Scene, trial: Trial) -> None:
    if trial.target is None:
        text = scene.kit.words.text(scene.language, "staff/trial/over")
        scene.post(Message(text=text, buttons=back(scene)))
        return
    title = said(trial.exercise.title, scene.language)
    text = scene.kit.words.text(scene.language, "staff/trial/seen", title=title)
    other = Button(
        text=scene.word("staff.see_other"), data=for_menu("look", f"{short_id(trial.target)}.0")
    )
    rows = (*_give_it(scene, trial.exercise, trial.target), (other,), *back(scene))
    scene.post(Message(text=text, buttons=rows))


def _time(scene: Scene, trial: Trial) -> None:
    at = trial.run.due_at
    if at is not None:
        dues.set_due(
            *(scene.session, trial.person, TRIAL, trial.id, trial.run.turn, at),
            *(_due(trial), scene.now),
        )
        scene.expect(at)


def _due(trial: Trial) -> str:
    return f"{TRIAL}.{trial.id.hex}"


def _show(scene: Scene, trial: Trial, events: tuple[Event, ...]) -> None:
    viewer = replace(scene.viewer, language=trial.run.language)
    ended = any(isinstance(event, Finished | Stopped) for event in events)
    shown = render(scene.kit.words, trial.exercise, trial.id, trial.run, events, viewer)
    for each in shown:
        bare = {"buttons": ()} if ended else {}  # what the end offers begins nothing here
        scene.post(each.message.model_copy(update=bare))
    for event in events:
        match event:
            case Signalled(tier, reason):
                _say(scene, "signal", tier=tier.value, reason=reason)
            case Promised(at, _, ask):
                when = f"{scene.viewer.day(at)}, {scene.viewer.clock(at)}"
                _say(scene, "later", when=when, ask=ask or "")
            case _:
                pass


def _say(scene: Scene, name: str, **values: object) -> None:
    scene.say(f"staff/trial/{name}", **values)
