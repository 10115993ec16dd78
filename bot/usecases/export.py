"""/export: a copy of everything that is one's own, by a page that opens once or as a file."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.catalog.exercise import Exercise
from bot.catalog.helplines import ELSEWHERE
from bot.catalog.steps import Timed
from bot.catalog.text import said
from bot.engine.run import Run, Value
from bot.engine.walk import begun
from bot.messages.fill import entry_said, question_said, shown
from bot.messages.lines import named
from bot.messages.message import Document, Message
from bot.messages.several import several
from bot.messages.summary import Viewer
from bot.reports import own_data
from bot.reports.own_data import (
    Access,
    Alert,
    Comment,
    Decision,
    Entry,
    Line,
    OwnData,
    Promised,
    Said,
    Sent,
)
from bot.store import (
    audit,
    board,
    brought,
    consents,
    contacts,
    groups,
    members,
    own,
    page_links,
    pair_shares,
    pair_wishes,
    people,
    pinned,
    promises,
    revisions,
    runs,
    spared,
)
from bot.store import comments as store
from bot.store.board import State
from bot.store.outbox import Kind
from bot.store.people import Participant
from bot.store.runs import StoredRun
from bot.usecases import comments, who
from bot.usecases.board import place
from bot.usecases.countries import country_name
from bot.usecases.kit import Kit
from bot.usecases.profile import media, topics
from bot.usecases.roleplay import practised
from bot.usecases.safety_plan import PLAN
from bot.usecases.scene import Scene
from bot.usecases.workshops.course import in_words

WHAT = "export"
"""What the file is to the sender, and the purpose of the page."""
FILE = "between.zip"
ALL = 100_000
"""Accesses on record of one person: more than there will ever be."""


def page(scene: Scene, _: str = "") -> None:
    """A copy of everything."""
    offer(scene, WHAT, "export/page")


def offer(scene: Scene, what: str, words_of: str) -> None:
    """The way to a file that the programme set up; without one, says how to get it all the same."""
    programme = groups.programme(scene.session)
    text, language = scene.kit.words.text, scene.language
    if scene.kit.pages is not None:
        token = page_links.make(scene.session, scene.person.id, what, scene.now)
        address = f"{scene.kit.pages}/p/{token}"
        body = text(language, words_of, way="page", address=address)
        ends = scene.now + page_links.LIFE
        scene.post(Message(text=body, protect=True), expires_at=ends)
    elif programme is not None and programme.export_as_file:
        body = text(language, words_of, way="file", address="")
        document = Document(name=FILE, what=what, otherwise=text(language, "not_saved"))
        scene.post(Message(text=body, document=document))
    else:
        scene.post(Message(text=text(language, words_of, way="", address="")))


def build(session: Session, kit: Kit, person_id: UUID, now: datetime) -> OwnData | None:
    """Everything of one person as it stands now; None when they are gone."""
    person = people.get(session, person_id)
    if person is None:
        return None
    scene = Scene(session, kit, person, now, WHAT)
    entries = [entry(scene, stored) for stored in own.runs_of(session, kit.vault, person_id)]
    entries += practised.entries(scene)
    plans = [each for each in entries if each.exercise == PLAN and each.status == "finished"]
    return OwnData(
        made_at=now,
        language=person.language,
        zone=person.zone,
        profile=_profile(scene, person),
        plan=plans[-1] if plans else None,
        entries=entries,
        promises=[
            Promised(at=each.made_at, text=each.text, by=each.day, state=each.state.value)
            for each in promises.of_person(session, kit.vault, person_id)
        ],
        consents=[*_consents(scene), *_shares(scene)],
        lines=_lines_of(scene),
        comments=_comments(scene),
        accesses=[
            Access(at=each.at, **{name: said for name, said in line.items() if name != "when"})
            for each in audit.of_subject(session, person_id, ALL)
            if who.is_shown(scene, each)
            for line in [who.line(scene, each)]
        ],
        alerts=[
            Alert(
                at=row.opened_at,
                tier=row.tier,
                state=row.state,
                taken_at=row.taken_at,
                closed_at=row.closed_at,
            )
            for row in own.alerts_of(session, person_id)
        ],
        messages=[
            Sent(
                at=row.created_at,
                kind=Kind(row.kind).name.lower(),
                status=row.status,
                sent_at=row.sent_at,
            )
            for row in own.messages_of(session, person_id)
        ],
    )


def packed(data: OwnData, kit: Kit) -> bytes:
    """The ZIP of a readable page and a file for other programs."""
    viewer = Viewer(data.language, data.zone, data.made_at)
    html = own_data.as_html(data, kit.words.short(data.language)["export"], viewer.full_day)
    files = {
        f"{own_data.NAME}.html": html,
        f"{own_data.NAME}.json": own_data.as_json(data),
        f"{own_data.NAME}.csv": own_data.as_csv(data),
    }
    return own_data.zipped(files, data.made_at)


def _profile(scene: Scene, person: Participant) -> dict[str, str]:
    session, vault = scene.session, scene.kit.vault
    member = members.get(session, vault, person.id)
    group = groups.group(session, member.group) if member is not None else None
    contact = contacts.get(session, vault, person.id)
    wishes = spared.of_person(session, vault, person.id)
    paused, full_day = person.paused_until, scene.viewer.full_day
    elsewhere = scene.word("help_now.elsewhere") if person.country == ELSEWHERE else ""
    return {
        "alias": (member.alias if member else None) or "",
        "group": group.name if group else "",
        "joined": full_day(member.joined_at) if member else "",
        "language": scene.word(f"languages.{person.language}"),
        "zone": person.zone,
        "country": country_name(scene, person.country) or elsewhere,
        "checkins": ", ".join(member.checkins) if member else "",
        "quiet": "–".join(member.quiet) if member and member.quiet else "",
        "media": media.stands(scene),
        "paused": full_day(paused) if paused else "",
        "number": contact.number,
        "safe": contact.when,
        "spared": several(scene.kit.words, scene.language, topics.said(scene, wishes)),
        "workshops": in_words(scene),
        "tools": ", ".join(_title(scene, each) for each in pinned.of_person(session, person.id)),
        "partner": _wish(scene),
    }


def _title(scene: Scene, exercise: str) -> str:
    titles = scene.kit.titles.get(exercise)
    return said(titles, scene.language) if titles else exercise


def _consents(scene: Scene) -> list[Decision]:
    texts = {scope.value: text for scope, text in scene.kit.consents.texts.items()}
    return [
        Decision(
            scope=event.scope,
            label=said(texts[event.scope].label, scene.language)
            if event.scope in texts
            else event.scope,
            granted=event.granted,
            version=event.version,
            at=event.at,
        )
        for event in consents.events(scene.session, scene.person.id)
    ]


def _shares(scene: Scene) -> list[Decision]:
    """What partners were let see; whom is named in the record, by an id that says nothing."""
    return [
        Decision(
            scope=f"partner.{share.kind}",
            label=f"{scene.word('pairs.door')}: {scene.word(f'pairs.kinds.{share.kind}')}",
            granted=share.granted,
            version=share.version,
            at=share.at,
        )
        for share in pair_shares.of_person(scene.session, scene.person.id)
    ]


def _wish(scene: Scene) -> str:
    """What they said of themselves so that a partner fits."""
    wish = pair_wishes.get(scene.session, scene.kit.vault, scene.person.id)
    said = [("age", wish.age), ("gender", wish.gender), ("with_gender", wish.with_gender)]
    said += [("interests", each) for each in wish.interests]
    said += [("goals", each) for each in wish.goals]
    return ", ".join(scene.word(f"pairs.wish.{name}.{code}") for name, code in said if code)


def _lines_of(scene: Scene) -> list[Line]:
    written = board.of_person(scene.session, scene.kit.vault, scene.person.id)
    return [
        Line(
            at=each.written_at,
            kind=each.kind.value,
            about=each.about,
            title=place.titled(scene, each),
            state=each.state.value,
            text=each.text,
        )
        for each in written
        if each.state is not State.BEGUN
    ]


def _comments(scene: Scene) -> list[Comment]:
    found = []
    for each in store.of_person(scene.session, scene.kit.vault, scene.person.id):
        stored = runs.get_run(scene.session, scene.kit.vault, each.run)
        assert stored is not None  # a comment goes with its entry
        comment = Comment(
            at=each.written_at,
            who=comments.writer(scene, each),
            about=comments.title(scene, stored),
            text=each.text,
            state=comments.stands(scene.session, scene.kit, each, scene.now).state.value,
        )
        found.append(comment)
    return found


def entry(scene: Scene, stored: StoredRun) -> Entry:
    """Each answer under its question, in the words of the revision it answered."""
    exercise, run = revisions.recall(scene.session, stored.revision), stored.run
    half = begun(run)  # the list somebody is in the middle of was sent and is kept like the rest
    answers = run.answers if half is None else {**run.answers, run.cursor: half}
    return Entry(
        exercise=exercise.id,
        title=said(exercise.title, run.language),
        revision=stored.revision,
        status=run.status.value,
        began=stored.started_at,
        latest=stored.updated_at,
        answers=[_said(exercise, run, step, value) for step, value in answers.items()],
        brought=brought.session_of(scene.session, stored.id),
    )


def _said(exercise: Exercise, run: Run, step: str, value: Value) -> Said:
    return Said(
        label=named(exercise, step, run.language),
        question=question_said(exercise, step, run),
        answer=_lines(exercise, step, value, run.language),
    )


def _lines(exercise: Exercise, step: str, value: Value, language: str) -> list[str]:
    def called(name: str) -> str:
        return entry_said(exercise, step, name, language)

    match value:
        case tuple():
            return [called(each) for each in value]
        case dict():
            return [f"{called(name)}: {number}" for name, number in value.items()]
        case None:
            return []
    said_so = shown(exercise, step, value, language)
    return [f"{said_so} s" if isinstance(exercise.find(step), Timed) else said_so]
