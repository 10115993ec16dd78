"""How the tables came to be what they are."""

from pathlib import Path

HEAD = "0024"
"""The newest revision; a test holds it to what Alembic finds in `versions/`."""


def revisions() -> frozenset[str]:
    """Every revision this version of Between knows, by the names of their files."""
    files = (Path(__file__).parent / "versions").glob("[0-9]*_*.py")
    return frozenset(file.name.partition("_")[0] for file in files)
