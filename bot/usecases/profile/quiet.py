"""Between which hours nothing is sent unasked."""

from bot.care.hours import DEFAULT_QUIET, MINUTES, OPEN, NotQuiet, nights, not_quiet, within
from bot.messages.message import Rows
from bot.store import members
from bot.usecases import asked
from bot.usecases.profile import checkins, hours
from bot.usecases.profile.step import Step, button, chosen, means, show
from bot.usecases.scene import Scene

NAME = "quiet"
OFFERED = (DEFAULT_QUIET, ("21:00", "08:00"), ("23:00", "06:00"))
NONE, TIMES = "none", "times"


def ask(scene: Scene) -> None:
    """Three spans to tap; others can be typed."""
    show(scene, "quiet", _rows(scene))


def pressed(scene: Scene, choice: str) -> bool:
    """Takes the span on the button, or none at all; or goes back to the times that stand in it."""
    if choice == NONE:
        return _keep(scene, None)
    if choice == TIMES and asked.is_arriving(scene.person):
        checkins.anew(scene)
        scene.settled = True
        return False
    return typed(scene, choice)


def typed(scene: Scene, text: str) -> bool:
    """Takes "22-7", "22:00–07:00", "10 pm to 7 am", "de 10 a 7" if enough of the day stays open."""
    if chosen(scene, text, {"onboarding.no_quiet": NONE}) or means(scene, text, "no_words"):
        return pressed(scene, NONE)
    span = nights(text)
    if len(span) != 2:
        show(scene, "quiet_unclear", _rows(scene))
        return False
    wrong = not_quiet(*span, _checkins(scene))
    if wrong is not None:
        _unfit(scene, wrong, span)
        return False
    return _keep(scene, (span[0], span[1]))


def _unfit(scene: Scene, why: NotQuiet, span: tuple[str, ...]) -> None:
    """A newcomer has no /settings yet, so what stands in the way is a tap away."""
    rows, inside = _rows(scene), [each for each in _checkins(scene) if within(each, *span[:2])]
    if why is NotQuiet.CHECKIN and asked.is_arriving(scene.person):
        rows = (*rows, (button(scene.word("onboarding.other_times"), NAME, TIMES),))
    show(
        *(scene, "quiet_unfit", rows),
        why=why.value,
        most=(MINUTES - OPEN) // 60,
        open=OPEN // 60,
        times=scene.word("join").join(inside),
    )


def _keep(scene: Scene, span: tuple[str, str] | None) -> bool:
    members.set_quiet(scene.session, scene.person.id, span)
    hours.changed(scene)
    return True


def _checkins(scene: Scene) -> tuple[str, ...]:
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    return () if member is None else member.checkins


def _rows(scene: Scene) -> Rows:
    """Only what would be taken: 21:00 was offered to those who had just chosen 21:00."""
    asked = _checkins(scene)
    fitting = (each for each in OFFERED if not_quiet(*each, asked) is None)
    spans = tuple((button(f"{start} – {end}", NAME, f"{start}-{end}"),) for start, end in fitting)
    return (*spans, (button(scene.word("onboarding.no_quiet"), NAME, NONE),))


STEP = Step(ask, pressed, typed)
