"""A paper is found by its identifier, however that is written; where it is not, the next step is told."""

from pathlib import Path

import pytest

from llmsurvey.errors import ExitCode, Stop
from llmsurvey.store import census
from llmsurvey.store.database import Database
from llmsurvey.store.lookup import arxiv_id_of, looked_up
from tests.stored_papers import a_paper, a_store, add

NEW, OLD = "2303.18223", "hep-th/9901001"


@pytest.mark.parametrize(
    ("written", "arxiv_id"),
    [
        (NEW, NEW),
        (f" arXiv:{NEW}v2 ", NEW),
        (f"ARXIV: {NEW}", NEW),
        (f"arXiv:{NEW}v2 [cs.CL]", NEW),
        (f"https://arxiv.org/abs/{NEW}v16", NEW),
        (f"http://export.arxiv.org/pdf/{NEW}v1.pdf", NEW),
        (f"arxiv.org/html/{NEW}#S1", NEW),
        (f"https://www.arxiv.org/abs/{NEW}?context=cs", NEW),
        (f"https://doi.org/10.48550/arXiv.{NEW}", NEW),
        (OLD, OLD),
        (f"https://arxiv.org/abs/{OLD}v3", OLD),
        ("math.GT/0309136", "math/0309136"),
        ("2303.1822", None),
        ("2303.18223v", None),
        ("9999.99999", None),
        ("1706.3762", None),
        ("", None),
        ("' OR 1=1", None),
        ("x" * 100_000, None),
    ],
)
def test_an_identifier_is_read_as_people_write_it(written: str, arxiv_id: str | None) -> None:
    """Version, prefix, address and category fall away; what is left is an identifier, or nothing."""
    assert arxiv_id_of(written) == arxiv_id


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Store two papers, one of them revised, and count a third."""
    store = a_store(tmp_path / "s.db", [a_paper(NEW), a_paper(OLD, day="1999-01-04")])
    add(store, [a_paper(NEW, title="A longer survey", versions=2)])
    with store.writing() as connection:
        census.add(connection, [("2303.00009", "2303-03", "math.NT", 1)])
    return store


def test_a_paper_comes_with_its_changes(database: Database) -> None:
    """What a later version changed is kept with its date."""
    known = looked_up(database, f"arXiv:{NEW}v1")
    assert known.paper.title == "A longer survey"
    assert [(each.field, each.before, each.after) for each in known.changes] == [
        ("title", "A survey", "A longer survey")
    ]
    assert looked_up(database, OLD).changes == ()


@pytest.mark.parametrize("arxiv_id", ["1801.0042399999998", "math.GT/0309136"])
def test_a_paper_is_found_as_its_source_wrote_it(database: Database, arxiv_id: str) -> None:
    """What a source made of an identifier is the key under which the paper stands."""
    add(database, [a_paper(arxiv_id)])
    assert looked_up(database, arxiv_id).paper.arxiv_id == arxiv_id


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2303.1823", "did you mean 2303.18223?"),
        ("2303.18232", "did you mean 2303.18223?"),
        ("hep-th/990101", "did you mean hep-th/9901001?"),
        ("2401.00001", "https://arxiv.org/abs/2401.00001"),
        ("2303.00009", "--keep all"),
        ("kettle", "papers search"),
    ],
)
def test_an_absent_paper_is_told_with_the_next_step(database: Database, written: str, said: str) -> None:
    """A misspelt one names its neighbour, a counted one the import, an unknown one its page."""
    with pytest.raises(Stop) as fault:
        looked_up(database, written)
    assert said in fault.value.hint
    assert fault.value.exit_code is ExitCode.FAILURE
