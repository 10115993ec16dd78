"""The rest of the group: Wren and Finch, who are partners, Robin and Egret, who are too."""

from bot.catalog.consents import Scope
from bot.cli.made_up.story import Line, Story, Told

WREN = Story(
    alias="Wren",
    mood=(5, 5, 4, 4, 3, 2, 3, 4, 4, 5, 6, 5, 6, 6, 7),
    anxiety=(5, 5, 6, 6, 7, 8, 7, 6, 6, 5, 4, 5, 4, 4, 3),
    sleep=(7, 6.5, 6, 6, 5, 4.5, 5, 6, 6, 6.5, 7, 7, 7, 7.5, 7),
    day=(5, 5, 4, 4, 3, 2, 4, 4, 5, 6, 6, 6, 6, 7, None),
    carried=(("moving",), ("doing", "moving"), ("people",), ("faith",)),
    weeks=((4, 6, 5, 4, 5, 4, 5, 4), (6, 4, 6, 6, 6, 6, 3, 7)),
    here=(True, True),
    unsure_on=9,
    promises=("Sit on the bench by the school once.", "Answer one message each day."),
    brought="I could tell somebody how bad the weekend was, and they only listened.",
    lines=(
        Line(
            *(1, "morning"),
            "I open the window before I look at anything else. Cold air first, then the day.",
            approved=False,
        ),
    ),
    told=(
        Told(
            *(11, "17:30", "cbt.ba_log"),
            {
                "activity_now": "watered the plants of my neighbour",
                "did_it": "done",
                "mood_before": 3,
                "mood_after": 5,
                "pleasure": 5,
                "mastery": 6,
            },
        ),
        Told(
            *(6, "16:10", "cbt.ba_log"),
            {
                "activity_now": "walked to the market",
                "did_it": "done",
                "mood_before": 3,
                "mood_after": 6,
                "pleasure": 6,
                "mastery": 7,
                "note": "The second half was easy.",
            },
        ),
        Told(
            *(3, "17:05", "cbt.ba_log"),
            {
                "activity_now": "repaired the lamp",
                "did_it": "partly",
                "mood_before": 5,
                "mood_after": 6,
                "pleasure": 4,
                "mastery": 8,
            },
        ),
        Told(
            *(2, "21:30", "mind.ground54321"),
            {"distress_before": 6, "see": "five small lights", "distress_after": 4},
        ),
        Told(
            *(1, "18:10", "cbt.thought7"),
            {
                "situation": "A letter from the office lay in the hall and I left it there.",
                "moods": ("overwhelmed",),
                "moods_before": {"overwhelmed": 80},
                "thoughts": ("It will be bad news and I cannot deal with it",),
                "belief_before": 80,
                "evidence_against": ("I have managed the last two letters.",),
                "balanced": "The last two were only forms, and I managed them.",
                "balanced_belief": 70,
                "belief_after": 40,
                "moods_after": {"overwhelmed": 50},
                "next_action": "Open it with Finch’s “thinking of you” on the phone.",
            },
        ),
    ),
)

FINCH = Story(
    alias="Finch",
    mood=(6, 5, None, 6, 5, 6, None, 6, 5, 6, 7, None, 6, 6, 7),
    anxiety=(4, 5, 4, 4, 5, 4, 4, 3, 4, 4, 3, 3, 4, 3, 3),
    sleep=(7, 7, 7, 6.5, 7, 7, 7, 7.5, 7, 7, 7, 7, 6, 7, 7),
    day=(6, None, None, 6, None, 6, None, 6, None, 6, 7, None, 7, None, None),
    carried=(("doing",), ("laughter",)),
    weeks=((6, 4, 7, 6, 6, 6, 2, 7), (7, 3, 7, 7, 6, 7, 2, 8)),
    here=(True, True),
    promises=("Cook twice this week.", "Swim on Saturday."),
    told=(
        Told(
            *(10, "19:00", "er.please"),
            {
                "illness": "na",
                "medication": "na",
                "eating": 3,
                "meal_plan": "yes",
                "substances": "yes",
                "sleep": 7,
                "sleep_quality": 6,
                "movement": 30,
            },
        ),
        Told(
            *(4, "19:20", "breath.paced"),
            {"body_check": "unsure", "tension_before": 5, "tension_after": 3},
        ),
        Told(
            *(2, "20:05", "cbt.ba_log"),
            {
                "activity_now": "swimming",
                "did_it": "done",
                "mood_before": 6,
                "mood_after": 8,
                "pleasure": 8,
                "mastery": 6,
            },
        ),
    ),
)

ROBIN = Story(
    alias="Robin",
    mood=(4, 4, 5, 4, 5, 5, 4, None, 5, 5, 5, 6, None, 5, 6),
    anxiety=(6, 6, 5, 6, 5, 5, 6, 5, 5, 5, 5, 4, 5, 5, 4),
    sleep=(6, 6, 6, 5.5, 6, 6, 6, 6, 6.5, 6, 6, 7, 6, 6, 6),
    day=(4, 4, None, 4, 5, 5, 4, None, 5, None, 5, 6, None, 5, None),
    carried=(("rest",), ("none",), ("people",)),
    weeks=((4, 5, 5, 5, 5, 4, 4, 5), (5, 5, 5, 5, 5, 5, 3, 6)),
    here=(False, True),
    consents=(Scope.NUMBERS_COUNTED, Scope.PARTNER_TICKS),
    told=(
        Told(
            *(5, "22:00", "breath.paced"),
            {"body_check": "no", "tension_before": 6, "length": "one", "tension_after": 4},
        ),
    ),
)

EGRET = Story(
    alias="Egret",
    mood=(5, 4, 4, 3, 4, *([None] * 10)),
    anxiety=(6, 6, 7, 7, 7, *([7] * 10)),
    sleep=(6, 5, 5, 5, 4, *([5.0] * 10)),
    day=(5, 4, 3, 4, *([None] * 11)),
    carried=(("rest",), ("none",)),
    weeks=((4, 7, 4, 4, 4, 3, 5, 4), None),
    here=(False, False),
    medication="no",
)

OTHERS = (WREN, FINCH, ROBIN, EGRET)
