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
        whose = (scene.session, scene.kit.vault, scene.person.id)
        found = past_runs.newest(*whose, name, scene.now)
        if found is not None:
            exercise = revisions.recall(scene.session, found.revision)
            scene.say("own_plan")
            plan = entry(scene.kit.words, exercise, found.run, found.updated_at, scene.viewer)
            for message in plan:
                scene.post(Message(text=message.text, protect=True))
            return
