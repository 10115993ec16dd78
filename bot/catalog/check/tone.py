"""How we write to people in pain: what no text says, in any language, a code for each rule.

Source: clinical brief, section D4 (safe messaging after the Action Alliance framework; person-first
language of recovery), and "nothing names methods, places, amounts, weights or calories".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.catalog.check.texts import all_texts
from bot.catalog.exercise import Exercise
from bot.catalog.problem import Place, Problem
from bot.catalog.steps import AskList, Part, Say

Words = dict[str, tuple[tuple[str, str], ...]]
"""By language: a piece of text that is looked for first because that is fast, then the pattern."""


@dataclass(frozen=True)
class Rule:
    """`quoted` rules hold even for what another person says in a role-play."""

    code: str
    why: str
    words: Words
    quoted: bool = False

    @cached_property
    def patterns(self) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
        """The patterns, compiled; they see small letters only."""
        return {
            language: tuple((sign, re.compile(rf"(?<!\w)(?:{each})(?!\w)")) for sign, each in pairs)
            for language, pairs in self.words.items()
        }

    def found(self, text: str, language: str) -> str | None:
        """What of the text (in small letters) breaks the rule."""
        for sign, pattern in self.patterns.get(language, ()):
            hit = pattern.search(text) if sign in text else None
            if hit is not None:
                return hit.group()
        return None


RULES: tuple[Rule, ...] = (
    Rule(
        "TONE_001",
        "Say “died by suicide” or “thoughts of suicide”; nobody commits it.",
        {
            "en": (("commit", r"commit(s|ted|ting)? suicide"),),
            "es": (("comet", r"comet\w+ (el |un )?suicidio"),),
        },
    ),
    Rule(
        "TONE_002",
        "An attempt is an attempt: it neither succeeds nor fails.",
        {
            "en": (
                ("attempt", r"(un)?successful (suicide )?attempts?|failed (suicide )?attempts?"),
                ("suicide", r"(un)?successful suicides?|completed suicides?"),
            ),
            "es": (
                ("intento", r"intentos? (fallidos?|frustrados?|exitosos?|logrados?)"),
                ("suicidio", r"suicidios? (consumados?|exitosos?|logrados?|frustrados?)"),
            ),
        },
    ),
    Rule(
        "TONE_003",
        "This explains somebody's pain away as a means to an end.",
        {
            "en": (
                ("cry for help", r"cry for help"),
                ("manipulat", r"manipulat\w+"),
                ("attention", r"attention[- ]seek\w+"),
            ),
            "es": (
                ("atención", r"llam\w+ la atención|llamadas? de atención"),
                ("manipul", r"manipul\w+"),
                ("auxilio", r"grito de auxilio"),
            ),
        },
    ),
    Rule(
        "TONE_004",
        "People are in recovery, used, or returned to use; they are not clean or dirty.",
        {
            "en": (
                (
                    "clean",
                    (
                        r"(get|getting|got|stay\w*|been|am)"
                        r" clean(?! (up|the|your|my|a)\b)|clean (and sober|time|days?)|days? clean"
                    ),
                ),
                ("dirty", r"dirty (urine|tests?|screens?|drugs?)"),
            ),
            "es": (
                (
                    "limpi",
                    (
                        r"(est[aáeéoy]\w*|llev\w+|sig\w+|mantener(te|se|me)|sent\w+|"
                        r"días?|semanas?|meses|años?) (\w+ ){0,2}limpi[oa]s?"
                    ),
                ),
                ("sucio", r"(orina|prueba|test) (sucio|sucia)"),
            ),
        },
    ),
    Rule(
        "TONE_005",
        "A person has an illness and is not one: say “someone who uses”, “in recovery”.",
        {
            "en": (
                ("addict", r"addicts?"),
                ("alcoholic", r"alcoholics?"),
                ("junk", r"junkies?|junky"),
                ("abuser", r"(drug|substance|alcohol) abusers?"),
                ("drunk", r"drunks?(?=[.,;!?]|$)|drunkards?"),
            ),
            "es": (
                ("adict", r"(drogo?|ex)?adict[oa]s?|drogadict[oa]s?"),
                ("alcohólic", r"alcohólic[oa]s?(?! anónimos)"),
                ("borrach", r"borrach[oa]s?"),
                ("vicio", r"vicios[oa]s?"),
                ("yonqui", r"yonquis?"),
                ("ludópat", r"ludópatas?"),
            ),
        },
    ),
    Rule(
        "TONE_006",
        "This names a method of self-harm.",
        {
            "en": (
                (
                    "cut",
                    r"cut(ting)? (yourself|myself|(your|my) (wrists?|arms?))",
                ),
                ("hang", r"hang(ed|ing)? (yourself|myself|himself|herself)"),
                ("burn", r"burn(ing)? (yourself|myself)"),
                ("jump", r"jump(ed|ing)? (off|from|in front)"),
                ("razor", r"razors?"),
                ("blade", r"blades?"),
                ("noose", r"nooses?"),
                ("gun", r"(hand)?guns?"),
                ("knife", r"knife|knives"),
                ("poison", r"poison(ed|s|ing)?(?! (help|line|control))"),
                ("swallow", r"swallow\w* (pills?|tablets?)"),
                ("rope", r"ropes?"),
            ),
            "es": (
                (
                    "cort",
                    r"(cortarte|cortarse|cortarme|te cort(as|es|aste))(?! el (pelo|cabello))",
                ),
                ("ahorc", r"ahorc\w+"),
                ("quemarte", r"quemarte|quemarse|quemarme"),
                ("cuchill", r"cuchill[ao]s?"),
                ("navaja", r"navajas?"),
                ("soga", r"sogas?"),
                ("pistola", r"pistolas?"),
                ("arma", r"arma de fuego|armas de fuego"),
                ("veneno", r"venenos?"),
                ("tragar", r"tragar(te|se)? (pastillas|píldoras)"),
                ("tir", r"(tirarte|tirarse|saltar) (de|desde|por) (un|una|el|la)"),
            ),
        },
        quoted=True,
    ),
    Rule(
        "TONE_007",
        "This names a place people are known to die at.",
        {
            "en": (
                ("bridge", r"bridges?"),
                ("rooftop", r"rooftops?"),
                ("railway", r"railways?|railway tracks?|train tracks?"),
                ("cliff", r"cliffs?"),
                ("off the roof", r"off the roof"),
            ),
            "es": (
                ("puente", r"puentes?"),
                ("azotea", r"azoteas?"),
                ("vías", r"vías del (tren|metro)"),
                ("acantilado", r"acantilados?"),
            ),
        },
        quoted=True,
    ),
    Rule(
        "TONE_008",
        "No text names an amount of a substance, a bet or a dose.",
        {
            "en": (
                ("g", r"\d+([.,]\d+)? ?(mg|milligrams?|grams?|micrograms?)"),
                ("l", r"\d+([.,]\d+)? ?(ml|pills?|tablets?|bottles?|units of alcohol)"),
                (
                    "s",
                    (
                        r"(\d+|two|three|four|five|six|ten|a dozen) (beers|drinks|shots|joints|"
                        r"cigarettes|lines of|doses|hits|glasses of wine)"
                    ),
                ),
                ("$", r"(?<![\w}])\$ ?\d+"),
                ("dollars", r"\d+ (dollars|euros|pounds)"),
            ),
            "es": (
                ("g", r"\d+([.,]\d+)? ?(mg|miligramos?|gramos?|microgramos?)"),
                ("l", r"\d+([.,]\d+)? ?(ml|pastillas?|comprimidos?|píldoras?|botellas?)"),
                (
                    "s",
                    (
                        r"(\d+|dos|tres|cuatro|cinco|seis|diez) (cervezas|copas|tragos|"
                        r"porros|cigarrillos|cigarros|rayas|dosis|chupitos)"
                    ),
                ),
                ("€", r"\d+ ?€"),
                ("s", r"\d+ (dólares|euros|pesos)"),
            ),
        },
        quoted=True,
    ),
    Rule(
        "TONE_009",
        "No text speaks of weight, calories or sizes.",
        {
            "en": (
                ("calori", r"calori\w+"),
                ("kcal", r"\d* ?kcal"),
                (
                    "weigh",
                    (
                        r"weigh (yourself|myself)|(your|my|body|lose|gain|lost|gained) weight|"
                        r"weight loss|overweight"
                    ),
                ),
                ("k", r"\d+([.,]\d+)? ?(kg|kilos?|kilograms?)"),
                ("b", r"\d+ ?(lbs?)"),
                ("bmi", r"bmi"),
            ),
            "es": (
                ("calor", r"calorías?|calóric[oa]s?"),
                ("kcal", r"\d* ?kcal"),
                ("pes", r"pésate|pesarte en|(tu|mi|bajar de|subir de|perder|ganar) peso|sobrepeso"),
                ("k", r"\d+([.,]\d+)? ?(kg|kilos?|kilogramos?)"),
                ("libras", r"\d+ libras"),
                ("imc", r"imc"),
            ),
        },
        quoted=True,
    ),
    Rule(
        "TONE_010",
        "Nobody is calmed by an order, or helped by guilt about the family or by being told what"
        " they live for.",
        {
            "en": (
                ("to live for", r"(so )?much to live for"),
                ("calm down", r"calm down"),
                (
                    "family",
                    (
                        r"think of your (family|children|kids|parents)|"
                        r"what (it|this|that) would do to your (family|children|parents)"
                    ),
                ),
            ),
            "es": (
                ("vivir", r"(mucho|tanto)s?( motivos)? (por|para) (lo )?(que )?vivir"),
                ("cálm", r"cálmate|cálmese"),
                ("tranquil", r"tranquilízate"),
                ("piensa en tu", r"piensa en tus? (familia|hij[oa]s|padres|madre)"),
            ),
        },
    ),
    Rule(
        "TONE_011",
        "We make no contracts about staying alive and promise nobody secrecy.",
        {
            "en": (
                ("contract", r"(no[- ]?suicide|safety|no[- ]?harm) contracts?"),
                ("promise", r"promise (me|us|to stay alive|not to (hurt|harm))"),
                ("nobody", r"nobody (else )?will ever (know|see|read)"),
                (
                    "secret",
                    (
                        r"(our|between us,? a) secret|keep (it|this) (a )?secret|"
                        r"stays between us"
                    ),
                ),
                ("confidential", r"(completely|totally|100 ?%|fully) confidential"),
            ),
            "es": (
                ("contrato", r"contratos? de (no suicidio|vida|seguridad)"),
                ("prom", r"prométe(me|nos)|promete que (no te|vas a seguir)"),
                ("nadie", r"nadie (más )?(lo )?(sabrá|verá|leerá) (jamás|nunca)"),
                ("secret", r"nuestro secreto|guard\w+ el secreto|queda entre nosotros"),
                ("confidencial", r"(totalmente|completamente|100 ?%) confidencial"),
            ),
        },
    ),
)


def faults(text: str, language: str, *, quoted: bool = False) -> Iterator[tuple[Rule, str]]:
    """The rules a text breaks, each with the words that do. `quoted`: another person says it."""
    small = text.casefold().replace("’", "'")
    for rule in RULES:
        found = rule.found(small, language) if rule.quoted or not quoted else None
        if found is not None:
            yield rule, found


def tone(exercise: Exercise) -> Iterator[Problem]:
    """No text of an exercise says what hurts people."""
    yield from tone_of(exercise, exercise.languages)


def tone_of(part: Part, languages: tuple[str, ...]) -> Iterator[Problem]:
    """No text of anything that has texts does."""
    texts = list(_texts(part))
    for language in languages:
        told = [(place, words) for place, named, words in texts if named == language]
        if any(faults("\n".join(words for _, words in told), language)):
            for place, words in told:
                yield from _said(part, place, words, language)


def _said(part: Part, place: Place, words: str, language: str) -> Iterator[Problem]:
    for rule, found in faults(words, language, quoted=_is_quoted(part, place)):
        yield Problem(rule.code, f"“{found}”: {rule.why}", place)


def _texts(part: Part) -> Iterator[tuple[Place, str, str]]:
    for place, text in all_texts(part):
        for language, words in text.items():
            yield (*place, language), language, words
    for at, step in enumerate(getattr(part, "steps", ())):
        if isinstance(step, AskList) and step.suggest is not None:
            for language, several in step.suggest.items():
                yield ("steps", at, "suggest", language), language, "\n".join(several)


def _is_quoted(part: Part, place: Place) -> bool:
    """Whether another person of a role-play says it."""
    step = getattr(part, "steps", ())[int(place[1])] if place[0] == "steps" else None
    return isinstance(step, Say) and step.speaker is not None
