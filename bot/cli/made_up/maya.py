"""Maya, who is Heron in her group: a hard first week, a craving after work, a sister's silence."""

from bot.cli.made_up.story import Line, Story, Told

MAYA = Story(
    alias="Heron",
    mood=(4, 3, 4, 3, 2, 3, 4, 4, None, 5, 5, 4, 6, 6, 6),
    anxiety=(7, 7, 6, 7, 8, 7, 6, 6, 6, 5, 5, 6, 4, 4, 4),
    sleep=(5, 4.5, 5.5, 5, 4, 5, 6, 6.5, 6, 6, 7, 6, 7, 6.5, 7),
    day=(4, 3, 4, 3, 2, 4, 4, 5, 4, 5, None, 5, 6, 6, None),
    carried=(("people",), ("none",), ("moving", "rest"), ("skill",), ("people", "laughter")),
    urges=(5, 8, 7, None, 7, 6, 7, 5, 5, None, 6, 4, None, 3, None),
    weeks=((3, 7, 3, 4, 4, 4, 6, 4), (5, 5, 6, 5, 5, 6, 4, 6)),
    here=(True, True),
    scores=(31.0, 38.0),
    promises=("Call my sister by Thursday.", "Walk home the long way, past the river."),
    brought="After work it was easier, because a friend knew about it.",
    lines=(
        Line(
            *(9, "evening_alone_craving"),
            "I left my phone in the kitchen and made tea. The wave was over before the cup was"
            " empty.",
            approved=True,
        ),
        Line(
            *(2, "thoughts"),
            "I write the thought down and read it aloud as if somebody else had said it. It"
            " sounds less sure then.",
            approved=False,
        ),
    ),
    told=(
        Told(
            *(13, "21:10", "safe.plan"),
            {
                "signs": "I stop answering, I skip meals, and I tell everybody that I am fine.",
                "alone": ("a shower", "a walk", "music"),
                "elsewhere": ("The library, upstairs", "My neighbour’s kitchen"),
                "people": ("My sister Ana, evenings", "Jo from work, by message"),
                "professionals": ("Dr Rivera, weekdays until 5",),
                "surroundings": "On Saturday, together with Ana.",
                "going": "My niece’s drawings on the fridge. I want to see her start school.",
                "likely": 7,
                "review": "session",
            },
        ),
        Told(
            *(12, "18:25", "sud.craving"),
            {
                "craving_now": 8,
                "craving_worst": 9,
                "triggers": ("people", "payday"),
                "within_reach": "no",
                "with_what": "senses",
                "craving_after": 5,
                "response": "waited_it_out",
                "lasted": 30,
            },
        ),
        Told(
            *(11, "20:40", "cbt.thought7"),
            {
                "situation": "Sunday at lunch. Everybody laughed about an old story of me drinking,"
                " and I laughed along.",
                "moods": ("ashamed", "sad"),
                "moods_before": {"ashamed": 90, "sad": 60},
                "thoughts": ("I will always be that person for them", "They are waiting for it"),
                "hot_thought": "I will always be that person for them",
                "belief_before": 90,
                "evidence_for": ("They tell that story every year.",),
                "evidence_against": (
                    "Ana changed the subject.",
                    "My mother asked whether I want to cook with her on Friday.",
                ),
                "balanced": "They laugh about an old story. My mother and Ana see how I am today.",
                "balanced_belief": 60,
                "belief_after": 60,
                "moods_after": {"ashamed": 60, "sad": 50},
                "next_action": "Cook with my mother on Friday.",
            },
        ),
        Told(
            *(10, "22:05", "breath.paced"),
            {
                "body_check": "no",
                "tension_before": 8,
                "length": "three",
                "tension_after": 5,
            },
        ),
        Told(
            *(8, "18:15", "sud.craving"),
            {
                "craving_now": 7,
                "craving_worst": 8,
                "triggers": ("low", "bored"),
                "within_reach": "yes",
                "move_first": "moved",
                "with_what": "doing",
                "craving_after": 3,
                "response": "left",
                "lasted": 20,
            },
        ),
        Told(
            *(6, "12:50", "mind.ground54321"),
            {
                "distress_before": 7,
                "see": "the bus, a red umbrella, rain on glass, my shoes, a dog",
                "feel": "the cold pole, my sleeve, the floor humming, my ring",
                "hear": "the doors, somebody’s music, rain",
                "here": "On the 14, half past twelve. The umbrella is new.",
                "distress_after": 4,
            },
        ),
        Told(
            *(5, "21:20", "cbt.thought7"),
            {
                "situation": "My manager moved my shift without asking and told me in front of"
                " the others.",
                "moods": ("angry", "anxious"),
                "moods_before": {"angry": 80, "anxious": 70},
                "thoughts": ("He thinks he can do as he likes with me", "I will lose this job"),
                "hot_thought": "I will lose this job",
                "belief_before": 80,
                "evidence_for": ("He did it without a word to me before.",),
                "evidence_against": (
                    "He moved two others as well.",
                    "Last week he asked me to train the new one.",
                ),
                "balanced": "He planned badly and said it badly. People who are to be let go"
                " are not asked to train others.",
                "balanced_belief": 70,
                "belief_after": 40,
                "moods_after": {"angry": 50, "anxious": 40},
                "next_action": "Ask him tomorrow how he wants to tell us about changes.",
            },
        ),
        Told(
            *(4, "18:20", "sud.craving"),
            {
                "craving_now": 6,
                "craving_worst": 7,
                "triggers": ("place",),
                "within_reach": "no",
                "with_what": "doing",
                "craving_after": 2,
                "response": "called",
                "lasted": 15,
            },
        ),
        Told(
            *(2, "22:15", "breath.paced"),
            {
                "body_check": "no",
                "tension_before": 6,
                "length": "five",
                "tension_after": 3,
            },
        ),
        Told(
            *(1, "21:05", "cbt.thought7"),
            {
                "situation": "Yesterday evening. Ana read my message at six and had not answered"
                " when I went to bed.",
                "moods": ("sad", "hurt"),
                "moods_before": {"sad": 80, "hurt": 60},
                "thoughts": ("She has had enough of me", "I asked for too much"),
                "hot_thought": "She has had enough of me",
                "belief_before": 90,
                "evidence_for": (
                    "She has not answered for five hours.",
                    "Last month she said that she was tired.",
                ),
                "evidence_against": (
                    "On Sunday she called to ask how I was.",
                    "Three of her colleagues are ill, and she works late.",
                ),
                "balanced": "She called me on Sunday. Her silence last night can mean many things.",
                "balanced_belief": 70,
                "belief_after": 50,
                "moods_after": {"sad": 40, "hurt": 30},
                "next_action": "Call her tonight and ask how her week is going.",
            },
            is_brought=True,
        ),
    ),
)
