"""By which day: typed instead of tapped, as "el domingo" or "tomorrow"."""

from zoneinfo import ZoneInfo

from bot.catalog.bare import bare
from bot.engine.typed_moment import typed_moment
from bot.store import promises
from bot.store.pairs import StoredPair
from bot.usecases.pairs import promising, typed
from bot.usecases.scene import Scene


def take(scene: Scene, stored: StoredPair, text: str) -> bool:
    """Keeps the day these words name; False where they name none, and are about something else."""
    typed.close(scene)
    if scene.heavy:
        return False
    promise = promises.open_of(scene.session, scene.kit.vault, scene.person.id, stored.id)
    here = scene.now.astimezone(ZoneInfo(scene.person.zone)).replace(tzinfo=None)
    meant = typed_moment(bare(text), scene.language, here, past=False)
    if promise is None or meant is None:
        return False
    return promising.set_day(scene, promise, meant.date())
