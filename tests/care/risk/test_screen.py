"""What the screen says about one text, with the small phrase file."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.care import cards
from bot.care.risk import Flag, Rules, Tier, screen, screen_joined
from tests.care.risk.phrases import by_phrases

N, CONCERN, CRISIS = Tier.NONE, Tier.CONCERN, Tier.CRISIS

FLAGGED = [
    ("i want to die", CRISIS, set()),
    ("i dont want to die", N, {Flag.NEGATED}),
    ("i used to want to die", CONCERN, {Flag.PAST}),
    ("my friend says wanna die", CONCERN, {Flag.THIRD_PERSON}),
    ("i want to die lol", CRISIS, {Flag.JOKING}),
    ("the lyrics go: i want to die", N, {Flag.QUOTED}),
    ("i want to die if it stays so", CRISIS, {Flag.CONDITIONAL}),
    ("years ago i tried to drown", CONCERN, {Flag.PAST}),
    ("years ago i said i want to die", CRISIS, set()),
]

TIERS = [
    ("", N),
    ("the soup was good", N),
    ("killing it at work", N),
    ("killing it at work but i want to die", CRISIS),
    ("i want to die laughing", N),
    ("i want to die laughing. i want to die", CRISIS),
    ("dying to know. kms", CRISIS),
    ("kill some time then kill myself", CRISIS),
    ("i dont want to die", N),
    ("i dont want to die. i dont want to live", CONCERN),
    ("i dont want to live and want to die", CRISIS),
    ("i used to want to die. now i want to die", CRISIS),
    ("i want to die. i dont want to die", CRISIS),
    ("suicde", CRISIS),
    ("wantto dye", CRISIS),
    ("ending it. bye", CRISIS),
    ("ending it at five", N),
    ("i hate mondays life", N),
    ("i dont care. whatever happens", CONCERN),
]


@pytest.mark.parametrize(("text", "tier", "flags"), FLAGGED)
def test_flags_are_shown_and_lower_only_where_the_family_says(
    rules: Rules, text: str, tier: Tier, flags: set[Flag]
) -> None:
    """Each kind of cue puts its flag on the hit; `when` says what that makes of the tier."""
    finding = screen(text, rules)
    assert (finding.tier, set(finding.flags)) == (tier, flags)


@pytest.mark.parametrize(("text", "tier"), TIERS)
def test_sayings_take_their_own_words_and_the_highest_tier_wins(
    rules: Rules, text: str, tier: Tier
) -> None:
    """Sayings take only their own words, denial alone is none, and the highest tier wins."""
    assert screen(text, rules).tier is tier


@pytest.mark.parametrize("before", range(0, 40, 3))
@pytest.mark.parametrize("other", ["", "we went on for a while and saw nothing " * 5 + ". "])
def test_a_phrase_is_found_anywhere_in_a_sentence_of_any_length(
    rules: Rules, before: int, other: str
) -> None:
    """Long sentences are looked at in pieces, and a phrase may lie in two."""
    sentence = f"{'so ' * before}knife to my me{' so' * (40 - before)}"
    assert screen(other + sentence, rules).tier is CRISIS
    assert screen(f"{other}{'so ' * before}knife to me", rules).tier is CRISIS
    assert screen(f"{other}{'so ' * before}knife. so me", rules).tier is N


def test_hits_are_told_gravest_first(rules: Rules) -> None:
    """A hit says what matched, why, and where; the tier of the text is that of the first."""
    finding = screen("I don't want to live. I want to die", rules)
    assert [(hit.family, hit.words, hit.start, hit.end) for hit in finding.hits] == [
        ("en.wish", "want to die", 7, 10),
        ("en.passive", "dont want to live", 1, 5),
    ]
    assert (finding.hits[0].category, finding.hits[0].reason) == ("suicide", "wants to die")


LANGUAGES = [
    ("quiero morir, not now", CRISIS),
    ("quiero morir no", N),
    ("no quiero morir", N),
    ("i dont want to die, me mato", CRISIS),
    ("killing it, muero", CRISIS),
    ("muero de risa, i want to die", CRISIS),
]
SIGNS = [
    ("farewell", N),
    ("tonight", N),
    ("farewell. tonight", CRISIS),
    ("by friday i say so long", CRISIS),
    ("farewell to the old kitchen table and all the chairs we had around it until tonight", N),
    ("never farewell tonight", N),
    ("i dont want to live. farewell", CRISIS),
]
LETTERS = [
    ("a coffin", N),
    ("gloom", N),
    ("a coffin in a gloomy room", CONCERN),
    ("a coffin in a gloomy bleak room", CRISIS),
    ("a coffin in a gloomy bleak room and cake", N),
    ("i want to die laughing at dusk", CONCERN),
    ("dusk", N),
    ("we went on at dusk", CONCERN),
    ("we saw a long shadow", CONCERN),
    ("dusk. a long. shadow", CONCERN),
    ("a coffin. " + "we went on for a while and saw nothing. " * 9 + "gloomy", N),
    ("dusk. " + "we went on for a while and saw nothing. " * 30, CONCERN),
]


EVERYDAY = [
    ("ill be gone by monday", CRISIS),
    ("ill be gone by monday for the dentist", N),
    ("i want to die on the way to the dentist", CRISIS),
    ("ill be gone by dusk for the dentist", CONCERN),
    ("ill be there, never gone by dusk for the dentist", N),
]


@pytest.mark.parametrize(("text", "tier"), EVERYDAY)
def test_an_errand_explains_a_veiled_goodbye_and_the_net_still_weighs_it(
    rules: Rules, text: str, tier: Tier
) -> None:
    """A dentist makes nothing of what was said with other words, and proves nothing."""
    assert screen(text, rules).tier is tier


@pytest.mark.parametrize(("text", "tier"), LANGUAGES)
def test_cues_and_sayings_act_on_their_own_language(rules: Rules, text: str, tier: Tier) -> None:
    """An English “not” silences no Spanish line, and the other way round."""
    assert screen(text, rules).tier is tier


@pytest.mark.parametrize(("text", "tier"), SIGNS)
def test_signs_count_when_they_come_together(rules: Rules, text: str, tier: Tier) -> None:
    """In any order and over sentence ends, but only near each other and not when denied."""
    assert screen(text, rules).tier is tier


@pytest.mark.parametrize(("text", "tier"), LETTERS)
def test_letters_add_up_over_a_stretch(rules: Rules, text: str, tier: Tier) -> None:
    """Points for and against are added; what stands far away does not count, a saying neither."""
    assert screen(text, rules).tier is tier


@pytest.mark.parametrize(
    ("texts", "tier"),
    [
        ([], N),
        (["hello"], N),
        (["i want to", "die"], CRISIS),
        (["kill some time", "i want to die"], CRISIS),
        (["farewell", "tonight"], CRISIS),
    ],
)
def test_messages_of_one_minute_are_read_together(
    rules: Rules, texts: list[str], tier: Tier
) -> None:
    """A sentence split over messages is found, and no message hides another."""
    assert screen_joined(texts, rules).tier is tier


def test_harmless_answers_in_a_row_are_no_crisis(shipped: Rules) -> None:
    """Five answers of one minute are read together by phrases, which need words that mean it; a
    net of letters adds up what is in many of them."""
    answers = (
        "the lamp, my two hands, the grey curtain, a cup, the door",
        "the floor under my feet, the chair, my sleeve",
        "a car outside, the fridge, somebody on the stairs",
        "rain and soap",
        "I got out of bed today and came this far",
    )
    assert screen_joined(answers, shipped).tier is N


def test_categories_most_serious_first(rules: Rules) -> None:
    """What counts, once each; what was denied is a hit but no category."""
    finding = screen("a coffin in a gloomy bleak room. i dont want to live", rules)
    assert finding.categories == ("unclear", "suicide")
    assert screen("a coffin in a gloomy room. i want to die", rules).categories == ("suicide",)
    denied = screen("i dont want to die", rules)
    assert (denied.categories, len(denied.hits)) == ((), 1)


@pytest.mark.parametrize("text", ["a1" * 2000, "a " * 2000, "k*" * 2000, "i" * 4000, "!!" * 2000])
def test_odd_long_texts_take_no_time(rules: Rules, text: str) -> None:
    """Nothing grows with the square of a message's length."""
    assert screen(text, rules).tier is N


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("quiero morirme, no", CRISIS),
        ("i want to die, no", CRISIS),
        ("pensamientos suicidas: no", N),
        ("suicidal thoughts: no", N),
        ("me tomé dos paracetamol por el dolor de cabeza", N),
        ("took two tylenol for my headache", N),
        ("hoy me toca el turno de la tarde", N),
        ("ya no quiero vivir, tengo las pastillas aquí", CRISIS),
        ("the manager wants favors or he cuts my hours", CONCERN),
        ("my landlord says sleep with him or we lose the lease", CONCERN),
        ("tengo la soga al cuello con las deudas", N),
        ("ya nada tiene sentido, parce", CONCERN),
        ("el casero quiere que me acueste con él o me echa", CONCERN),
        ("despertar es lo que más tristeza me da. preferiría que no pasara más", CONCERN),
        ("stuck in my head, the one that goes i wanna die in your arms", N),
        ("overdose", CONCERN),
        ("matarme el jueves", CRISIS),
        ("mejor tirarme del puente", CRISIS),
        ("Cortarme los brazos", CONCERN),
        ("hacerme daño", CONCERN),
        ("matarlo", CONCERN),
        ("jump off the bridge", CRISIS),
        ("suicide tonight", CRISIS),
        ("kill him", CONCERN),
        ("take all my meds", N),
        ("cortarme el pelo", N),
        ("matarme estudiando hoy", N),
        ("no puedo más, me corté los brazos", CONCERN),
        ("I want to die lol", CRISIS),
        ("I want to kill myself because of the exam", CRISIS),
        ("I will die if they cancel the show", N),
        ("my husband will kill me", CRISIS),
        ("he's going to kill me if I leave", CRISIS),
        ("my husband is going to kill me when he sees the bill", N),
        ("my mom is going to kill me", N),
        ("i almost died lol", N),
        ("im gonna die lol", N),
        ("no aguanto más el corte de pelo", N),
    ],
)
def test_what_the_shipped_phrases_once_got_wrong(shipped: Rules, text: str, tier: Tier) -> None:
    """A closing no after a comma denies nothing, a pill for a headache alarms nobody, sex to keep
    work or a home is abuse, and the few words that answer "what would you do?" need no "I want
    to"."""
    assert by_phrases(text, shipped) is tier


any_text = st.text(max_size=300) | st.text("aik lmsefyd1!*.'\n…😂ñ", max_size=200)
harmless = st.lists(
    st.sampled_from(
        ["the soup was good", "killing it at work", "we walked", "dying to know", "ok"]
    ),
    max_size=4,
).map(". ".join)
said = st.sampled_from([text for text, tier in TIERS if tier is not N])


BEGINS_ANEW = [
    "I can't take it any longer, I'm going to kill myself",
    "I just can't any more, I want to die",
    "I can't, I want to die",
    "I can't do this any more, I took all my pills tonight",
    "I don't have anyone and I want to die",
    "I'm not myself today, I want to kill myself",
    "I don't want this, I want to die",
    "Not really, I want to kill myself",
    "I have no plan, I just took all my pills",
    "I can't think, I'm going to kill myself tonight",
    "I quit, I want to die",
    "No, I just overdosed",
    "I was watching a movie, I took all my pills",
    "Estaba viendo una película, me voy a matar esta noche",
    "Mi terapeuta no está, quiero morirme",
    "Mi terapeuta no está, me tomé todas las pastillas",
    "I have no plan, I just overdosed",
    "No tengo plan, me voy a disparar",
    "Hoy no, hoy me mato",
    "No estoy jugando, me quiero matar",
    "No, quiero morirme",
    "Ya no, me quiero matar",
    "Ya no estoy, me tomé todas las pastillas",
]
ABOUT_ONE_OF_THE_GROUP = [
    ("I think Heron is going to kill himself", CONCERN),
    ("Creo que Heron se va a matar", CONCERN),
    ("Heron quiere matarse", CONCERN),
    ("Heron me dijo que se quiere morir", CONCERN),
    ("Mi hermano se va a matar estudiando", N),
    ("Dice que se quiere morir de la risa", N),
]
STILL_HEARD = [
    ("i hear somebody whispering in the walls at night", CONCERN),
    ("I hear them talking in the next room but i live alone", CONCERN),
    ("i hear someone talking in the back of my head", CONCERN),
    ("i used to drink every day and i did again yesterday", CONCERN),
    ("me cortó cuando estaba dormida", CONCERN),
    ("dad left a note on the counter, he says goodbye", CRISIS),
    ("been rehearsing how to say goodbye to the kids", CRISIS),
    ("le perdí el miedo a la muerte, ya quiero que llegue", CONCERN),
]
"""Near to what many say every day, and was set aside with it on the way there."""

WITHDRAWAL = [
    ("I stopped drinking yesterday and im seeing things", CRISIS),
    ("quit the xanax on friday. had two seizures since", CRISIS),
    ("shaking since i stopped drinking", CONCERN),
    ("dejé de beber ayer y veo bichos en la pared", CRISIS),
    ("tiemblo desde que dejé de beber", CONCERN),
    ("llevo dos días sin beber y no paro de temblar", CONCERN),
    ("me tiemblan las manos desde que dejé el café", N),
    ("I stopped drinking coffee and started sleeping", N),
]

STILL_DENIED = [
    "I don't have any more thoughts of suicide",
    "I don't think I want to die",
    "I am not saying I want to kill myself",
    "I have no plan or intent to kill myself",
    "I don't really want to kill myself",
    "I can't think of killing myself",
    "I do not want to kill myself or anyone else",
    "I no longer want to die",
    "No quiero morirme",
    "No estoy pensando en matarme",
    "No tengo ganas de morirme hoy",
]


@pytest.mark.parametrize("text", BEGINS_ANEW)
def test_a_denial_ends_where_somebody_begins_anew(shipped: Rules, text: str) -> None:
    """“I can't any more” denies nothing of what follows, and all of these were none."""
    assert screen(text, shipped).tier is CRISIS


@pytest.mark.parametrize(("text", "tier"), ABOUT_ONE_OF_THE_GROUP)
def test_worry_about_a_partner_who_has_no_name_but_an_alias(
    shipped: Rules, text: str, tier: Tier
) -> None:
    """No list of relatives holds an alias, and what says who it is about is the verb. The net may
    hear more in it."""
    found = screen(text, shipped).tier
    assert found >= tier
    assert (found is N) is (tier is N)


@pytest.mark.parametrize(("text", "tier"), STILL_HEARD)
def test_what_is_near_to_everyday_words_is_heard(shipped: Rules, text: str, tier: Tier) -> None:
    """“I heard them laughing through the door” may be anybody's; in the walls it is not."""
    assert screen(text, shipped).tier >= tier


@pytest.mark.parametrize(("text", "tier"), WITHDRAWAL)
def test_signs_of_a_withdrawal_get_the_card_that_says_to_get_medical_help(
    shipped: Rules, text: str, tier: Tier
) -> None:
    """In words as in a tapped answer (clinical notes, D3): fits and seeing things at once."""
    found = screen(text, shipped)
    assert found.tier is tier
    card = cards.of_words(found.tier, found.categories)
    assert (card == "withdrawal") is (tier > N)


@pytest.mark.parametrize("text", STILL_DENIED)
def test_a_denial_reaches_what_it_denies(shipped: Rules, text: str) -> None:
    """The words between the two may be many."""
    assert screen(text, shipped).tier is N


@given(any_text)
@settings(deadline=None)
def test_no_text_raises(rules: Rules, text: str) -> None:
    """Whatever a person writes is screened."""
    assert screen(text, rules).tier in Tier


@given(harmless, said, harmless)
@settings(deadline=None)
def test_harmless_sentences_never_lower_a_tier(
    rules: Rules, before: str, text: str, after: str
) -> None:
    """What stands before or after a dangerous sentence does not hide it."""
    alone = screen(text, rules).tier
    assert screen(f"{before}. {text}. {after}", rules).tier >= alone


@given(any_text)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_raises_with_the_shipped_phrases(shipped: Rules, text: str) -> None:
    """The shipped phrases know many more words to stumble over."""
    assert screen(text, shipped).tier in Tier
