"""One of several: an option of a choice, or an entry of an earlier list."""

import re

from bot.catalog.exercise import Exercise
from bot.catalog.steps import AskChoice, AskMany, ChooseFrom, Option
from bot.catalog.text import said
from bot.engine.answer.reading import Reading, Whole, folded, index
from bot.engine.answer.short import Short, short
from bot.engine.answer.words import words
from bot.engine.answer.yes_no import yes_or_no
from bot.engine.event import Refused, Why
from bot.engine.given import Pressed, Said
from bot.engine.number import typed_number
from bot.engine.run import Run

NOT_SAID = "not_said"
"""The option of whoever would rather not say: where it stands and “not sure” does not, it is what
"idk" below “which comes closest?” means."""
SHORTEST = 3
"""Fewer letters could begin anything."""

_ALSO = {
    Short.YES: ("yes",),
    Short.NO: ("no",),
    Short.UNSURE: ("unsure", NOT_SAID),
    Short.BLANK: (NOT_SAID,),
}
"""The options that a short answer means, by their ids, the first there is. Not "no thanks", which
turns the question down, and not "nothing", which answers another one: a yes or no is kept as
said."""

_PERHAPS = frozenset(
    {
        *("maybe", "maybe yes", "perhaps", "possibly", "i guess", "i guess so", "could be"),
        *("a bit", "a little", "kind of", "sort of", "sometimes"),
        *("un poco", "mas o menos", "a veces"),
        *("quiza", "quizas", "tal vez", "a lo mejor", "puede", "puede ser", "igual si"),
    }
)
"""The same as “not sure” where that can be tapped; among words of one's own it is an answer."""

PARTLY = "partly"
_SOME = (PARTLY, "some")
"""The options between a yes and a no."""
_EITHER = ""
"""No option has this id."""
_IN_PART = frozenset(
    {
        *("partly", "in part", "half", "halfway", "half of it", "some of it", "a bit", "a little"),
        *("sort of", "kind of", "somewhat", "partially"),
        *("en parte", "a medias", "mas o menos", "un poco", "a ratos", "una parte", "algo"),
    }
)
"""How far it went, where [In part] can be tapped: “a medias” are the exercise's own words."""

_LESS = re.compile(
    r"\b(?:partly|partially|in part|part of|half(?:way)?|some(?: of|what|thing)?"
    r"|a (?:bit|little|few)|en parte|una parte|parte de|a medias|(?:la )?mitad"
    r"|a ratos|un (?:poco|poquito|rato)|algo)\b"
)
"""What makes less of a yes, where [In part] can be tapped: “sí, la mitad” was [I did it]."""
_YES_AND = re.compile(r"^(?:yes|yeah|yep|yup|si)\b[,.;:]? ")

_YES = ("yes", "si")
_ENDS_OF = {Short.YES: 0, Short.NO: -1}
"""Which of [I did it] [In part] [Not yet] a yes or a no means below “how far did you get?”."""

_RATHER_NOT = frozenset(
    {
        *("rather not say", "rather not", "id rather not say", "i'd rather not say"),
        *("prefer not to say", "i prefer not to say", "i'd prefer not to say"),
        *("prefiero no decir", "prefiero no decirlo", "prefiero no contestar", "mejor no"),
        *("prefiero no responder", "no quiero decirlo", "no lo quiero decir"),
    }
)
"""The same as that option, however its label puts it."""

_SPAN = re.compile(r"(\d{1,3})\b(?: ?(?:or|to|o|a|y|and|-|–) ?(\d{1,3})\b)?")

_ARTICLE = re.compile(r"^(?:a|an|the|my|un|una|unos|unas|el|la|los|las|mi|mis) ")

_FULL = {
    "thats": "that is", "its": "it is", "im": "i am", "ive": "i have", "cant": "cannot",
    "can not": "cannot", "dont": "do not", "didnt": "did not", "isnt": "is not",
    "wont": "will not", "havent": "have not", "lets": "let us", "a bit": "a little",
    "a little bit": "a little", "un poquito": "un poco",
}  # fmt: skip
_SHORTENED = re.compile(
    r"\b(that'?s|it'?s|i'?m|i'?ve|can'?t|can not|don'?t|didn'?t|isn'?t|won'?t|haven'?t|let'?s|a bit"
    r"|a little bit|un poquito)\b"
)
"""What a thumb draws together where a label does not, or the other way round."""

_PLACES = {
    **dict.fromkeys(("first", "1st", "primero", "primera", "primer"), 0),
    **dict.fromkeys(("second", "2nd", "segundo", "segunda"), 1),
    **dict.fromkeys(("third", "3rd", "tercero", "tercera", "tercer"), 2),
    **dict.fromkeys(("fourth", "4th", "cuarto", "cuarta"), 3),
    **dict.fromkeys(("fifth", "5th", "quinto", "quinta"), 4),
    **dict.fromkeys(("last", "ultimo", "ultima"), -1),
}
"""Where an entry stands, as people say it of a list with numbers."""

_ONE = re.compile(r" (?:one|thought|thing|pensamiento|cosa)$")


def option(step: AskChoice, language: str, given: Said | Pressed) -> Reading:
    """The option that was pressed or typed; other words where they are welcome.

    Where they are not, the first words of one label are enough ("a smell" for "A smell or taste").
    Never words from its middle: "hurt me" is also in "nobody would hurt me".
    """
    for each in step.options:
        if isinstance(given, Pressed):
            chosen = given.choice == each.id
        else:
            chosen = _full(given.text) in (each.id, _full(said(each.label, language)))
        if chosen:
            return Whole(each.id, each.goto)
    if step.own and isinstance(given, Said):
        return words(step.max_chars, given)
    begun = _meant(step, language, given.text) if isinstance(given, Said) else []
    return Whole(begun[0].id, begun[0].goto) if len(begun) == 1 else Refused(Why.PICK_ONE)


def _meant(step: AskChoice, language: str, text: str) -> list[Option]:
    said_so = Short.YES if folded(text) in _YES else short(text)
    if folded(text) in _PERHAPS:
        said_so = Short.UNSURE
    also = _ids(step, said_so)
    if folded(text) in _RATHER_NOT:
        also = (NOT_SAID,)
    if folded(text) in _IN_PART:
        also = (PARTLY, *also)
    meant = [each for name in also for each in step.options if each.id == name]
    if not meant and said_so is None and (plain := yes_or_no(text)):
        also = _ids(step, Short[plain.upper()])
        if plain == "yes" and any(each.id in _SOME for each in step.options):
            also = _how_much(text) or also
        meant = [each for name in also for each in step.options if each.id == name]
    return meant[:1] or _begun(step, language, text)


def _how_much(text: str) -> tuple[str, ...]:
    """What a yes comes to that says how much: “sí, un poco” is [In part]; “sí, me costó un poco” is
    asked about, for it may be either. Nothing where it says no such thing."""
    said_of = _YES_AND.sub("", folded(text))
    hit = _LESS.search(said_of)
    if hit is None:
        return ()
    return _SOME if hit.start() == 0 else (_EITHER,)


def _ids(step: AskChoice, said_so: Short | None) -> tuple[str, ...]:
    """The options that a short answer means, by their ids, the surest first."""
    also = () if said_so is None else _ALSO.get(said_so, ())
    end = None if said_so is None else _ENDS_OF.get(said_so)
    asks_how_far = [each.id for each in step.options[1:-1]] == [PARTLY]
    return also if end is None or not asks_how_far else (*also, step.options[end].id)


def _begun(step: AskChoice, language: str, text: str) -> list[Option]:
    typed = _ARTICLE.sub("", _full(text))
    number = typed_number(typed)  # “tres” is [3 minutos]
    if number is not None:
        named = [each for each in step.options if _names(each, language, number)]
        if named or typed.isdecimal():
            return named
    if len(typed) < SHORTEST:
        return []
    labels = ((each, _ARTICLE.sub("", _full(said(each.label, language)))) for each in step.options)
    return [each for each, label in labels if re.match(rf"{re.escape(typed)}\b", label)]


def _full(text: str) -> str:
    """The words, folded, without what English draws together: "that's" is "that is"."""
    return _SHORTENED.sub(lambda hit: _FULL[hit[1].replace("'", "")], folded(text))


def _names(option: Option, language: str, number: int) -> bool:
    """Whether the label begins with this number, or with a span it lies in: "3 minutes", "1 or 2".
    "2" for the second of some labels is never guessed: a form may count them from nought."""
    found = _SPAN.match(folded(said(option.label, language)))
    if found is None:
        return False
    low = int(found[1])
    return low <= number <= int(found[2] or low)


def entry(exercise: Exercise, step: ChooseFrom, run: Run, given: Said | Pressed) -> Reading:
    """The entry that was pressed, typed, or named by its place."""
    entries = run.answers.get(step.of)
    offered = entries if isinstance(entries, tuple) else ()
    if isinstance(given, Pressed):
        place = index(given.choice.removeprefix("i"), len(offered))
    else:
        known = [folded(_shown(exercise, step, run, each)) for each in offered]
        place = _place(given.text, known)
    return Refused(Why.PICK_ONE) if place is None else Whole(offered[place])


def _place(text: str, known: list[str]) -> int | None:
    """The entry that was typed, or its number, or "the second one", or its first words."""
    wanted, number = folded(text), typed_number(text)
    if wanted in known:
        return known.index(wanted)
    if number is not None and 1 <= number <= len(known):
        return number - 1
    place = _PLACES.get(_ONE.sub("", _ARTICLE.sub("", wanted)))
    if place is not None and place < len(known):
        return place % len(known)
    begun = [at for at, each in enumerate(known) if re.match(rf"{re.escape(wanted)}\b", each)]
    return begun[0] if len(wanted) >= SHORTEST and len(begun) == 1 else None


def _shown(exercise: Exercise, step: ChooseFrom, run: Run, entry: str) -> str:
    source = exercise.step(step.of)
    if not isinstance(source, AskMany):
        return entry
    labels = (said(each.label, run.language) for each in source.options if each.id == entry)
    return next(labels, entry)
