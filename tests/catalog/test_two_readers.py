"""libyaml reads most files, the reader in Python the rest: nobody can tell which it was."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.catalog.placing import plainly

FILES = sorted(Path("exercises").rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_ours(path: Path) -> None:
    """Both readers find the same in every file."""
    text = path.read_text(encoding="utf-8")
    assert plainly(text) == YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a: no", {"a": "no"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: {en: How was it?, es: ¿Cómo fue?}", {"a": {"en": "How was it?", "es": "¿Cómo fue?"}}),
        ("a: [x:y, z]", {"a": ["x:y", "z"]}),
        ("%YAML 1.1\n---\na: no", {"a": False}),
        ('a: "\\u00e9\\/"', {"a": "é/"}),
    ],
)
def test_a_text(text: str, read: object) -> None:
    """YAML 1.2 counts, also where libyaml knows only 1.1."""
    assert plainly(text) == read


@pytest.mark.parametrize("text", ["a:\tb", "a: 1\na: 2", "a: [", "a: \x07"])
def test_what_is_refused(text: str) -> None:
    """What one reader refuses, the other does not let pass."""
    with pytest.raises(YAMLError):
        plainly(text)
