"""Leo, who is Colibrí in his group and writes in Spanish: short nights, a friend who calls."""

from bot.cli.made_up.story import Line, Story, Told

LEO = Story(
    alias="Colibrí",
    mood=(5, 5, 4, 5, 4, 4, 3, 4, 4, 5, 4, 5, 5, 6, 5),
    anxiety=(5, 6, 6, 5, 6, 7, 8, 7, 6, 6, 6, 5, 5, 4, 5),
    sleep=(6, 5, 5.5, 5, 5, 4, 3.5, 4, 5, 5.5, 5, 6, 6, 6.5, 6),
    day=(5, None, 4, 5, 4, 3, 3, 4, 5, 4, 5, 5, 6, 6, None),
    carried=(("doing",), ("food", "people"), ("rest",), ("none",), ("skill", "moving")),
    urges=(None, 5, None, 6, 7, 7, 8, 6, None, 6, 5, 6, 4, None, None),
    weeks=((4, 6, 3, 4, 5, 5, 5, 5), (5, 5, 5, 5, 5, 6, 4, 6)),
    here=(True, False),
    scores=(34.0, 37.0),
    brought="Le dije a mi primo que esa noche no podía y se quedó tranquilo. No hizo falta"
    " explicar más.",
    lines=(
        Line(
            *(7, "cant_sleep"),
            "Me levanto y doblo ropa con poca luz. A la tercera camisa ya me pesan los ojos.",
            approved=True,
        ),
    ),
    told=(
        Told(
            *(12, "23:30", "breath.paced"),
            {
                "body_check": "no",
                "tension_before": 7,
                "length": "three",
                "tension_after": 4,
            },
        ),
        Told(
            *(9, "19:45", "cbt.thought7"),
            {
                "situation": "El sábado, en la comida de mi madre, dije que no quería vino y hubo"
                " un silencio.",
                "moods": ("vergüenza", "soledad"),
                "moods_before": {"vergüenza": 80, "soledad": 70},
                "thoughts": ("Les arruino la comida", "Creen que sigo igual que antes"),
                "hot_thought": "Creen que sigo igual que antes",
                "belief_before": 80,
                "evidence_for": ("Todos miraron al plato.",),
                "evidence_against": (
                    "Mi madre me sirvió agua antes de que la pidiera.",
                    "Mi hermano brindó con refresco.",
                ),
                "balanced": "No saben qué decir, y dos de ellos me ayudaron.",
                "balanced_belief": 60,
                "belief_after": 50,
                "moods_after": {"vergüenza": 50, "soledad": 40},
                "next_action": "Contarle a mi hermano que el brindis me ayudó.",
            },
        ),
        Told(
            *(8, "20:10", "sud.craving"),
            {
                "craving_now": 8,
                "craving_worst": 9,
                "triggers": ("people", "celebrating"),
                "within_reach": "no",
                "with_what": "senses",
                "craving_after": 5,
                "response": "skill",
                "lasted": 45,
            },
        ),
        Told(
            *(6, "23:50", "breath.paced"),
            {
                "body_check": "no",
                "tension_before": 8,
                "length": "one",
                "tension_after": 6,
            },
        ),
        Told(
            *(3, "18:40", "sud.craving"),
            {
                "craving_now": 6,
                "craving_worst": 6,
                "triggers": ("place", "low"),
                "within_reach": "no",
                "with_what": "doing",
                "craving_after": 2,
                "response": "called",
                "lasted": 20,
            },
        ),
        Told(
            *(2, "20:30", "cbt.thought7"),
            {
                "situation": "El jueves me llamó Dani, con quien salía antes, y no contesté.",
                "moods": ("culpa", "miedo"),
                "moods_before": {"culpa": 70, "miedo": 60},
                "thoughts": ("Le estoy dando la espalda",),
                "belief_before": 70,
                "evidence_for": ("Él me ayudó cuando me quedé sin trabajo.",),
                "evidence_against": (
                    "Las tres últimas veces bebimos los dos.",
                    "Le escribí al día siguiente que por ahora no salgo.",
                ),
                "balanced": "Decirle que no de noche no es darle la espalda. De día sí podemos"
                " vernos.",
                "balanced_belief": 80,
                "belief_after": 30,
                "moods_after": {"culpa": 30, "miedo": 40},
                "next_action": "Proponerle un café el sábado por la mañana.",
            },
        ),
        Told(
            *(1, "22:40", "mind.ground54321"),
            {
                "distress_before": 6,
                "see": "la lámpara, una taza, la ventana, mis zapatos, un libro",
                "hear": "el reloj y una moto lejos",
                "here": "Estoy en mi cuarto y mañana trabajo temprano.",
                "distress_after": 3,
            },
        ),
    ),
)
