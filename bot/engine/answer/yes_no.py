"""A yes or a no that a sentence begins with."""

import re

from bot.engine.answer.reading import folded

_YES_AND = re.compile(r"(?:yes|yeah|yep|yup|si)\b[,.;:]? \w")
# Not “not yet”: below “did you hurt yourself?” that is another answer than no.
_NO_AND = re.compile(
    r"(?:no|nope|nah)[,.;:]? (?:i (?:didn't|did not|don't|do not|haven't|have not|wasn't|won't)"
    r"|i'?m not|i am not|it isn't|it's not|not (?:today|now|this time|at all|tonight)"
    r"|(?:hoy|ahora) no|para nada|en absoluto|que va"
    r"|no (?:(?:l[oae]s? )?(?:he|hice|tengo|quiero|veo)|estoy(?! segur)|fui|bebi|tome"
    r"|fume|consumi|use|jugue|aposte)\b(?!.*\b(?:todavia|aun)\b))\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:but|though|except|unless|if|or|and no|maybe|perhaps|guess|think|suppose|kind of|kinda"
    r"|sort of|sorta|almost|nearly|mostly|sometimes|not sure|don't know|dont know|idk|wish"
    r"|pero|aunque|salvo|menos|quizas?|tal vez|creo|supongo|casi|a veces|no se|o no|ojala)\b"
    r"|^(?:yes|yeah|yep|yup|si)\b.*\b(?:no|not|never|nunca|hardly|barely|unsafe|apenas"
    r"|\w+n't|(?:do|ca|wo|is|did|have|was|are)nt|cannot)\b"
)
"""What makes a yes or a no another one: where it stands, nobody’s “safe?” is guessed."""


def yes_or_no(text: str) -> str:
    """What a sentence begins with, where it takes nothing back: "yes" for “yes i drank”, "no" for
    “no, I didn’t”; "" for “yes but”, “no one”, “sí, creo”, and all that has two readings."""
    words = folded(text)
    if "?" in text or _TAKES_BACK.search(words):
        return ""
    if words.startswith("si ") and not text.lstrip(" ¡").casefold().startswith("sí"):
        return ""  # “si me dejan” is an if
    return "yes" if _YES_AND.match(words) else "no" if _NO_AND.match(words) else ""
