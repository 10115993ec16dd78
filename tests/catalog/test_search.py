"""Typed words find a need or an exercise, in either language, however they are spelt."""

import pytest

from bot.catalog.load import read_library
from bot.catalog.search import exercises_of, need_of
from bot.config import Settings
from bot.messages.words import Words

SETTINGS = Settings()
WORDS = Words(SETTINGS.prompts_dir, SETTINGS.cache)
SHELF = tuple(read_library(SETTINGS.exercises_dir, SETTINGS.cache).exercises.values())


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("I'm panicking", "panic"),
        ("i think im having an attack", "panic"),
        ("I can’t breathe", "panic"),
        ("me está dando un ataque", "panic"),
        ("ME ESTA DANDO UN ATAQUE", "panic"),
        ("siento que me ahogo", "panic"),
        ("I had a nightmare", "panic"),
        ("tuve una pesadilla horrible", "panic"),
        ("huge craving right now", "urge"),
        ("tengo muchas ganas de consumir", "urge"),
        ("traigo ganas de echarme unas chelas", "urge"),
        ("me muero por una birra", "urge"),
        ("no puedo dormir", "sleep"),
        ("awake since three", "sleep"),
        ("estoy furioso con ella", "angry"),
        ("I keep thinking about it", "thought"),
        ("my boss yelled at me and now i want to drink so bad", "urge"),
        ("god I could murder a cold beer", "urge"),
        ("tengo unas ganas locas de tomarme una cerveza", "urge"),
        ("casi me tomo una copa", "urge"),
        ("it's 3am and I'm still up", "sleep"),
        ("sigo despierta desde las dos", "sleep"),
        ("had a fight with my mom", "talk"),
        ("me peleé con mi hermano", "talk"),
        ("I'm so pissed off", "angry"),
        ("estoy que exploto", "angry"),
        ("I feel disgusting after yesterday", "ashamed"),
        ("soy un desastre de persona", "ashamed"),
        ("there is nobody I can call", "lonely"),
        ("extraño a mis hijos", "lonely"),
        ("everything feels far away", "numb"),
        ("me siento como un robot", "numb"),
        ("scared about tomorrow", "anxious"),
        ("me da miedo la entrevista", "anxious"),
        ("can't stop crying", "low"),
        ("hoy fue un día muy duro", "low"),
        ("I don't know what to do anymore", "stuck"),
        ("no sé por dónde empezar", "stuck"),
        ("se me sale el corazón del pecho", "panic"),
        ("no me lo quito de la cabeza", "thought"),
        ("good morning", None),
        ("hola", None),
        ("what time is group?", None),
        ("a qué hora es el grupo", None),
        ("I had a nice day with my sister", None),
        ("hoy comí con mi madre y bien", None),
    ],
)
def test_a_need_is_found_in_both_languages(text: str, need: str | None) -> None:
    """People type as they speak, whatever language the bot has been set to."""
    for order in (("en", "es"), ("es", "en")):
        assert need_of(text, [WORDS.short(each)["find"] for each in order]) == need


@pytest.mark.parametrize("text", ["I think it is a heart attack", "me dio un ataque al corazón"])
def test_a_body_in_danger_is_no_panic(text: str) -> None:
    """These words lead to help, and are looked for first."""
    signs = [{"help": WORDS.short(each)["find_help"]} for each in WORDS.languages]
    assert need_of(text, signs) == "help"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dear man", "ie.dearman"),
        ("respiración pausada", "breath.paced"),
        ("respiracion", "breath.paced"),
        ("opposite", "er.opposite"),
        ("OPUESTA", "er.opposite"),
        ("five senses", "mind.ground54321"),
        ("diary", "dbt.diary"),
    ],
)
def test_an_exercise_is_found_by_its_words(text: str, first: str) -> None:
    """A title is found in both languages, whichever the person uses."""
    assert first in [each.id for each in exercises_of(text, SHELF)]


@pytest.mark.parametrize("text", ["Check-in", "cómo voy"])
def test_what_is_called_just_so_comes_first(text: str) -> None:
    """Whoever types the words of a button looks for no other exercise that has them as well."""
    assert exercises_of(text, SHELF)[0].id.startswith("check.")


@pytest.mark.parametrize("text", ["¿y quién es?", "y eso qué?", "Bueno.", "who is that", "why?"])
def test_a_question_or_a_yes_looks_for_nothing(text: str) -> None:
    """“¿Y quién es?”, asked of a partner's name, was answered with a plan that says who helps."""
    assert exercises_of(text, SHELF) == []


@pytest.mark.parametrize("text", ["", "a", "xyzzy", "!!", "opposite xyzzy"])
def test_nothing_is_found_by_nothing(text: str) -> None:
    """Every word has to be there."""
    assert exercises_of(text, SHELF) == []
