"""Verification: what agrees is said to agree, what differs is found, and what cannot be compared accuses nobody."""

from sqlalchemy import text

from llmsurvey.harvest.evidence import Finding
from llmsurvey.harvest.verify import CHECKS, verify
from llmsurvey.month import Month
from llmsurvey.store import census, server_counts
from llmsurvey.store.server_counts import ServerCount
from tests.harvest.test_counting import counted
from tests.harvest.world import API, OAI, World


def of(world: World, check: str) -> list[Finding]:
    """Return the findings of one check."""
    return [finding for finding in verify(world.survey()) if finding.check == check]


def test_an_undisturbed_store_agrees_with_everything(world: World) -> None:
    """Search, list and counts of one arXiv tell the same; what needs years of papers cannot be compared."""
    world.harvest(API)
    world.harvest(OAI)
    counted(world)
    findings = verify(world.survey())
    assert {finding.consistent for finding in findings} == {True, None}
    assert len({finding.check for finding in findings}) == len(CHECKS)
    assert all(finding.tolerance and finding.meaning and finding.subject for finding in findings)


def test_an_empty_store_differs_from_nothing(world: World) -> None:
    """There is nothing that could disagree."""
    assert not [finding for finding in verify(world.survey()) if finding.consistent is False]


def test_a_paper_that_is_gone_is_missed(world: World) -> None:
    """The ledger knows how many came in, and the server how many there are."""
    world.harvest(API)
    counted(world)
    with world.database.writing() as connection:
        connection.execute(text("DELETE FROM papers WHERE month = '2018-07'"))
    (window,) = [finding for finding in of(world, "store against ledger") if "2018-07" in finding.subject]
    assert window.consistent is False
    assert (window.found or 0) < (window.expected or 0)
    months = [each.subject for each in of(world, "arXiv's count against the store's") if each.consistent is False]
    assert '"language model", 2018-07' in months


def test_a_count_that_moved_is_found(world: World) -> None:
    """Where arXiv counts more than the store holds, the month is named with both numbers."""
    world.harvest(API)
    with world.database.writing() as connection:
        server_counts.keep(connection, "language model", Month(2018, 8), ServerCount(900, world.now))
    month, _ = of(world, "arXiv's count against the store's")
    assert (month.expected, month.consistent) == (900, False)


def test_a_paper_under_two_identifiers_is_found(world: World) -> None:
    """A source that once read identifiers as numbers brings papers a second time."""
    world.harvest(API)
    with world.database.writing() as connection:
        ids = ("1801.01390", "1801.0139", "1801.0042399999998")
        census.add(connection, [(arxiv_id, "2018-01", "cs.CL", 1) for arxiv_id in ids])
    (finding,) = of(world, "identifiers")
    assert (finding.expected, finding.found, finding.consistent) == (0, 1, False)
    assert "2 identifiers are not as arXiv writes them" in finding.meaning


def test_a_gap_is_a_difference(world: World) -> None:
    """A window that is not whole is told, with the command that asks again."""
    world.harvest(API)
    with world.database.writing() as connection:
        connection.execute(text("UPDATE windows SET status = 'gap', fault = 'BlankBody: nothing came'"))
    (finding,) = of(world, "store against ledger")
    assert (finding.consistent, "llmsurvey harvest" in finding.meaning) == (False, True)


def test_an_index_that_forgot_a_paper_is_found(world: World) -> None:
    """The index is held against the rule on stored papers."""
    world.harvest(API)
    with world.database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO papers_fts(papers_fts, rowid, title, abstract) "
                "SELECT 'delete', id, title, abstract FROM papers WHERE id = 7"
            )
        )
    findings = of(world, "index against rule")
    assert [finding.consistent for finding in findings if finding.subject == '"language model"'] == [False]
