"""A workshop of a few lessons for tests of its own and of the pages."""

from ruamel.yaml import YAML

from bot.catalog.workshop import Workshop


def workshop_of(name: str, *rules: str, days: int = 10) -> Workshop:
    """Lessons called l1, l2 and so on, each after the first opened by its rule."""
    lessons = [
        {
            "id": f"l{at}",
            "title": {"en": f"Part {at}", "es": f"Parte {at}"},
            "text": {"en": f"Words {at}.", "es": f"Palabras {at}."},
            "exercise": "er.calm" if at == 1 else "er.opposite",
            "ask": {"en": "What?", "es": "¿Qué?"},
            **({"opens": rule} if rule else {}),
        }
        for at, rule in enumerate(("", *rules), 1)
    ]
    head = YAML(typ="safe", pure=True).load(
        """
schema: 1
title: {en: Seven days, es: Siete días}
summary: {en: A row., es: Una serie.}
languages: [en, es]
credits: [Ours.]
review: {status: draft}
ending: {en: That was it., es: Eso fue todo.}
"""
    )
    return Workshop.model_validate({**head, "id": name, "days": days, "lessons": lessons})


def two_lessons() -> Workshop:
    """The second opens the day after."""
    return workshop_of("ws.two", "next_day")
