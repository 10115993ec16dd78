"""All content with a handful of risk phrases: reading the shipped ones takes seconds each time."""

import shutil
from pathlib import Path

from bot.config import TOP

PHRASES = """\
language: en
families:
  - {id: wish, category: suicide, tier: crisis, reason: wants to die, say: [kill myself]}
"""


def with_few_phrases(folder: Path) -> Path:
    """A copy in this folder, as a clinic has its own; what it plays is left out."""
    root = folder / "exercises"
    shutil.copytree(TOP / "exercises", root, ignore=shutil.ignore_patterns("risk", "media"))
    (root / "media").mkdir()
    (root / "support" / "risk").mkdir()
    (root / "support" / "risk" / "en.yaml").write_text(PHRASES, encoding="utf-8")
    return root
