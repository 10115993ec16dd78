"""How words that somebody wrote are read back: so that nothing of them stays behind."""

from pydantic import ConfigDict

PRIVATE = ConfigDict(frozen=True, cache_strings="keys")
"""For every model that holds what people wrote or were shown.

Reading JSON, pydantic otherwise keeps the last 16,384 short strings in a table of its own, to make
equal ones once. People's words would stay in memory there long after they were shown, past the
erasure of whoever wrote them, and 1.5 MB with them. Names of fields are kept: they are ours.
"""
STRICT = PRIVATE | ConfigDict(extra="forbid")
"""The same where nothing else may stand beside."""
