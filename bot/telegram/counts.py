"""What became of the calls so far, for the metrics."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """`plain`, `undrawn`, `unbuilt`, `unshown`, `broken` and `lost` are our bugs and should stay 0.

    (`unshown` also counts people who let nobody send them voice notes.)
    """

    sent: int = 0
    later: int = 0
    uncertain: int = 0
    unreachable: int = 0
    failed: int = 0
    slowed: int = 0
    plain: int = 0
    undrawn: int = 0
    unbuilt: int = 0
    unshown: int = 0
    broken: int = 0
    lost: int = 0
