"""What was understood of typed words about name, clock and hours, to be seen before going on."""

from bot.messages import zones
from bot.store import members
from bot.usecases.profile import alias, checkins, quiet, zone
from bot.usecases.scene import Scene


def note(scene: Scene, step: str) -> None:
    """Says how it is kept, where typed words can be read in two ways; a tap shows it by itself."""
    what = _kept(scene, step)
    if what:
        scene.say("onboarding/noted", what=what)


def _kept(scene: Scene, step: str) -> str:
    if step == zone.NAME:
        clock = zones.clock(scene.person.zone, scene.now, scene.language)
        return f"{clock}, {zones.city(scene.person.zone, scene.language)}"
    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None:
        return ""
    if step == alias.NAME:
        return member.alias or ""
    if step == quiet.NAME:
        return " – ".join(member.quiet) if member.quiet else scene.word("onboarding.no_quiet")
    if step == checkins.SECOND or (step == checkins.FIRST and checkins.has_both(scene)):
        return scene.word("join").join(member.checkins)
    return ""
