"""Files with something to mend, told to the leads once the bot has started without them."""

import hashlib
from datetime import datetime

from sqlmodel import Session

from bot.catalog.problem import Problem
from bot.messages.message import Message
from bot.store import content_notices, people, staff
from bot.usecases.kit import Kit
from bot.usecases.scene import Scene

LISTED = 8
"""More problems than this are looked up with `between doctor`."""


def tell(session: Session, kit: Kit, now: datetime) -> bool:
    """Tells each lead what is wrong, unless they know; whether anything waits to go out.

    The same problems are told once; another one, or one less, is news.
    """
    problems = (*kit.library.problems, *kit.measures.problems)
    wrong = [each for each in problems if not each.warning]
    if not wrong:
        return False
    sha = hashlib.sha256("\n".join(sorted(map(str, wrong))).encode()).hexdigest()
    told = False
    for lead in staff.leads(session, kit.vault):
        person = people.look(session, lead.id)  # None until they open their invitation
        if person is not None and content_notices.first_time(session, sha, lead.id, now):
            _post(Scene(session, kit, person, now, f"left_out.{sha}.{lead.id.hex}"), wrong)
            told = True
    return told


def _post(scene: Scene, wrong: list[Problem]) -> None:
    text = scene.kit.words.text(
        scene.language,
        "staff/left_out",
        problems=list(map(str, wrong[:LISTED])),
        more=max(0, len(wrong) - LISTED),
    )
    scene.post(Message(text=text))
