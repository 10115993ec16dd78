"""From "you should" to something one can take: a gentler way to say what one might try."""

import re
from collections.abc import Callable

_ES_PAST = r"(?:deber[ií]as|tendr[ií]as que)"
_ES = r"(?:deber[ií]as|debes|tienes que|tendr[ií]as que|has de|hay que)"
_EN = r"(?:should|ought to|must|need to|have to|have got to|['’]ve got to)"
_NOT = r"(?:should not|shouldn['’]?t|must not|mustn['’]?t|ought not to)"
_RULES: tuple[tuple[str, str], ...] = (
    (rf"\byou {_NOT} have\b", "it might have helped if you had not"),
    (r"\byou (?:should|ought to) have\b", "it might have helped if you had"),
    (rf"\byou (?:really |just )?{_NOT}\b", "perhaps try not to"),
    (rf"\byou(?: really| just| always)? ?{_EN}\b", "perhaps you could"),
    (rf"\bno {_ES_PAST} haber\b", "quizá habría ayudado no haber"),
    (rf"\b{_ES_PAST} haber\b", "quizá habría ayudado haber"),
    (rf"\bno {_ES}\b", "quizá ayude no"),
    (rf"\b{_ES}\b", "quizá podrías"),
)
"""What is looked for, in either language and any case, and what may be said instead."""


def gentler(text: str) -> str | None:
    """The same without "you should"; None where there is nothing to say more gently."""
    changed = text
    for pattern, instead in _RULES:
        changed = re.sub(pattern, _keeping_case(instead), changed, flags=re.IGNORECASE)
    return None if changed == text else changed


def _keeping_case(instead: str) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        begins_high = found[0][:1].isupper()
        return instead[:1].upper() + instead[1:] if begins_high else instead

    return said
