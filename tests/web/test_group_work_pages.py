"""Alerts, board, pairs, library and settings over real HTTP: what they show, to whom, and do."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.care.pairing import Accept, Report
from bot.catalog.consents import Scope
from bot.messages.callback import for_menu, short_id
from bot.store import alerts, audit, board, groups, pairs, people, staff, tellings
from bot.store.board import Kind, State
from bot.usecases import consented, set_up
from bot.usecases.alert import LONGEST_NOTE
from bot.usecases.incoming import Incoming, Press, Sender, Words
from bot.usecases.receive import receive
from bot.usecases.scene import Scene
from tests.cast import LEO, MAYA, RIVERA, ZONE
from tests.web.office import LIND, OMAR, SATO, Browser, Office

SignedIn = Callable[[int], Awaitable[Browser]]
CRISIS = "I am going to kill myself <b>tonight</b> & soon"
LINE = "I put my phone away <i>and</i> walk."
LISTS = ("/office/alerts", "/office/board", "/office/pairs", "/office/library")


async def writes(office: Office, who: int, text: str, update: int = 1) -> None:
    """A participant writes to the bot."""
    incoming = Incoming(42, update, Sender(who, "en"), Words(text, update))
    await office.run(receive, incoming=incoming, now=office.now(), kit=office.kit)


async def alert_of(office: Office, who: int) -> UUID:
    """The id of somebody's newest alert."""

    def newest(session: Session) -> UUID:
        found = alerts.newest_of(session, office.ids[who])
        assert found is not None
        return found.id

    return await office.run(newest)


async def line_of(office: Office, who: int, text: str = LINE) -> UUID:
    """A line of somebody that waits for their therapist."""

    def work(session: Session) -> UUID:
        kit, now = office.kit, office.now()
        person = people.look(session, office.ids[who])
        assert person is not None
        scene = Scene(session, kit, person, now, f"line{who}")
        consented.decide(scene, Scope.BOARD_LINES, granted=True)
        group = office.groups["own"] if who != OMAR else office.groups["other"]
        about = kit.board.situations[0].id
        line = board.begin(
            session, kit.vault, person.id, group, Kind.HELPED, about, person.language, now
        )
        begun = board.get(session, kit.vault, line)
        assert begun is not None
        board.write(session, kit.vault, begun, text, State.HELD, person.language, now)
        return line

    return await office.run(work)


async def state_of(office: Office, line: UUID) -> State | None:
    """Where a line stands."""

    def look(session: Session) -> State | None:
        found = board.get(session, office.kit.vault, line)
        return found.state if found is not None else None

    return await office.run(look)


async def with_pairs(office: Office) -> None:
    """The programme has pairs."""

    def work(session: Session) -> None:
        found = groups.programme(session)
        assert found is not None
        groups.set_programme(session, replace(found, partner_pairs=True), office.now())

    await office.run(work)


async def pair_of(office: Office) -> pairs.StoredPair:
    """The newest pair of Maya's."""

    def look(session: Session) -> pairs.StoredPair:
        maya = office.ids[MAYA]
        group = groups.of_person(session, maya)
        assert group is not None
        found = pairs.of_group(session, group.id)
        return [each for each in found if maya in each.people][-1]

    return await office.run(look)


async def on_record(office: Office, who: int) -> list[str]:
    """What the record says of somebody, newest first."""

    def look(session: Session) -> list[str]:
        return [each.action for each in audit.of_subject(session, office.ids[who])]

    return await office.run(look)


@pytest.mark.parametrize("way", LISTS)
@pytest.mark.parametrize("who", [RIVERA, LIND])
async def test_every_page_is_there_in_both_languages(
    office: Office, signed_in: SignedIn, way: str, who: int
) -> None:
    """Dr Rivera reads English, Dr Lind Spanish; one h1, nothing inline, no word left out."""
    page = await (await signed_in(who)).get(way)
    assert page.status == 200
    assert f'lang="{"en" if who == RIVERA else "es"}"' in page.text
    assert page.text.count("<h1") == 1
    is_plain(page.text)


def is_plain(text: str) -> None:
    """No script, no style but files of ours, no foreign address, every form with its token."""
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)
    assert not re.search(r"""(?:src|action|href)=["'](?:https?:)?//""", text)
    posts = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
    assert all('name="csrf"' in each for each in posts)


async def test_an_alert_from_the_list_to_the_closing_note(
    office: Office, signed_in: SignedIn
) -> None:
    """What was written is on its own page only, escaped; taking and closing it leads back."""
    await writes(office, MAYA, CRISIS)
    rivera, alert = await signed_in(RIVERA), await alert_of(office, MAYA)
    listed = await rivera.get("/office/alerts")
    assert "Heron" in listed.text
    assert "kill" not in listed.text
    assert f"/office/alerts/{alert}" in listed.text
    page = await rivera.get(f"/office/alerts/{alert}")
    assert "kill myself &lt;b&gt;tonight&lt;/b&gt; &amp; soon" in page.text
    is_plain(page.text)
    taken = await rivera.post(f"/office/alerts/{alert}/take")
    assert (taken.status, taken.to) == (303, f"/office/alerts/{alert}")
    assert office.woken == 1
    page = await rivera.get(f"/office/alerts/{alert}")
    assert "It is yours, since" in page.text
    assert "/take" not in page.text
    refused = await rivera.post(f"/office/alerts/{alert}/close", {"note": " "})
    assert refused.status == 422
    assert "Please write a short note first" in refused.text
    long = "a" * LONGEST_NOTE + "<end>"
    refused = await rivera.post(f"/office/alerts/{alert}/close", {"note": long})
    assert "longer than 4,096 characters" in refused.text
    assert "a" * LONGEST_NOTE + "&lt;end&gt;</textarea>" in refused.text
    closed = await rivera.post(f"/office/alerts/{alert}/close", {"note": "Called.\nIs safe."})
    assert (closed.status, closed.to) == (303, "/office/alerts?said=done")
    assert "It is closed" in (await rivera.get(closed.to)).text
    page = await rivera.get(f"/office/alerts/{alert}")
    assert "Called.\nIs safe." in page.text
    assert "/close" not in page.text
    assert (await on_record(office, MAYA))[:2] == ["alert.viewed", "alert.closed"]


async def test_taken_by_somebody_else_meanwhile(office: Office, signed_in: SignedIn) -> None:
    """The second is told so, and nothing moves."""
    await writes(office, MAYA, CRISIS)
    alert = await alert_of(office, MAYA)
    await (await signed_in(RIVERA)).post(f"/office/alerts/{alert}/take")
    lind = await signed_in(LIND)
    late = await lind.post(f"/office/alerts/{alert}/take")
    assert late.to == f"/office/alerts/{alert}?said=taken"
    assert "Otra persona se ha ocupado mientras tanto" in (await lind.get(late.to)).text
    assert "Se ocupa Dr Rivera" in (await lind.get("/office/alerts")).text
    page = await lind.get(late.to)
    assert "Relevar a Dr Rivera" in page.text
    is_plain(page.text)
    had = re.search(r'name="had" value="(\w+)"', page.text)
    assert had is not None
    over = await lind.post(f"/office/alerts/{alert}/take", {"had": had[1]})
    assert over.to == f"/office/alerts/{alert}"
    assert "Te ocupas tú" in (await lind.get(over.to)).text


async def test_a_line_is_put_on_the_board_sent_back_and_taken_down(
    office: Office, signed_in: SignedIn
) -> None:
    """Without the writer's alias; a reason is needed for sending back, also from the board."""
    line = await line_of(office, MAYA)
    other = await line_of(office, LEO, "Respiro diez veces.")
    rivera = await signed_in(RIVERA)
    page = await rivera.get("/office/board")
    assert "I put my phone away &lt;i&gt;and&lt;/i&gt; walk." in page.text
    assert "Heron" not in page.text
    is_plain(page.text)
    assert (await on_record(office, MAYA))[0] == "line.read"
    done = await rivera.post(f"/office/board/{line}/approve")
    assert done.to == "/office/board?said=approved"
    assert await state_of(office, line) is State.APPROVED
    assert "On the board now" in (await rivera.get(done.to)).text
    for reason in ("", "no such reason"):
        refused = await rivera.post(f"/office/board/{other}/back", {"reason": reason})
        assert refused.status == 422
        assert "Please choose a reason" in refused.text
    assert await state_of(office, other) is State.HELD
    reason = office.kit.board.reasons[0].id
    back = await rivera.post(f"/office/board/{other}/back", {"reason": reason})
    assert back.to == "/office/board?said=sent_back"
    down = await rivera.post(f"/office/board/{line}/back", {"reason": reason})
    assert down.to == "/office/board?said=sent_back"
    assert await state_of(office, line) is State.SENT_BACK
    again = await rivera.post(f"/office/board/{line}/approve")
    assert again.to == "/office/board?said=gone"
    assert await state_of(office, line) is State.SENT_BACK


async def test_a_line_taken_back_meanwhile_is_not_decided_on(
    office: Office, signed_in: SignedIn
) -> None:
    """Its writer's consent is gone: it is neither shown nor approved, and theirs alone again."""
    line = await line_of(office, MAYA)
    rivera = await signed_in(RIVERA)

    def withdraws(session: Session) -> None:
        person = people.look(session, office.ids[MAYA])
        assert person is not None
        scene = Scene(session, office.kit, person, office.now(), "withdraws")
        consented.decide(scene, Scope.BOARD_LINES, granted=False)

    await office.run(withdraws)
    assert LINE[:20] not in (await rivera.get("/office/board")).text
    late = await rivera.post(f"/office/board/{line}/approve")
    assert late.to == "/office/board?said=gone"
    assert await state_of(office, line) is State.KEPT


async def test_pairs_are_looked_for_by_a_button_and_approved(
    office: Office, signed_in: SignedIn
) -> None:
    """Looking at the page proposes nobody; approved, both are asked; ended, nothing passes."""
    rivera = await signed_in(RIVERA)
    assert "between programme --partner-pairs" in (await rivera.get("/office/pairs")).text
    await with_pairs(office)
    for _ in range(2):
        page = await rivera.get("/office/pairs")
        assert "Nobody is proposed now" in page.text
    looked = await rivera.post(f"/office/pairs/look/{office.groups['own']}")
    assert looked.to == "/office/pairs?said=look"
    page = await rivera.get(looked.to)
    assert "Heron" in page.text
    assert "check-in times (2)" in page.text
    pair = await pair_of(office)
    done = await rivera.post(f"/office/pairs/{pair.id}/approve")
    assert done.to == "/office/pairs?said=approve"
    assert "asked, no answer from both yet" in (await rivera.get(done.to)).text
    assert (await on_record(office, LEO))[0] == "pair.approved"
    again = await rivera.post(f"/office/pairs/{pair.id}/approve")
    assert again.to == "/office/pairs?said=gone"
    ended = await rivera.post(f"/office/pairs/{pair.id}/end")
    assert ended.to == "/office/pairs?said=end"
    assert not (await pair_of(office)).pair.is_live


async def test_another_one_is_not_the_same_one(office: Office, signed_in: SignedIn) -> None:
    """Passed over, the two are not proposed again."""
    await with_pairs(office)
    rivera = await signed_in(RIVERA)
    await rivera.post(f"/office/pairs/look/{office.groups['own']}")
    pair = await pair_of(office)
    done = await rivera.post(f"/office/pairs/{pair.id}/another")
    assert done.to == "/office/pairs?said=another"
    assert "Nobody is proposed now" in (await rivera.get(done.to)).text
    await rivera.post(f"/office/pairs/look/{office.groups['own']}")
    assert (await pair_of(office)).id == pair.id


async def test_a_report_waits_and_is_cleared(office: Office, signed_in: SignedIn) -> None:
    """Never who of the two told it; once it was looked at, they may go on."""
    await with_pairs(office)
    rivera = await signed_in(RIVERA)
    await rivera.post(f"/office/pairs/look/{office.groups['own']}")
    pair = await pair_of(office)
    await rivera.post(f"/office/pairs/{pair.id}/approve")
    await office.run(partial(_active_and_reported, office=office, pair=pair))
    page = await rivera.get("/office/pairs")
    assert "Report waits" in page.text
    assert "Week 1" in page.text
    cleared = await rivera.post(f"/office/pairs/{pair.id}/clear")
    assert cleared.to == "/office/pairs?said=clear"
    assert "Report waits" not in (await rivera.get(cleared.to)).text


def _active_and_reported(session: Session, office: Office, pair: pairs.StoredPair) -> None:
    for each in pair.people:
        pairs.take(session, pair.id, Accept(each), office.now())
    pairs.take(session, pair.id, Report(office.ids[MAYA]), office.now())


async def test_an_exercise_is_read_previewed_and_signed(
    office: Office, signed_in: SignedIn
) -> None:
    """In both languages; unticked nothing is signed; with an old page neither."""
    rivera = await signed_in(RIVERA)
    found = await rivera.get("/office/library?q=thought+record&approach=cbt")
    assert "/office/library/cbt.thought7" in found.text
    way = "/office/library/cbt.thought7"
    page = await rivera.get(way)
    assert page.status == 200
    is_plain(page.text)
    assert "Registro de pensamientos" in page.text
    assert (await rivera.get(f"{way}?in=es")).text.count('class="talk" lang="es"') == 1
    unticked = await rivera.post(f"{way}/review", {"revision": "x"})
    assert unticked.status == 422
    stale = await rivera.post(f"{way}/review", {"revision": "x", "read": "1"})
    assert stale.to == f"{way}?said=stale"
    revision = re.findall(r'name="revision" value="(\w+)"', page.text)[0]
    signed = await rivera.post(f"{way}/review", {"revision": revision, "read": "1"})
    assert signed.to == f"{way}?said=signed"
    assert "Reviewed by Dr Rivera on" in (await rivera.get(way)).text
    assert "Revisado por Dr Rivera" in (await (await signed_in(SATO)).get(way)).text
    back = await rivera.post(f"{way}/unsign")
    assert "It is a draft again" in (await rivera.get(back.to)).text


async def test_what_a_track_offers_is_chosen_with_a_reason(
    office: Office, signed_in: SignedIn
) -> None:
    """By the lead, and by nobody without the right; each row says who, when and why, and the
    record says which exercise. What a file holds back stays so."""
    way, lind, rivera = "/office/library/sud.surf", await signed_in(LIND), await signed_in(RIVERA)
    form = {"track": "trauma", "stood": "file", "offer": "hidden", "why": "No <b>waves</b> here"}
    assert "/office/library/sud.surf/track" not in (await rivera.get(way)).text
    assert (await rivera.post(f"{way}/track", form)).status == 404
    page = await lind.get(way)
    is_plain(page.text)
    assert "Chosen by" not in page.text
    done = await lind.post(f"{way}/track", form)
    assert done.to == f"{way}?said=chosen#tracks"
    assert (await lind.post(f"{way}/track", form)).to == done.to  # pressed twice
    shown = (await rivera.get(way)).text
    assert "Chosen by Dr Lind on" in shown
    assert "“No &lt;b&gt;waves&lt;/b&gt; here”" in shown
    assert "Lo eligió Dr Lind el" in (await lind.get(way)).text
    late = await lind.post(f"{way}/track", form | {"offer": "core"})
    assert late.to == f"{way}?said=meanwhile#tracks"
    unsaid = await lind.post(
        f"{way}/track", form | {"offer": "core", "stood": "hidden", "why": " "}
    )
    assert (unsaid.status, unsaid.text.count('role="alert"')) == (422, 1)
    held = {"track": "trauma", "stood": "file", "offer": "core", "why": "They asked"}
    assert (await lind.post("/office/library/cbt.thought7/track", held)).status == 422
    record = (await lind.get("/office/record")).text
    assert record.count("ocultó un ejercicio en un itinerario: ") == 1
    back = await lind.post(f"{way}/track", form | {"offer": "file", "stood": "hidden"})
    assert "Chosen by" not in (await rivera.get(back.to)).text


@pytest.mark.parametrize("name", ["cbt.nothing", "..%2F..%2Fetc", "a" * 300, "%00", "{{7*7}}"])
async def test_an_unknown_exercise_is_not_there(
    office: Office, signed_in: SignedIn, name: str
) -> None:
    """Whatever the address says."""
    assert (await (await signed_in(RIVERA)).get(f"/office/library/{name}")).status == 404


async def test_settings_are_saved_and_odd_ones_kept_in_their_fields(
    office: Office, signed_in: SignedIn
) -> None:
    """The calendar, with rows added and taken away; what does not fit is shown again, escaped."""
    rivera, way = await signed_in(RIVERA), f"/office/groups/{office.groups['own']}/settings"
    page = await rivera.get(way)
    assert page.status == 200
    is_plain(page.text)
    assert "Settings of Thursday-B" in page.text
    assert "Minutes after which" not in page.text
    rows = [
        *(("weekday", "3"), ("starts", "18:00"), ("minutes", "90")),
        *(("weekday", "1"), ("starts", "9:30"), ("minutes", "60")),
        *(("remove", "0"), ("zone", "Lisbon")),
    ]
    saved = await rivera.post(f"{way}/calendar", rows)
    assert saved.to == f"{way}?said=calendar#calendar"
    page = await rivera.get(f"{way}?said=calendar")
    assert "Europe/Lisbon" in page.text
    assert 'value="09:30"' in page.text
    assert 'value="18:00"' not in page.text
    odd = [("weekday", "2"), ("starts", "<b>noon"), ("minutes", "60"), ("zone", "Lisbon")]
    refused = await rivera.post(f"{way}/calendar", odd)
    assert refused.status == 422
    assert "“&lt;b&gt;noon” is no time of day" in refused.text
    assert 'value="&lt;b&gt;noon"' in refused.text
    lind = await signed_in(LIND)
    assert "Programa" in (await lind.get(way)).text
    assert (await rivera.post(f"{way}/programme", {})).status == 404
    assert (await rivera.post(f"{way}/nothing", {})).status == 404


async def test_settings_say_what_becomes_of_alerts_out_of_hours(
    office: Office, signed_in: SignedIn
) -> None:
    """Who is on call, by name; where nobody is, nobody is promised."""
    rivera, way = await signed_in(RIVERA), f"/office/groups/{office.groups['own']}/settings"
    hours = partial(groups.set_hours, group_id=office.groups["own"], now=office.now())
    for place, read, sentence in (
        (None, set_up.NINE_TO_FIVE, "Nobody is on call: what comes while the office is closed"),
        (None, (), "alerts go at once to those below, at any hour"),
        (1, (), "what cannot wait goes to who is on call: Dr Rivera."),
    ):
        await office.run(partial(staff.set_on_call, staff_id=office.ids[RIVERA], place=place))
        await office.run(partial(hours, hours=read))
        assert sentence in (await rivera.get(way)).text


async def test_away_on_the_page_alerts_go_to_the_next(office: Office, signed_in: SignedIn) -> None:
    """Dr Rivera is away on a Tuesday at ten: the lead is told at once, Dr Rivera is not."""
    local = office.begun.astimezone(ZoneInfo(ZONE))
    days = timedelta(days=(1 - local.weekday()) % 7 or 7)
    office.moved = (local.replace(hour=10, minute=0) + days).astimezone(UTC) - office.begun
    rivera, way = await signed_in(RIVERA), f"/office/groups/{office.groups['own']}/settings"
    saved = await rivera.post(f"{way}/away", {"span": "week"})
    assert saved.to == f"{way}?said=away#away"
    assert "away until" in (await rivera.get(way)).text
    await writes(office, MAYA, CRISIS)

    def told(session: Session) -> set[UUID]:
        found = alerts.newest_of(session, office.ids[MAYA])
        assert found is not None
        return {each.staff for each in tellings.of_alert(session, found)}

    assert await office.run(told) == {office.ids[LIND]}


async def test_what_belongs_to_another_group_is_not_there(
    office: Office, signed_in: SignedIn
) -> None:
    """Dr Sato finds nothing of Thursday-B, by no address and no form; each is on record."""
    await writes(office, MAYA, CRISIS)
    alert, line = await alert_of(office, MAYA), await line_of(office, MAYA)
    await with_pairs(office)
    own = office.groups["own"]
    rivera, sato = await signed_in(RIVERA), await signed_in(SATO)
    await rivera.post(f"/office/pairs/look/{own}")
    pair = await pair_of(office)
    for way in (f"/office/alerts/{alert}", f"/office/groups/{own}/settings"):
        assert (await sato.get(way)).status == 404
    reason = {"reason": office.kit.board.reasons[0].id}
    forms: list[tuple[str, dict[str, str]]] = [
        (f"/office/alerts/{alert}/take", {}),
        (f"/office/alerts/{alert}/close", {"note": "Mine"}),
        (f"/office/board/{line}/approve", {}),
        (f"/office/board/{line}/back", reason),
        (f"/office/pairs/{pair.id}/approve", {}),
        (f"/office/pairs/{pair.id}/another", {}),
        (f"/office/pairs/look/{own}", {}),
        ("/office/library/cbt.thought7/open", {"who": f"group.{own}"}),
        ("/office/library/cbt.thought7/open", {"who": f"person.{office.ids[MAYA]}"}),
        ("/office/library/cbt.thought7/open", {"who": "everybody"}),
        *((f"/office/groups/{own}/settings/{part}", {}) for part in ("calendar", "hours", "away")),
    ]
    for way, fields in forms:
        assert (await sato.post(way, fields)).status == 404, way
    for way in LISTS[:3]:
        page = await sato.get(way)
        assert "Heron" not in page.text
        assert LINE[:20] not in page.text
    assert await state_of(office, line) is State.HELD
    assert (await pair_of(office)).state.value == "proposed"

    def open_still(session: Session) -> bool:
        found = alerts.get(session, alert)
        return found is not None and found.state == "open"

    assert await office.run(open_still)


async def test_nothing_is_done_without_the_token_of_the_session(
    office: Office, signed_in: SignedIn
) -> None:
    """A form of another site, or of an old session, takes no alert."""
    await writes(office, MAYA, CRISIS)
    alert, rivera = await alert_of(office, MAYA), await signed_in(RIVERA)
    foreign = await rivera.post(f"/office/alerts/{alert}/take", csrf="made up")
    assert foreign.status == 403
    other = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert (await rivera.post(f"/office/alerts/{alert}/take", headers=other)).status == 403
    assert (await rivera.get(f"/office/alerts/{alert}/take")).status in (404, 405)
    assert "Nobody has taken it" in (await rivera.get("/office/alerts")).text


async def test_a_tapped_not_meant_is_shown(office: Office, signed_in: SignedIn) -> None:
    """In the list and on the page, with who has the last word."""
    await writes(office, MAYA, CRISIS)
    alert = await alert_of(office, MAYA)
    press = Press(for_menu("not_meant", short_id(alert)))
    incoming = Incoming(42, 9, Sender(MAYA, "en"), press)
    await office.run(receive, incoming=incoming, now=office.now(), kit=office.kit)
    rivera = await signed_in(RIVERA)
    assert "Not meant that way" in (await rivera.get("/office/alerts")).text
    assert "You have the last word" in (await rivera.get(f"/office/alerts/{alert}")).text
