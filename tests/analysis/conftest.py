"""The proof of the shipped table, made once for all test files."""

import pytest

from recognition_model.analysis.proof import Proof, prove


@pytest.fixture(scope="session")
def proof() -> Proof:
    """The shipped table, proven over the shipped record, with the result of every mutant."""
    return prove()
