"""How people in pain are spoken to and of: no blame, no label, no order, no promise of secrecy.

Source: clinical brief, section D4 (safe messaging after the Action Alliance framework; person-first
language of recovery). Another person in a role-play may still speak so.
"""

from bot.catalog.check.wording import Rule

OF_PEOPLE: tuple[Rule, ...] = (
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
