"""Overlays on a locked core: what they change, what they cannot, and table B as it stands."""

from pathlib import Path

import pytest

from bot.catalog.check import check
from bot.catalog.exercise import Exercise
from bot.catalog.load_tracks import Tracks, check_tracks
from bot.catalog.steps import AskChoice, Finish
from bot.catalog.text import said
from bot.catalog.tracks import Adapted, Offer, Track, merge
from bot.config import Settings
from tests.catalog.shelf import HEAD_LINES, SHIPPED, exercise, problems, track_of, written

FOLDER = Settings().exercises_dir / "tracks"
EIGHT = ("trauma", "addiction", "dual", "gender", "cultural", "teen", "young", "older")
SEVEN = ("alcohol", "opioids", "stimulants", "cannabis", "gambling", "gaming", "food")

REWORDED = """
texts:
  - exercise: er.copeahead
    step: situation
    text: {en: Which sale is coming?, es: ¿Qué rebajas vienen?}
    example: {en: Friday., es: El viernes.}
  - exercise: cbt.distortions
    step: patterns
    options:
      - id: permission
        label: {en: It was reduced, es: Estaba rebajado}
"""
GUARDED = """
gates:
  - to: [er.copeahead, rp.*]
    ask:
      id: card
      type: ask_choice
      gate: true
      label: {en: Card, es: Tarjeta}
      text: {en: Is it near you?, es: ¿La tienes cerca?}
      options:
        - {id: yes, label: {en: "Yes", es: "Sí"}}
        - {id: no, label: {en: "No", es: "No"}}
        - {id: unsure, label: {en: Not sure, es: No lo sé}}
    stop: {en: Then later., es: Entonces más tarde.}
    offer: [sud.surf]
"""
ITEMS = """
check_in: check.core
items:
  - id: parcels
    type: ask_scale
    label: {en: Orders, es: Pedidos}
    text: {en: How strong is the pull to order?, es: ¿Qué fuerza tienen las ganas de pedir?}
    scale: {min: 0, max: 10}
signals:
  - {reason: pull, tier: concern, when: {answer: parcels, at_least: 10}}
"""


def test_the_shipped_tracks_make_sense() -> None:
    """Eight tracks and seven workshops on addiction, and nothing in them to mend."""
    assert set(SHIPPED.tracks.names) == {*EIGHT, *SEVEN}
    assert [str(each) for each in check_tracks(FOLDER, SHIPPED.exercises)] == []
    for name in SHIPPED.tracks.names:
        track = SHIPPED.tracks.find(name)
        assert track is not None
        assert [each.track for each in track.overlays][:-1] == (["addiction"] * (name in SEVEN))
        assert SHIPPED.find(track.check_in) is not None
        assert all(each.review.status == "draft" and each.notes for each in track.overlays)


def test_words_are_replaced_and_nothing_else() -> None:
    """Ids, order and ways stay; what is left out stays as it was."""
    before, after = exercise("er.copeahead"), merge(exercise("er.copeahead"), track_of(REWORDED))
    changed = [one.id for one, two in zip(before.steps, after.steps, strict=True) if one != two]
    assert changed == ["situation"]
    assert said(after.step("situation").model_dump()["text"], "es") == "¿Qué rebajas vienen?"
    options = merge(exercise("cbt.distortions"), track_of(REWORDED)).step("patterns").model_dump()
    named = {each["id"]: each["label"]["en"] for each in options["options"]}
    assert named["permission"] == "It was reduced"
    assert list(named) == [
        each["id"] for each in exercise("cbt.distortions").step("patterns").model_dump()["options"]
    ]


def test_a_gate_stands_before_and_ends_by_itself() -> None:
    """Yes and unsure lead to an end of their own and an offer; no goes into the exercise."""
    after = merge(exercise("er.copeahead"), track_of(GUARDED))
    gate, *rest = after.steps
    assert isinstance(gate, AskChoice)
    assert [each.goto for each in gate.options] == ["card_stop", None, "card_stop"]
    assert rest[:-1] == list(exercise("er.copeahead").steps)
    assert isinstance(rest[-1], Finish)
    assert after.suggest[0].offer == ("sud.surf",)
    assert not [each for each in check(after) if not each.warning]


def test_a_workshop_adds_to_the_gates_and_words_of_its_ground() -> None:
    """Both gates are asked, the workshop's last; where both have words, the workshop's count."""
    ground = GUARDED.replace("id: card", "id: bank")
    words = "texts:\n  - {exercise: er.copeahead, step: situation, example: {en: G, es: G}}\n"
    own = REWORDED + GUARDED
    after = merge(exercise("er.copeahead"), track_of(ground + words, own))
    assert [step.id for step in after.steps[:2]] == ["card", "bank"]
    assert said(after.step("situation").model_dump()["example"], "en") == "Friday."


def test_items_come_last_in_the_check_in_and_may_raise_a_signal() -> None:
    """In the one thread of the core, behind all its questions."""
    after = merge(exercise("check.core"), track_of(ITEMS))
    assert after.questions[:-1] == exercise("check.core").questions
    assert after.questions[-1] == "parcels"
    assert [each.reason for each in after.signals][-1] == "pull"
    assert not [each for each in check(after) if not each.warning]


def test_an_answer_can_be_traced_to_the_track_and_its_wording() -> None:
    """The revision names every overlay with its hash; another wording is another revision."""
    track = SHIPPED.tracks.find("gambling")
    assert track is not None
    merged = SHIPPED.tracks.adapt(exercise("rp.refuse"), "gambling")
    assert isinstance(merged, Adapted)
    assert [each.track for each in merged.overlays] == ["addiction", "gambling"]
    assert merged.revision != exercise("rp.refuse").revision
    assert Adapted.model_validate_json(merged.canonical()).revision == merged.revision
    assert SHIPPED.tracks.adapt(exercise("rp.refuse"), "gambling") is merged
    other = merge(exercise("rp.refuse"), track_of(REWORDED))
    assert other.overlays != merge(exercise("rp.refuse"), track_of(GUARDED)).overlays


@pytest.mark.parametrize(
    ("body", "line", "code", "part"),
    [
        ("core: [er.copeahed]", 1, "TRACK_001", "Did you mean “er.copeahead”?"),
        ("core: [sut.*]", 1, "TRACK_001", "Did you mean “sud.*”?"),
        ("hidden: [er.surf]\ncore: [er.surf]", 1, "TRACK_006", "named twice"),
        ("hidden: [safe.plan]", 1, "TRACK_011", "open to everybody"),
        ("adapted: [mind.*]", 1, "TRACK_011", "mind.ground54321"),
        (
            "texts:\n  - exercise: er.copeahead\n    step: situatoin\n    label: {en: A, es: A}",
            3,
            "TRACK_002",
            "Did you mean “situation”?",
        ),
        (
            "texts:\n  - exercise: er.copeahead\n    step: situation\n    type: say",
            4,
            "TRACK_003",
            "“type” of “situation” of er.copeahead is locked: ids",
        ),
        (
            "texts:\n  - exercise: dt.tipp\n    step: distress_before\n    scale: {min: 0, max: 5}",
            4,
            "TRACK_003",
            "“scale” of “distress_before” of dt.tipp is locked: answers have to count alike",
        ),
        (
            "texts:\n  - exercise: dt.tipp\n    step: body_check\n    gate: false",
            4,
            "TRACK_003",
            "“gate” of “body_check” of dt.tipp is locked: an overlay adds gates",
        ),
        (
            "texts:\n  - exercise: dt.stop\n    step: inside\n    goto: done",
            4,
            "TRACK_003",
            "“goto” of “inside” of dt.stop is locked: the order of steps",
        ),
        ("steps: []", 1, "TRACK_003", "“steps” of this overlay is locked"),
        ("scores: []", 1, "TRACK_003", "“scores” of this overlay is locked"),
        (
            (
                "texts:\n  - exercise: cbt.distortions\n    step: patterns\n    options:\n"
                "      - {id: permission, value: 3, label: {en: A, es: A}}"
            ),
            5,
            "TRACK_003",
            "“value” of “patterns” of cbt.distortions is locked",
        ),
        (
            "texts:\n  - exercise: dt.tipp\n    step: body_check\n    text: {en: Ok?, es: ¿Bien?}",
            3,
            "TRACK_004",
            "“body_check” of dt.tipp is locked: its words keep people safe",
        ),
        (
            "texts:\n  - exercise: dt.tipp\n    step: softer\n    text: {en: Ok., es: Bien.}",
            3,
            "TRACK_004",
            "“softer”",
        ),
        (
            "texts:\n  - exercise: check.core\n    step: safe_today\n    text: {en: A, es: A}",
            3,
            "TRACK_004",
            "“safe_today”",
        ),
        (
            "texts:\n  - exercise: safe.plan\n    step: signs\n    text: {en: A, es: A}",
            3,
            "TRACK_004",
            "“signs”",
        ),
        (
            "texts:\n  - exercise: sud.surf\n    step: how_to\n    example: {en: A, es: A}",
            4,
            "TRACK_005",
            "“how_to” of sud.surf has no “example” to replace",
        ),
        (
            "texts:\n  - exercise: er.copeahead\n    step: situation\n    text: {en: Only}",
            4,
            "TEXT_001",
            "“es” text is missing",
        ),
        (
            (
                "texts:\n  - exercise: er.copeahead\n    step: situation\n"
                "    text: {en: '{{ nothing }}?', es: '¿{{ nothing }}?'}"
            ),
            4,
            "TEXT_004",
            "(In er.copeahead.)",
        ),
        ("on: addicton", 1, "TRACK_007", "There is no track “addicton”"),
        ("check_in: check.evening", 1, "TRACK_010", "must ask all of check.core"),
        (
            (
                "check_in: check.core\nitems:\n  - {id: mood, type: ask_scale, "
                "label: {en: A, es: A}, text: {en: A, es: A}, scale: {min: 0, max: 10}}"
            ),
            3,
            "TRACK_010",
            "ids are locked",
        ),
        (
            GUARDED.strip().replace("      gate: true\n", ""),
            3,
            "TRACK_009",
            "A gate has `gate: true`",
        ),
        (
            GUARDED.strip().replace("id: card", "id: situation"),
            4,
            "TRACK_009",
            "already has a step",
        ),
        (GUARDED.strip().replace("[sud.surf]", "[sud.serf]"), 14, "TRACK_001", "“sud.surf”"),
        ("present_only: true", 1, "TRACK_012", "asks for the story of what happened"),
        ("opening: {en: You committed suicide., es: Hola.}", 1, "TONE_001", "nobody commits"),
        ("warn: [foot]", 1, "SHAPE_006", "food"),
        ("colour: red", 1, "SHAPE_002", "not known here"),
        ("core: [", 2, "YAML_001", "Not readable"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    body: str, line: int, code: str, part: str, tmp_path: Path
) -> None:
    """File, line, code and a sentence that names what was touched."""
    found = problems(tmp_path, own=body + "\n")
    at = f"exercises/tracks/own.yaml:{HEAD_LINES + line} {code} "
    assert any(each.startswith(at) and part in each for each in found), found


def test_a_chain_has_two_links(tmp_path: Path) -> None:
    """A workshop stands on a track, and nothing stands on a workshop."""
    found = problems(tmp_path, ground="", workshop="on: ground\n", third="on: workshop\n")
    assert [each.split(" ", 1)[1][:9] for each in found] == ["TRACK_007"]
    assert "third.yaml" in found[0]


def test_a_gate_of_the_ground_is_never_replaced(tmp_path: Path) -> None:
    """A workshop cannot call its gate like one that is there."""
    found = problems(tmp_path, ground=GUARDED, workshop="on: ground\n" + GUARDED)
    assert any("TRACK_009" in each and "never replaced" in each for each in found)


def test_the_file_is_called_like_its_track(tmp_path: Path) -> None:
    """Groups find a track by its file."""
    folder = written(tmp_path, one="")
    (folder / "one.yaml").rename(folder / "two.yaml")
    (found,) = check_tracks(folder, SHIPPED.exercises)
    assert (found.code, found.line) == ("TRACK_008", 2)


def test_tracks_are_read_when_somebody_needs_them(tmp_path: Path) -> None:
    """A broken file costs nothing until then, is kept in the cache when sound, and is cautious
    when broken: whatever is not for everybody stays hidden, and no word of it is used."""
    folder = written(tmp_path, own=REWORDED, broken="core: [\n")
    tracks = Tracks(folder, tmp_path / "cache")
    assert tracks.names == ("broken", "own")
    assert not (tmp_path / "cache").exists()
    first = tracks.find("own")
    assert (tmp_path / "cache" / "track.own.json").exists()
    assert Tracks(folder, tmp_path / "cache").find("own") == first
    cautious = tracks.find("broken")
    assert cautious is not None
    assert cautious.offer_of(exercise("cbt.thought5")) is Offer.HIDDEN
    assert cautious.offer_of(exercise("mind.ground54321")) is Offer.AVAILABLE
    assert tracks.adapt(exercise("cbt.thought5"), "broken") is exercise("cbt.thought5")
    assert tracks.find("nowhere") is None


def test_words_that_would_break_an_exercise_are_not_used(tmp_path: Path) -> None:
    """At run time the exercise keeps its own words, and the gate stands all the same."""
    body = GUARDED + (
        "texts:\n  - exercise: er.copeahead\n    step: situation\n"
        "    text: {en: '{{ nothing }}?', es: '¿{{ nothing }}?'}\n"
    )
    merged = Tracks(written(tmp_path, own=body)).adapt(exercise("er.copeahead"), "own")
    assert merged.step("situation") == exercise("er.copeahead").step("situation")
    assert merged.steps[0].id == "card"


THOUGHTS = ("cbt.distortions", "cbt.thought5", "cbt.thought7")
GROUPS: dict[str, tuple[str, ...]] = {
    "thoughts": THOUGHTS,
    "experiment": ("cbt.experiment", "cbt.solve"),
    "activity": ("cbt.ba_plan", "cbt.ba_log", "er.accumulate", "er.mastery"),
    "worry": ("cbt.worry_time",),
    "grounding": ("mind.ground54321", "dt.stop", "breath.paced"),
    "scan": ("mind.bodyscan",),
    "facts": ("er.checkfacts", "er.opposite", "er.copeahead"),
    "tipp": ("dt.tipp",),
    "soothe": ("dt.soothe", "dt.improve", "dt.accepts"),
    "pros": ("dt.proscons", "dt.radical"),
    "asking": ("ie.dearman", "ie.give", "ie.fast", "ie.validate"),
    "roles": ("rp.request", "rp.refuse", "rp.boundary", "rp.repair"),
    "recovery": ("sud.surf", "sud.craving", "sud.halt", "sud.rpplan"),
    "diary": ("dbt.diary", "dbt.chain"),
    "values": ("val.compass", "pos.three", "sc.break"),
    "plan": ("safe.plan",),
    "trigger": ("trauma.trigger",),
}
TABLE_B = {
    # in the order of EIGHT: C core, A available, T therapist-enabled, H hidden
    "thoughts": "TCCATCCC",
    "experiment": "TCCAACCA",
    "activity": "CCCCCCCC",
    "worry": "AACAAAAC",
    "grounding": "CCCCCCCC",
    "scan": "HATTAAAA",
    "facts": "TCCCTCCC",
    "tipp": "TTTAAAAH",
    "soothe": "CCCCCCCC",
    "pros": "TCCATACC",
    "asking": "TCCCTCCC",
    "roles": "TCCCTCCA",
    "recovery": "ACCAATCC",
    "diary": "TCCCACCA",
    "values": "CCCCCACC",
    "plan": "CCCCCCCC",
    "trigger": "CAAAATAA",
}
LETTERS = {"C": Offer.CORE, "A": Offer.AVAILABLE, "T": Offer.ADAPTED, "H": Offer.HIDDEN}
ELSE = {("cbt.thought7", "teen"): Offer.AVAILABLE}
"""Teens get the short thought record first."""


@pytest.mark.parametrize("track", EIGHT)
def test_table_b(track: str) -> None:
    """What the clinical brief offers in each track is what the overlay offers."""
    found = SHIPPED.tracks.find(track)
    assert found is not None
    for row, letters in TABLE_B.items():
        for name in GROUPS[row]:
            wanted = ELSE.get((name, track), LETTERS[letters[EIGHT.index(track)]])
            assert found.offer_of(exercise(name)) is wanted, name


def _words(found: Exercise, step: str, field: str) -> str:
    return said(found.step(step).model_dump()[field], "es")


def test_a_gambling_group_hears_of_bets_and_not_of_drinks() -> None:
    """The role-play, the plan and the thought are about what the group is there for."""
    merged = SHIPPED.tracks.adapt(exercise("rp.refuse"), "gambling")
    assert "apuesta" in _words(merged, "friend_one", "text")
    assert "apuesto" in _words(merged, "reply_one", "example")
    assert "bebo" not in merged.canonical()


def test_trauma_begins_with_grounding_and_asks_for_no_story() -> None:
    """The first thing in every list, an opening before each exercise, words that stop it."""
    track = SHIPPED.tracks.find("trauma")
    assert isinstance(track, Track)
    assert track.first[0] == "mind.ground54321"
    for name, each in SHIPPED.exercises.items():
        if track.offer_of(each) is not None and not name.startswith(("check.", "safe.")):
            merged = merge(each, track)
            assert merged.steps[0].id == "track_opening"
            assert merged.is_stop_word("Alto.")
            assert merged.is_stop_word(" STOP ")
            assert not merged.is_stop_word("stop the bus")
