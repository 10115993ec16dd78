"""Who comes in: by an invitation, and by four digits read out in the room; and nobody else."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from bot.store import groups, invites, members, people, sign_ins, staff, staff_sessions, tables
from bot.store.people import Standing
from bot.store.staff import Role
from bot.usecases import retention, staff_commands
from tests.cast import ZONE
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.journeys.test_alerts import at_ten_on_a_weekday, opens

NO_GOOD = "This invitation does not open anything."
WAIT = "Please wait an hour"
STRANGERS = "you need an invitation"
NEW_YORK = "America/New_York"


async def fresh(stage: Stage, name: str = "Ana", language: str = "en") -> Phone:
    """Somebody with a new phone."""
    body = {"first_name": name, "language_code": language}
    async with stage.http.post("/api/people", json=body) as answer:
        return Phone(stage.http, int((await answer.json())["id"]))


async def invited(rivera: Phone) -> str:
    """Dr Rivera asks for an invitation; its code."""
    await rivera.say("/start")
    await rivera.reads("What would you like to do?")
    await rivera.say("/invite")
    return code_in(await rivera.reads("An invitation into Thursday-B"))


def code_in(message: dict[str, Any]) -> str:
    """The code in the link of an invitation."""
    found = re.search(r"https://t\.me/\w+\?start=([\w-]+)", str(message))
    assert found is not None
    return str(found[1])


async def number_on(phone: Phone) -> str:
    """The four digits a newcomer sees."""
    texts = " ".join(await phone.texts())
    return str(re.findall(r"(?:number is|is now|número es) (\d{4})", texts)[-1])


async def waits(stage: Stage, phone: Phone) -> str:
    """Somebody opens an invitation of Dr Rivera's; the number on their phone."""
    await phone.say(f"/start {await invited(stage.rivera)}")
    await phone.reads("Your number is")
    return await number_on(phone)


async def comes_in(stage: Stage, phone: Phone) -> None:
    """Somebody comes in, all the way."""
    await stage.rivera.say(await waits(stage, phone))
    await stage.rivera.reads("Confirmed. They are in Thursday-B now")


async def query(stage: Stage, unit: Any) -> Any:
    """Something read from the database of the running bot."""
    assert stage.house is not None
    return await stage.house.database.run(unit)


async def person_of(stage: Stage, phone: Phone) -> people.Participant | None:
    """What the bot knows of somebody."""
    assert stage.house is not None
    vault = stage.house.kit.vault
    found: people.Participant | None = await query(
        stage, lambda session: people.find(session, vault, phone.person)
    )
    return found


async def test_a_newcomer_comes_in(stage: Stage) -> None:
    """A link and a picture from the therapist, a number read out, and the first steps begin."""
    rivera, ana = stage.rivera, await fresh(stage)
    await rivera.say("/start")
    await rivera.press("Invite someone")
    message = await rivera.reads("An invitation into Thursday-B")
    assert message["kind"] == "photo"
    link = f"https://t.me/between_playground_bot?start={code_in(message)}"
    assert (await rivera.button("Copy the link"))["copy"] == link
    await ana.say(f"/start {code_in(message)}")
    await ana.reads("Your invitation worked.")
    assert "Thursday-B" not in " ".join(await ana.texts())
    await rivera.reads("Somebody opened your invitation")
    await rivera.say("/menu")
    await rivera.press("Confirm a newcomer (1 waiting)")
    await rivera.reads("1 waiting. Type the four digits")
    number, last = await number_on(ana), (await ana.messages())[-1]["message_id"]
    await rivera.say(f"{number[:2]} - {number[2:]}")
    await rivera.reads("Confirmed. They are in Thursday-B now")
    await ana.reads("I am an automatic helper of the group Thursday-B", below=last)
    found = await person_of(stage, ana)
    assert found is not None
    assert (found.standing, found.onboarding) == (Standing.MEMBER, "frame")
    trail = await query(stage, partial(_actions, subject=found.id))
    assert trail == ["newcomer.confirmed"]


def _actions(session: Session, subject: UUID) -> list[str]:
    query = select(tables.audit.c.action).where(tables.audit.c.subject == subject)
    return list(session.connection().execute(query.order_by(tables.audit.c.seq)).scalars())


async def test_a_newcomer_sees_nothing_of_the_group_before(stage: Stage) -> None:
    """Help, language and leaving work; all else gets the number, once for many messages."""
    ana = await fresh(stage, language="es")
    await ana.say(f"/start {await invited(stage.rivera)}")
    await ana.reads("Tu número es")
    number = await number_on(ana)
    for words in ("hola", "/menu", "/progress", "/history", "/plan", "¿quién está?"):
        await ana.say(words)
    await ana.send("voice")
    await ana.say("🛟 Ayuda ahora")
    await ana.reads("Si tú o alguien cerca corre peligro")
    labels = {button["text"] for each in await ana.messages() for button in _buttons(each)}
    assert labels == {"Elegir mi país", "¿Qué hace difícil llamar?", "Que me llame mi equipo"}
    await ana.press("Elegir mi país")
    await ana.press("España")
    await ana.reads("024")
    assert sum("Tu número es" in text for text in await ana.texts()) == 2  # one for the link
    await stage.pass_time(timedelta(minutes=1))
    await ana.say("hola")
    assert number in (await ana.reads("Tu número es"))["text"]
    await ana.say("/language")
    await ana.press("English")
    assert number in (await ana.reads("Your number is"))["text"]
    assert "Thursday-B" not in " ".join(await ana.texts())
    await ana.say("/delete_me")
    await ana.press("Yes, delete everything")
    await ana.reads("What you wrote is deleted.")


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message["buttons"] for button in row]


async def test_a_newcomer_who_asks_for_a_call_is_named_as_one(stage: Stage) -> None:
    """There is no alias yet: whoever opens the item learns that it is the one who came just now,
    also by an invitation from the command line."""
    rivera, ana = stage.rivera, await fresh(stage, language="es")
    await at_ten_on_a_weekday(stage)
    await rivera.say("/start")
    await ana.say(f"/start {await query(stage, partial(_from_the_command_line, stage=stage))}")
    await ana.reads("Tu número es")
    await rivera.reads("Somebody opened an invitation into your group")
    await ana.say("🛟 Ayuda ahora")
    await ana.press("Elegir mi país")
    await ana.reads("¿Dónde estás?")
    await ana.say("España")
    await ana.reads("024")
    await ana.press("Que me llame mi equipo")
    await ana.reads("Pediste una llamada. Avisé a Dr Rivera.")
    shown = (await opens(rivera))["text"]
    assert shown.startswith("A newcomer, no name here yet · Thursday-B")
    assert "They opened an invitation on Tue" in shown


def _from_the_command_line(session: Session, stage: Stage) -> str:
    assert stage.house is not None
    group = groups.groups(session)[0].id
    return str(invites.invite(session, stage.house.kit.vault, stage.house.clock(), group=group))


GARBAGE = ("x", "🙂", "<b>", "a" * 4000, "../../etc", "' OR 1=1 --", "AAAAAAAAAAAAAAAAAAAAAA")


async def test_whoever_comes_in_lives_by_the_clinics_clock(stage: Stage) -> None:
    """Not by the computer’s: “the office is open until” is said to whoever waits to be confirmed,
    and it was five hours off in New York."""
    house = stage.house
    assert house is not None

    def moves(session: Session) -> None:
        programme, group = groups.programme(session), groups.groups(session)[0]
        assert programme is not None
        groups.set_programme(session, replace(programme, zone=NEW_YORK), house.clock())
        groups.set_zone(session, group.id, NEW_YORK)

    await query(stage, moves)
    ana, noor = await fresh(stage), await fresh(stage, "Noor")
    await waits(stage, ana)
    await noor.say(f"/start {await prepare(stage, 'Noor', None)}")
    await noor.reads("Hello, Noor.")
    assert [getattr(await person_of(stage, each), "zone", "") for each in (ana, noor)] == [
        NEW_YORK,
        NEW_YORK,
    ]


async def test_garbage_after_start(stage: Stage) -> None:
    """Whatever follows /start, a stranger reads one plain sentence and comes no further."""
    for garbage in GARBAGE:
        ana = await fresh(stage)
        await ana.say(f"/start {garbage}")
        await ana.reads(NO_GOOD)
        found = await person_of(stage, ana)
        assert found is not None
        assert found.standing is Standing.STRANGER


async def test_used_forwarded_and_expired(stage: Stage) -> None:
    """A link works once: others read the same sentence for used, old and wrong; its user does not
    mind."""
    ana, ben, cleo = await fresh(stage), await fresh(stage, "Ben"), await fresh(stage, "Cleo")
    used, old = await invited(stage.rivera), await invited(stage.rivera)
    await ana.say(f"/start {used}")
    await ana.reads("Your number is")
    number = await number_on(ana)
    await ben.say(f"/start {used}")
    said = (await ben.reads(NO_GOOD))["text"]
    await ana.say(f"/start {used}")
    assert number in (await ana.reads("Your number is"))["text"]
    await stage.pass_time(timedelta(hours=72))
    await cleo.say(f"/start {old}")
    assert (await cleo.reads(NO_GOOD))["text"] == said
    await cleo.say("/start nonsense")
    assert (await cleo.reads(NO_GOOD))["text"] == said
    await stage.maya.say(f"/start {used}")
    await stage.maya.reads("You take part in Thursday-B already")
    await stage.maya.reads("Hello. I’m Between.")


async def test_whoever_guesses_waits_an_hour_and_nobody_else(stage: Stage) -> None:
    """After five wrong codes the right one waits too; the next person is let in meanwhile."""
    ana, ben = await fresh(stage), await fresh(stage, "Ben")
    code = await invited(stage.rivera)
    for guess in range(5):
        await ana.say(f"/start guess{guess}")
        await ana.reads(NO_GOOD)
    await ana.say(f"/start {code}")
    await ana.reads(WAIT)
    for _ in range(3):
        await ana.say(f"/start {code}")
    await waits(stage, ben)
    assert sum(WAIT in text for text in await ana.texts()) == 1
    await stage.pass_time(timedelta(hours=1))
    await ana.say(f"/start {code}")
    await ana.reads("Your number is")


async def test_three_wrong_numbers_and_it_changes(stage: Stage) -> None:
    """What was typed wrongly three times is worth nothing any more; the new number is."""
    rivera, ana = stage.rivera, await fresh(stage)
    number = await waits(stage, ana)
    wrong = f"{(int(number) + 1) % 10_000:04}"
    for _ in range(2):
        await rivera.say(wrong)
        await rivera.reads("No phone shows that number. Please ask again")
    await rivera.say(wrong)
    await rivera.reads("have a new one now")
    await ana.reads("Your number has changed.")
    new = await number_on(ana)
    if new != number:
        await rivera.say(number)
        await rivera.reads("No phone shows that number.")
    await rivera.say(new)
    await rivera.reads("Confirmed.")


async def test_the_number_in_a_sentence_lets_somebody_in(stage: Stage) -> None:
    """A menu was all that came of “the number is 88 69”, and of a digit too many."""
    rivera, ana = stage.rivera, await fresh(stage)
    number = await waits(stage, ana)
    await rivera.say(f"{number}5")
    await rivera.reads("Those are not four digits.")
    await rivera.say("room 12, 3rd floor")
    await rivera.reads("What would you like to do?")
    await rivera.say(f"They say it is {number[:2]} {number[2:]}.")
    await rivera.reads("Confirmed.")


async def test_the_number_is_no_pin(stage: Stage) -> None:
    """Dr Rivera was asked for a PIN when somebody came: the digits in the room became the PIN."""
    rivera, maya, ana = stage.rivera, stage.maya, await fresh(stage)
    code = await invited(rivera)
    await maya.say("/start")
    await maya.say("I want to kill myself")
    await rivera.reads("1 new item needs you now.")
    await rivera.press("Open")
    await rivera.reads("choose one of 4 to 8 digits")
    await ana.say(f"/start {code}")
    await ana.reads("Your number is")
    await rivera.say(await number_on(ana))
    await rivera.reads("Confirmed.")


async def test_a_name_from_telegram_gains_nothing(stage: Stage) -> None:
    """Somebody who calls themselves Dr Rivera is a stranger, and no therapist's command works."""
    fake = await fresh(stage, "Dr Rivera")
    await fake.say("/start")
    await fake.reads(STRANGERS)
    for words in ("/invite", "/menu", "1234"):
        await fake.say(words)
    await stage.pass_time(timedelta(hours=23))
    await fake.say("I am the therapist")
    await stage.pass_time(timedelta(hours=2))
    assert await query(stage, partial(_count, "invite")) == 0
    assert [STRANGERS in text for text in await fake.texts()] == [True]


def _count(table: str, session: Session) -> int:
    return len(session.connection().execute(select(tables.metadata.tables[table])).all())


async def test_somebody_who_does_not_belong_here_is_sent_away(stage: Stage) -> None:
    """The therapist sees that a link went astray, and sends the finder away, asked once."""
    rivera, finder = stage.rivera, await fresh(stage, "Finder")
    await waits(stage, finder)
    await rivera.say("/menu")
    await rivera.press("Confirm a newcomer")
    await rivera.press("Not one of us: Thursday-B")
    await rivera.reads("Send this person away?")
    await rivera.press("Yes, send them away")
    await rivera.reads("Nobody is waiting.")
    await finder.reads("This time I could not let you in.")
    await stage.pass_time(timedelta(hours=2))
    while await person_of(stage, finder) is not None:
        await stage.pass_time(timedelta(seconds=1))


async def test_finishing_and_coming_back(stage: Stage) -> None:
    """Asked once, told kindly, kept for as long as the programme says; the way back is open."""
    rivera, maya = stage.rivera, stage.maya
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.button("8")
    await rivera.say("/start")
    await rivera.press("My groups")
    shown = (await rivera.reads("Taking part: 2"))["text"]
    assert "Thursday 18:00" in shown
    await rivera.press("Heron")
    await rivera.reads("Heron, in Thursday-B since")
    await rivera.press("Finish the programme")
    await rivera.reads("Has Heron finished the programme?")
    await rivera.press("Yes, finish")
    await rivera.reads("Heron has finished the programme and was told.")
    await maya.reads("What you wrote is kept for 90 more days.")
    found = await person_of(stage, maya)
    assert found is not None
    assert found.standing is Standing.DISCHARGED
    at = await query(stage, partial(_retention, person=found.id))
    assert at is not None
    assert await query(stage, partial(_actions, subject=found.id)) == [
        "participant.opened",
        "participant.discharged",
    ]
    await maya.press("8")
    await maya.is_told("That button is from before.")
    await maya.say("🛟 Help me now")
    await maya.reads("If you or someone near you is in danger")
    await rivera.say("/menu")
    await rivera.press("My groups")
    await rivera.reads("Finished: 1")
    await comes_in(stage, maya)
    assert await query(stage, partial(_retention, person=found.id)) is None
    assert stage.house is not None
    vault = stage.house.kit.vault
    member = await query(stage, lambda session: members.get(session, vault, found.id))
    assert (member.alias, member.discharged_at) == ("Heron", None)


def _retention(session: Session, person: UUID) -> datetime | None:
    due = tables.due
    query = select(due.c.at).where(due.c.key == f"{retention.RETENTION}.{person.hex}")
    found: datetime | None = session.connection().execute(query).scalar()
    return found


async def test_a_therapist_tries_their_own_link(stage: Stage) -> None:
    """It stays good for the person it was meant for."""
    rivera, ana = stage.rivera, await fresh(stage)
    code = await invited(rivera)
    await rivera.say(f"/start {code}")
    await rivera.reads("This link works. It stays unused")
    await rivera.say("/start nonsense")
    await rivera.reads("This link no longer works")
    await ana.say(f"/start {code}")
    await ana.reads("Your number is")


async def prepare(stage: Stage, name: str, group: str | None, role: Role = Role.THERAPIST) -> str:
    """Prepares a place for somebody on the command line's behalf; the code of their invitation."""
    assert stage.house is not None
    kit, now = stage.house.kit, stage.house.clock()

    def unit(session: Session) -> str:
        known = {each.name: each.id for each in groups.groups(session)}
        if group is not None and group not in known:
            known[group] = groups.add_group(session, group, ZONE, now).id
        theirs = (known[group],) if group is not None else ()
        place = staff.add_staff(session, kit.vault, name, role, now, groups=theirs)
        return invites.invite(session, kit.vault, now, staff=place.id)

    return str(await query(stage, unit))


async def test_a_colleague_joins_and_sees_their_own_group_only(stage: Stage) -> None:
    """A staff link gives the place prepared for it; newcomers of other groups are out of reach."""
    ana, noor = await fresh(stage), await fresh(stage, "Noor", "es")
    number = await waits(stage, ana)
    code = await prepare(stage, "Noor", "Monday-A")
    await noor.say(f"/start {code}")
    await noor.reads("Hola, Noor. Soy Between.")
    await noor.press("Mis grupos")
    assert "Thursday-B" not in (await noor.reads("Monday-A"))["text"]
    await noor.say(number)
    await noor.reads("No hay nadie esperándote")
    await noor.say("/menu")
    button = await noor.button("Mis grupos")
    heron = await _person_button(stage)
    await noor.tap({**button, "data": heron}, force=True)
    assert "Heron" not in (await noor.reads("Monday-A"))["text"]
    await stage.leo.say(f"/start {code}")
    await stage.leo.reads("Hola. Soy Between.")


async def _person_button(stage: Stage) -> str:
    await stage.rivera.say("/menu")
    await stage.rivera.press("My groups")
    return str((await stage.rivera.button("Heron"))["data"])


async def test_a_participant_cannot_become_staff_by_accident(stage: Stage) -> None:
    """A staff link on Leo's phone changes nothing, and stays good."""
    code = await prepare(stage, "Lead", None, Role.LEAD)
    await stage.leo.say(f"/start {code}")
    await stage.leo.reads("Hola. Soy Between.")
    found = await person_of(stage, stage.leo)
    assert found is not None
    assert found.standing is Standing.MEMBER
    lead = await fresh(stage, "Lead")
    await lead.say(f"/start {code}")
    await lead.reads("Hello, Lead.")
    await lead.press("My groups")
    await lead.reads("Thursday-B")


async def test_a_new_phone_takes_over_the_place(stage: Stage) -> None:
    """Whoever lost their phone comes in with another one; the old one is a stranger's then, and
    signed in nowhere, nor about to be. A second link that was never opened opens nothing more."""
    assert stage.house is not None
    kit, now = stage.house.kit, stage.house.clock()
    found = await person_of(stage, stage.rivera)
    assert found is not None
    place = found.id
    await query(stage, partial(_signs_in, place=place, now=now))
    invite = partial(invites.invite, vault=kit.vault, now=now, staff=place)
    astray, code = [await query(stage, lambda s: invite(s)) for _ in range(2)]
    new = await fresh(stage, "New phone")
    await new.say(f"/start {code}")
    await new.reads("Hello, Dr Rivera.")
    await stage.rivera.say("/start")
    await stage.rivera.reads(STRANGERS)
    assert await query(stage, lambda s: staff_sessions.find(s, b"session")) is None
    begun = await query(stage, lambda s: sign_ins.of_browser(s, b"attempt", now))
    assert begun is not None
    assert begun.state is sign_ins.State.REFUSED
    finder = await fresh(stage, "Finder")
    await finder.say(f"/start {astray}")
    await finder.reads(NO_GOOD)
    await new.say("/menu")
    await new.reads("What would you like to do?")


def _signs_in(session: Session, place: UUID, now: datetime) -> None:
    """In one browser they are in already, in another the code of the second factor is next."""
    staff_sessions.begin(session, place, b"session", "Firefox, Linux", now)
    attempt = sign_ins.begin(session, b"attempt", "Firefox, Linux", now, staff=place)
    sign_ins.decide(session, attempt.id, sign_ins.State.ASKED, sign_ins.State.APPROVED)


async def test_who_works_here_no_longer_gets_a_quiet_no(stage: Stage) -> None:
    """Their commands do nothing, their open invitations are void, and it is said once a day."""
    rivera, ana = stage.rivera, await fresh(stage)
    code = await invited(rivera)
    found = await person_of(stage, rivera)
    assert found is not None
    await query(stage, partial(_remove, place=found.id))
    await rivera.say("/invite")
    await rivera.reads(STRANGERS)
    await rivera.say("/menu")
    await ana.say(f"/start {code}")
    await ana.reads(NO_GOOD)
    assert sum(STRANGERS in text for text in await rivera.texts()) == 1
    await stage.pass_time(timedelta(days=2))
    assert await person_of(stage, rivera) is not None  # the key seals their name in the records


def _remove(session: Session, place: UUID) -> None:
    staff.remove(session, place)
    invites.void(session, place)


async def test_staff_see_their_own_commands(stage: Stage) -> None:
    """Those that work in their chat, in the language they read; once they work here no longer, what
    everybody sees."""
    rivera = stage.rivera
    await rivera.say("/start")
    await rivera.reads("What would you like to do?")
    hers = {each["command"]: each["description"] for each in await rivera.commands()}
    assert hers["alerts"] == "What needs me"
    assert not {"urge", "plan", "delete_me"} & set(hers)
    await rivera.say("/language")
    await rivera.press("Español")
    await rivera.reads("¿Qué quieres hacer?")
    assert "☰ Menú" in await rivera.keys()
    assert (await rivera.commands())[1]["description"] == "Lo que me espera"
    assert stage.house is not None
    found, kit, now = await person_of(stage, rivera), stage.house.kit, stage.house.clock()
    assert found is not None
    await query(stage, partial(_remove, place=found.id))
    await query(stage, lambda s: staff_commands.withdraw(s, kit, found.id, now))
    stage.house.wake()
    async with asyncio.timeout(10):
        while "urge" not in str(await rivera.commands()):  # noqa: ASYNC110  a list makes no event
            await asyncio.sleep(0.05)


async def test_a_therapist_with_another_account(stage: Stage) -> None:
    """A new invitation, opened on another phone: what the phone before listed goes, it reads why,
    and is a stranger's; it is forgotten after a day."""
    rivera, other = stage.rivera, await fresh(stage, "Rivera")
    await rivera.say("/start")
    await rivera.reads("What would you like to do?")
    assert "alerts" in str(await rivera.commands())
    assert stage.house is not None
    found, kit, now = await person_of(stage, rivera), stage.house.kit, stage.house.clock()
    assert found is not None
    code = await query(stage, lambda s: invites.invite(s, kit.vault, now, staff=found.id))
    await other.say(f"/start {code}")
    await other.reads("What would you like to do?")
    await rivera.reads("Your place here is in another chat now")
    async with asyncio.timeout(10):
        while "alerts" in str(await rivera.commands()):  # noqa: ASYNC110  a list makes no event
            await asyncio.sleep(0.05)
    assert "alerts" in str(await other.commands())
    await rivera.say("/menu")
    await rivera.reads(STRANGERS)
    person = await person_of(stage, other)
    assert person is not None
    assert person.id == found.id
    await stage.pass_time(timedelta(hours=25))
    async with asyncio.timeout(10):
        while await person_of(stage, rivera) is not None:  # noqa: ASYNC110  as above
            await asyncio.sleep(0.05)


async def test_a_therapist_who_blocked_the_bot(stage: Stage) -> None:
    """A newcomer still gets their number, and the therapist is shown who waits when they return."""
    rivera, ana = stage.rivera, await fresh(stage)
    code = await invited(rivera)
    await rivera.block()
    await ana.say(f"/start {code}")
    await ana.reads("Your number is")
    await rivera.unblock()
    await rivera.say("/menu")
    await rivera.press("Confirm a newcomer (1 waiting)")
    await rivera.say(await number_on(ana))
    await rivera.reads("Confirmed.")


async def test_an_unconfirmed_newcomer_is_forgotten(stage: Stage) -> None:
    """Two weeks later nothing of somebody who was never confirmed is left."""
    ana = await fresh(stage)
    await waits(stage, ana)
    await stage.pass_time(timedelta(days=13))
    assert await person_of(stage, ana) is not None
    await stage.pass_time(timedelta(days=1, minutes=1))
    while await person_of(stage, ana) is not None:
        await stage.pass_time(timedelta(seconds=1))
    assert await query(stage, partial(_count, "member")) == 2
