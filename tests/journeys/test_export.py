"""/export: everything of one's own, by a page that opens once, as a file, or told how to get it."""

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
from sqlmodel import Session

from bot.store import audit, groups, people
from bot.wiring import House
from tests.cast import MAYA
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.newcomers import id_of

ADDRESS = re.compile(r"http://\S+/p/[\w-]{43}")


async def with_pages(stage: Stage) -> None:
    """The bot again, with private pages on a free port."""
    await stage.drop_curtain()
    stage.settings = stage.settings.model_copy(update={"web_port": 0})
    await stage.raise_curtain()


async def writes_something(maya: Phone) -> None:
    """Two answers of an exercise that is then stopped."""
    await maya.say("/start")
    await maya.press("Five senses")
    await maya.press("8")
    await maya.reads("· 2/")
    await maya.say("a <lamp> & 日本")
    await maya.reads("· 3/")
    await maya.press("Stop")
    await maya.reads("Stopped.")


async def asks_for_a_page(phone: Phone, says: str) -> str:
    """The address in the answer to /export."""
    await phone.say("/export")
    message = await phone.reads(says)
    found = ADDRESS.search(message["text"])
    assert found is not None
    return found[0]


def unpacked(packed: bytes) -> tuple[dict[str, Any], str]:
    """The file for programs and the page for people."""
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        assert files.namelist() == ["between.html", "between.json", "between.csv"]
        table = files.read("between.csv").decode("utf-8-sig")
        assert table.startswith("began_utc,exercise,title,status,label,question,answer\r\n")
        return json.loads(files.read("between.json")), files.read("between.html").decode()


def _was_opened(session: Session, house: House) -> None:
    rivera = id_of(session, house, 1003)
    audit.write(
        session,
        actor=rivera,
        subject=id_of(session, house, MAYA),
        action="alert.viewed",
        reason="words",
        now=house.clock(),
    )


async def test_everything_of_ones_own_is_in_it(stage: Stage) -> None:
    """Profile, answers under the questions they answered, consents, accesses; nobody else's."""
    await with_pages(stage)
    house = stage.house
    assert house is not None
    await writes_something(stage.maya)
    await house.database.run(partial(_was_opened, house=house))
    await house.database.run(
        lambda session: people.set_country(session, id_of(session, house, MAYA), "ES")
    )
    address = await asks_for_a_page(stage.maya, "It opens once")
    async with aiohttp.ClientSession() as http, http.post(address) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Disposition"] == 'attachment; filename="between.zip"'
        data, html = unpacked(await answer.read())
    assert data["profile"]["alias"] == "Heron"
    assert data["profile"]["group"] == "Thursday-B"
    assert data["profile"]["country"] == "Spain"
    (entry,) = data["entries"]
    assert entry["exercise"] == "mind.ground54321"
    assert entry["status"] == "stopped"
    assert ["8"] in [each["answer"] for each in entry["answers"]]
    assert ["a <lamp> & 日本"] in [each["answer"] for each in entry["answers"]]
    assert all(each["question"] for each in entry["answers"])
    assert not any("<b>" in each["question"] for each in entry["answers"])
    assert [(each["scope"], each["granted"]) for each in data["consents"]] == [("frame", True)]
    assert [(each["who"], each["did"]) for each in data["accesses"]] == [
        ("Dr Rivera", "looked at what you had said")
    ]
    assert all(each["status"] in ("sent", "pending", "sending") for each in data["messages"])
    assert "a &lt;lamp&gt; &amp; 日本" in html
    assert '<html lang="en">' in html
    assert "Colibrí" not in html


async def test_questions_stand_there_as_they_were_asked(stage: Stage) -> None:
    """No placeholder and no tag of ours; what was chosen goes by its name, not by its id."""
    await with_pages(stage)
    leo = stage.leo
    await leo.say("/start")
    await leo.press("Menú")
    await leo.press("Un pensamiento que no se va")
    await leo.press("Registro de cinco")
    await leo.reads("Situación")
    await leo.say("En casa")
    await leo.press("tristeza")
    await leo.press("Listo")
    await leo.press("80")
    await leo.reads("4/")
    await leo.press("Parar")
    address = await asks_for_a_page(leo, "Se abre una sola vez")
    async with aiohttp.ClientSession() as http, http.post(address) as answer:
        data, html = unpacked(await answer.read())
    asked = {each["label"]: each for entry in data["entries"] for each in entry["answers"]}
    then = asked["Intensidad entonces"]
    assert then["question"].startswith("«…». ¿Qué fuerza tenía")
    assert then["answer"] == ["tristeza: 80"]
    assert data["profile"]["language"] == "Español"
    for mark in ("{{", "&lt;b&gt;", "<b>¿"):
        assert mark not in html


async def test_the_list_one_is_in_the_middle_of_is_in_it(stage: Stage) -> None:
    """What was sent is kept, though Done was not tapped yet."""
    await with_pages(stage)
    leo = stage.leo
    await leo.say("/start")
    await leo.reads("Hola")
    await leo.say("posponer una preocupación")
    await leo.press("Posponer")
    await leo.press("No")
    await leo.say("el alquiler")
    await leo.reads("Hasta ahora")
    address = await asks_for_a_page(leo, "Se abre una sola vez")
    async with aiohttp.ClientSession() as http, http.post(address) as answer:
        data, html = unpacked(await answer.read())
    (entry,) = data["entries"]
    assert (entry["status"], entry["answers"][-1]["answer"]) == ("waiting", ["el alquiler"])
    assert "el alquiler" in html


async def test_the_page_opens_once_and_looking_spends_nothing(stage: Stage) -> None:
    """A preview's GET leaves it whole; after the button it is over for everybody."""
    await with_pages(stage)
    await stage.leo.say("/start")
    await stage.leo.reads("Hola")
    address = await asks_for_a_page(stage.leo, "Se abre una sola vez")
    async with aiohttp.ClientSession() as http:
        for _ in range(3):
            async with http.get(address) as looked:
                assert looked.status == 200
                assert "Bajar mi copia" in await looked.text()
        async with http.post(address) as taken:
            assert taken.status == 200
            assert '<html lang="es">' in unpacked(await taken.read())[1]
        spanish = {"Accept-Language": "es-CO,es;q=0.9"}
        async with http.post(address, headers=spanish) as again:
            assert again.status == 404
            assert "Esta página ya no está abierta" in await again.text()
        async with http.get(address) as looked:
            assert looked.status == 404


async def test_after_ten_minutes_it_is_over(stage: Stage) -> None:
    """Nobody opens an old link."""
    await with_pages(stage)
    await stage.maya.say("/start")
    await stage.maya.reads("Hello")
    address = await asks_for_a_page(stage.maya, "It opens once")
    async with stage.http.post("/api/clock", json={"advance_seconds": 601}):
        pass
    async with aiohttp.ClientSession() as http, http.post(address) as late:
        assert late.status == 404


async def test_as_a_file_where_the_programme_chose_so(stage: Stage) -> None:
    """The file is made when it is sent; it is never stored."""
    house = stage.house
    assert house is not None
    await house.database.run(partial(_files_allowed, house=house))
    await writes_something(stage.maya)
    await stage.maya.say("/export")
    message = await stage.maya.reads("as one ZIP file")
    assert message["kind"] == "document"
    async with stage.http.get(message["url"]) as answer:
        data, html = unpacked(await answer.read())
    assert ["a <lamp> & 日本"] in [each["answer"] for each in data["entries"][0]["answers"]]
    assert "a &lt;lamp&gt;" in html


def _files_allowed(session: Session, house: House) -> None:
    programme = groups.programme(session)
    assert programme is not None
    groups.set_programme(session, replace(programme, export_as_file=True), house.clock())


async def test_without_either_it_says_how(stage: Stage) -> None:
    """Nobody is left without a way to their own data."""
    await stage.maya.say("/start")
    await stage.maya.reads("Hello")
    await stage.maya.say("/export")
    await stage.maya.reads("it is your right to get it")
