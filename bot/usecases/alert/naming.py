"""Which item it is, said without content: by when it came."""

from bot.store import alerts
from bot.store.alerts import Alert
from bot.usecases.scene import Scene


def when(scene: Scene, alert: Alert) -> str:
    """When it came, on the clock of the scene's person; of several that came in one minute also
    which one, the same for everybody: nothing else tells them apart for whoever has opened none."""
    moment = scene.viewer.day(alert.opened_at)
    several = alerts.of_minute(scene.session, alert.opened_at)
    if len(several) < 2:
        return moment
    place = several.index(alert.id) + 1
    return scene.word("alerts.staff.which", when=moment, place=place, count=len(several))


def item(scene: Scene, alert: Alert) -> str:
    """The item, as part of a sentence."""
    return scene.word("alerts.staff.came", when=when(scene, alert))
