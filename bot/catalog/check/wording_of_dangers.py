"""What no text names, whoever says it: methods, places, amounts, weights and calories.

Source: clinical brief, section D4 (safe messaging after the Action Alliance framework).
"""

from bot.catalog.check.wording import Rule

OF_DANGERS: tuple[Rule, ...] = (
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
)
