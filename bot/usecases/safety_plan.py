"""A person's own safety plan: one tap away, shown whole, changed without starting from nothing."""

from bot.care.risk import Tier, screen
from bot.engine.run import Value
from bot.messages.callback import for_menu
from bot.messages.fill import short
from bot.messages.message import Button
from bot.messages.summary import entry
from bot.store import past_runs, revisions
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.store.runs import StoredRun
from bot.usecases import aside, carry_on
from bot.usecases.open_runs import waiting
from bot.usecases.scene import Scene

PLAN = "safe.plan"
SHOWN = 120
"""Characters of the plan on the help card; the whole of it is a tap away."""


def latest(scene: Scene) -> StoredRun | None:
    """The plan as it was last finished."""
    return _newest(scene, ended=False)


def _newest(scene: Scene, *, ended: bool) -> StoredRun | None:
    whose = (scene.session, scene.kit.vault, scene.person.id)
    return past_runs.newest(*whose, PLAN, scene.now, ended=ended)


def alone_in(scene: Scene, plan: StoredRun | None) -> str:
    """What the plan says one can do without anybody, in one short line, or ""."""
    return short(_listed(scene, plan, "alone"), SHOWN)


def people_in(scene: Scene, plan: StoredRun | None) -> str:
    """Whom the plan names, in one line; nothing where it names nobody."""
    return _listed(scene, plan, "people")


def _listed(scene: Scene, plan: StoredRun | None, question: str) -> str:
    """What was answered there; without words of danger: "take the pills in my drawer" is kept in
    the plan, and must not be what the help card says one can do."""
    named: Value = plan.run.answers.get(question) if plan is not None else None
    parts = named if isinstance(named, tuple) else (str(named),) if named else ()
    return ", ".join(each for each in parts if screen(each, scene.kit.rules).tier is Tier.NONE)


def plan_page(scene: Scene, _: str = "") -> None:
    """Shows the plan; without one, begins to make it. Whoever finished the programme reads it."""
    plan = latest(scene)
    if plan is None:
        change(scene)
        return
    exercise = revisions.recall(scene.session, plan.revision)
    messages = entry(scene.kit.words, exercise, plan.run, plan.updated_at, scene.viewer)
    ways: tuple[tuple[Button, ...], ...] = (
        (Button(text=scene.word("keys.help_now"), data=for_menu("help")),),
    )
    if scene.person.standing is Standing.MEMBER:
        change_it = Button(text=scene.word("help_now.change_plan"), data=for_menu("change_plan"))
        ways = ((change_it,), *ways)
    if waiting(scene) is not None:
        ways = (*ways, (Button(text=scene.word("buttons.go_on"), data=for_menu("open")),))
    for message in messages[:-1]:
        scene.post(message, kind=Kind.ALERT)
    scene.post(messages[-1].model_copy(update={"buttons": ways}), kind=Kind.ALERT)


def change(scene: Scene, _: str = "") -> None:
    """Makes the plan, with what was written before there to keep; another exercise waits."""
    exercise = scene.kit.library.find(PLAN)
    if exercise is None:
        scene.say("gone")
        return
    stored = waiting(scene)
    if stored is not None and stored.run.exercise == PLAN:
        carry_on.repeat(scene, stored)
        return
    if stored is not None:
        aside.set_aside(scene, stored)
    carry_on.begin(scene, exercise, _written(scene))


def _written(scene: Scene) -> dict[str, Value]:
    """What there is to keep: the plan as it was last finished, and over it what was written since
    in one that was stopped; begun anew, it stood only under /history."""
    both = (latest(scene), _newest(scene, ended=True))
    found = [each for each in both if each is not None]
    return {name: value for each in found for name, value in each.run.answers.items()}
