"""Who says in so many words that they want to die is heard, whatever stands around it.

What makes a saying harmless, or puts it into somebody else's mouth, is written for a few words
side by side and may hold for more: “I want to die in the bathtub” was the blush of “I wanted to
die when they called on me”, and “after the movie I want to die” quoted a movie.
"""

from itertools import product
from pathlib import Path

import pytest

from bot.care.risk import Rules, Tier, screen

SAID = {
    "en": (
        *("I want to kill myself", "im going to kill myself", "i want to die tonight"),
        *("i have a gun and im going to use it", "i'm going to end my life"),
    ),
    "es": (
        *("quiero matarme", "me voy a matar", "quiero morirme esta noche"),
        *("tengo una pistola y la voy a usar", "voy a quitarme la vida"),
    ),
}
DONE = {"en": "i took all my pills", "es": "me tomé todas las pastillas"}
"""What is done may have been done long ago, so a year beside it makes a concern of it."""

AROUND = {
    language: [
        line
        for line in (Path(__file__).parent / "around" / f"{language}.txt")
        .read_text(encoding="utf-8")
        .splitlines()
        if "{}" in line and not line.startswith("#")
    ]
    for language in SAID
}
EVERYWHERE = [(language, around) for language, each in AROUND.items() for around in each]

WISHES = {
    "en": (
        *("i want to die", "i want to kill myself", "im going to kill myself", "i wanna die"),
        *("i wish i was dead", "i'm going to end it all", "i want to end my life"),
        *("i feel like dying", "i want to hurt myself", "im thinking of killing myself"),
    ),
    "es": (
        *("quiero morirme", "quiero matarme", "me voy a matar", "me quiero morir"),
        *("quiero acabar con mi vida", "quiero suicidarme"),
        *("quiero hacerme daño", "quiero cortarme", "pienso en matarme"),
    ),
}
JOINS = {
    "en": (
        *("in", "at", "on", "under", "behind", "with", "during", "after", "before", "when"),
        *("whenever", "every time", "because of", "until", "without", "near", "while", "if"),
    ),
    "es": (
        *("en", "por", "con", "cuando", "después de", "antes de", "porque", "sin", "desde"),
        *("cada vez que", "durante", "hasta", "mientras"),
    ),
}
THINGS = {
    "en": (
        *("the bathtub", "my room", "my car", "the woods", "the garage", "the train station"),
        *("the river", "my sleep", "my bed", "the night", "the weekend", "the funeral"),
        *("my birthday", "group", "school", "work", "this house", "the hospital", "the kids"),
        *("my mom", "him", "everyone", "my ex", "the pain", "this pain", "the voices"),
        *("he yells at me", "they find out", "i wake up", "i see myself", "i am alone"),
        *("the rent", "my body", "this shame", "withdrawal", "tomorrow", "the divorce"),
    ),
    "es": (
        *("la tina", "mi cuarto", "mi carro", "el bosque", "el garaje", "el puente", "el río"),
        *("mi cama", "la noche", "la navidad", "mi cumpleaños", "el grupo", "la escuela"),
        *("el trabajo", "el hospital", "los niños se duerman", "mi mamá", "él", "todos", "mi ex"),
        *("el dolor", "este dolor", "las voces", "mi marido grita", "me pega", "se enteren"),
        *("me despierto", "me veo en el espejo", "estoy sola", "todo duele", "la renta"),
        *("mi cuerpo", "la vergüenza", "este mundo", "mañana", "el divorcio", "mi vida"),
    ),
}

OTHERS = {
    "en": (
        *("i cut myself", "i've been cutting myself", "i overdosed", "i took too many pills"),
        *("i have a gun", "i have the pills next to me", "i'm going to kill him"),
        *("my husband hit me", "he hits me", "he choked me last night", "he raped me"),
        *("i relapsed", "i used again", "i've been shaking since i stopped drinking"),
        *("my coach touches me", "my boss raped me", "my dad beats me", "he pulled a knife on me"),
        *("my mom burned me with the iron", "he threatened to kill me", "i hit my son"),
        *("my stepdad came into my room", "my wife threw a plate at me", "i want to kill my boss"),
        *("i drank hand sanitizer", "i stopped taking my lithium", "i tried to hang myself"),
        *("i burned my arm with a lighter", "i put a rope around my neck", "my son wants to die"),
        *("the voices tell me to hurt him", "my daughter took a bunch of pills"),
    ),
    "es": (
        *("me corté", "me estoy cortando", "me tomé demasiadas pastillas", "me tragué cloro"),
        *("tengo una pistola", "tengo la soga lista", "lo voy a matar", "la voy a matar"),
        *("mi esposo me pegó", "me pega", "me ahorcó anoche", "me violó"),
        *("recaí", "volví a consumir", "estoy temblando desde que dejé de tomar"),
        *("mi coach me toca", "mi jefe me violó", "mi papá me golpea", "me sacó un cuchillo"),
        *("mi mamá me quemó con la plancha", "me amenazó de muerte", "le pegué a mi hijo"),
        *("mi padrastro se metió a mi cama", "mi mujer me aventó un plato"),
        *("quiero matar a mi jefe", "tomé gel antibacterial", "dejé de tomar el litio"),
        *("intenté colgarme", "oigo voces"),
        *("me quemé el brazo con un encendedor", "me puse la soga en el cuello"),
        *("las voces me dicen que lo mate", "mi hija se tomó un frasco de pastillas"),
        *("mi hijo se quiere morir", "mi husband me hit", "voy a kill him", "me tomé bleach"),
    ),
}
TOLD = {
    "en": (
        *("{} in the bathroom", "{} in my car", "{} on my birthday", "{} and nobody knows"),
        *("{} while he made dinner", "{} because i was alone", "{} so i hate myself", "no, {}"),
        *("after the movie, {}", "after the show {}", "i told my therapist that {}"),
        *("when i got home {}", "my mom knows that {}", "{} and it won't stop"),
        *("after the game {}", "{} after the game", "{} at work", "{} at school", "last night {}"),
        *("at the party {}", "{} every day", "i can't sleep, {}", "my sponsor doesn't know {}"),
        *("i was watching tv and {}", "{} in front of the kids", "i never told anyone but {}"),
        *("since the exam {}", "{} because of the rent", "honestly {}", "{}. please help"),
    ),
    "es": (
        *("{} en el baño", "{} en mi carro", "{} en mi cumpleaños", "{} y nadie sabe"),
        *("{} mientras hacía la cena", "{} porque estaba sola", "{} y me odio", "no, {}"),
        *("después de la película {}", "le dije a mi terapeuta que {}", "mi mamá sabe que {}"),
        *("cuando llegué a la casa {}", "{} muy fuerte", "{} con una navaja", "{} con todo"),
        *("después del partido {}", "{} después del juego", "{} en el trabajo", "anoche {}"),
        *("{} en la escuela", "{} en la fiesta", "{} todos los días", "no puedo dormir, {}"),
        *("mi padrino no sabe que {}", "estaba viendo la tele y {}"),
        *("nunca le dije a nadie pero {}", "y pues {}"),
        *("{} enfrente de los niños", "desde el examen {}", "{} por la renta", "la verdad {}"),
    ),
}


@pytest.mark.parametrize(("language", "around"), EVERYWHERE)
def test_nothing_around_it_takes_anything_from_it(
    language: str, around: str, shipped: Rules
) -> None:
    """A crisis each, and what was swallowed a concern at least."""
    texts = [around.format(said) for said in SAID[language]]
    assert [text for text in texts if screen(text, shipped).tier < Tier.CRISIS] == []
    assert screen(around.format(DONE[language]), shipped).tier > Tier.NONE


@pytest.mark.parametrize(
    ("language", "wish"), [(language, wish) for language in WISHES for wish in WISHES[language]]
)
def test_no_place_or_time_hides_a_wish_to_die(language: str, wish: str, shipped: Rules) -> None:
    """Not all of these are sentences; none of them is harmless."""
    ends = product(JOINS[language], THINGS[language])
    texts = [f"{wish} {join} {thing}" for join, thing in ends]
    assert [text for text in texts if screen(text, shipped).tier is Tier.NONE] == []


@pytest.mark.parametrize(
    ("language", "told"), [(language, told) for language in TOLD for told in TOLD[language]]
)
def test_no_remark_hides_any_other_danger(language: str, told: str, shipped: Rules) -> None:
    """Wounds, pills, weapons, blows and relapses are at least a concern, wherever and whoever."""
    texts = [told.format(danger) for danger in OTHERS[language]]
    assert [text for text in texts if screen(text, shipped).tier is Tier.NONE] == []
