"""The handover page: warning signs, what helped with numbers, people, plans, for the way after."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.care.progress import by_exercise
from bot.catalog.text import said
from bot.engine.run import Value
from bot.messages.summary import Viewer
from bot.reports import handover as reports
from bot.reports.handover import Handover, Tool
from bot.store import groups, past_runs, people, promises
from bot.store.runs import StoredRun
from bot.usecases import export, help_now
from bot.usecases.kit import Kit
from bot.usecases.practices import practised
from bot.usecases.scene import Scene

WHAT = "handover"
"""What the file is to the sender, and the purpose of the page."""
PLAN, RECOVERY = "safe.plan", "sud.rpplan"
SIGNS = ((PLAN, "signs"), (RECOVERY, "signs"))
PEOPLE = ((PLAN, "people"), (PLAN, "professionals"), (RECOVERY, "people"))
"""Where people wrote these down: exercise and step."""
TOOLS = 6


def page(scene: Scene, _: str = "") -> None:
    """The way to it that the programme set up."""
    export.offer(scene, WHAT, "phases/handover")


def build(session: Session, kit: Kit, person_id: UUID, now: datetime) -> Handover | None:
    """Everything on it as it stands now; None when the person is gone."""
    person = people.get(session, person_id)
    if person is None:
        return None
    scene = Scene(session, kit, person, now, WHAT)
    plans = [found for found in (_latest(scene, each) for each in (PLAN, RECOVERY)) if found]
    here = kit.helplines.for_country(person.country)
    programme = groups.programme(session)
    return Handover(
        made_at=now,
        language=person.language,
        zone=person.zone,
        signs=_lists(plans, SIGNS),
        tools=_tools(scene),
        people=_lists(plans, PEOPLE),
        plans=[export.entry(scene, each) for each in plans],
        promises=_promises(scene),
        emergency=here.emergency_said(person.language),
        line=help_now.one_line(scene, here),
        programme=programme.name if programme is not None else "",
        country=person.country or "",
    )


def packed(page: Handover, kit: Kit) -> bytes:
    """The ZIP of the page: for reading, and for printing."""
    from bot.reports import pdf  # with all that draws: once in a while, not at each start

    viewer = Viewer(page.language, page.zone, page.made_at)
    words = kit.words.short(page.language)
    html = reports.as_html(page, words["handover"], viewer.full_day)
    printed = pdf.handover(page, words["office_pdf"], words["handover"])
    files: dict[str, str | bytes] = {
        f"{reports.NAME}.html": html,
        f"{reports.NAME}.pdf": printed,
    }
    return reports.zipped(files, page.made_at)


def _promises(scene: Scene) -> list[str]:
    """What they set themselves with a partner, and is still open."""
    made = promises.of_person(scene.session, scene.kit.vault, scene.person.id)
    return [each.text for each in made if each.state is promises.End.OPEN]


def _latest(scene: Scene, exercise: str) -> StoredRun | None:
    vault, person = scene.kit.vault, scene.person.id
    return past_runs.newest(scene.session, vault, person, exercise, scene.now)


def _lists(plans: list[StoredRun], wanted: tuple[tuple[str, str], ...]) -> list[str]:
    """What was listed at these steps, each thing once."""
    found: list[str] = []
    for exercise, step in wanted:
        for each in plans:
            if each.run.exercise == exercise:
                found += _several(each.run.answers.get(step))
    return list(dict.fromkeys(found))


def _several(value: Value) -> list[str]:
    match value:
        case tuple():
            return [str(each) for each in value]
        case str():
            return [value]
    return []


def _tools(scene: Scene) -> list[Tool]:
    """What lowered it most, by mean points of 100 and the number of times."""
    best = [each for each in by_exercise(practised(scene)) if each.exercise in scene.kit.titles]
    return [
        Tool(title=said(scene.kit.titles[each.exercise], scene.language), drop=each.drop, n=each.n)
        for each in best[:TOOLS]
    ]
