"""How many examples Hypothesis tries: a few hundred in `make test`, ten thousand in test-long."""

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"

PROFILE = "between"

# In `make test` the same examples every time, so that nobody's change fails by chance.
settings.register_profile(
    PROFILE,
    max_examples=10_000 if LONG else 200,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def examples(short: int) -> int:
    """So many in `make test`, ten thousand in the long run."""
    return 10_000 if LONG else short
