"""How many examples a property test tries under a Hypothesis profile."""

from hypothesis import settings


def examples(count: int) -> int:
    """Scale a count to the profile: `count` is for a profile of 100 examples."""
    return max(min(count, 10), count * settings().max_examples // 100)
