"""What whoever is to move reads, and can tap: the same when it is brought and when they come by."""

from bot.care.rehearsal import TURNS, Phase
from bot.catalog.text import said
from bot.messages.message import Rows
from bot.store import rehearsals
from bot.store.rehearsals import StoredRehearsal
from bot.usecases.pairs import own as pair_own
from bot.usecases.roleplay import own
from bot.usecases.roleplay.own import button
from bot.usecases.scene import Scene


def move_of(scene: Scene, stored: StoredRehearsal) -> tuple[str, Rows]:
    """What whoever is to move reads, and can tap."""
    found = own.talk_of(scene, stored)
    if found is None:
        return scene.kit.words.text(scene.language, "roleplay/over", done=False), ()
    talk, variant = found
    at, language = stored.at, scene.language
    plays = at.plays == scene.person.id
    heard = _heard(scene, stored)
    text = scene.kit.words.text(
        language,
        "roleplay/move",
        phase=at.phase.value,
        alias=own.partner(scene, stored),
        title=said(talk.title, language),
        scene=said(variant.scene, language),
        other=said(variant.other, language),
        practises=said(talk.practises, language),
        plays=plays,
        number=at.number,
        turns=TURNS,
        heard=heard,
        push=said(variant.lines[min(at.number, TURNS) - 1], language),
    )
    return text, _buttons(scene, stored, plays=plays)


def _heard(scene: Scene, stored: StoredRehearsal) -> str:
    """The other one's last line in this round."""
    if stored.at.phase is not Phase.TALKING or not stored.at.spoken:
        return ""
    last = stored.at.place - 1
    lines = rehearsals.lines(scene.session, scene.kit.vault, stored.id, last)
    return own.spoken(scene, stored, last, lines[0]) if lines else ""


def _buttons(scene: Scene, stored: StoredRehearsal, *, plays: bool) -> Rows:
    rehearsal, place = stored.id, stored.at.place
    match stored.at.phase:
        case Phase.INVITED:
            return (
                (button(scene, "yes", "agree", rehearsal),),
                (button(scene, "not_today", "no", rehearsal),),
            )
        case Phase.SWAP:
            return (
                (button(scene, "swap", "swap", rehearsal),),
                (button(scene, "enough", "enough", rehearsal),),
            )
        case Phase.CARD:
            return (
                (button(scene, "card", "card", rehearsal),),
                (button(scene, "stop", "stop", rehearsal),),
            )
    first = (
        button(scene, "use", "say", rehearsal, place, own.PUSH)
        if plays
        else button(scene, "stuck", "stuck", rehearsal, place)
    )
    write = button(scene, "write", "write", rehearsal, place)
    last = [button(scene, "stop", "stop", rehearsal)]
    if stored.at.spoken:
        last.append(pair_own.button(scene, "report", "report", stored.pair))
    rows: Rows = ((first,), (write,)) if plays else ((write,), (first,))
    return (*rows, tuple(last))
