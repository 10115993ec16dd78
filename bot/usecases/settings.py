"""/settings: everything somebody said about themselves, each a tap away from being changed.

While a question of this page is open (`asked`, "set.<step>"), typed words answer it. Everything
else people do puts it away.
"""

from bot.care.consent import allowed
from bot.catalog.consents import SWITCHES
from bot.catalog.helplines import ELSEWHERE
from bot.messages import zones
from bot.messages.callback import MenuPress, for_menu, unpack
from bot.messages.message import Button, Message
from bot.messages.several import several
from bot.store import contacts, members, spared
from bot.usecases import asked, consented, pause, simpler
from bot.usecases.countries import country_name
from bot.usecases.incoming import Press, What, Words
from bot.usecases.open_runs import waiting
from bot.usecases.profile import media, topics
from bot.usecases.profile.step import VERB
from bot.usecases.profile.steps import STEPS, typed
from bot.usecases.scene import Scene

OPEN = "set"
SHOWN = (
    *("language", "alias", "zone", "first", "second", "quiet", "consents", "topics", "number"),
    *("country", "media"),
)


def page(scene: Scene, _: str = "") -> None:
    """How everything stands, and a button for each."""
    asked.close(scene)
    buttons = [
        Button(text=scene.word(f"settings.{each}"), data=for_menu("settings", each))
        for each in SHOWN
    ]
    buttons.append(simpler.button(scene))
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    paused = pause.is_paused(scene)
    rows.append(
        (
            Button(
                text=scene.word("pause.resume" if paused else "settings.pause"),
                data=for_menu("pause", "resume" if paused else ""),
            ),
            Button(text=scene.word("buttons.menu"), data=for_menu("menu")),
        )
    )
    if waiting(scene) is not None:  # who came from a card or a changed text wants to go back
        rows.append((Button(text=scene.word("buttons.go_on"), data=for_menu("open")),))
    text = scene.kit.words.text(scene.language, "settings/page", **_state(scene))
    scene.post(Message(text=text, buttons=tuple(rows), protect=True))


def open_step(scene: Scene, name: str) -> None:
    """Asks one of the questions again."""
    if name not in SHOWN:
        page(scene)
        return
    _keep_open(scene, name)
    STEPS[name].ask(scene)


def pressed(scene: Scene, argument: str) -> None:
    """A button of a question, pressed at any later time: it sets what it says."""
    name, _, choice = argument.partition(".")
    if name not in STEPS or name == "frame":
        page(scene)
        return
    if STEPS[name].pressed(scene, choice):
        scene.settled = True
        _done(scene, name)
    elif _open(scene) is not None:
        _keep_open(scene, name)


def simpler_words(scene: Scene, to: str) -> None:
    """The switch for easier words; the page comes back with it."""
    simpler.switch(scene, to)
    page(scene)


def handle(scene: Scene, what: What) -> bool:
    """Takes typed words as the answer to the open question; False for everything else."""
    name = _open(scene)
    if name is None:
        return False
    match what:
        case Words(text, _, False) if not scene.kit.words.is_key(text):
            if typed(scene, name, text):
                _done(scene, name)
            else:
                _keep_open(scene, name)
            return True
        case Press(data) if _is_ours(data):
            return False
    asked.close(scene)
    return False


def timezone(scene: Scene, place: str) -> None:
    """`/timezone Madrid`: at once, or asked when nobody knows the place."""
    if not place.strip() or scene.heavy:
        open_step(scene, "zone")
    elif STEPS["zone"].typed(scene, place):
        _done(scene, "zone")
    else:
        _keep_open(scene, "zone")


def _done(scene: Scene, name: str) -> None:
    """Asks what follows from it (when is it safe to call?), else shows the page again."""
    if name == "number" and contacts.get(scene.session, scene.kit.vault, scene.person.id).number:
        _keep_open(scene, "safe")
        STEPS["safe"].ask(scene)
    elif name == "zone" and _is_abroad(scene):
        open_step(scene, "country")
    else:
        page(scene)


def _is_abroad(scene: Scene) -> bool:
    """Whether the clock is that of another country than the one whose help lines are shown: in
    Mexico, Spain's numbers help nobody."""
    here, chosen = zones.territory(scene.person.zone), scene.person.country
    return here is not None and chosen not in (None, ELSEWHERE, here)


def _state(scene: Scene) -> dict[str, object]:
    session, kit, person = scene.session, scene.kit, scene.person
    member = members.get(session, kit.vault, person.id)
    given = consented.given(session, person.id)
    contact = contacts.get(session, kit.vault, person.id)
    wishes = spared.of_person(session, kit.vault, person.id)
    country = country_name(scene, person.country)
    return {
        "speaks": scene.word(f"languages.{scene.language}"),
        "alias": (member.alias if member else None) or "",
        "clock": zones.clock(person.zone, scene.now, scene.language),
        "city": zones.city(person.zone, scene.language),
        "checkins": scene.word("join").join(member.checkins if member else ()),
        "quiet": " – ".join(member.quiet) if member and member.quiet else "",
        "agreed": sum(allowed(scope, given, kit.consents) for scope in SWITCHES),
        "switches": len(SWITCHES),
        "spared": several(scene.kit.words, scene.language, topics.said(scene, wishes)),
        "number": contact.number,
        "safe": contact.when,
        "country": country,
        "media": media.stands(scene),
        "paused": pause.until(scene),
        "simpler": simpler.is_wanted(scene),
    }


def _open(scene: Scene) -> str | None:
    """The question that is open, if it was asked within the last minutes."""
    kind, _, name = asked.which(scene).partition(".")
    return name if kind == OPEN and name in STEPS else None


def _keep_open(scene: Scene, name: str) -> None:
    asked.open_for(scene, f"{OPEN}.{name}")


def _is_ours(data: str) -> bool:
    match unpack(data):
        case MenuPress(verb):
            return verb == VERB
    return False
