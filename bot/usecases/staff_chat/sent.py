"""A reviewer sends an exercise as a file: it is fetched and read; what is wrong is told, or it is
tried."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.load import Source
from bot.catalog.load_sent import LARGEST
from bot.store import people, trials
from bot.store.trials import SentFile
from bot.usecases.incoming import Attachment, File, Receipt, What
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene
from bot.usecases.staff_chat import own, trying

ENDINGS = (".yaml", ".yml")
LISTED = 20
"""So many problems are told at once."""


def handle(scene: Scene, what: What) -> bool:
    """Takes a reviewer's file; False if it is about something else. Anybody else's file gets the
    sentence that files are not read."""
    match what:
        case Attachment(_, _, file):
            who = own.me(scene)
            if file is None or who is None or not who.reviewer:
                scene.say("attachment")
                return False
            _take(scene, file)
            return True
    return False


def _take(scene: Scene, file: File) -> None:
    """Has it fetched, unless its name or size says that it is no exercise."""
    if not file.name.lower().endswith(ENDINGS):
        _say(scene, "not_yaml")
    elif file.size is not None and file.size > LARGEST:
        _say(scene, "too_large", most=LARGEST // 1024)
    else:
        sent = SentFile(file_id=file.file_id, name=file.name)
        trials.ask(scene.session, scene.kit.vault, scene.person.id, sent, scene.now)
        scene.fetches = True


def read(
    session: Session, trial: UUID, person: UUID, source: Source | None, now: datetime, kit: Kit
) -> Receipt:
    """The file was fetched and read (None: it could not be fetched): says so, or begins it."""
    found = people.get(session, person)
    if found is None or not trials.is_to_fetch(session, trial):
        return Receipt()  # another file was sent meanwhile
    scene = Scene(session, kit, found, now, f"{trying.TRIAL}.{trial.hex}")
    who = own.me(scene)
    exercise = source.exercise if source is not None else None
    wrong = [each for each in source.problems if not each.warning] if source is not None else []
    if source is None or who is None or not who.reviewer:
        trials.drop(session, person)
        _say(scene, "not_fetched")
    elif wrong or exercise is None:
        trials.drop(session, person)
        listed = list(map(str, wrong[:LISTED]))
        _say(scene, "problems", problems=listed, count=len(wrong), more=len(wrong) - len(listed))
    else:
        trying.begin(scene, trial, exercise, "begins")
    return scene.receipt()


def _say(scene: Scene, name: str, **values: object) -> None:
    scene.say(f"staff/trial/{name}", **values)
