"""From what was typed to plain lower-case words between single spaces; sentence ends become “.”.

Written for speed: whole-string operations in C, and the rarer disguises (d!e, k i l l, sooo) are
only looked at when a cheap test says that one is there.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from ahocorasick_rs import AhoCorasick

BREAK = "."

_ACCENTS = dict(zip("áéíóúüñàèìòùâêîôûäëïöçãõ", "aeiouunaeiouaeiouaeiocao", strict=True))
_MARKS = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "…": "...", "–": "-", "—": " - ", "¿": " ", "¡": " ", "\u00a0": " ", "\u00ad": "",
    "\u200b": "", "\u200d": "", "\ufe0f": "", "\u3164": " ", "\u2800": " ", "\u115f": "",
    "\u1160": "",
    "\ufdfa": " ", "\ufdfb": " ",  # one sign each, which decomposed is a sentence
}  # fmt: skip
_EMOJI = {
    "🔪": "knife", "🗡": "knife", "🔫": "gun", "💀": "skull", "☠": "skull", "⚰": "coffin",
    "🪦": "coffin", "🩸": "blood", "💊": "pill", "💉": "needle", "🪢": "rope", "🌉": "bridge",
    "😂": "laugh", "🤣": "laugh", "😆": "laugh", "😅": "laugh", "😹": "laugh", "😜": "laugh",
    "🎮": "game", "🎬": "film", "🎵": "song", "🎶": "song",
}  # fmt: skip
_PLAIN = _MARKS | _ACCENTS | {picture: f" emoji{name} " for picture, name in _EMOJI.items()}
_ASCII = bytes(range(128))
_FEW = 8
"""Up to so many different signs are faster replaced one by one than the whole text decomposed."""
_LOOKALIKE = dict(zip("аеорсухкіїԁһӏѕјαοενικτ’", [*"aeopcyxkiidhlsjaoevikt", ""], strict=True))
# As programs for pretty letters make them: small capitals, and capitals white on black.
_LOOKALIKE |= dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_LOOKALIKE |= {chr(first + at): chr(97 + at) for first in (0x1F150, 0x1F170) for at in range(26)}
OTHER = "`"
"""Stands for every sign of another script: part of some word that no rule knows. With it all is
ASCII, in which whatever follows takes a fifth of the time."""
_COMBINING = re.compile("[\u0300-\u036f\u200c-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_PUNCTUATION = str.maketrans(
    dict.fromkeys("!?;:\n\r\x0b\x0c\x1c\x1d\x1e", ".")
    | dict.fromkeys('\t,()[]{}"-_/\\<>=~^|#*&%+@$', " ")
    | {chr(code): " " for code in range(32) if chr(code) not in "\n\r\x0b\x0c\x1c\x1d\x1e"}
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _table(kinds: Mapping[str, str]) -> bytes:
    """For `bytes.translate`: every sign as its kind; what is of none stays as it is."""
    table = bytearray(range(256))
    for signs, kind in kinds.items():
        for sign in signs.encode():
            table[sign] = ord(kind)
    return bytes(table)


_SHAPES = _table({_LETTERS: "x", ".-_*,/|": " "})
_KINDS = _table({_LETTERS: "a", "0123456789@$*|+#": "1", "!%": "!"})
_SIGN_IN_WORD = AhoCorasick(["a1", "a!", "1a"])
_SPACED = re.compile(r"(?<![a-z])[a-z](?:[ .\-_*,/|]{1,3}[a-z](?![a-z])){2,}")
_DISGUISED = re.compile(r"(?<![a-z])[a-z]*(?:[a-z][0-9@$!*|+#%]|[0-9@$*|+#][a-z])[a-z0-9@$!*|+#%]*")
_COMMA = re.compile(
    r",(?= (?:(i|im|ive|id|ill)"
    r"|me|yo|hoy|ya|quiero|kiero|quisiera|voy|deseo|pienso|tome|tengo|recai|escucho"
    r"|lo|la|los|las|le|les|mi|volvi|tuve|intente|trate|bebi|fume|consumi|deje|ando|traigo"
    r"|necesito|oigo|estoy|este|esta|adios|goodbye|he|she|they|my|someone|somebody)\b)"
)
"""“No, quiero morirme” answers a question, and “no quiero morirme” denies it; “I was watching a
movie, I took my pills” quotes nothing. The comma alone tells; elsewhere it says little, and is not
kept."""
_LAST_WORD = re.compile(r"[a-z]+\Z")
_LONGEST_BEFORE = 12
_BEFORE_I = frozenset({
    "no", "nope", "really", "plan", "think", "quit", "movie", "film", "show", "series", "game",
    "book", "video", "now", "yet", "thanks",
})  # fmt: skip
_BEFORE_YO = frozenset({
    "no", "plan", "esta", "pelicula", "peli", "serie", "juego", "videojuego", "libro", "novela",
    "video",
})  # fmt: skip
_TRIPLE = re.compile(r"([a-z])\1\1+")
_LONG = re.compile(r"[a-z]{3,}")
_TRIPLES = AhoCorasick([letter * 3 for letter in _LETTERS])
_LETTER = {"0": "o", "1": "i", "!": "i", "|": "l", "3": "e", "4": "a", "@": "a", "5": "s",
           "$": "s", "7": "t", "+": "t", "#": "h", "8": "b", "9": "g", "2": "z", "6": "g",
           }  # fmt: skip

Guess = Callable[[str], str | None]
"""Says which known word a disguised one (k1ll, su*c*de) stands for, None for none."""


def clean(text: str, guess: Guess | None = None) -> str:
    """The words of a text. `guess` undoes disguises; without it they stay as they are."""
    text = text.lower()
    if not text.isascii():
        text = _ascii(text)
    if "'" in text or "`" in text:
        text = text.replace("'", "").replace("`", "")
    if not text.isascii():
        text = text.encode("ascii", "lookalike").decode()
    if ".." in text:
        text = text.replace("....", "...").replace("...", " ").replace("..", " ")
    if guess is not None:
        text = _undisguised(text, guess)
    if "," in text:
        text = _COMMA.sub(_anew, text)
    text = text.translate(_PUNCTUATION)
    return text.replace(".", " . ")


def _anew(comma: re.Match[str]) -> str:
    """A full stop where somebody begins anew after it. Looked for from the comma on, of which a
    text has few: from its words on it took as long as the whole rest of the cleaning."""
    at = comma.start()
    before = _LAST_WORD.search(comma.string, max(0, at - _LONGEST_BEFORE), at)
    those = _BEFORE_I if comma[1] else _BEFORE_YO
    return "." if before and before[0] in those else ","


def _ascii(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    strange = {*data.decode("utf-8", "surrogatepass")}
    for sign in strange & _PLAIN.keys():
        text = text.replace(sign, _PLAIN[sign])
    others = strange - _PLAIN.keys()
    if len(others) > _FEW:
        return _decomposed(text)
    for sign in others:
        text = text.replace(sign, _decomposed(sign))
    return text


def _decomposed(text: str) -> str:
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text)).lower()


def _as_ascii(error: UnicodeError) -> tuple[str, int]:
    """What stands for a row of signs that are not ASCII, as `codecs` asks for it."""
    assert isinstance(error, UnicodeEncodeError)
    found = error.object[error.start : error.end]
    return "".join(_LOOKALIKE.get(sign, OTHER) for sign in found), error.end


codecs.register_error("lookalike", _as_ascii)


def _undisguised(text: str, guess: Guess) -> str:
    if b" x x x" in b" %b " % text.encode().translate(_SHAPES):
        text = _SPACED.sub(lambda found: _joined(found[0], guess), text)
    kinds = text.encode().translate(_KINDS).decode()
    disguised = _SIGN_IN_WORD.find_matches_as_indexes(kinds)
    if disguised:
        places = (at for _, at, _ in disguised)
        text = _at_words(text, places, lambda word: _revealed(word, guess))
    triples = _TRIPLES.find_matches_as_indexes(text)
    if triples:
        places = (at for _, at, _ in triples)
        text = _at_words(text, places, lambda word: _shortened(word, guess))
    return text


def _at_words(text: str, places: Iterable[int], change: Callable[[str], str]) -> str:
    """The text with the words at these places changed; the rest is not even looked at."""
    parts, done = list[str](), 0
    for place in places:
        if place < done:
            continue
        begin = max(done, text.rfind(" ", 0, place) + 1)
        end = text.find(" ", place)
        end = len(text) if end < 0 else end
        parts += text[done:begin], change(text[begin:end])
        done = end
    return "".join([*parts, text[done:]])


def _joined(spaced: str, guess: Guess) -> str:
    letters = re.sub(r"[^a-z]", "", spaced)
    return guess(letters) or spaced


def _revealed(word: str, guess: Guess) -> str:
    return _DISGUISED.sub(lambda found: guess(found[0]) or found[0], word)


def _shortened(word: str, guess: Guess) -> str:
    return _LONG.sub(lambda found: _short(found[0], guess), word)


def _short(word: str, guess: Guess) -> str:
    """sooo → so, killll → kill: whichever of one or two letters makes a known word."""
    if not _TRIPLE.search(word):
        return word
    twice, once = _TRIPLE.sub(r"\1\1", word), _TRIPLE.sub(r"\1", word)
    return guess(twice) or guess(once) or once


def letters_of(word: str) -> str:
    """A disguised word with its digits and signs read as letters: k1ll → kill."""
    return "".join(_LETTER.get(sign, sign) for sign in word)
