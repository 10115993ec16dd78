"""Which talk, which scene, is it safe to practise; then the partner is asked."""

from bot.care.rehearsal import SPAN, Rehearsal
from bot.catalog.talks import Talk, Variant
from bot.catalog.text import said
from bot.messages.callback import for_menu
from bot.messages.message import Button, Message, Rows
from bot.store import nudges, rehearsals
from bot.usecases.pairs import own as pair_own
from bot.usecases.roleplay import ending, gate, ledger, own, plans, showing
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def page(scene: Scene, _: str = "") -> None:
    """The rehearsal that goes on; else the talks there are, with the partner or alone."""
    stored = rehearsals.newest_of(scene.session, scene.person.id)
    if stored is not None and (stored.at.is_live or ending.is_hidden(scene, stored)):
        showing.show(scene, stored)
        return
    pair = own.together(scene)
    talks = scene.kit.talks.talks
    if pair is None:
        rows: Rows = tuple(_alone(scene, each) for each in talks)
    else:
        rows = tuple((own.pressing(_title(scene, each), "talk", each.id),) for each in talks)
    text = scene.kit.words.text(
        scene.language,
        "roleplay/talks",
        alias=pair_own.partner(scene, pair) if pair is not None else "",
    )
    rows = tuple(row for row in rows if row)
    scene.post(Message(text=text, buttons=(*rows, (button(scene, "partner", "partner"),))))


def _title(scene: Scene, talk: Talk) -> str:
    return said(talk.title, scene.language)


def _alone(scene: Scene, talk: Talk) -> tuple[Button, ...]:
    if not own.can_practise_alone(scene, talk.solo):
        return ()
    return (Button(text=_title(scene, talk), data=for_menu("begin", talk.solo)),)


def talk(scene: Scene, name: str) -> None:
    """Its scenes; and the way to practise it alone."""
    found = scene.kit.talks.find(name)
    if found is None or own.together(scene) is None:
        page(scene)
        return
    rows: Rows = tuple(
        (own.pressing(said(each.title, scene.language), "scene", found.id, each.id),)
        for each in found.variants
    )
    if own.can_practise_alone(scene, found.solo):
        alone = Button(
            text=scene.word("roleplay.buttons.alone"), data=for_menu("begin", found.solo)
        )
        rows = (*rows, (alone,))
    text = scene.kit.words.text(scene.language, "roleplay/scenes", title=_title(scene, found))
    scene.post(Message(text=text, buttons=(*rows, (button(scene, "talks", "talks"),))))


def scene_of(scene: Scene, argument: str) -> None:
    """Before anybody is asked: could somebody make them pay for it? (Clinical notes, A5.)"""
    if _found(scene, argument) is None:
        page(scene)
        return
    gate.ask(scene, button(scene, "safe", "ask", *argument.split(".")))


def ask(scene: Scene, argument: str) -> None:
    """The partner is asked, once it is not quiet there; "not today" is never told."""
    found, pair = _found(scene, argument), own.together(scene)
    if found is None or pair is None:
        page(scene)
        return
    scene.settled = True
    stored = rehearsals.newest_of(scene.session, scene.person.id)
    if stored is not None and (stored.at.is_live or ending.is_hidden(scene, stored)):
        showing.show(scene, stored)
        return
    if stored is not None:
        ending.let_go(scene, stored)
    which, variant = found
    other = pair.partner_of(scene.person.id)
    alias = pair_own.alias(scene, other)
    told_at = ledger.when(scene, other)
    # An invitation counts as what may arrive in a day: nobody is asked over and over.
    if told_at is None or not ledger.count(scene, pair, other, told_at, ledger.REHEARSAL):
        full = scene.line("pairs.notes.full", alias=alias, most=nudges.A_DAY)
        scene.post(Message(text=full, protect=True))
        return
    rehearsal = Rehearsal(scene.person.id, other, told_at + SPAN)
    what = (which.id, variant.id, which.revision)
    begun = rehearsals.begin(scene.session, pair.id, rehearsal, what, scene.now)
    if begun is None:  # the other one asked in this very moment
        page(scene)
        return
    plans.plan(scene, plans.MOVE, begun.id, other, scene.now)
    plans.plan_end(scene, begun)
    showing.waiting(scene, begun)


def _found(scene: Scene, argument: str) -> tuple[Talk, Variant] | None:
    name, _, which = argument.partition(".")
    found = scene.kit.talks.find(name)
    variant = found.variant(which) if found is not None else None
    return None if found is None or variant is None else (found, variant)
