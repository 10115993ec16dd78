"""A button was pressed: of the open question, of an old one, or of a page."""

from collections.abc import Callable

from bot.engine.given import Pressed
from bot.messages.callback import MenuPress, RunPress, unpack
from bot.store import runs
from bot.usecases import (
    aside,
    below_card,
    board,
    bring,
    carry_on,
    comments,
    export,
    hello,
    help_now,
    later,
    leave,
    look_back,
    menu,
    pages,
    pairs,
    pause,
    phases,
    put_off,
    roleplay,
    safety_plan,
    sending,
    settings,
    simpler,
    toolbox,
    urge,
    who,
)
from bot.usecases.open_runs import just_asked, waiting
from bot.usecases.scene import Scene
from bot.usecases.workshops import choices as workshops

PAGES: dict[str, Callable[[Scene, str], None]] = {
    "begin": pages.begin,
    "aside": pages.begin_anyway,
    "touches": pages.begin_warned,
    "day": pages.begin_day,
    "open": pages.open_question,
    "menu": menu.menu,
    "need": menu.need_page,
    "all": menu.all_page,
    "skills": menu.skills_page,
    "skill": menu.skill_page,
    "urge": urge.page,
    "lang": pages.set_language,
    "progress": lambda scene, _: look_back.progress_page(scene),
    "history": look_back.history_page,
    "entry": look_back.entry_page,
    "leave": leave.leave,
    "help": help_now.help_now,
    "country": help_now.countries,
    "barrier": help_now.barrier,
    "hello": hello.told,
    "plan": safety_plan.plan_page,
    "change_plan": safety_plan.change,
    "later": later.answer,
    "step": settings.pressed,
    "settings": settings.open_step,
    simpler.VERB: settings.simpler_words,
    "pause": pause.page,
    "who": who.page,
    sending.VERB: put_off.answer,
    "bring": bring.bring,
    "leave_it": bring.leave_it,
    "here": bring.here,
    **below_card.VERBS,
    **comments.VERBS,
    **toolbox.PAGES,
    **workshops.PAGES,
    "export": export.page,
    pairs.VERB: roleplay.press_pair,
    roleplay.VERB: roleplay.press,
    **board.VERBS,
    **phases.VERBS,
}
"""What a button outside any question can do."""


def handle(scene: Scene, data: str) -> None:
    """Does what the button says, or says quietly why not."""
    meant = unpack(data)
    match meant:
        case RunPress():
            _of_run(scene, meant)
        case MenuPress(verb, argument) if verb in PAGES:
            PAGES[verb](scene, argument)
        case _:
            _from_before(scene)


def _of_run(scene: Scene, meant: RunPress) -> None:
    stored = runs.get_run(scene.session, scene.kit.vault, meant.run)
    if stored is None or stored.person != scene.person.id:
        scene.note = scene.word("notes.not_yours")
        return
    other = waiting(scene)
    if other is not None and other.id != stored.id and stored.run.turn == meant.turn:
        aside.set_aside(scene, other)
    events = carry_on.give(scene, stored, Pressed(meant.turn, meant.choice), tapped=True)
    if events:
        scene.settled = carry_on.is_settled(events)
        return
    before = 2 if stored.run.lies_aside else 1  # a question held back took a turn of its own
    if (
        stored.run.is_open
        and stored.run.turn - meant.turn in (1, before)
        and just_asked(scene, stored)
    ):
        scene.note = scene.word("notes.answered")
        return
    _from_before(scene)


def _from_before(scene: Scene) -> None:
    """A button from before: the person is shown where they are now, instead of silence."""
    scene.note = scene.word("notes.old_button")
    stored = waiting(scene)
    if stored is None or not carry_on.repeat(scene, stored):
        menu.menu(scene)
