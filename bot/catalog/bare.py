"""Words as they are compared, without what a hurried thumb, a dictation or a screen adds."""

import unicodedata


def bare(text: str) -> str:
    """Without capitals and accents, every letter and digit in its plain form: “Ｃafé ８” is
    “cafe 8”."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
