"""Three taps: assign an exercise; to whom; which one. It is to be done before the next session.

Whoever wants to goes through it first, as it will be seen.
"""

from collections.abc import Iterator

from bot.catalog.exercise import Exercise, Modality
from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, number_in, short_id
from bot.messages.keyboard import by_length
from bot.messages.message import Button, Message, Rows
from bot.messages.several import day_said
from bot.store import groups, members
from bot.store.groups import Group
from bot.store.members import Member
from bot.store.people import Standing
from bot.usecases import assign as usecase
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own, taking_back, trying
from bot.usecases.staff_chat.menu import back

PAGE = 8
MOST = 40
"""So many people are listed; the rest are found on the page of their group."""
NOT_GIVEN = (Modality.CHECK_IN, Modality.SAFETY)
"""Check-ins come by themselves, and a safety plan is nobody's homework."""


def targets(scene: Scene, _: str = "") -> None:
    """To a whole group, or to one person?"""
    everyone = [
        Button(
            text=scene.word("staff.assign_group", group=each.name),
            data=for_menu("assign", f"{short_id(each.id)}.0"),
        )
        for each in own.own_groups(scene)
    ]
    named = [
        Button(
            text=own.alias_of(scene, each),
            data=for_menu("assign", f"{short_id(each.person)}.0"),
        )
        for each in _everybody(scene)
    ]
    text = scene.kit.words.text(scene.language, "staff/assign_to", some=bool(everyone))
    now = Button(text=scene.word("staff.assigned_now"), data=for_menu("assigned"))
    undo = ((now,),) if taking_back.open_now(scene) else ()
    rows = (*((each,) for each in everyone), *by_length(named[:MOST]), *undo, *back(scene))
    scene.post(Message(text=text, buttons=rows))


def choose(scene: Scene, argument: str) -> None:
    """Which exercise: by approach, in pages."""
    _list(scene, argument, "assign", "give")


def look(scene: Scene, argument: str) -> None:
    """The same list, to see one before it is given."""
    _list(scene, argument, "look", "see")


def _list(scene: Scene, argument: str, verb: str, then: str) -> None:
    named, _, shown = argument.partition(".")
    target = target_of(scene, named)
    if target is None:
        targets(scene)
        return
    approach, _, number = shown.rpartition(".")
    page = number_in(number, 3) or 0
    fitting = [each for each in _exercises(scene) if approach in ("", each.modality.value)]
    rows = tuple(
        (
            Button(
                text=scene.word(
                    "buttons.begin", title=said(each.title, scene.language), minutes=each.minutes
                ),
                data=for_menu(then, f"{named}.{each.id}"),
            ),
        )
        for each in fitting[page * PAGE : (page + 1) * PAGE]
    )
    if len(fitting) > (page + 1) * PAGE:
        more = for_menu(verb, f"{named}.{f'{approach}.' if approach else ''}{page + 1}")
        rows = (*rows, (Button(text=scene.word("staff.assign_more"), data=more),))
    text = scene.kit.words.text(
        scene.language,
        "staff/assign_what",
        whom=name_of(scene, target),
        sees=verb == "look",
    )
    other, label = ("assign", "see_no_more") if verb == "look" else ("look", "see_first")
    switch = Button(text=scene.word(f"staff.{label}"), data=for_menu(other, argument))
    shops = _workshops(scene, named) if verb == "assign" else ()
    ways = () if approach else (*_approaches(scene, named, verb), *shops)
    scene.post(Message(text=text, buttons=(*rows, (switch,), *ways, *back(scene))))


def see(scene: Scene, argument: str) -> None:
    """Goes through it as the track of the group makes it; nothing of that is kept."""
    named, _, exercise_id = argument.partition(".")
    target, exercise = target_of(scene, named), scene.kit.library.find(exercise_id)
    if target is None or exercise is None or exercise not in _exercises(scene):
        targets(scene)
        return
    group = groups.group(scene.session, target.group if isinstance(target, Member) else target.id)
    track = group.track if group is not None else None
    whom = target.person if isinstance(target, Member) else target.id
    trying.preview(scene, scene.kit.library.tracks.adapt(exercise, track), whom)


def give(scene: Scene, argument: str) -> None:
    """Does it, and says when and how people are reminded."""
    named, _, exercise_id = argument.partition(".")
    target, exercise = target_of(scene, named), scene.kit.library.find(exercise_id)
    if target is None or exercise is None or exercise not in _exercises(scene):
        targets(scene)
        return
    person = target.person if isinstance(target, Member) else None
    group = groups.group(scene.session, target.group if isinstance(target, Member) else target.id)
    assert group is not None
    given = usecase.assign(scene, group, person, exercise)
    trying.put_away(scene)
    scene.settled = True
    text = scene.kit.words.text(
        scene.language,
        "staff/assigned",
        title=said(exercise.title, scene.language),
        whom=name_of(scene, target),
        alone=person is not None,
        day=day_said(scene.kit.words, scene.language, given.until),
        soon=usecase.is_soon(group, given.until, scene.now),
    )
    undo = Button(
        text=scene.word("staff.take_back"), data=for_menu("take_back", short_id(given.id))
    )
    more = Button(text=scene.word("staff.assign"), data=for_menu("targets"))
    scene.post(Message(text=text, buttons=((undo,), (more,), *back(scene))))


def target_of(scene: Scene, named: str) -> Group | Member | None:
    """The group or the person of this button, if they are theirs."""
    group = own.group_named(scene, named)
    if group is not None:
        return group
    member = own.member_named(scene, named) if long_id(named) is not None else None
    here = member is not None and own.standing_of(scene, member.person) is Standing.MEMBER
    return member if here else None


def name_of(scene: Scene, target: Group | Member) -> str:
    """The group's name, or the person's alias."""
    if isinstance(target, Group):
        return target.name
    return own.alias_of(scene, target)


def _everybody(scene: Scene) -> Iterator[Member]:
    for group in own.own_groups(scene):
        for each in members.of_group(scene.session, scene.kit.vault, group.id):
            if own.standing_of(scene, each.person) is Standing.MEMBER:
                yield each


def _exercises(scene: Scene) -> list[Exercise]:
    measures = {each.id for each in scene.kit.measures.offered}
    fitting = (
        each
        for each in scene.kit.library.exercises.values()
        if each.modality not in NOT_GIVEN and not each.needs and each.id not in measures
    )
    return sorted(fitting, key=lambda each: said(each.title, scene.language).casefold())


def _approaches(scene: Scene, named: str, verb: str) -> Rows:
    known = {each.modality for each in _exercises(scene)}
    buttons = [
        Button(
            text=scene.word(f"modality.{each.value}"),
            data=for_menu(verb, f"{named}.{each.value}.0"),
        )
        for each in Modality
        if each in known
    ]
    return tuple(by_length(buttons)) if len(buttons) > 1 else ()


def _workshops(scene: Scene, named: str) -> Rows:
    """A row of lessons instead of one exercise."""
    if not scene.kit.workshops.known:
        return ()
    return ((Button(text=scene.word("staff.workshop"), data=for_menu("shops", named)),),)
