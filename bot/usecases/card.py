"""The card that answers words of danger: help first, what the team knows, what can be tapped."""

from bot.care.cards import WANTS_TEAM
from bot.catalog.helplines import Country
from bot.catalog.risk import Tier
from bot.messages.callback import for_menu, short_id
from bot.messages.message import Button, Message, Rows
from bot.store import alerts
from bot.store.alert_items import Item
from bot.store.alerts import Alert
from bot.store.outbox import Kind
from bot.store.people import Standing
from bot.usecases import alert as alarms
from bot.usecases import help_now, leave, safety_plan
from bot.usecases.alert import Raised
from bot.usecases.carded import just_again, just_carded, knows
from bot.usecases.open_runs import at_hand, waiting
from bot.usecases.scene import Scene

_URGENT = frozenset({"harm", "withdrawal"})
"""Cards that stay the last thing seen even for a concern: below "get medical help now" came "this
passes" and five exercises, as who trembles names a need, too."""


def alarm(scene: Scene, tier: Tier, item: Item, card: str) -> None:
    """Keeps the alert, answers with the card before anything else, then tells the staff."""
    raised = alarms.raise_alert(scene, tier, item)
    if card == WANTS_TEAM:
        _post(scene, card, told=told(scene, raised), buttons=())
    elif not knows(scene, raised.detail, tier, card):
        _whole(scene, raised, tier, card, tapped=item.source == "answer")
    elif not _is_enough(scene, raised, tier, tapped=item.source == "answer"):
        _short(scene, raised, tier)
    help_now.ask_tomorrow(scene)
    alarms.send(scene, raised)


def for_stranger(scene: Scene, card: str) -> None:
    """The same help for somebody whom no team knows; nothing of it is kept. Whose team knew them
    until a moment ago would count on it, and is told that it knows nothing."""
    told = scene.word(f"alerts.told.{'leaving' if leave.is_leaving(scene) else 'stranger'}")
    card = "concern" if card == WANTS_TEAM else card  # there is no team that will answer
    _post(scene, card, told=told, buttons=(), asks=False)


def _is_enough(scene: Scene, raised: Raised, tier: Tier, *, tapped: bool) -> bool:
    """Whether one more card would only puzzle; the alert has grown all the same.

    New words of crisis always get their line, and so does what is said outside an exercise. Inside
    one, where help stands below every question, one line for each gravity is enough; what they
    tapped there, short of a crisis, needs none.
    """
    crisis = tier is Tier.CRISIS
    if not tapped and (crisis or waiting(scene) is None):
        return False
    if tapped and not crisis:
        return True
    return just_again(scene, raised.detail, tier)


def _whole(scene: Scene, raised: Raised, tier: Tier, card: str, *, tapped: bool) -> None:
    urgent = tier is Tier.CRISIS or card in _URGENT
    buttons = _buttons(scene, raised.alert, urgent=urgent)
    _post(scene, card, told=told(scene, raised), buttons=buttons, tapped=tapped)
    scene.halts = urgent
    before, cards = raised.detail, [card]
    if just_carded(scene, before):
        tier, cards = max(tier, Tier(before.carded)), [*before.cards, card]
    shown = {"carded_at": scene.now, "carded": tier.value, "cards": tuple(cards)}
    detail = before.model_copy(update=shown)
    alerts.keep_detail(scene.session, scene.kit.vault, raised.alert, detail)


def _short(scene: Scene, raised: Raised, tier: Tier) -> None:
    buttons = [button(scene, "danger", "danger", raised.alert)]
    if at_hand(scene) is not None and waiting(scene) is None:  # else its question comes below
        buttons.append(go_on(scene))
    buttons.append(button(scene, "not_meant", "not_meant", raised.alert))
    rows = tuple((each,) for each in buttons)
    _post(scene, "again", told=told(scene, raised), buttons=rows)
    shown = {"again_at": scene.now, "again": tier.value}
    detail = raised.detail.model_copy(update=shown)
    alerts.keep_detail(scene.session, scene.kit.vault, raised.alert, detail)


def _post(
    scene: Scene, card: str, *, told: str, buttons: Rows, asks: bool = True, tapped: bool = False
) -> None:
    here, emergency = help_now.near(scene)
    text = scene.kit.words.text(
        scene.language,
        "alerts/card",
        card=card,
        emergency=emergency,
        line=_line(scene, here, card),
        told=told,
        waits=waiting(scene) is not None,
        asks=asks,
        tapped=tapped,
        skills=scene.person.standing is Standing.MEMBER,
    )
    scene.post(Message(text=text, buttons=buttons), kind=Kind.ALERT)


def _line(scene: Scene, here: Country, card: str) -> str:
    own = help_now.one_line(scene, here, help_now.FOR_WHOM.get(card, ()))
    crisis = help_now.one_line(scene, here)
    return own if own == crisis else f"{own}; {crisis}"


def told(scene: Scene, raised: Raised) -> str:
    """What has truthfully become of the note."""
    return alarms.said(scene, raised.alert, raised.team)


def _buttons(scene: Scene, alert: Alert, *, urgent: bool) -> Rows:
    member = scene.person.standing is Standing.MEMBER
    rows = []
    if scene.person.country is None:  # the right lines come before anything else
        text = scene.word("help_now.choose_country")
        rows.append(Button(text=text, data=for_menu("country")))
    if urgent:
        rows.append(button(scene, "danger", "danger", alert))
        rows.append(button(scene, "safe_now", "safe_now", alert))
    if member or safety_plan.latest(scene) is not None:  # it is kept for a while afterwards
        text = scene.word("alerts.buttons.plan")
        rows.append(Button(text=text, data=for_menu("plan")))
    rows.append(button(scene, "call_me", "call_me"))
    if member and not urgent and scene.kit.library.find(help_now.STEADY) is not None:
        text = scene.word("help_now.steady")
        rows.append(Button(text=text, data=for_menu("begin", help_now.STEADY)))
    if member:
        rows.append(go_on(scene))
    rows.append(button(scene, "not_meant", "not_meant", alert))
    return tuple((each,) for each in rows)


def go_on(scene: Scene) -> Button:
    """Back to the exercise that waits."""
    return Button(text=scene.word("alerts.buttons.go_on"), data=for_menu("open"))


def button(scene: Scene, word: str, verb: str, alert: Alert | None = None) -> Button:
    """A button of the card, by its word and what it does; about this alert, where it is given."""
    argument = short_id(alert.id) if alert is not None else ""
    return Button(text=scene.word(f"alerts.buttons.{word}"), data=for_menu(verb, argument))
