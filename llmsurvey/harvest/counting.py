"""Asking arXiv how many papers there are, without the papers: one request a month and phrase, kept apart from ours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from llmsurvey.config import Settings
from llmsurvey.errors import Gap, Unreachable
from llmsurvey.harvest.intake import in_words
from llmsurvey.harvest.plan import A_DAY
from llmsurvey.harvest.span import Span, recent
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources.arxiv_api import ArxivApi, Search
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.base import SURE_ZEROS, Window
from llmsurvey.sources.faults import FalseZero
from llmsurvey.sources.patience import Lasting
from llmsurvey.store import coverage, server_counts
from llmsurvey.store.database import Database
from llmsurvey.store.server_counts import ALL, ServerCount
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.survey import Coverage, Question, TrackedPhrase

Counts = Mapping[tuple[str, Month], ServerCount]


@dataclass(frozen=True, slots=True)
class ToCount:
    """One number to ask for."""

    phrase: Phrase | None
    """None: all papers of the month."""
    month: Month

    @property
    def text(self) -> str:
        """The phrase as the store has it."""
        return self.phrase.text if self.phrase else ALL


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A number that arXiv did not say."""

    phrase: str
    month: Month
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a run of counting brought."""

    counts: int
    requests: int
    missing: tuple[Uncounted, ...] = ()
    unasked: int = 0
    stopped: Unreachable | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A month of a phrase as arXiv counts it and as the store does, by the stemmed rule."""

    phrase: str
    month: Month
    server: int
    local: int | None
    """Papers with the phrase that are stored; for all papers the denominator. None where nothing is known."""
    complete: bool
    """Whether all papers of the month with the phrase are stored."""


def to_count(tracked: Sequence[TrackedPhrase], span: Span, now: datetime, counts: Counts) -> tuple[ToCount, ...]:
    """Return the numbers to ask for: those never said, or said before the month had settled, and the recent ones.

    The phrases come before all papers, so that their curves stand first. What was said within a day is not asked again.
    """
    months = span.checked(now.date()).months(tracked, now.date())
    wished = [ToCount(each.phrase, month) for each in tracked for month in months if month >= each.since]
    wished += [ToCount(None, month) for month in months]
    first_recent = recent(now.date())
    return tuple(each for each in wished if not _is_said(counts.get((each.text, each.month)), each, first_recent, now))


def _is_said(count: ServerCount | None, wish: ToCount, first_recent: Month, now: datetime) -> bool:
    if count is None:
        return False
    if count.asked >= now - A_DAY:
        return True
    return wish.month < first_recent and count.is_final(wish.month, now.date())


def count(
    database: Database,
    settings: Settings,
    wishes: Sequence[ToCount],
    asker: Asker,
    progress: Callable[[float], None] | None = None,
) -> Counted:
    """Ask for each number and keep it at once. The caller holds the store's lock."""
    api, before = ArxivApi(settings.arxiv_api_url), asker.transport.sent
    with database.reading() as connection:
        known = server_counts.counts(connection)
    missing: list[Uncounted] = []
    done, stopped = 0, None
    for place, wish in enumerate(wishes):
        try:
            said = _said(api, asker, wish, known)
        except Gap as gap:
            missing.append(Uncounted(wish.text, wish.month, in_words(gap)))
            continue
        except Unreachable as unreachable:
            stopped = unreachable
            return Counted(done, asker.transport.sent - before, tuple(missing), len(wishes) - place, stopped)
        with database.writing() as connection:
            server_counts.keep(connection, wish.text, wish.month, said)
        done += 1
        if progress:
            progress(1)
    return Counted(done, asker.transport.sent - before, tuple(missing))


def _said(api: ArxivApi, asker: Asker, wish: ToCount, known: Counts) -> ServerCount:
    """Return a number; a zero is asked for once more, and not believed where there were papers before."""
    search = Search(Window.of(wish.month), (wish.phrase,) if wish.phrase else ()).counting
    before = known.get((wish.text, wish.month))
    for _ in range(SURE_ZEROS):
        page = asker.page(api, search)
        if page.total:
            break
    if not page.total and before and before.papers:
        raise Lasting(FalseZero(f"arXiv counts nothing, and counted {before.papers:,} before"), SURE_ZEROS)
    return ServerCount(page.total or 0, page.as_of)


def compared(survey: StoredSurvey, counts: Counts) -> Iterator[Compared]:
    """Put arXiv's numbers beside those of the store, phrase by phrase and then for all papers."""
    for each in survey.tracked():
        said = {month: count for (text, month), count in counts.items() if text == each.phrase.text}
        if not said:
            continue
        points = survey.series(Question(each.phrase, since=min(said), until=max(said))).points
        local = {point.month: point for point in points}
        for month in sorted(said):
            point = local.get(month)
            yield Compared(
                each.phrase.text,
                month,
                said[month].papers,
                point.count if point else None,
                complete=bool(point and point.complete),
            )
    yield from _all_papers(survey, counts)


def _all_papers(survey: StoredSurvey, counts: Counts) -> Iterator[Compared]:
    with survey.database.reading() as connection:
        known = coverage.totals(connection, survey.readings(), survey.as_of)
    for (text, month), said in counts.items():
        if text == ALL:
            complete = known.listed(month) is Coverage.COMPLETE
            yield Compared(ALL, month, said.papers, known.papers.get(month), complete)
