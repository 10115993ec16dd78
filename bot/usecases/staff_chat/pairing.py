"""Pairs in the therapist's chat: proposed with reasons, approved or not; how those there are stand.

By alias, and only how much two people share: nothing they wrote, nothing clinical.
"""

from collections.abc import Callable, Mapping

from bot.messages.callback import for_menu, long_id, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import groups, pairs
from bot.store.groups import Group
from bot.store.pairs import StoredPair
from bot.usecases.pairs import deciding
from bot.usecases.pairs.candidates import asking, refresh
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own
from bot.usecases.staff_chat.menu import back, menu
from bot.usecases.staff_chat.which import which_group

SHOWN = 5
"""So many proposals at a time."""
Decide = Callable[[Scene, StoredPair], bool]


def page(scene: Scene, chosen: str = "") -> None:
    """The chosen group, or which there are."""
    programme = groups.programme(scene.session)
    if programme is None or not programme.partner_pairs:
        menu(scene)
        return
    group = which_group(scene, chosen, "pairs")
    if group is not None:
        _group_page(scene, group)


def _group_page(scene: Scene, group: Group) -> None:
    proposed = refresh(scene, group)[:SHOWN]
    for each in proposed:
        _proposal(scene, each)
    running = deciding.running(scene, group)
    text = scene.kit.words.text(
        scene.language,
        "staff/pairs",
        group=group.name,
        proposed=len(proposed),
        asking=", ".join(asking(scene, group)),
        pairs=[{"names": _names(scene, each), "how": _how(scene, each)} for each in running],
    )
    rows: list[tuple[Button, ...]] = []
    for each in running:
        names = _names(scene, each)
        if deciding.is_reported(each):
            rows.append((_button(scene, "pair_clear", "pair_clear", each, names=names),))
        rows.append((_button(scene, "pair_end", "pair_end", each, names=names),))
    scene.post(Message(text=text, buttons=(*rows, *back(scene))))


def _proposal(scene: Scene, stored: StoredPair) -> None:
    reasons = []
    for code in stored.reasons:
        name, _, count = code.partition(".")
        reasons.append(scene.word(f"staff.pair_reasons.{name}", count=count))
    text = scene.kit.words.text(
        scene.language, "staff/pair", names=_names(scene, stored), reasons=reasons
    )
    rows: Rows = (
        (_button(scene, "pair_ok", "pair_ok", stored),),
        (_button(scene, "pair_other", "pair_other", stored),),
    )
    scene.post(Message(text=text, buttons=rows))


def approve(scene: Scene, argument: str) -> None:
    """Both are asked now; each of them decides."""
    stored = _decided(scene, argument, deciding.approve)
    if stored is not None:
        text = scene.kit.words.text(scene.language, "staff/pair_done", names=_names(scene, stored))
        scene.post(Message(text=text, buttons=back(scene)))


def other(scene: Scene, argument: str) -> None:
    """Not these two: what else is there?"""
    _then_page(scene, argument, deciding.pass_over)


def ask_end(scene: Scene, argument: str) -> None:
    """Asks once: above an old list, one tap beside another pair's ended this one for good."""
    stored = _decided(scene, argument, lambda _, found: found.state in deciding.GOING)
    if stored is None:
        return
    scene.settled = False  # nothing is decided yet
    rows = ((_button(scene, "pair_end_yes", "pair_ended", stored),), *back(scene))
    text = scene.kit.words.text(scene.language, "staff/pair_end", names=_names(scene, stored))
    scene.post(Message(text=text, buttons=rows))


def end(scene: Scene, argument: str) -> None:
    """The therapist ends a pair."""
    _then_page(scene, argument, deciding.end)


def clear(scene: Scene, argument: str) -> None:
    """A report was looked at: the two may go on."""
    _then_page(scene, argument, deciding.clear)


def _then_page(scene: Scene, argument: str, decide: Decide) -> None:
    stored = _decided(scene, argument, decide)
    if stored is not None:
        page(scene, short_id(stored.group))


def _decided(scene: Scene, argument: str, decide: Decide) -> StoredPair | None:
    """Does it, if the pair is in one of their groups and still stands there; else the list."""
    pair_id = long_id(argument)
    found = pairs.get(scene.session, pair_id) if pair_id is not None else None
    mine = {each.id for each in own.own_groups(scene)}
    if found is None or found.group not in mine or not decide(scene, found):
        scene.note = scene.word("notes.old_button")
        page(scene)
        return None
    scene.settled = True
    return found


def _how(scene: Scene, stored: StoredPair) -> str:
    """Approved, active or resting; never by whom. A report is the one thing staff must see."""
    state = "reported" if deciding.is_reported(stored) else stored.state.value
    return scene.word(f"staff.pair_states.{state}")


def _names(scene: Scene, stored: StoredPair) -> str:
    return " + ".join(own.alias_by_id(scene, each) for each in stored.people)


def _button(scene: Scene, word: str, verb: str, stored: StoredPair, **values: object) -> Button:
    return Button(
        text=scene.word(f"staff.{word}", **values), data=for_menu(verb, short_id(stored.id))
    )


VERBS: Mapping[str, Callable[[Scene, str], None]] = {
    "pairs": page,
    "pair_ok": approve,
    "pair_other": other,
    "pair_end": ask_end,
    "pair_ended": end,
    "pair_clear": clear,
}
"""What the buttons of these pages do."""
