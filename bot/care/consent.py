"""Whether somebody agreed to a use of what they write, and what has to be asked again."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.consents import SWITCHES, Consents, Scope

__all__ = ["Given", "Scope", "allowed", "to_ask_again"]


@dataclass(frozen=True, slots=True)
class Given:
    """The newest word somebody said on one scope: yes or no, to the words of which version."""

    granted: bool
    version: int


def allowed(scope: Scope, given: Mapping[Scope, Given], texts: Consents) -> bool:
    """Whether it may be done: a yes to words that still mean the same, within the frame.

    What was never asked is a no, and so is a yes to words that said something else (42 CFR 2.31,
    GDPR Art. 7: agreement is to something specific).
    """
    wanted = {Scope.FRAME, scope}
    return all(_stands(each, given, texts) for each in wanted)


def to_ask_again(given: Mapping[Scope, Given], texts: Consents) -> tuple[Scope, ...]:
    """What came to mean something else since this person said yes. The frame comes first and alone:
    without it no other yes counts, and nobody would know why."""
    changed = tuple(
        scope
        for scope in (Scope.FRAME, *SWITCHES)
        if scope in given and given[scope].granted and not _stands(scope, given, texts)
    )
    return changed[:1] if Scope.FRAME in changed else changed


def _stands(scope: Scope, given: Mapping[Scope, Given], texts: Consents) -> bool:
    newest = given.get(scope)
    return newest is not None and newest.granted and newest.version >= texts.since(scope)
