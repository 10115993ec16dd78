"""A group between its sessions, as its therapists see it: what waits, the ring, who is quiet."""

from bot.care.group_ring import GroupRing
from bot.care.silence import NEVER
from bot.catalog.text import said
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message, Rows
from bot.messages.several import day_said
from bot.store import board, discussions, groups, open_items
from bot.store.board import State
from bot.store.groups import Group
from bot.store.members import Member
from bot.usecases import group_ring, silence
from bot.usecases.board import discussion
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back
from bot.usecases.staff_chat.which import which_group

QUIET = (NEVER, 3, 5, 7, 10, 14)
"""Days that can be chosen; the command line takes others too."""


def page(scene: Scene, named: str = "") -> None:
    """The chosen group, or which there are."""
    group = which_group(scene, named, "life")
    if group is not None:
        _group_page(scene, group)


def _group_page(scene: Scene, group: Group) -> None:
    quiet = silence.quiet_ones(scene, group) if group.quiet_days else []
    waiting = {
        state: board.count(scene.session, [group.id], state) for state in (State.HELD, State.SHOWN)
    }
    unread = sum(each.many for each in open_items.shown_answers(scene.session, [group.id]))
    on, question = discussion.coming(scene, group)
    read = _read(scene, group, waiting[State.HELD] + unread) if any(waiting.values()) else None
    rows = _ways(scene, group, read, quiet)

    def made(ring: GroupRing | None) -> Message:
        text = scene.kit.words.text(
            scene.language,
            "staff/life",
            group=group.name,
            lines=waiting[State.HELD],
            answers=waiting[State.SHOWN],
            quiet=len(quiet),
            days=group.quiet_days,
            question=said(question.words, scene.language) if question is not None else "",
            practised=ring.practised if ring is not None else 0,
            counted=ring.counted if ring is not None else 0,
            session=day_said(scene.kit.words, scene.language, on),
        )
        return Message(text=text, buttons=(*((each,) for each in rows), *back(scene)))

    group_ring.post(scene, group.id, made)
    scene.record("group.listed", None, group.id.hex)


def _read(scene: Scene, group: Group, waiting: int) -> Button:
    """As many as the menu says; answers that were read stay shown, and wait for nobody."""
    word = "read" if waiting else "read_again"
    label = scene.word(f"group_life.{word}", count=waiting)
    return Button(text=label, data=for_menu("lines", short_id(group.id)))


def _ways(scene: Scene, group: Group, read: Button | None, quiet: list[Member]) -> list[Button]:
    """What waits, whoever is quiet by alias, and what can be set."""
    named = short_id(group.id)
    people = (
        Button(
            text=own.alias_of(scene, each),
            data=for_menu("participant", short_id(each.person)),
        )
        for each in quiet
    )
    return [
        *([read] if read is not None else []),
        *people,
        Button(text=scene.word("group_life.question"), data=for_menu("pick", named)),
        Button(text=scene.word("group_life.quiet"), data=for_menu("quiet", named)),
    ]


def questions(scene: Scene, named: str) -> None:
    """Which question for the next session? `<group>.<question>` picks one."""
    short, _, chosen = named.partition(".")
    group = own.group_named(scene, short)
    if group is None:
        page(scene)
        return
    picked = scene.kit.board.question(chosen)
    on, now = discussion.coming(scene, group)
    if picked is not None:
        discussions.choose(scene.session, group.id, on, picked.id, scene.person.id, scene.now)
        scene.record("question.picked", None, group.id.hex)
        scene.settled = True
        _group_page(scene, group)
        return
    rows: Rows = tuple(
        (
            Button(
                text=f"{said(each.label, scene.language)}{' ✓' if each == now else ''}",
                data=for_menu("pick", f"{short}.{each.id}"),
            ),
        )
        for each in scene.kit.board.questions
    )
    listed = [said(each.words, scene.language) for each in scene.kit.board.questions]
    text = scene.kit.words.text(scene.language, "staff/questions", questions=listed)
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))


def quiet_days(scene: Scene, named: str) -> None:
    """After how many days of silence do the therapists want to hear? `<group>.<days>` sets it."""
    short, _, number = named.partition(".")
    group = own.group_named(scene, short)
    if group is None:
        page(scene)
        return
    if number in {str(each) for each in QUIET}:
        groups.set_quiet_days(scene.session, group.id, int(number))
        scene.record("quiet.set", None, group.id.hex)
        scene.settled = True
        page(scene, short)
        return
    rows = tuple(
        (
            Button(
                text=scene.word("group_life.days", count=each)
                if each
                else scene.word("group_life.never"),
                data=for_menu("quiet", f"{short}.{each}"),
            ),
        )
        for each in QUIET
    )
    text = scene.kit.words.text(
        scene.language, "staff/quiet_days", group=group.name, days=group.quiet_days
    )
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))
