"""What a person did: the picture of their progress and the entries they wrote."""

from datetime import UTC, datetime

from babel.dates import format_date
from markupsafe import Markup

from bot.care.group_ring import GroupRing
from bot.care.progress import WEEKS, Progress, progress
from bot.catalog.exercise import Exercise
from bot.catalog.text import said
from bot.messages.callback import for_menu, long_id, number_in, short_id
from bot.messages.message import Button, Message
from bot.messages.summary import entry
from bot.reports.chart import Bar, Chart, Pair
from bot.store import members, past_runs, revisions, runs
from bot.store.runs import StoredRun
from bot.usecases import comments, group_ring
from bot.usecases.practices import practised
from bot.usecases.recovery import recovery_line
from bot.usecases.scene import Scene

PAGE = 6
"""So many entries are listed at a time."""
DRAWN = 14
"""So many before-and-after pairs stay readable at phone width."""


def progress_page(scene: Scene) -> None:
    """A picture and two plain sentences; words only as long as there is nothing to draw."""
    figures = progress(practised(scene), scene.person.zone, scene.now)
    best = None
    if figures.best is not None:
        name = scene.kit.titles.get(figures.best.exercise)
        title = said(name, scene.language) if name else figures.best.exercise
        best = {"title": title, "drop": figures.best.drop, "n": figures.best.n}
    picture = _chart(scene, figures).model_dump(mode="json") if figures.total else None
    menu = Button(text=scene.word("buttons.menu"), data=for_menu("menu"))
    recovery = Markup(recovery_line(scene))  # noqa: S704 # our own words

    def made(ring: GroupRing | None) -> Message:
        text = scene.kit.words.text(
            scene.language,
            "progress",
            total=figures.total,
            days=figures.days,
            weeks=WEEKS,
            best=best,
            recovery=recovery,
            ring=group_ring.said(scene, ring),
        )
        return Message(text=text, buttons=((menu,),), picture=picture, protect=True)

    member = members.get(scene.session, scene.kit.vault, scene.person.id)
    if member is None:
        scene.post(made(None))
    else:
        group_ring.post(scene, member.group, made)


def _chart(scene: Scene, figures: Progress) -> Chart:
    def day(moment: datetime) -> str:
        return str(format_date(moment, "d MMM", locale=scene.language))

    return Chart(
        title=scene.word("chart.title"),
        y_label=scene.word("chart.y_label"),
        before=scene.word("chart.before"),
        after=scene.word("chart.after"),
        pairs=tuple(
            Pair(at=point.at, label=day(point.at), before=point.before, after=point.after)
            for point in figures.points[-DRAWN:]
        ),
        bars_title=scene.word("chart.weeks_title"),
        bars_label=scene.word("chart.weeks_label"),
        bars=tuple(
            Bar(label=str(format_date(monday, "d MMM", locale=scene.language)), count=count)
            for monday, count in figures.weeks
        ),
        language=scene.language,
    )


def history_page(scene: Scene, before: str = "") -> None:
    """The last entries, each a button; `before` (microseconds since 1970) turns the page."""
    at = number_in(before, 16)
    start = datetime.fromtimestamp(at / 1e6, UTC) if at is not None else None
    found = past_runs.history(
        scene.session, scene.kit.vault, scene.person.id, limit=PAGE + 1, before=start, ended=True
    )
    buttons = [_entry_button(scene, stored) for stored in found[:PAGE]]
    if len(found) > PAGE:
        last = round(found[PAGE - 1].updated_at.timestamp() * 1e6)
        older = Button(text=scene.word("buttons.older"), data=for_menu("history", str(last)))
        buttons.append(older)
    buttons.append(Button(text=scene.word("buttons.menu"), data=for_menu("menu")))
    text = scene.kit.words.text(scene.language, "history", entries=len(found))
    scene.post(Message(text=text, buttons=tuple((button,) for button in buttons)))


def _entry_button(scene: Scene, stored: StoredRun) -> Button:
    exercise = revisions.recall(scene.session, stored.revision)
    day = scene.viewer.day(stored.updated_at)
    text = f"{day} · {said(exercise.title, scene.language)}"
    return Button(text=text, data=for_menu("entry", short_id(stored.id)))


def entry_page(scene: Scene, entry_id: str) -> None:
    """One entry in full, if it is this person's own."""
    run_id = long_id(entry_id)
    stored = runs.get_run(scene.session, scene.kit.vault, run_id) if run_id else None
    if stored is None or stored.person != scene.person.id:
        history_page(scene)
        return
    exercise: Exercise = revisions.recall(scene.session, stored.revision)
    messages = entry(
        *(scene.kit.words, exercise, stored.run, stored.updated_at, scene.viewer),
        _below(scene, stored),
    )
    for message in messages:
        scene.post(message)


def _below(scene: Scene, stored: StoredRun) -> list[str]:
    """What therapists wrote about it."""
    found = []
    for each in comments.arrived(scene, stored):
        day = scene.viewer.day(each.written_at)
        head = scene.word("comment.below", by=comments.writer(scene, each), day=day)
        whole = Markup("<b>{}</b>\n<blockquote>{}</blockquote>").format(head, each.text)
        found.append(str(whole))
    return found
