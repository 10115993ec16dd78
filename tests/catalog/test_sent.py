"""A file somebody sent: read safely, told by its own name, kept nowhere."""

from pathlib import Path

import pytest

from bot.catalog.load_sent import LARGEST, read_sent

SMALL = (Path(__file__).parent / "small.yaml").read_bytes()
LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (at, at, b", ".join([b"*%c" % (at - 1)] * 10)) for at in range(98, 108)
)


def test_a_good_file_is_an_exercise() -> None:
    """As if it lay in the folder."""
    source = read_sent(SMALL, "mine.yaml")
    assert source.problems == ()
    assert source.exercise is not None
    assert source.exercise.id == "test.small"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SMALL.replace(b"else: end", b"else: nd"), "STEP_002 There is no step called “nd”."),
        (b"schema: 1\nid: [", "YAML_001"),
        (b"\xff\xfe\x00", "YAML_001 The file is not UTF-8 text."),
        (b"", "YAML_003 This file holds no exercise."),
        (b"- a\n- b\n", "YAML_003"),
        (b"a: !!python/object/apply:os.system [echo]\n", ""),
        (b"a: 1\n" * 3, "YAML_002"),
        (b"[" * 5000, "YAML_001 This is nested too deeply."),
        (b"{" * LARGEST, "YAML_001 This is nested too deeply."),
        (b"- " * (LARGEST // 2), "YAML_001 This is nested too deeply."),
        (b"a: &a [*a]\n", "YAML_004 The file says too much"),
        (LAUGHS, "YAML_004 The file says too much"),
        (b"#" * (LARGEST + 1), "YAML_004 The file is larger than 256 KB."),
        (SMALL + b"  - include: core\n", "core"),
    ],
)
def test_whatever_is_wrong_is_told_with_the_name_it_was_sent_by(data: bytes, told: str) -> None:
    """Never an exception, never a folder of ours, never for ever."""
    source = read_sent(data, "../../etc/mine.yaml")
    assert source.exercise is None or source.problems
    assert source.problems
    assert all(str(each).startswith("mine.yaml:") for each in source.problems)
    assert told in str(source.problems[0])
    assert "/tmp" not in "".join(map(str, source.problems))
