"""The public names and their types, in the order in which a survey is made. What is wrong here breaks others' code."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, assert_type

from llmsurvey import __version__
from llmsurvey.config import Pace, Settings, load
from llmsurvey.doctor import Finding, examine
from llmsurvey.errors import BadUsage, ExitCode, Gap, Retry, Stop, SurveyError, Unreachable
from llmsurvey.exports.formats import FORMATS, Export, exported
from llmsurvey.figures.catalogue import FIGURES, figure_named
from llmsurvey.figures.figure import Figure, Saved
from llmsurvey.harvest.order import Order, plan_of
from llmsurvey.harvest.plan import Plan
from llmsurvey.harvest.runner import Harvested, harvest
from llmsurvey.job import Outcome, run
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.catalogue import load as load_knowledge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.scaling import Allocation
from llmsurvey.knowledge.scaling_laws import chinchilla
from llmsurvey.lineage.ancestry import Relative, descendants
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.route import Route, route
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.report.survey import Written, write_report
from llmsurvey.sources.asking import Asker
from llmsurvey.sources.transport import Transport
from llmsurvey.status import Status, alarm, read_status, status_file
from llmsurvey.store.database import Database
from llmsurvey.store.query import parsed
from llmsurvey.store.search import Search, every, found
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened
from llmsurvey.survey import Coverage, Hole, Point, Provenance, Question, Series, Survey
from llmsurvey.trends.growth import Event, Growth, PapersADay


def words(paper: Paper) -> None:
    """Use papers, months and phrases."""
    assert_type(__version__, str)
    assert_type((paper.arxiv_id, paper.title, paper.abstract), tuple[str, str, str])
    assert_type((paper.authors, paper.categories), tuple[tuple[str, ...], tuple[str, ...]])
    assert_type((paper.submitted, paper.updated), tuple[datetime, datetime])
    assert_type((paper.month, paper.primary_category), tuple[Month, str])
    assert_type(Month.parse("2018-06") + 1, Month)
    assert_type(list(Month(2018, 6).through(Month(2019, 10))), list[Month])
    assert_type(Month(2018, 6).first_day, date)
    assert_type(matches(Rule.STEMMED, Phrase("language model"), (paper.title, paper.abstract)), bool)


def questions(survey: Survey) -> None:
    """Ask the waist: whoever answers these questions can be drawn and reported."""
    series = survey.series(Question(Phrase("language model"), since=Month(2018, 6)))
    assert_type(series, Series)
    assert_type(series.points, tuple[Point, ...])
    assert_type([point.share for point in series.points], list[float | None])
    assert_type([point.coverage for point in series.points], list[Coverage])
    assert_type(survey.holes(), tuple[Hole, ...])
    assert_type(survey.provenance(), Provenance)


def statistics(series: Series, event: Event) -> None:
    """Make a statistic of its parameters, and call it on a series."""
    growth = PapersADay(event)(series)
    assert_type(growth, Growth)
    assert_type(growth.n, int)


def store(settings: Settings) -> StoredSurvey:
    """Open a store by its address, search it, and ask it as a survey."""
    database = opened(settings.database_url)
    assert_type(database, Database)
    assert_type(found(database, Search(query=parsed('"language model" NOT speech')), limit=5), tuple[Paper, ...])
    papers = every(database, Search(query=parsed("agents")))
    assert_type(papers, Iterator[Paper])
    assert_type(exported(papers, "bibtex"), Iterator[str])
    assert_type(FORMATS, Mapping[str, Export])
    return StoredSurvey(database, settings.phrases, date(2024, 12, 31))


def a_harvest(database: Database, settings: Settings) -> None:
    """Make a plan before anything is asked, and give the run its transport and patience."""
    plan = plan_of(database, settings, Order(), datetime.now(UTC))
    assert_type((plan, plan.requests), tuple[Plan, int])
    with Transport(settings) as transport:
        assert_type(transport, Transport)
        done = harvest(database, settings, plan, Asker(transport))
    assert_type((done, done.in_words), tuple[Harvested, str])
    assert_type(done.stopped, Unreachable | None)


def a_survey(survey: StoredSurvey, folder: Path) -> None:
    """Draw figures, write the report, do all of it: a store's survey is one to each of them."""
    asked: Survey = survey
    assert_type(asked.as_of, date)
    assert_type(figure_named("timeline"), type[Figure[Any]])
    assert_type(FIGURES, Mapping[str, type[Figure[Any]]])
    assert_type([figure().save(survey, folder) for figure in FIGURES.values()], list[Saved])
    assert_type(write_report(survey, folder), Written)
    outcome = run(survey.database, survey.phrases, folder)
    assert_type(outcome, Outcome)
    assert_type((outcome.report, outcome.gaps, outcome.trouble), tuple[Path, int, str])


def knowledge() -> None:
    """Read the facts, their graph and their formulas."""
    known = load_knowledge([Path("mine.toml")])
    assert_type((known, known.find("ChatGPT")), tuple[Knowledge, Model])
    lineage = Lineage(known)
    assert_type(route(lineage, "GPT-1", "ChatGPT"), Route)
    assert_type(descendants(lineage, "LLaMA"), tuple[Relative, ...])
    assert_type(chinchilla().optimum(flops=5.76e23), Allocation)
    assert_type(chinchilla().loss(parameters=70e9, tokens=1.4e12), float)


def upkeep() -> None:
    """Read the settings and the record of the last run, and ask the doctor."""
    settings = load({"database_url": "sqlite:///survey.db"})
    assert_type(settings, Settings)
    assert_type(settings.pace(settings.arxiv_api_url), Pace)
    file = status_file(settings.database_url)
    assert_type(file, Path | None)
    if file:
        status = read_status(file)
        assert_type((status, status.last_success), tuple[Status, datetime | None])
        assert_type(alarm(status, date(2026, 1, 1)), str)
    assert_type(examine(), list[Finding])


def errors(error: Retry | Gap | Stop) -> ExitCode:
    """Learn from an error what the caller does, and its exit code."""
    general: SurveyError = error
    assert_type((general.message, general.hint), tuple[str, str])
    usage: Stop = BadUsage("an impossible date", hint="write YYYY-MM")
    return usage.exit_code
