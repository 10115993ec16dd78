"""Words that answer nearly every question, in either language: yes, no, none, I do not know."""

from enum import Enum, auto

from bot.engine.answer.reading import folded


class Short(Enum):
    """What a short answer says. What it means is for each place to know: nought, an option, a skip.

    `THANKS` turns the question down, `BLANK` says that nothing comes to mind, `NO_MORE` that there
    is nothing besides.
    """

    YES = auto()
    NO = auto()
    NONE = auto()
    THANKS = auto()
    UNSURE = auto()
    BLANK = auto()
    NO_MORE = auto()


_WORDS = {
    Short.YES: (
        "yeah",
        "yep",
        "yup",
        "yes i do",
        "yes i did",
        "yes i am",
        "yes it is",
        "si claro",
        "claro",
        "sip",
        "pues si",
        "si la verdad",
        "la verdad que si",
        "la verdad es que si",
        "por supuesto",
    ),
    Short.NO: (
        *("no", "nope", "nah", "no i don't", "no i didn't", "nop", "claro que no"),
        *("pues no", "que no", "que va", "no la verdad", "para nada", "en absoluto"),
        *("la verdad que no", "la verdad es que no"),
        *("none of them", "none of these", "none of those", "none of that", "no none of them"),
        *(
            "ninguna de ellas",
            "ninguna de estas",
            "ninguno de ellos",
            "nada de eso",
            "nada de esto",
        ),
    ),
    Short.NONE: (
        *("none", "nothing", "no nothing", "nope nothing", "nothing really", "nothing at all"),
        *("not really anything", "there is nothing", "there's nothing", "nothing i can do"),
        *("nada", "no nada", "ninguna", "ninguno", "no hay", "no hay nada", "nada de nada"),
        *("pues nada", "nada la verdad", "la verdad nada", "nada en realidad"),
    ),
    Short.THANKS: ("no thanks", "no thank you", "no gracias"),
    Short.UNSURE: (
        *("i don't know", "i dont know", "don't know", "dont know", "dunno", "idk", "not sure"),
        *("no idea", "no se", "no lo se", "ni idea"),
    ),
    Short.BLANK: (
        *("nothing comes to mind", "can't think of anything", "cant think of anything"),
        *("i can't think of anything", "i cant think of anything"),
        *("no se me ocurre", "no se me ocurre nada"),
    ),
    Short.NO_MORE: (
        *("no more", "nothing else", "nothing more", "that's all", "that's it", "that is all"),
        *("nada mas", "eso es todo", "es todo", "ya esta", "ya"),
    ),
}
_MEANS = {word: short for short, words in _WORDS.items() for word in words}
_LONGEST = 2 * max(map(len, _MEANS))
"""Longer texts are none of these, whatever signs stand around them."""


def short(text: str) -> Short | None:
    """What these words say, however a hurried thumb types them; None for all others."""
    if len(text) > _LONGEST:
        return None
    return _MEANS.get(folded(text).replace(",", ""))
