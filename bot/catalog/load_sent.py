"""An exercise that somebody sent as a file: read like any other, and kept nowhere."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.catalog import yaml12
from bot.catalog.load import Source, read_file
from bot.catalog.problem import Problem

LARGEST = 256 * 1024
"""Bytes; ten times the longest exercise there is."""
MOST_PARTS = 20_000
"""Values in a file, anchors counted as often as they are used: a few lines of anchors that use each
other can stand for more than fits into memory."""
DEEPEST = 100
"""Brackets open at a time. Of thousands, each is looked at again for every one that follows."""
TOO_DEEP = "This is nested too deeply."
_BRACKETS = re.compile(r"[][{}]")


def read_sent(data: bytes, name: str) -> Source:
    """What the file holds or what is wrong with it, under the name it was sent by. Never raises."""
    called = Path(name).name or "file.yaml"
    if len(data) > LARGEST:
        return _refused(called, "YAML_004", f"The file is larger than {LARGEST // 1024} KB.")
    try:
        text = data.decode("utf-8")
        if _open_at_once(text) > DEEPEST:
            return _refused(called, "YAML_001", TOO_DEEP)
        root = yaml12.YAML(typ="safe", pure=True).compose(text)
        too_many = root is not None and _parts(root, {}) > MOST_PARTS
    except RecursionError:  # the reader written in C knows no such limit: it ends the process
        return _refused(called, "YAML_001", TOO_DEEP)
    except yaml12.UNREADABLE:
        too_many = False  # told below, with its line
    if too_many:
        return _refused(called, "YAML_004", "The file says too much: its anchors repeat too often.")
    with TemporaryDirectory(prefix="between-") as folder:  # only its owner can look in
        file = Path(folder) / "sent.yaml"
        file.write_bytes(data)
        source = read_file(file)
    problems = tuple(replace(each, file=called) for each in source.problems)
    return Source(called, None, None, source.exercise, problems)


def _open_at_once(text: str) -> int:
    """How many brackets are open at the most, those in words counted, too."""
    depth = most = 0
    for sign in _BRACKETS.findall(text):
        depth = depth + 1 if sign in "[{" else max(0, depth - 1)
        most = max(most, depth)
    return most


def _parts(node: "yaml12.Node", known: dict[int, int]) -> int:
    """How many values the node stands for; one inside itself counts as too many."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = MOST_PARTS + 1
    match node:
        case yaml12.MappingNode():
            inside = [each for pair in node.value for each in pair]
        case yaml12.SequenceNode():
            inside = list(node.value)
        case yaml12.ScalarNode() | _:
            inside = []
    known[id(node)] = min(1 + sum(_parts(each, known) for each in inside), MOST_PARTS + 1)
    return known[id(node)]


def _refused(name: str, code: str, message: str) -> Source:
    return Source(name, None, None, None, (Problem(code, message, (), name, 1),))
