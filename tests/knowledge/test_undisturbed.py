"""The garbage collector is left as it was found."""

import gc

import pytest

from llmsurvey.knowledge.undisturbed import undisturbed


def _failing() -> None:
    with undisturbed():
        assert not gc.isenabled()
        raise ZeroDivisionError


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_afterwards(was_on: bool) -> None:
    """Off inside, and afterwards as before, also where something fails inside."""
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(ZeroDivisionError):
            _failing()
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
