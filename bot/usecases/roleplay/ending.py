"""How a rehearsal ends, and what the other one reads then: that it has ended, and nothing else.

Whoever did not answer, muted, paused, left or went: the other one reads the same words at the same
moment, when the day that was running is over. Only a tap on "stop" is told sooner.
"""

from bot.care.rehearsal import Ending, Expire, Phase, Stop
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import rehearsals
from bot.store.dues import Due
from bot.store.outbox import guards
from bot.store.people import Standing
from bot.store.rehearsals import StoredRehearsal
from bot.usecases import offering
from bot.usecases.pairs import telling
from bot.usecases.roleplay import own, plans, typed
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def stop(scene: Scene, argument: str) -> None:
    """[Stop here]: at once, and without a reason. Also takes back an invitation."""
    stored = own.named(scene, argument)
    if stored is None:
        scene.note = scene.word("notes.old_button")
        return
    scene.settled = True
    was_hidden = is_hidden(scene, stored)
    taken = rehearsals.take(scene.session, stored.id, Stop(), scene.now, scene.now)
    forget(scene, stored)
    if was_hidden:
        rehearsals.close(scene.session, stored.id, scene.now)
    elif taken is not None and taken[0].at.is_live and not _was_only_asked(taken[0]):
        other = stored.at.other(scene.person.id)
        plans.call_off(scene, stored.id, other, plans.MOVE)
        plans.plan(scene, plans.OVER, stored.id, other, scene.now)
    say_over(scene, stored)


def _was_only_asked(stored: StoredRehearsal) -> bool:
    return stored.at.phase is Phase.INVITED


def is_hidden(scene: Scene, stored: StoredRehearsal) -> bool:
    """Whether it looks to this person as if the other one had still to answer: "not today" must
    not be seen before the day is over."""
    declined = stored.at.ending is Ending.DECLINED and scene.person.id == stored.at.first
    return declined and scene.now < stored.at.until


def let_go(scene: Scene, stored: StoredRehearsal) -> None:
    """Whoever said "not today" asks now themselves: the other one waits for nothing any more."""
    if stored.at.ending is Ending.DECLINED and scene.now < stored.at.until:
        rehearsals.close(scene.session, stored.id, scene.now)
        plans.call_off(scene, stored.id, stored.at.first, plans.OVER)


def break_off(scene: Scene, stored: StoredRehearsal) -> None:
    """Nothing may pass between the two any more. The other one reads it when the day is over."""
    rehearsals.take(scene.session, stored.id, Stop(), scene.now, scene.now)
    for each in (stored.at.first, stored.at.second):
        plans.call_off(scene, stored.id, each, plans.MOVE)


def forget(scene: Scene, stored: StoredRehearsal) -> None:
    """This person is asked nothing more, and need not be told that it ended. A card that was given
    still comes."""
    typed.close(scene)
    me = scene.person.id
    plans.call_off(scene, stored.id, me, plans.MOVE, plans.OVER)


def ring(scene: Scene, due: Due) -> None:
    """The day is over, or it has ended meanwhile."""
    stored = None
    if due.subject is not None:
        taken = rehearsals.take(scene.session, due.subject, Expire(), scene.now, scene.now)
        stored = taken[1] if taken is not None else None
    if stored is not None and stored.at.is_live:
        return
    typed.close(scene)
    key = f"playover.{due.subject.hex if due.subject else ''}.{scene.person.id.hex}"
    text, rows = _over(scene, stored)
    guard = guards.unpaused(scene.person.id)
    telling.post(scene, text, rows, guard=guard, key=key)


def say_over(scene: Scene, stored: StoredRehearsal | None) -> None:
    """The same words, to somebody who is here: they are not told again."""
    if stored is not None:
        forget(scene, stored)
    text, rows = _over(scene, stored)
    scene.post(Message(text=text, buttons=rows, protect=True))


def _over(scene: Scene, stored: StoredRehearsal | None) -> tuple[str, Rows]:
    is_done = stored is not None and stored.at.ending is Ending.DONE
    text = scene.kit.words.text(scene.language, "roleplay/over", done=is_done)
    return text, (*_offers(scene, stored, is_done=is_done), _menu(scene))


def _offers(scene: Scene, stored: StoredRehearsal | None, *, is_done: bool) -> Rows:
    """The solo version; after a talk that went to its end, what may do good now."""
    talk = scene.kit.talks.find(stored.talk) if stored is not None else None
    if talk is None:
        return ()
    if not is_done:
        alone = own.can_practise_alone(scene, talk.solo)
        begin = Button(text=scene.word("roleplay.buttons.alone"), data=for_menu("begin", talk.solo))
        return ((begin,),) if alone else ()
    found = (scene.kit.library.find(name) for name in talk.after)
    return tuple(
        (Button(text=said(each.title, scene.language), data=for_menu("begin", each.id)),)
        for each in found
        if each is not None
        and scene.person.standing is Standing.MEMBER
        and offering.is_open(scene, each.id)
    )


def _menu(scene: Scene) -> tuple[Button, ...]:
    return (button(scene, "partner", "partner"),)
