"""Which questions ask for the story of what happened; a trauma track asks for none.

Telling it belongs in the therapist's room: written alone it can bring everything back (clinical
brief, section B: no event details).
"""

import re

from bot.catalog.steps import AskList, AskText, Question

ASKING: dict[str, str] = {
    "en": r"what happened(?! then)|tell (me|us) about|describe (the|what)|who, what, when|"
    r"as a camera|the way a camera|where were you|what did (he|she|they) do|the whole story",
    "es": r"(?<!lo )qué (te )?pasó(?! entonces| por la)|qué (te )?ocurrió|cuénta(me|nos|lo)|"
    r"describe (lo|el|la)|"
    r"quién, qué, cuándo|como (lo habría visto|una) cámara|dónde estabas|qué te hi(zo|cieron)|"
    r"la historia completa",
}
_ASKING = {language: re.compile(words, re.IGNORECASE) for language, words in ASKING.items()}


def asks_for_the_story(step: Question) -> bool:
    """Whether a question in free words asks what happened, in any language."""
    if not isinstance(step, AskText | AskList):
        return False
    texts = (step.text, step.plain or {})
    return any(
        _ASKING[language].search(words) is not None
        for text in texts
        for language, words in text.items()
        if language in _ASKING
    )
