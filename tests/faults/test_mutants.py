"""The mutants keep up with the code they change; `make faults` puts them through rehearsals."""

import pytest

from tests.faults.hunt import PLANS, SCENES
from tests.faults.mutants import MUTANTS, Change, Mutant, OutdatedError, mutated
from tests.faults.places import ROOT
from tests.faults.troubles import POISON

CHANGES = [POISON, *(change for mutant in MUTANTS for change in mutant.changes)]


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.file)
def test_the_text_a_mutant_changes_is_there(change: Change) -> None:
    """Once; if not, the mutant in tests/faults/mutants.py must follow the code."""
    assert (ROOT / "bot" / change.file).read_text("utf-8").count(change.old) == 1


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.name)
def test_every_mutant_has_its_rehearsal(mutant: Mutant) -> None:
    """By a name there is."""
    assert mutant.rehearsal in {*PLANS, *SCENES}


def test_a_mutant_that_lost_its_place_is_refused() -> None:
    """Loudly, before anything is rehearsed."""
    lost = Change("errors.py", "there is no such text in it", "")
    with pytest.raises(OutdatedError, match=r"bot/errors\.py"), mutated((lost,)):
        pytest.fail("it was made all the same")
