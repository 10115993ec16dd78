"""The first steps of a newcomer: in English, in Spanish, left and taken up again, done wrongly."""

from functools import partial
from typing import Any

from sqlmodel import Session

from bot.store import consents, contacts, members, past_runs, people
from bot.wiring import House
from tests.cast import LEO
from tests.journeys.conftest import Stage
from tests.journeys.phone import Phone
from tests.newcomers import NOVA, newcomer


async def knows(stage: Stage, number: int = NOVA) -> dict[str, object]:
    """What the database holds of somebody."""
    house = stage.house
    assert house is not None
    return await house.database.run(partial(_known, house=house, number=number))


def _known(session: Session, house: House, number: int) -> dict[str, object]:
    vault = house.kit.vault
    person = people.find(session, vault, number)
    assert person is not None
    member = members.get(session, vault, person.id)
    assert member is not None
    return {
        "language": person.language,
        "zone": person.zone,
        "country": person.country,
        "onboarding": person.onboarding,
        "alias": member.alias,
        "checkins": member.checkins,
        "quiet": member.quiet,
        "contact": contacts.get(session, vault, person.id),
        "consents": {
            scope: event.granted for scope, event in consents.newest(session, person.id).items()
        },
        "runs": len(past_runs.history(session, vault, person.id, ended=True)),
    }


async def understands(nova: Phone) -> dict[str, Any]:
    """The frame and the language; the button that said it was understood."""
    frame = (await nova.reads("I am not for emergencies"))["text"]
    assert "Thursday-B" in frame
    assert "Dr Rivera, on weekdays, 9:00–17:00" in frame
    understood = await nova.press("Understood")
    await nova.reads("Which language")
    await nova.press("English")
    await nova.reads("What shall I call you here?")
    return understood


async def test_from_the_frame_to_the_first_success(stage: Stage) -> None:
    """Every step in order by tapping; nothing is agreed to by itself."""
    nova = await newcomer(stage)
    await nova.reads("You’re in.")
    await understands(nova)
    await nova.press("Another one")
    await nova.reads("How about")
    await nova.press("Take")
    await nova.reads("It is ")
    await nova.press("Yes, that’s right")
    await nova.reads("When do you have three quiet minutes?")
    await nova.press("08:00")
    await nova.reads("Noted, 08:00")
    await nova.press("20:00")
    await nova.reads("Between which hours")
    await nova.press("22:00 – 07:00")
    page = await nova.reads("Four switches")
    assert page["text"].count("no") > page["text"].count("yes")
    await nova.press("○ 1. My therapist may read")
    await nova.reads("My therapist may read my exercises: yes")
    await nova.press("Why 2?")
    assert "Never what you wrote" in (await nova.reads("What happens with a yes"))["text"]
    await nova.press("Go on")
    await nova.reads("which number?")
    await nova.say("+34 600 111 222")
    await nova.reads("When is it safe to call you there?")
    await nova.say("not when my mother is home")
    await nova.reads("Which country are you in?")
    await nova.press("Spain")
    await nova.reads("That’s all.")
    await nova.press("Paced breathing")
    await nova.reads("1/")
    known = await knows(stage)
    assert known["alias"]
    assert known["zone"] == "Europe/Madrid"
    assert known["checkins"] == ("08:00", "20:00")
    assert known["quiet"] == ("22:00", "07:00")
    assert known["contact"] == contacts.Contact("+34 600 111 222", "not when my mother is home")
    assert known["country"] == "ES"
    assert known["onboarding"] is None
    assert known["consents"] == {"frame": True, "therapist_reads": True}


async def test_in_spanish_by_typing(stage: Stage) -> None:
    """Somebody who types everything is understood as well."""
    nova = await newcomer(stage, language="es")
    await nova.reads("No sirvo para emergencias")
    await nova.press("Entendido")
    await nova.reads("¿En qué idioma seguimos?")
    await nova.say("español")
    await nova.reads("¿Cómo quieres que te llame aquí?")
    await nova.say("Luna de mar")
    await nova.reads("Para ti son las")
    await nova.say("bogota")
    await nova.reads("¿Cuándo tienes tres minutos de calma?")
    await nova.say("8:30 y 20h")
    await nova.reads("¿Entre qué horas prefieres")
    await nova.say("de 23 a 7")
    await nova.reads("Cuatro interruptores")
    await nova.press("Seguir")
    await nova.reads("¿a qué número?")
    await nova.press("Saltar")
    await nova.reads("¿En qué país estás?")
    await nova.say("Colombia")
    await nova.reads("Eso es todo.")
    await nova.reads("Con unos minutos basta")
    known = await knows(stage)
    assert known["alias"] == "Luna de mar"
    assert known["zone"] == "America/Bogota"
    assert known["checkins"] == ("08:30", "20:00")
    assert known["quiet"] == ("23:00", "07:00")
    assert known["consents"] == {"frame": True}


async def test_who_types_what_stands_on_the_buttons_is_understood(stage: Stage) -> None:
    """Also a yes, a no, a country, an hour in words, a number in a sentence; and each is echoed."""
    nova = await newcomer(stage, language="es")
    await nova.reads("No sirvo para emergencias")
    await nova.say("hola")
    assert "Telegram" not in (await nova.reads("en cuanto toques «Entendido»"))["text"]
    await nova.say("entendido")
    await nova.reads("¿En qué idioma seguimos?")
    await nova.say("español")
    await nova.reads("¿Qué tal")
    await nova.say("vale")
    await nova.reads("¿Qué tal")
    await nova.say("otro nombre")
    await nova.reads("¿Qué tal")
    await nova.say("Luz")
    await nova.reads("Para ti son las")
    await nova.say("no")
    await nova.reads("¿Qué hora es para ti, entonces?")
    await nova.say("España")
    await nova.reads("¿Tienes la hora de Madrid?")
    await nova.say("Argentina")
    await nova.reads(", Buenos Aires.")
    await nova.say("8 y media")
    await nova.reads("Anotado: 08:30. ¿Y la segunda?")
    await nova.say("a las nueve de la noche")
    await nova.reads("Anotado: 08:30 y 21:00.")
    asked = await nova.reads("¿Entre qué horas prefieres")
    offered = [each["text"] for row in asked["buttons"] for each in row]
    assert offered == ["22:00 – 07:00", "23:00 – 06:00", "Sin horas de silencio"]  # none with 21:00
    await nova.say("de 10 a 7")
    await nova.reads("Anotado: 22:00 – 07:00.")
    await nova.say("/menu")
    await nova.reads("Primero unas preguntas")
    await nova.say("seguir")
    await nova.reads("¿a qué número?")
    await nova.say("mi número es 612 345 678, y el de mi casa 912 345 678")
    await nova.reads("No parece un número")
    await nova.say("mi número es 612 345 678")
    await nova.reads("¿Cuándo es seguro")
    await nova.say("saltar")
    await nova.reads("¿En qué país estás?")
    await nova.say("saltar")
    await nova.reads("Eso es todo.")
    known = await knows(stage)
    assert known["alias"] == "Luz"
    assert known["zone"] == "America/Argentina/Buenos_Aires"
    assert known["checkins"] == ("08:30", "21:00")
    assert known["quiet"] == ("22:00", "07:00")
    assert known["contact"] == contacts.Contact("612 345 678", "")
    assert known["country"] is None


async def test_answers_in_whole_sentences_of_spanish_count(stage: Stage) -> None:
    """“Once” is eleven, “de once a siete” a night, and “estoy en España” a country: it brought the
    same question back without a word; a name that is no country’s is told so."""
    nova = await newcomer(stage, language="es")
    await nova.reads("No sirvo para emergencias")
    await nova.say("vale, entendido")
    await nova.reads("¿En qué idioma seguimos?")
    await nova.press("Español")
    await nova.reads("¿Qué tal")
    await nova.say("llámame Luz, por favor")
    await nova.reads("Anotado: Luz.")
    await nova.say("ahora estoy en la CDMX")
    await nova.reads("Anotado: ")
    await nova.say("once")
    await nova.reads("Anotado: 11:00. ¿Y la segunda?")
    await nova.say("a las nueve de la noche")
    await nova.reads("Anotado: 11:00 y 21:00.")
    await nova.say("de once a siete")
    await nova.reads("Anotado: 23:00 – 07:00.")
    await nova.press("Seguir")
    await nova.press("Saltar")
    await nova.reads("¿En qué país estás?")
    await nova.say("la casa de mi hermana")
    await nova.reads("No conozco ningún país con ese nombre. ¿En qué país estás?")
    await nova.say("estoy en españa")
    await nova.reads("Eso es todo.")
    known = await knows(stage)
    assert (known["alias"], known["country"]) == ("Luz", "ES")
    assert known["checkins"] == ("11:00", "21:00")


async def test_a_hurried_answer_is_taken_as_it_was_meant(stage: Stage) -> None:
    """“english pls” is a language, “7 or 8” one time; and times that stand in somebody’s sleep can
    be changed from there, as /settings comes later."""
    nova = await newcomer(stage)
    await nova.press("Understood")
    await nova.reads("Which language")
    await nova.say("idk, english or spanish")
    await nova.reads("Which language")
    await nova.say("english pls")
    await nova.reads("What shall I call you here?")
    await nova.press("Take")
    await nova.press("Yes, that’s right")
    await nova.say("seven or 8 ish")
    await nova.reads("Noted, 07:00. And the second time?")
    await nova.say("just one")
    await nova.reads("Noted: 07:00.")
    await nova.say("11pm - 7.30")
    wrong = await nova.reads("Those hours include when I ask how it’s going: 07:00.")
    await nova.press("Other check-in times")
    await nova.reads("When do you have three quiet minutes?", below=wrong["message_id"])
    await nova.say("9:30 and 20")
    await nova.reads("Between which hours")
    await nova.say("11pm - 7.30")
    await nova.reads("Four switches")
    known = await knows(stage)
    assert (known["checkins"], known["quiet"]) == (("09:30", "20:00"), ("23:00", "07:30"))


async def test_nothing_is_kept_before_the_frame_is_accepted(stage: Stage) -> None:
    """Typed words, voice notes and a country tapped for help leave nothing; help is shown."""
    nova = await newcomer(stage)
    frame = await nova.reads("I am not for emergencies")
    assert "only words that sound like danger are kept" in frame["text"]
    await nova.say("my secret")
    await nova.reads("once you tap “Understood”")
    await nova.send("voice")
    sorry = await nova.reads("I can only read typed words")
    await nova.reads("once you tap “Understood”", below=sorry["message_id"])
    await nova.say("🛟 Help me now")
    await nova.press("Choose my country")
    await nova.press("United States")
    await nova.reads("call 911 now")
    await nova.press("Go on")
    await nova.reads("I am not for emergencies")
    await nova.press("Something to steady me")
    await nova.reads("I am not for emergencies")
    known = await knows(stage)
    assert known["country"] is None
    assert known["consents"] == {}
    assert known["alias"] is None
    assert known["runs"] == 0


async def test_help_privacy_language_and_deletion_work_at_every_step(stage: Stage) -> None:
    """Each is answered at once, and the open question is found again."""
    nova = await newcomer(stage)
    await understands(nova)
    await nova.say("/privacy")
    await nova.reads("Who can read what")
    await nova.say("/menu")
    await nova.reads("What shall I call you here?")
    await nova.say("/language")
    await nova.reads("Which language would you like?")
    await nova.press("Español")
    await nova.reads("¿Cómo quieres que te llame aquí?")
    await nova.say("/help")
    await nova.reads("llama ya")
    await nova.press("Algo que me dé calma")
    await nova.reads("1/")
    await nova.press("8")
    await nova.reads("2/")
    await nova.say("la lámpara")
    await nova.reads("3/")
    await nova.press("Parar")
    await nova.reads("Lo dejamos aquí")
    await nova.say("☰ Menú")
    await nova.reads("¿Cómo quieres que te llame aquí?")
    await nova.say("/delete_me")
    await nova.reads("¿Borro todo lo tuyo?")
    await nova.press("Sí, bórralo todo")
    await nova.reads("Hecho.")


async def test_a_restart_an_old_button_and_a_voice_note_find_the_open_question(
    stage: Stage,
) -> None:
    """The step in the database is all the memory there is."""
    nova = await newcomer(stage)
    old = await understands(nova)
    taken = await nova.press("Take")
    await nova.reads("It is ")
    await stage.drop_curtain()
    await stage.raise_curtain()
    await nova.send("voice")
    await nova.reads("It is ")
    await nova.tap(old, force=True)
    await nova.is_told("That button is from before")
    await nova.tap(taken, force=True)
    await nova.is_told("That button is from before")
    await nova.say("yes")
    await nova.reads("When do you have three quiet minutes?")


async def test_what_cannot_be_an_alias_is_refused_kindly(stage: Stage) -> None:
    """Nothing by which somebody could be found, nothing of somebody else, nothing too long."""
    nova = await newcomer(stage)
    await understands(nova)
    for typed, why in (
        ("@nova_1990", "looks like a Telegram name"),
        ("+1 555 010 0199", "looks like a telephone number"),
        ("nova.example.org", "looks like a web address"),
        ("N" * 25, "24 characters are the most"),
        ("héron", "already used here"),
        ("dr  rivera", "already used here"),
        ("!!!", "at least one letter"),
        ("im going to be late ok", "a sentence rather than a name"),
    ):
        await nova.say(typed)
        await nova.reads(why)
        await nova.reads("What shall I call you here?")
    await nova.say("<b>Nova</b>")
    await nova.reads("It is ")
    assert (await knows(stage))["alias"] == "<b>Nova</b>"


async def test_words_of_danger_become_no_name(stage: Stage) -> None:
    """The card comes and is the last thing seen; the question waits for Keep going, and “no, I am
    alone” below the card becomes no name either. Nobody is told that what they said is too long;
    the same in /settings. When a call is safe may be said in such words."""
    nova = await newcomer(stage, language="es")
    await nova.press("Entendido")
    await nova.press("Español")
    asked = await nova.reads("¿Cómo quieres que te llame aquí?")
    await nova.say("me quiero morir")
    await nova.reads("Gracias por decírmelo")
    await nova.say("no, estoy a solas")
    await nova.reads("Entonces busca una voz")
    await nova.press("Seguir")
    again = await nova.reads("¿Cómo quieres que te llame aquí?", below=asked["message_id"])
    await nova.say("esta noche me mato, ya no aguanto más esta vida")
    await nova.reads("Eso también lo leí")
    await nova.reads("¿Cómo quieres que te llame aquí?", below=again["message_id"])
    assert "largo" not in " ".join(await nova.texts())
    assert (await knows(stage))["alias"] is None
    await nova.say("Luz")
    await nova.reads("Para ti son las")
    await nova.say("/settings")
    await nova.reads("Para ti son las")
    assert (await knows(stage))["alias"] == "Luz"
    leo = stage.leo
    await leo.say("/start")
    await leo.say("/settings")
    await leo.press("Nombre")
    await leo.say("me quiero morir")
    await leo.reads("Gracias por decírmelo")
    await leo.press("Quedarme con")
    await leo.press("Teléfono")
    await leo.say("612 345 678")
    await leo.reads("¿Cuándo es seguro")
    await leo.say("nunca si está mi marido: me pega")
    await leo.reads("nunca si está mi marido: me pega")
    assert (await knows(stage, LEO))["contact"] == contacts.Contact(
        "612 345 678", "nunca si está mi marido: me pega"
    )


async def test_places_and_times_nobody_knows_get_a_plain_sentence(stage: Stage) -> None:
    """Mars has no time zone, 25 is no hour, and a day needs some open hours."""
    nova = await newcomer(stage)
    await understands(nova)
    await nova.press("Take")
    await nova.reads("It is ")
    await nova.say("/timezone Mars/Olympus")
    await nova.reads("I don’t know that place.")
    await nova.say("Lodnon")
    await nova.reads("Is it the same time as in London?")
    await nova.press("Yes, that’s right")
    await nova.reads("When do you have three quiet minutes?")
    await nova.say("25")
    await nova.reads("I did not get that as a time.")
    await nova.say("8")
    await nova.reads("Noted, 08:00")
    await nova.say("half past whenever")
    await nova.reads("I did not get that as a time.")
    await nova.say("9 pm")
    await nova.reads("Between which hours")
    await nova.say("12:00 - 11:59")
    await nova.reads("hardly any time to write to you")
    await nova.say("20:30-7")
    await nova.reads("Those hours include when I ask how it’s going: ")
    await nova.say("no")
    await nova.reads("Four switches")
    known = await knows(stage)
    assert known["zone"] == "Europe/Madrid"
    assert known["checkins"] == ("08:00", "21:00")
    assert known["quiet"] is None


async def test_who_asks_back_hears_what_it_is_for(stage: Stage) -> None:
    """“Why do you need my name” became the name, and “what do you mean, safe?” the hour at which a
    call is safe. Nothing is noted of a question, and the question comes again."""
    nova = await newcomer(stage)
    await nova.say("who reads this?")
    await nova.reads("Who may read what you write is your choice")
    await understands(nova)
    for typed in ("why do you need my name", "Why?"):
        await nova.say(typed)
        reason = await nova.reads("what your group and your team see here in place of your name")
        await nova.reads("What shall I call you here?", below=reason["message_id"])
    await nova.say("whatever")
    await nova.reads("What shall I call you here?")
    assert (await knows(stage))["alias"] is None
    await nova.say("Firefly")
    await nova.reads("Noted: Firefly.")
    await nova.say("why")
    await nova.reads("at your own hours")
    await nova.say("idk")
    await nova.reads("Which time is it for you, then?")
    await nova.press("Yes, that’s right")
    await nova.say("what if I'm asleep")
    await nova.reads("you miss nothing")
    await nova.say("what about 8 and 20?")
    await nova.reads("Noted: 08:00 and 20:00.")
    await nova.say("whatever")
    await nova.reads("For the hours in which I stay silent I need two times")
    await nova.say("22-7")
    await nova.reads("Four switches")
    await nova.say("yes to all")
    told = await nova.reads("nothing is allowed by mistake")
    await nova.reads("Four switches", below=told["message_id"])
    await nova.say("go on")
    await nova.reads("which number?")
    await nova.say("why do you need that")
    await nova.reads("Your team may want to call you")
    await nova.say("612 345 678")
    await nova.reads("When is it safe")
    await nova.say("what do you mean, safe?")
    await nova.reads("So that nobody calls while somebody listens")
    await nova.say("I’d rather not say")
    await nova.reads("Which country are you in?")
    await nova.say("I don't want to")
    await nova.reads("That’s all.")
    known = await knows(stage)
    assert known["consents"] == {"frame": True}
    assert known["contact"] == contacts.Contact("612 345 678", "")
    assert known["country"] is None


async def test_in_spanish_a_question_is_no_answer_either(stage: Stage) -> None:
    """And where own words are asked for, “que no esté mi marido” is one."""
    nova = await newcomer(stage, language="es")
    await nova.press("Entendido")
    await nova.press("Español")
    await nova.say("¿para qué quieres mi nombre?")
    await nova.reads("en lugar de tu nombre")
    await nova.say("Luz")
    await nova.reads("Anotado: Luz.")
    edit = await nova.say("no quiero")
    await nova.reads("¿Qué hora es para ti, entonces?")
    await nova.say("Sevilla", edit=edit)
    await nova.reads("mándalo otra vez")
    await nova.say("Sevilla")
    await nova.reads("¿Cuándo tienes tres minutos de calma?")
    await nova.say("8 y 20h")
    await nova.say("22-7")
    await nova.press("Seguir")
    await nova.say("612 345 678")
    await nova.reads("¿Cuándo es seguro")
    await nova.say("que no esté mi marido")
    await nova.reads("¿En qué país estás?")
    assert (await knows(stage))["contact"] == contacts.Contact(
        "612 345 678", "que no esté mi marido"
    )
