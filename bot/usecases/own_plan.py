"""What somebody wrote down in calmer days, shown when it is needed."""

from bot.messages.message import Message
from bot.messages.summary import entry
from bot.store import past_runs, revisions
from bot.usecases.scene import Scene

LEADS = "own_plan"
"""The tag of exercises that end with the person's own plan."""
PLANS = ("sud.rpplan", "safe.plan")
"""Whose plan it is: the relapse-prevention plan goes before the safety plan."""


def show(scene: Scene) -> None:
    """The plan as it was last finished; nothing where there is none yet."""
    for name in PLANS:
        found = past_runs.history(
            scene.session, scene.kit.vault, scene.person.id, limit=1, exercise=name
        )
        if found:
            exercise = revisions.recall(scene.session, found[0].revision)
            scene.say("own_plan")
            plan = entry(scene.kit.words, exercise, found[0].run, found[0].updated_at, scene.viewer)
            for message in plan:
                scene.post(Message(text=message.text, protect=True))
            return
