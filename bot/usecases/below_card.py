"""What somebody taps or types below the card that answered words of danger."""

from collections.abc import Callable

from bot.catalog.bare import bare
from bot.catalog.risk import Tier
from bot.messages.callback import MenuPress, for_menu, long_id, unpack
from bot.messages.message import Button, Message, Rows
from bot.store import alerts, contacts, shown_buttons
from bot.store.alert_items import Detail, Item
from bot.store.alerts import Alert
from bot.store.contacts import Contact
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases import alert as alarms
from bot.usecases import asked, card, carded, help_now
from bot.usecases.open_runs import at_hand
from bot.usecases.profile.step import means
from bot.usecases.scene import Scene


def stands(scene: Scene) -> bool:
    """Whether a card was shown within the last half hour, and they did not say that it was not
    meant."""
    return _standing(scene) is not None


def _standing(scene: Scene) -> tuple[Alert, Detail] | None:
    alert = alerts.newest_of(scene.session, scene.person.id)
    if alert is None or alert.not_meant:
        return None
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert)
    return (alert, detail) if carded.just_carded(scene, detail) else None


def reply(scene: Scene, words: str) -> bool:
    """Answers words that came below the card and say no more of danger, as the answer to "is there
    a person near you?": what can be done stays in sight, and whoever goes on writing must not think
    that somebody reads it. False where no card stands."""
    found = _standing(scene)
    if found is None:
        return False
    alert, detail = found
    near = ""
    if Tier(detail.carded) is Tier.CRISIS:
        near = _near(scene, words)
        buttons = [card.button(scene, verb, verb, alert) for verb in ("danger", "safe_now")]
    else:
        help_key = Button(text=scene.word("keys.help_now"), data=for_menu("help"))
        buttons = [help_key, card.button(scene, "call_me", "call_me")]
    arriving = asked.is_arriving(scene.person)
    if scene.person.standing is Standing.MEMBER and (arriving or at_hand(scene) is not None):
        buttons.append(card.go_on(scene))
    if not arriving:
        buttons.append(Button(text=scene.word("buttons.menu"), data=for_menu("menu")))
    here, emergency = help_now.near(scene)
    text = scene.kit.words.text(
        scene.language,
        "alerts/reply",
        near=near,
        emergency=emergency,
        line=help_now.one_line(scene, here),
    )
    scene.post(Message(text=text, buttons=tuple((each,) for each in buttons)), kind=Kind.ALERT)
    return True


def answers_it(scene: Scene, words: str, *, lonely: bool = False) -> bool:
    """Answers whether somebody is near, and nothing else: “no, I’m alone” names the need “I feel
    alone” too (`lonely`), and a page of exercises was no answer below the card of a crisis."""
    found = _standing(scene)
    if found is None or Tier(found[1].carded) is not Tier.CRISIS:
        return False
    return (lonely or bool(_near(scene, words))) and reply(scene, words)


def _near(scene: Scene, words: str) -> str:
    """Whether somebody is near, as they typed it: "yes", "no", or "" for all else. “No estoy sola”
    says that there is somebody, “no, estoy sola” that there is nobody: so a no and a comma stand
    apart from what is said, and only the words as a whole count."""
    first, comma, rest = words.partition(",")
    alone = scene.kit.words.listed("alerts.nobody_near")
    if _plain(words) in alone or (comma and _plain(first) == "no" and _plain(rest) in alone):
        return "no"
    if comma and means(scene, first, "yes_words"):
        return "yes"
    said = ((each, means(scene, words, f"{each}_words")) for each in ("yes", "no"))
    return next((each for each, is_so in said if is_so and _asks_still(scene)), "")


def _asks_still(scene: Scene) -> bool:
    """Whether the card is the last thing shown: an “ok”, ten minutes and three pages later, was met
    with “good that somebody is near”."""
    page = shown_buttons.of_person(scene.session, scene.kit.vault, scene.person.id)
    meant = [unpack(each.data) for each in page.buttons] if page is not None else []
    verbs = {each.verb for each in meant if isinstance(each, MenuPress)}
    return page is None or verbs >= {"safe_now", "not_meant"}


def _plain(words: str) -> str:
    return bare(words.strip(" .!¡…")).replace("’", "'").replace(",", "")


def danger(scene: Scene, _: str = "") -> None:
    """In danger now: the number first and alone, then lines; the alert is a crisis."""
    item = Item(at=scene.now, tier=Tier.CRISIS.value, source="request", reason="danger")
    raised = alarms.raise_alert(scene, Tier.CRISIS, item)
    here, emergency = help_now.near(scene)
    text = scene.kit.words.text(
        scene.language,
        "alerts/danger",
        emergency=emergency,
        line=help_now.one_line(scene, here),
        told=card.told(scene, raised),
    )
    rows = [(card.button(scene, "call_me", "call_me"),)]
    if scene.person.country is None:
        country = Button(text=scene.word("help_now.choose_country"), data=for_menu("country"))
        rows.insert(0, (country,))
    scene.post(Message(text=text, buttons=tuple(rows)), kind=Kind.ALERT)
    help_now.ask_tomorrow(scene)
    alarms.send(scene, raised)
    if not raised.routes:
        alarms.hasten(scene, raised.alert)


def safe_now(scene: Scene, argument: str) -> None:
    """Safe for now: believed, kept for the team, and nothing is called off. Below an older card it
    still tells of now, and is kept with what is open."""
    alert = _named(scene, argument)
    if alert is None:
        return
    newest = alerts.newest_of(scene.session, scene.person.id)
    alert = alert if newest is None or newest.is_closed else newest
    _answer(scene, "safe_now", _add(scene, alert, "safe"))


def not_meant(scene: Scene, argument: str) -> None:
    """It was meant otherwise: thanked for, kept with the alert; only staff close it."""
    alert = _named(scene, argument)
    if alert is None:
        return
    alert = alerts.change(scene.session, _add(scene, alert, "not_meant"), not_meant=True)
    _answer(scene, "not_meant", alert)


def _named(scene: Scene, argument: str) -> Alert | None:
    alert_id = long_id(argument)
    alert = alerts.get(scene.session, alert_id) if alert_id is not None else None
    if alert is None or alert.person != scene.person.id:
        scene.note = scene.word("notes.not_yours")
        return None
    return alert


def _add(scene: Scene, alert: Alert, reason: str) -> Alert:
    item = Item(at=scene.now, tier=Tier.NONE.value, source="tap", reason=reason)
    detail = alerts.detail_of(scene.session, scene.kit.vault, alert).plus(item)
    return alerts.keep_detail(scene.session, scene.kit.vault, alert, detail)


def _answer(scene: Scene, which: str, alert: Alert) -> None:
    rows = []
    if scene.person.standing is Standing.MEMBER:
        if at_hand(scene) is not None:
            rows.append(card.go_on(scene))
        plan = scene.word("alerts.buttons.plan")
        rows.append(Button(text=plan, data=for_menu("plan")))
    text = scene.kit.words.text(
        scene.language, "alerts/tapped", which=which, closed=alert.is_closed
    )
    scene.post(Message(text=text, buttons=tuple((row,) for row in rows)), kind=Kind.ALERT)


def call_me(scene: Scene, _: str = "") -> None:
    """Asks the team to call; says truthfully when they read, and which number they have."""
    item = Item(at=scene.now, tier=Tier.CONCERN.value, source="request", reason="call")
    raised = alarms.raise_alert(scene, Tier.CONCERN, item)
    contact = contacts.get(scene.session, scene.kit.vault, scene.person.id)
    here, emergency = help_now.near(scene)
    text = scene.kit.words.text(
        scene.language,
        "alerts/call_me",
        told=card.told(scene, raised),
        number=contact.number,
        when=contact.when,
        emergency=emergency,
        line=help_now.one_line(scene, here),
    )
    scene.post(Message(text=text, buttons=_leave_number(scene, contact)), kind=Kind.ALERT)
    alarms.send(scene, raised)


def _leave_number(scene: Scene, contact: Contact) -> Rows:
    """Where to say which number; only who takes part has settings."""
    takes_part = scene.person.standing is Standing.MEMBER and not asked.is_arriving(scene.person)
    if contact.number or not takes_part:
        return ()
    text = scene.word("alerts.buttons.leave_number")
    return ((Button(text=text, data=for_menu("settings", "number")),),)


VERBS: dict[str, Callable[[Scene, str], None]] = {
    "danger": danger,
    "safe_now": safe_now,
    "not_meant": not_meant,
    "call_me": call_me,
}
"""What the buttons of the card do, for everybody whom a team knows."""
