"""How faults are borne."""

import inspect

import pytest

from llmsurvey.errors import Gap, Stop
from llmsurvey.sources import faults
from llmsurvey.sources.faults import Fault
from llmsurvey.sources.patience import Lasting, NoAnswer, Patience, ended, patience

FAULTS = [kind for _, kind in inspect.getmembers(faults, inspect.isclass) if issubclass(kind, Fault)]


def made(kind: type[Fault]) -> Fault:
    """Make a fault of a kind."""
    if kind in {faults.ShrinkingTotal, faults.GrowingTotal}:
        return kind(3, 2)
    return kind("here", "there") if kind is faults.WrongHost else kind("what")


@pytest.mark.parametrize("kind", FAULTS)
def test_patience_with_every_fault_ends(kind: type[Fault]) -> None:
    """Each fault is asked again a few times, after pauses that grow, and then is a gap or a stop with its text."""
    fault = made(kind)
    borne = patience(fault)
    assert 2 <= borne.attempts <= 10
    pauses = [borne.pause(attempt) for attempt in range(1, borne.attempts)]
    assert all(pause is not None for pause in pauses)
    assert borne.pause(borne.attempts) is None
    assert sum(pause or 0 for pause in pauses) < 600
    last = ended(fault, borne.attempts)
    assert isinstance(last, Gap | Stop)
    assert fault.message in last.message
    assert last.hint == fault.hint != ""


def test_pauses_double() -> None:
    """5, 10 and 20 seconds lie between four requests."""
    assert [Patience(4, 5).pause(attempt) for attempt in (1, 2, 3, 4)] == [5, 10, 20, None]


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (faults.RateLimited("429"), NoAnswer),
        (faults.Stalled("late"), NoAnswer),
        (faults.NameFailure("no name"), NoAnswer),
        (faults.TruncatedXml("half"), Lasting),
        (faults.ErrorEntry("500"), Lasting),
    ],
)
def test_a_lasting_fault_of_the_host_ends_the_run(fault: Fault, end: type[Exception]) -> None:
    """Where arXiv refuses or is away, nothing else is asked; where one page is bad, the rest goes on."""
    assert type(ended(fault, 3)) is end
