"""A small phrase file for the tests of the engine, and the shipped rules for the floors."""

from pathlib import Path

import pytest

from bot.care.risk import Rules
from bot.catalog.load_risk import NET, load_risk
from bot.cli.risk import shipped_rules

SMALL = """\
language: en
words:
  not: [not, dont, never]
  die: [die, be dead]
  want: [want to, wanna]
spellings:
  want to: [wantto]
  die: [dye]
  kill myself: [kms]
typos: [suicide]
starred: [suicide, kill]
harmless:
  - reason: a saying
    say: [killing it, (dying|dead) to (know|see), kill ..1 time, die laughing]
cues:
  - {flag: negated, where: before, say: [(dont|not|never) (want to)?, no]}
  - {flag: past, where: before, say: [used to (want to)?, used to (i)?]}
  - {flag: past, where: sentence, say: [years ago]}
  - {flag: third_person, where: before, say: [my (friend|brother) ..2]}
  - {flag: joking, where: message, say: [lol]}
  - {flag: quoted, where: before, say: [lyrics ..3 / (i)?]}
  - {flag: conditional, where: after, say: [..1 if]}
  - {flag: everyday, where: after, say: [..3 dentist]}
families:
  - id: veiled
    category: suicide
    tier: crisis
    reason: says it without the word
    when: {negated: none, everyday: none}
    say: [gone by (monday|dusk)]
  - id: wish
    category: suicide
    tier: crisis
    reason: wants to die
    when: {negated: none, past: concern, third_person: concern, quoted: none}
    say: [<want> <die>, kill myself, "suicide", ending it $, knife ..2 me, i hate (!mondays) life]
  - id: past
    category: suicide
    tier: crisis
    reason: tells of an attempt
    when: {past: concern}
    narrated: true
    say: [tried to drown]
  - id: passive
    category: suicide
    tier: concern
    reason: does not want to live
    say: [dont want to (live|be here), (not|dont) care / whatever happens]
signs:
  - {id: farewell, say: [farewell, so long]}
  - {id: soon, say: [tonight, by (monday|friday)]}
together:
  - id: plan
    category: suicide
    tier: crisis
    reason: a farewell and a time
    when: {negated: none}
    within: 12
    of: [farewell + soon|passive]
"""
LETTERS = """\
# a net
=\t50\t120
dusk\t60\t0
~_glo\t40\t70
bleak\t40\t70
long shadow\t60\t0
coffin\t40\t40
cake\t-80\t-120
"""
SPANISH = """\
language: es
words:
  not: ["no", nunca]
harmless:
  - reason: a saying
    say: [muero de risa]
cues:
  - {flag: negated, where: before, say: ["no", nunca]}
  - {flag: negated, where: after, say: ["no"]}
families:
  - id: wish
    category: suicide
    tier: crisis
    reason: wants to die
    when: {negated: none}
    say: [quiero morir, muero, me mato]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small phrase file."""
    (tmp_path / "en.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / NET).write_text(LETTERS, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The rules of the small phrase file."""
    folder = tmp_path_factory.mktemp("risk")
    (folder / "en.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "es.yaml").write_text(SPANISH, encoding="utf-8")
    (folder / NET).write_text(LETTERS, encoding="utf-8")
    built, problems = load_risk(folder)
    assert problems == ()
    return built


@pytest.fixture(scope="session")
def shipped() -> Rules:
    """The rules of the phrase files that Between comes with."""
    return shipped_rules()
