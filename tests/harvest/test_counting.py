"""Counts only: one request a month and phrase, kept apart from what is stored, and shown beside it."""

from pathlib import Path

import pytest

from llmsurvey.harvest import counting
from llmsurvey.harvest.counting import Counted, Counts
from llmsurvey.harvest.span import Span
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.host_clock import Machine
from llmsurvey.sources.transport import Transport
from llmsurvey.store import server_counts
from llmsurvey.survey import Coverage, Question
from tests.harvest.world import API, LAST, World, matching
from tests.standin import Fault, Record
from tests.standin.corpus import Corpus

SPAN = Span(None, LAST)


def counted(world: World) -> Counted:
    """Ask for the counts that are not known."""
    wishes = counting.to_count(world.tracked, SPAN, world.now, known(world))
    restless = Machine(sleep=lambda _seconds: None)
    with Transport(world.settings, world.folder, limits=world.limits, machine=restless) as transport:
        return counting.count(world.database, world.settings, wishes, Asker(transport, machine=restless))


def known(world: World) -> Counts:
    """Return the counts in the store."""
    with world.database.reading() as connection:
        return server_counts.counts(connection)


def test_each_count_costs_one_request(world: World, four_months: list[Record]) -> None:
    """The numbers are those of the server, for the phrase and for all papers, and are not asked for again."""
    assert (counted(world).requests, counted(world).requests) == (8, 0)
    said = known(world)
    found = sum(count.papers for (phrase, _), count in said.items() if phrase == "language model")
    assert len(matching(four_months)) <= found <= len(matching(four_months)) + 3
    assert sum(count.papers for (phrase, _), count in said.items() if not phrase) >= len(four_months)


def test_counts_stand_beside_what_is_stored(world: World) -> None:
    """Without papers the store has no number of its own; after a harvest both agree but for the border's minute."""
    counted(world)
    assert {row.local for row in counting.compared(world.survey(), known(world))} <= {None, 0}
    world.harvest(API)
    rows = [row for row in counting.compared(world.survey(), known(world)) if row.phrase]
    assert [row.complete for row in rows] == [True] * 4
    assert all(row.local is not None and row.server - 1 <= row.local <= row.server for row in rows)


def test_the_server_s_total_is_a_denominator_of_what_was_searched(world: World) -> None:
    """A share has a complete denominator once arXiv said how many papers the month has."""
    counted(world)
    world.harvest(API)
    points = world.survey().series(Question(Phrase("language model"), until=LAST)).points
    assert {point.coverage for point in points} == {Coverage.COMPLETE}
    assert all(point.total is not None and point.total >= 40 for point in points)


@pytest.mark.parametrize("name", ["blank", "error_entry", "false_zero", "wrong_echo", "rate_limit"])
def test_a_count_that_fails_is_missing_and_asked_again(tmp_path: Path, four_months: list[Record], name: str) -> None:
    """What a fault took is not on record; the next run asks for it, and for nothing else that was said."""
    with World(tmp_path, four_months, [Fault(name=name, on="api", requests=tuple(range(3, 40)), seconds=0)]) as world:
        first = counted(world)
        if name != "false_zero":
            assert first.missing or first.stopped
            assert first.counts == 2
        world.arxiv.plan._armed.clear()
        counted(world)
        assert (LAST in {month for _, month in known(world)}, len(known(world))) == (True, 8)


def test_a_zero_is_not_believed_where_there_were_papers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old number stays, and the new one is missing by its name."""
    counted(world)
    before = known(world)
    world.now = world.now.replace(year=2018, month=10, day=20)
    with world.database.writing() as connection:
        for (phrase, month), count in before.items():
            server_counts.keep(
                connection, phrase, month, server_counts.ServerCount(count.papers, world.now.replace(day=1))
            )
    monkeypatch.setattr(world.arxiv.site, "corpus", Corpus(()))
    done = counted(world)
    assert {each.reason.split(":")[0] for each in done.missing} == {"FalseZero"}
    assert {key: count.papers for key, count in known(world).items()} == {k: c.papers for k, c in before.items()}


def test_a_zero_that_nothing_contradicts_is_asked_again(tmp_path: Path, four_months: list[Record]) -> None:
    """A first count of nothing is believed when it is said twice."""
    with World(tmp_path, four_months, [Fault(name="false_zero", on="api", requests=(1,))]) as world:
        assert counted(world).requests == 9
        assert all(count.papers for count in known(world).values())


def test_only_months_of_the_phrase_are_counted(world: World) -> None:
    """A phrase is counted from its first tracked month on, all papers from the first month of any."""
    months = {(wish.text, wish.month) for wish in counting.to_count(world.tracked, Span(), world.now, {})}
    assert ("large language model", Month(2019, 9)) not in months
    assert {("large language model", Month(2019, 10)), ("", Month(2018, 6))} <= months
