"""A talk practised over two phones in two languages, from the invitation to both cards."""

from dataclasses import replace

from sqlmodel import Session

from bot.care.pairing import Accept, Approve, Step
from bot.store import groups, members, pairs
from bot.wiring import House
from tests.cast import LEO, MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.newcomers import id_of

USE = {MAYA: "Use this one", LEO: "Usar esta"}
STUCK = {MAYA: "I’m stuck", LEO: "No me sale"}
TURN = {MAYA: "It’s your turn", LEO: "Es tu turno"}
IDEAS = {MAYA: "Three ideas", LEO: "Tres ideas"}


def _pair_up(session: Session, house: House) -> None:
    """The two are partners already."""
    now = house.clock()
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, partner_pairs=True), now)
    two = id_of(session, house, MAYA), id_of(session, house, LEO)
    pair = pairs.propose(session, groups.groups(session)[0].id, two, ("hours.1",), now)
    assert pair is not None
    steps: list[Step] = [Approve(), *(Accept(each) for each in two)]
    for step in steps:
        pairs.take(session, pair.id, step, now)
    for each in two:  # at whatever hour the test runs, it is not night
        members.set_quiet(session, each, None)


async def _says(phone: Phone, *, plays: bool, first: bool = False) -> None:
    """The ready line of whoever plays, or the first idea of whoever practises."""
    if not first:
        await phone.reads(TURN[phone.person])
    if not plays:
        await phone.press(STUCK[phone.person])
        await phone.reads(IDEAS[phone.person])
    await phone.press(USE[phone.person])


async def test_a_talk_over_two_phones(stage: Stage) -> None:
    """Maya asks in English, Leo answers in Spanish; three lines each, a card, roles swapped, a
    card back."""
    maya, leo, house = stage.maya, stage.leo, stage.house
    assert house is not None
    await house.database.run(lambda session: _pair_up(session, house))
    for phone, hello in ((maya, "A few minutes"), (leo, "unos minutos")):
        await phone.say("/start")
        await phone.reads(hello)
    await maya.say("/partner")
    await maya.press("Practise a talk")
    await maya.press("Naming a limit")
    await maya.press("Lending money")
    await maya.reads("First a question about your safety")
    await maya.press("No")
    await maya.reads("They have a day to say yes")
    await leo.reads("le gustaría practicar algo contigo")
    await leo.press("Sí")
    await leo.reads("Haces de un familiar que pide")
    await leo.press("Usar esta")
    assert "You won’t let me down" in (await maya.reads("line 1 of 3"))["text"]
    await maya.press("Write my own line")
    await maya.reads("reads it as you write it")
    await maya.say("No. I love you, and no.")
    assert "No. I love you, and no." in (await leo.reads("frase 2 de 3"))["text"]
    await _says(leo, plays=True, first=True)
    await _says(maya, plays=False)
    await _says(leo, plays=True)
    await _says(maya, plays=False)
    await leo.reads("en cinco pasos pequeños")
    await leo.press("Escribir la tarjeta")
    await leo.press("Dijiste el límite")
    await leo.press("Dejar estar el silencio")
    await leo.press("Te oí decirlo")
    await leo.press("Eso le costaría a cualquiera")
    await leo.press("¿Cómo fue para ti?")
    await leo.press("Entregarla")
    card = (await maya.reads("A card for you from"))["text"]
    assert "What worked: You named the limit" in card
    assert "How was that for you?" in card
    await maya.press("4 · fully")
    await maya.reads("not shown a number")
    await leo.press("Cambiar de papel")
    await leo.reads("tu seguridad")
    await leo.press("No")
    await leo.reads("Le toca a")
    for _ in range(3):
        await _says(maya, plays=True)
        await _says(leo, plays=False)
    await maya.reads("in five small steps")
    await maya.press("Write the card")
    await maya.press("You kept it")
    for number in range(2, 6):
        await maya.reads(f"{number} of 5")
        await maya.press("Leave it out")
    await maya.reads("Your card for")
    await maya.press("Give it")
    assert "Lo que funcionó: Lo mantuviste" in (await leo.reads("Una tarjeta para ti"))["text"]
