"""Reading the risk phrases a clinician keeps in exercises/support/risk/, one file per language."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.catalog.cache import code, keep, key_of, recall
from bot.catalog.problem import Problem
from bot.catalog.risk import Rules
from bot.catalog.risk.compiled import rules_of

NET = "letters.tsv"
"""The net of letters, beside the phrase files."""
FILE = "risk.json"
"""What the compiled rules are kept as in the cache folder."""


def load_risk(folder: Path, cache: Path | None = None) -> tuple[Rules, tuple[Problem, ...]]:
    """The rules of all phrase files of a folder, and what is to be mended in them, as
    `prepare_risk` tells."""
    make, problems = prepare_risk(folder, cache)
    return make(), problems


def prepare_risk(
    folder: Path, cache: Path | None = None, anew: Callable[[], None] = lambda: None
) -> tuple[Callable[[], Rules], tuple[Problem, ...]]:
    """What makes the rules of all phrase files of a folder, and what is to be mended in them. What
    it makes it makes anew each time, in a tenth of a second, and cannot fail.

    Never raises for what somebody wrote: a phrase that cannot be read costs only itself. But with
    problems the screen sees less than it should, so nobody may be served with such rules.

    Reading takes seconds; `cache` is a folder where rules without problems are kept until the
    phrases, or the code that reads them, change. `anew` is called before they are really read, and
    may have another process read them: what is kept is looked at once more after it.
    """
    paths = sorted(folder.glob("*.yaml"))
    net = folder / NET
    nets = [net] if net.exists() else []
    key = key_of((*paths, *nets)) + code() if cache else ""
    kept = recall(cache / FILE, key) if cache else None
    if kept is not None:
        return partial(rules_of, kept), ()
    anew()
    kept = recall(cache / FILE, key) if cache else None
    if kept is not None:
        return partial(rules_of, kept), ()
    from bot.catalog.read_risk import read_risk  # takes much along that is rarely needed

    plain, problems = read_risk(paths, nets)
    if not paths:
        problems = (Problem("RISK_001", "No phrase files here.", (), str(folder), 1),)
    if cache and not problems:
        keep(cache / FILE, key, plain)
    return partial(rules_of, plain), problems
