"""What staff and the person are told of an alert, and the record of it."""

from uuid import UUID

from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message
from bot.store import alerts, audit, people, tellings
from bot.store.alerts import Alert
from bot.store.outbox import Kind
from bot.usecases import desk as desks
from bot.usecases.desk import Reach
from bot.usecases.help_now import near, one_line
from bot.usecases.scene import Scene


def tell(
    scene: Scene, alert: Alert, who: tuple[UUID, ...], word: str, reached: dict[UUID, Reach]
) -> None:
    """Tells these of the staff, by every way they can be reached, and keeps that they were told."""
    for each in who:
        reach = reached.get(each)
        if reach is None:
            continue
        text = desks.said(scene, reach, f"staff.{word}.{alert.tier.value}")
        message = Message(text=text, buttons=_buttons(scene, reach, alert))
        for channel, key in desks.tell(scene, reach, word, message):
            tellings.note(scene.session, alert, each, channel, alert.level, key, scene.now)


def _buttons(scene: Scene, reach: Reach, alert: Alert) -> tuple[tuple[Button, ...], ...]:
    def button(verb: str, word: str) -> Button:
        text = scene.kit.words.word(desks.language_of(reach), f"alerts.buttons.{word}")
        return Button(text=text, data=for_menu(verb, short_id(alert.id)))

    if alert.taken_by is not None:
        return ((button("alert", "open"), button("close", "close")),)
    return ((button("alert", "open"), button("take", "take")),)


def tell_person(scene: Scene, alert: Alert, told: str, **values: object) -> None:
    """Tells the person what has become of the note, and remembers what they were told."""
    person = people.look(scene.session, alert.person)
    if person is None:
        return
    theirs = scene if scene.person.id == person.id else scene.beside(person)
    here, emergency = near(theirs)
    text = scene.kit.words.text(
        person.language,
        "alerts/follow",
        told=told,
        emergency=emergency,
        line=one_line(theirs, here),
        **{"who": "", "gone": "", "now": "", **values},
    )
    theirs.post(Message(text=text), kind=Kind.ALERT)
    alerts.change(scene.session, alert, told=told)


def record(
    scene: Scene, actor: UUID | None, action: str, reason: str, subject: UUID | None = None
) -> None:
    """One line in the audit log, about the person of the scene unless it names another."""
    about = subject or scene.person.id
    audit.write(
        scene.session, actor=actor, subject=about, action=action, reason=reason, now=scene.now
    )
