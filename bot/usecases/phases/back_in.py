"""Somebody who finished wants back in: the programme hears of it, and one tap takes them in."""

from datetime import timedelta

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import dues, members
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases import consented
from bot.usecases import desk as desks
from bot.usecases.desk import Reach
from bot.usecases.scene import Scene

ASKED = "back-in"
"""The kind of due row that remembers for a day that somebody asked."""
DAY = timedelta(hours=24)


def ask(scene: Scene, _: str = "") -> None:
    """Tells the therapists of their group and the leads, once a day; and says who was told."""
    if scene.person.standing is not Standing.DISCHARGED:
        scene.note = scene.word("notes.old_button")
        return
    person, at = scene.person.id, scene.now + DAY
    new = dues.ensure_due(scene.session, person, ASKED, at, f"{ASKED}.{person.hex}", scene.now)
    told = _tell(scene) if new else []
    which = "told" if told else "nobody" if new else "before"
    if new and not told:  # nobody was reached, so they may try again at once
        dues.clear_due(scene.session, f"{ASKED}.{person.hex}")
    text = scene.kit.words.text(
        scene.language,
        "phases/back_in",
        which=which,
        names=", ".join(told),
        hours=consented.hours(scene),
    )
    scene.settled = True
    scene.post(Message(text=text))


def _tell(scene: Scene) -> list[str]:
    """Everybody who can take them in; their names."""
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    group = member.group if member is not None else None
    reached = desks.reaches(scene.session, scene.kit, scene.now)
    desk, _ = desks.desk(scene.session, scene.kit, group, reached, scene.now)
    names = []
    for each in dict.fromkeys((*desk.therapists, *desk.leads)):
        reach = reached.get(each)
        if reach is not None and desks.tell(
            scene, reach, "back", _message(scene, reach), kind=Kind.CHECKIN
        ):
            names.append(reach.staff.name)
    if names:
        scene.record("return.asked", scene.person.id, "request")
    return names


def _message(scene: Scene, reach: Reach) -> Message:
    words, language = scene.kit.words, desks.language_of(reach)
    button = Button(
        text=words.word(language, "phase.see_who"),
        data=for_menu("returning", short_id(scene.person.id)),
    )
    return Message(text=words.text(language, "phases/wants_back"), buttons=((button,),))
