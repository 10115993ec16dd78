"""The words people have for days and hours, without case and accents: English and Spanish."""

from datetime import time

NOON = time(12)
"""When somebody names a day and no hour."""
EVENING = time(19)

DAYS = {
    "monday": 0, "mon": 0, "lunes": 0, "lun": 0,
    "tuesday": 1, "tue": 1, "tues": 1, "martes": 1,
    "wednesday": 2, "wed": 2, "miercoles": 2, "mie": 2,
    "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "jueves": 3, "jue": 3,
    "friday": 4, "fri": 4, "viernes": 4, "vie": 4,
    "saturday": 5, "sat": 5, "sabado": 5, "sab": 5,
    "sunday": 6, "sun": 6, "domingo": 6, "dom": 6,
}  # fmt: skip
MONTHS = {
    "january": 1, "jan": 1, "enero": 1, "ene": 1, "february": 2, "feb": 2, "febrero": 2,
    "march": 3, "mar": 3, "marzo": 3, "april": 4, "apr": 4, "abril": 4, "abr": 4,
    "may": 5, "mayo": 5, "june": 6, "jun": 6, "junio": 6, "july": 7, "jul": 7, "julio": 7,
    "august": 8, "aug": 8, "agosto": 8, "ago": 8,
    "september": 9, "sept": 9, "sep": 9, "septiembre": 9, "setiembre": 9,
    "october": 10, "oct": 10, "octubre": 10, "november": 11, "nov": 11, "noviembre": 11,
    "december": 12, "dec": 12, "diciembre": 12, "dic": 12,
}  # fmt: skip
NEAR = {
    "day after tomorrow": 2, "pasado manana": 2, "tomorrow": 1, "tmrw": 1, "manana": 1,
    "today": 0, "hoy": 0, "tonight": 0, "day before yesterday": -2, "anteayer": -2,
    "antes de ayer": -2, "antier": -2, "anteanoche": -2,
    "antes de anoche": -2, "yesterday": -1, "ayer": -1, "last night": -1, "anoche": -1,
    "this morning": 0, "esta manana": 0, "this afternoon": 0, "esta tarde": 0,
    "this evening": 0, "esta noche": 0, "later today": 0, "later tonight": 0, "hoy mas tarde": 0,
    "mas tarde hoy": 0, "tmr": 1, "tmrrw": 1, "2moro": 1, "2morrow": 1, "tomorow": 1,
    "tommorow": 1, "tommorrow": 1, "mnn": 1, "mnana": 1,
}  # fmt: skip
HOURS = {
    "morning": time(9), "mid day": NOON, "midday": NOON, "noon": NOON, "mediodia": NOON,
    "lunchtime": time(13), "lunch": time(13), "breakfast": time(8), "desayuno": time(8),
    "afternoon": time(16), "tarde": time(17), "evening": EVENING, "night": time(21),
    "noche": time(21), "tonight": time(21), "last night": time(21), "anoche": time(21),
    "midnight": time(23, 59), "medianoche": time(23, 59),
    "first thing": time(8), "a primera hora": time(8), "when i wake up": time(8),
    "when i get up": time(8), "cuando me despierte": time(8), "cuando me levante": time(8),
    "al levantarme": time(8), "after breakfast": time(9), "despues de desayunar": time(9),
    "despues del desayuno": time(9), "before lunch": NOON, "antes de comer": time(13),
    "after lunch": time(14), "despues de comer": time(16), "despues de almorzar": time(15),
    "after work": time(18), "despues del trabajo": time(18), "al salir del trabajo": time(18),
    "before dinner": time(18), "antes de cenar": time(19), "dinner": EVENING,
    "dinnertime": EVENING, "after dinner": time(20), "la cena": time(21),
    "despues de cenar": time(22), "despues de la cena": time(22), "before bed": time(21, 30),
    "before i go to bed": time(21, 30), "before sleep": time(21, 30), "bedtime": time(21, 30),
    "antes de dormir": time(22), "antes de acostarme": time(22), "tardecita": time(17),
}  # fmt: skip
HALF = {
    *("afternoon", "tarde", "evening", "night", "noche", "tonight", "last night", "anoche"),
    *("dinner", "dinnertime", "after dinner", "la cena", "despues de cenar", "before bed"),
    *("bedtime", "antes de dormir", "antes de acostarme", "after work", "tardecita"),
}
"""With these, "at 8" is eight in the evening."""
ENDS = {
    "morning": NOON, "afternoon": time(19), "tarde": time(20, 30), "evening": time(23, 59),
    "night": time(23, 59), "noche": time(23, 59), "tonight": time(23, 59),
}  # fmt: skip
"""Until when a part of the day lasts: “tonight”, said at ten, is still to come."""
NIGHT = {"night", "noche", "tonight", "last night", "anoche"}
"""With these, twelve is midnight."""
UNITS = {
    "minute": 1, "minutes": 1, "min": 1, "mins": 1, "minuto": 1, "minutos": 1,
    "hour": 60, "hours": 60, "h": 60, "hora": 60, "horas": 60,
    "day": 1440, "days": 1440, "dia": 1440, "dias": 1440,
    "week": 10080, "weeks": 10080, "semana": 10080, "semanas": 10080,
    "month": 43200, "months": 43200, "mes": 43200, "meses": 43200,
}  # fmt: skip
COUNTS = {
    "a": 1, "an": 1, "one": 1, "un": 1, "una": 1, "two": 2, "dos": 2, "a couple of": 2,
    "couple of": 2, "un par de": 2, "three": 3, "tres": 3, "four": 4, "cuatro": 4, "five": 5,
    "cinco": 5, "six": 6, "seis": 6, "seven": 7, "siete": 7, "eight": 8, "ocho": 8, "nine": 9,
    "nueve": 9, "ten": 10, "diez": 10, "twelve": 12, "doce": 12, "fifteen": 15, "quince": 15,
    "twenty": 20, "veinte": 20, "thirty": 30, "treinta": 30, "forty": 40, "cuarenta": 40,
    "forty five": 45, "forty-five": 45, "cuarenta y cinco": 45,
}  # fmt: skip
FILL = {
    "at", "on", "in", "the", "a", "an", "next", "this", "last", "by", "about", "around", "el",
    "al", "la", "los", "las", "de", "del", "eso", "pico", "en", "por", "para", "proximo", "proxima",
    "este", "esta", "pasado", "sobre",
    "maybe", "probably", "perhaps", "like", "quiza", "quizas", "igual", "que", "viene",
    "coming", "hs", "h", "hrs", "o'clock", "o", "clock", "y", ",",
    "please", "pls", "plz", "porfa", "favor", "ok", "okay", "vale", "pues", "bueno", "then",
    "i", "i'll", "ill", "i'd", "do", "it", "will", "think", "lo", "hare", "hago", "haria", "creo",
    "how", "say", "como", "tipo", "ish",
}  # fmt: skip
"""Words that say nothing about when, and may be left over."""
