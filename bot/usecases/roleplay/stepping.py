"""One step of a rehearsal and all that follows: who is told, until when, or that it ends."""

from bot.care.alias import neat
from bot.care.pairing.notes import LONGEST, unfit
from bot.care.rehearsal import Ending, Enough, Step
from bot.messages.message import Message
from bot.store import rehearsals
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.roleplay import ending, own, plans, typed
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def move(scene: Scene, stored: StoredRehearsal, step: Step) -> StoredRehearsal | None:
    """Does a step of this person's; None where it has ended or it is not their move, which they
    are told. Whoever moves next is told as soon as it suits them, and has a day from then."""
    if stored.at.is_live and not own.may_go_on(scene, stored):
        ending.break_off(scene, stored)
        ending.forget(scene, stored)
        ending.say_over(scene, stored)
        return None
    at = plans.told_at(scene, stored)
    taken = rehearsals.take(scene.session, stored.id, step, scene.now, at)
    before, after = taken if taken is not None else (stored, stored)
    if before.at == after.at:
        not_now(scene, after)
        return None
    me, other = scene.person.id, stored.at.other(scene.person.id)
    plans.call_off(scene, stored.id, me, plans.MOVE)
    if after.at.ending is Ending.EXPIRED:
        ending.forget(scene, stored)
        ending.say_over(scene, after)
        return None
    if after.at.is_live:
        plans.plan_end(scene, after)
        if after.at.mover == other:
            plans.plan(scene, plans.MOVE, stored.id, other, scene.now)
        return after
    ending.forget(scene, after)
    plans.call_off(scene, stored.id, other, plans.MOVE, plans.OVER)
    if isinstance(step, Enough):
        plans.plan(scene, plans.OVER, stored.id, other, scene.now)
    return after


def not_now(scene: Scene, stored: StoredRehearsal) -> None:
    """The button is from before: it is somebody else's move, or it has ended."""
    scene.note = scene.word("notes.old_button")
    if not stored.at.is_live:
        ending.say_over(scene, stored)


def fit(scene: Scene, stored: StoredRehearsal, text: str) -> str | None:
    """The words in one line if they may pass; else the reason is told, and they may try again.
    Of words of danger their writer was shown help already (`watch`)."""
    alias = own.partner(scene, stored)
    if scene.heavy:
        typed.close(scene)
        again = (button(scene, "go_on", "talks"), button(scene, "stop", "stop", stored.id))
        words = scene.kit.words.text(scene.language, "roleplay/kept", alias=alias)
        scene.post(Message(text=words, buttons=(again,), protect=True))
        return None
    line = neat(text)
    why = unfit(line)
    if why is not None:
        scene.say("roleplay/refused", why=why.value, most=LONGEST, alias=alias)
        return None
    return line
