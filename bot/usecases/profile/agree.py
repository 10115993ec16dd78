"""The four switches: all off until they are tapped, each with its why, each to be taken back."""

from datetime import timedelta
from uuid import UUID, uuid5

from bot.care.consent import allowed
from bot.catalog.consents import SWITCHES, Consent, Scope
from bot.catalog.text import said
from bot.messages.message import Message, Rows
from bot.store import outbox
from bot.usecases import consented
from bot.usecases.open_runs import waiting
from bot.usecases.profile.step import Step, again, button, show
from bot.usecases.scene import Scene

NAME = "consents"
OFF, ON = "○", "✓"
AMID = timedelta(minutes=30)
"""So long after its last question somebody is still in the middle of an exercise."""


def ask(scene: Scene) -> None:
    """All switches in one message of their own."""
    _page(scene, redraws=False)


def pressed(scene: Scene, choice: str) -> bool:
    """Sets one switch to what its button says, tells why, or goes on."""
    what, _, name = choice.partition(".")
    text = _text(scene, name)
    if what in ("yes", "allow", "anew") and Scope.FRAME in consented.changed(scene):
        _frame_anew(scene)
    match what:
        case "understood":
            consented.decide(scene, Scope.FRAME, granted=True)
            scene.settled = True
            show(scene, "frame_noted")
        case "done":
            return True
        case "yes" | "no" if text is not None:
            consented.decide(scene, text.scope, granted=what == "yes")
            scene.note = scene.word("onboarding.on" if what == "yes" else "onboarding.off")
            _page(scene, redraws=True)
        case "why" if text is not None:
            _why(scene, text)
        case "allow" | "refuse" if text is not None:  # below why, next to the page
            consented.decide(scene, text.scope, granted=what == "allow")
            scene.settled = True
            scene.note = scene.word("onboarding.on" if what == "allow" else "onboarding.off")
            _page(scene, redraws=True)
        case "anew" | "not_anew" if text is not None:  # in passing; a page may lie far above
            consented.decide(scene, text.scope, granted=what == "anew")
            scene.settled = True
            label = said(text.label, scene.language)
            show(scene, "asked_again", label=label, granted=what == "anew")
        case _:
            ask(scene)
    return False


def _page(scene: Scene, *, redraws: bool) -> None:
    """The same message is changed by every tap, so that there is one place to look at."""
    page = _page_id(scene.person.id)
    if redraws:
        outbox.drop_redraws(scene.session, page)
    given = consented.given(scene.session, scene.person.id)
    rows = [
        (text, allowed(text.scope, given, scene.kit.consents))
        for text in (_text(scene, scope) for scope in SWITCHES)
        if text is not None
    ]
    body = scene.kit.words.text(
        scene.language,
        "onboarding/consents",
        switches=[(said(text.label, scene.language), is_on) for text, is_on in rows],
    )
    message = Message(text=body, buttons=_buttons(scene, rows))
    scene.post(message, asks=(page, 0), redraws=redraws)


def _buttons(scene: Scene, rows: list[tuple[Consent, bool]]) -> Rows:
    switches = tuple(
        (
            button(
                f"{ON if is_on else OFF} {number}. {said(text.label, scene.language)}",
                NAME,
                f"{'no' if is_on else 'yes'}.{text.scope}",
            ),
        )
        for number, (text, is_on) in enumerate(rows, 1)
    )
    why = tuple(
        button(scene.word("onboarding.why", number=number), NAME, f"why.{text.scope}")
        for number, (text, _) in enumerate(rows, 1)
    )
    return (*switches, why, (button(scene.word("onboarding.go_on"), NAME, "done"),))


def _why(scene: Scene, text: Consent) -> None:
    rows = (
        (button(scene.word("onboarding.allow"), NAME, f"allow.{text.scope}"),),
        (button(scene.word("onboarding.refuse"), NAME, f"refuse.{text.scope}"),),
    )
    words = {
        name: said(getattr(text, name), scene.language) for name in ("label", "why", "happens")
    }
    show(scene, "why", rows, **words)


def ask_again(scene: Scene) -> None:
    """One message, once for each new text: what somebody agreed to means something else now. Until
    they answer it counts as no, so it can wait until they are not in the middle of an exercise: it
    would cover the question that is open, and the next words would be taken for an answer to it."""
    changed = consented.changed(scene)
    if not changed or _is_amid(scene):
        return
    for scope in changed:
        if scope is Scope.FRAME:
            frame = scene.kit.consents.texts[scope]
            _frame_anew(scene, f"asks-again.{scope}.{frame.since}.{scene.person.id.hex}")
            continue
        text = scene.kit.consents.texts[scope]
        key = f"asks-again.{scope}.{text.since}.{scene.person.id.hex}"
        rows = (
            (button(scene.word("onboarding.allow"), NAME, f"anew.{scope}"),),
            (button(scene.word("onboarding.refuse"), NAME, f"not_anew.{scope}"),),
        )
        words = {name: said(getattr(text, name), scene.language) for name in ("label", "happens")}
        body = scene.kit.words.text(scene.language, "onboarding/asks_again", **words)
        scene.post(Message(text=body, buttons=rows), key=key)


def _frame_anew(scene: Scene, key: str | None = None) -> None:
    """How this works, in its new words. Asked once in passing, and whenever a switch is tapped that
    could not count without it."""
    text = scene.kit.consents.texts[Scope.FRAME]
    happens = said(text.happens, scene.language)
    body = scene.kit.words.text(scene.language, "onboarding/frame_new", happens=happens)
    understood = button(scene.word("onboarding.understood"), NAME, f"understood.{Scope.FRAME}")
    scene.post(Message(text=body, buttons=((understood,),)), key=key)


def _is_amid(scene: Scene) -> bool:
    stored = waiting(scene)
    return stored is not None and scene.now - stored.run.asked_at < AMID


def _text(scene: Scene, name: str) -> Consent | None:
    switches = {scope.value: scope for scope in SWITCHES}
    scope: Scope | None = switches.get(name)
    return scene.kit.consents.texts.get(scope) if scope is not None else None


def _page_id(person: UUID) -> UUID:
    return uuid5(person, NAME)


STEP = Step(ask, pressed, again(ask))
