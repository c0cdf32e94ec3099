"""The report: whole, linked, the same bytes again, and safe against what titles hold."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from llmsurvey.errors import CannotWrite
from llmsurvey.figures.figure import Figure
from llmsurvey.month import Month
from llmsurvey.report import sections
from llmsurvey.report.knowledge import PARTS
from llmsurvey.report.sections import SECTIONS
from llmsurvey.report.survey import THANKS, write_index, write_report
from llmsurvey.survey import Change, Question
from tests.catalogues import lonely, ugly
from tests.figures.invented import LM, UGLY, bare, empty, full, one_month
from tests.memory_survey import MemorySurvey
from tests.undrawn import undrawn

_LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write empty pictures, where the test is about the text."""
    monkeypatch.setattr(Figure, "save", undrawn)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three reports: of an empty store, of 2024 and of 2025; the first with real pictures."""
    folder = tmp_path_factory.mktemp("reports")
    write_report(empty(), folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Figure, "save", undrawn)
        for survey in (full(), one_month()):
            write_report(survey, folder)
    return folder


def test_every_link_resolves(reports: Path) -> None:
    """In the index and in each report, relative links lead to files that are there."""
    pages = [reports / "README.md", *reports.glob("*/*.md")]
    assert len(pages) == 7
    for page in pages:
        links = [link for link in _LINK.findall(page.read_text()) if not link.startswith("https://")]
        assert links
        assert [link for link in links if not (page.parent / link).is_file()] == []


def test_the_index_lists_the_newest_first(reports: Path) -> None:
    """Rebuilt from the folders that are there, with the newest picture."""
    text = (reports / "README.md").read_text()
    assert re.findall(r"^- \[(.*?)\]", text, re.MULTILINE) == ["2026-01-31", "2025-12-31", "2024-03-05"]
    assert "2026-01-31/figures/papers_over_time.png" in text


def test_an_empty_store_says_what_is_missing_and_what_brings_it(reports: Path) -> None:
    """One line with the commands; the published curve and the method are there."""
    text = (reports / "2026-01-31" / "survey.md").read_text()
    (line,) = [line for line in text.splitlines() if line.startswith("**No papers are counted yet")]
    assert "`llmsurvey import FILE`" in line
    assert "`llmsurvey harvest`" in line
    assert "| 2022-12 | 7,220 | – |" in text
    assert "0.40 before, 8.58 after" in text
    assert THANKS in text


def test_numbers_carry_rule_window_and_source(reports: Path) -> None:
    """Incomplete months are lower bounds, a started year names its months, sections say how they were made."""
    text = (reports / "2025-12-31" / "survey.md").read_text()
    assert "| 2025-12 | at least 2,720 | at least 1,369 |" in text
    assert "| 2020 | 2,686 | 251 |" in text
    assert "| 2018 | 169 (2018-06 to 2018-12) |" in text
    assert text.count("Rule: stemmed. Source: snapshot dump.jsonl.gz; arXiv API. Data as of 2025-12-31.") >= 4
    assert "truncated" not in text
    assert "| api | language model | 2021-03 to 2021-05 | incomplete | 412 | 300 |" in text


@dataclass(frozen=True)
class _ByWindow(MemorySurvey):
    """A survey that answers for categories with as many papers as its months hold."""

    def by_category(self, question: Question) -> tuple[tuple[str, int], ...]:
        return (("cs.CL", self.series(question).points[-1].cumulative),)


@pytest.mark.usefixtures("_undrawn")
def test_categories_add_up_to_the_headline(tmp_path: Path) -> None:
    """They are counted in the window of the headline: not before the first tracked month, nor in unread ones."""
    survey = full()
    early = {Month(2017, 1): 90, **survey.counts[LM.text]}
    survey = _ByWindow(**{**vars(survey), "counts": {**survey.counts, LM.text: early}})
    text = write_report(survey, tmp_path).report.read_text()
    (total,) = re.findall(r"^\| language model \| (at least [\d,]+) \|", text, re.MULTILINE)
    assert f"“language model”, {total} papers, 2018-06 to 2025-12; partial: of what was read, not of arXiv:" in text


def test_sums_over_incomplete_months_are_lower_bounds(reports: Path) -> None:
    """In the headline, and beside the published curve from the first month on that was not read in full."""
    text = (reports / "2025-12-31" / "survey.md").read_text()
    assert re.search(r"^\| large language model \| at least [\d,]+ \| 2019-10 to 2025-12 \|", text, re.MULTILINE)
    assert re.search(r"^\| 2020-12 \| [\d,]+ \| [\d,]+ \|$", text, re.MULTILINE)
    assert re.search(r"^\| 2021-12 \| [\d,]+ \| at least [\d,]+ \|$", text, re.MULTILINE)


@pytest.mark.usefixtures("_undrawn")
def test_changes_are_those_since_the_report_before(tmp_path: Path) -> None:
    """The first report has none to compare with; the next lists what is dated later."""
    first = write_report(full(date(2025, 6, 15)), tmp_path)
    assert "first report" in first.report.read_text()
    text = write_report(full(), tmp_path).report.read_text()
    assert "since the report of 2025-06-15" in text
    assert "### Withdrawn: 1" in text
    assert "A new paper" not in text


def test_the_same_store_gives_the_same_bytes_and_replaces_the_report(tmp_path: Path) -> None:
    """A stray file of the older report is gone, everything else is the same; no draft stays behind."""
    survey = replace(one_month(), known=lonely())
    place = write_report(survey, tmp_path).report.parent
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (place / "stray").write_text("")
    write_report(survey, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2024-03-05", "README.md"]


@pytest.mark.usefixtures("_undrawn")
def test_ugly_text_does_not_break_the_page(tmp_path: Path) -> None:
    """Markup in titles and phrases shows as text: tables keep their columns, no HTML gets through."""
    survey = replace(
        full(), changed=tuple(Change(f"2506.0000{i}", UGLY, "new", date(2025, 7, 1)) for i in range(9)), sources=(UGLY,)
    )
    write_report(full(date(2025, 1, 1)), tmp_path)
    text = write_report(survey, tmp_path).report.read_text()
    assert "<b>" not in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


@pytest.mark.usefixtures("_undrawn")
def test_accents_of_tex_in_titles_are_letters(tmp_path: Path) -> None:
    """Mathematics stays as it was written."""
    write_report(bare(), tmp_path)
    change = Change("2602.00001", r"Schr{\"o}dinger models of $\alpha$", "new", date(2026, 2, 1))
    text = write_report(MemorySurvey(date(2026, 2, 28), changed=(change,)), tmp_path).report.read_text()
    assert r"Schrödinger models of \$\\alpha\$" in text


@pytest.mark.usefixtures("_undrawn")
def test_a_long_list_of_changes_is_cut_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not shown is said."""
    monkeypatch.setattr(sections, "SHOWN_CHANGES", 1)
    changed = tuple(Change(f"2506.0000{i}", "A title", "new", date(2025, 7, 1)) for i in range(4))
    write_report(bare(), tmp_path)
    survey = MemorySurvey(date(2026, 2, 28), changed=tuple(replace(c, day=date(2026, 2, 1)) for c in changed))
    assert "… and 3 more" in write_report(survey, tmp_path).report.read_text()


@pytest.mark.usefixtures("_undrawn")
def test_an_interrupted_run_keeps_the_older_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended between the two moves, the older report comes back."""
    written = write_report(one_month(), tmp_path)
    before = written.report.read_bytes()
    moved = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name.endswith(".draft"):
            raise KeyboardInterrupt
        return moved(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_report(one_month(), tmp_path)
    assert written.report.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2024-03-05", "README.md"]


@pytest.mark.usefixtures("_undrawn")
def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    """A folder of that name without a report in it is left alone."""
    (tmp_path / "2024-03-05").mkdir()
    (tmp_path / "2024-03-05" / "thesis.tex").write_text("years of work")
    with pytest.raises(CannotWrite, match="no report"):
        write_report(one_month(), tmp_path)
    assert (tmp_path / "2024-03-05" / "thesis.tex").exists()


def test_without_a_report_the_index_says_so(tmp_path: Path) -> None:
    """An empty folder gets an index that names the command."""
    assert "`llmsurvey report`" in write_index(tmp_path).read_text()


def test_the_report_shows_where_the_published_figure_2_differs(reports: Path) -> None:
    """Every row with what is cited and why; the newest models and the figures beside it."""
    text = (reports / "2026-01-31" / "survey.md").read_text()
    assert "| Mistral 7B | membership | shown | 7B | not above 10B, the figure's own rule |" in text
    assert "](figures/timeline.png)" in text
    assert "](figures/lineage.png)" in text
    assert "| DeepSeek-V3 | DeepSeek | 2024-12-26 | 671B | 37B | open-weights |" in text
    assert "[what the survey knows](knowledge.md)" in text


def test_the_knowledge_page_holds_all_that_the_survey_knows(reports: Path) -> None:
    """Stages and abilities with Chinese names, the chronicle, formulas with check values, sources as links."""
    text = (reports / "2026-01-31" / "knowledge.md").read_text()
    for part in ("统计语言模型", "in-context learning (上下文学习)", "初期探索", "alignment tuning (对齐调优)"):
        assert part in text
    assert "`L(N, D) = 1.69 + 406.4 / N^0.34 + 410.7 / D^0.28`" in text
    assert "chinchilla 1.9366" in text
    assert "| 6.461T | 258B | 0.03993 |" in text  # small as it is, it is no 0.0
    assert "](https://arxiv.org/abs/2303.18223)" in text


@pytest.mark.usefixtures("_undrawn")
def test_the_lineage_section_lists_what_came_since_the_report_before(tmp_path: Path) -> None:
    """Models and edges by their dates; the first report has none to compare with."""
    first = write_report(MemorySurvey(date(2024, 3, 31)), tmp_path)
    assert "which models and edges have come since" in first.report.read_text()
    text = write_report(MemorySurvey(date(2024, 5, 31)), tmp_path).report.read_text()
    assert "- 2024-04-18 new: LLaMA 3, Meta" in text
    assert "- LLaMA 2 → LLaMA 3: successor, weak" in text
    assert "InternLM2, Shanghai" not in text


@pytest.mark.usefixtures("_undrawn")
def test_an_ugly_catalogue_does_not_break_the_pages(tmp_path: Path) -> None:
    """Names with markup show as text, and an address that is none becomes no link."""
    knowledge = ugly()
    key, source = next(iter(knowledge.sources.items()))
    bad = structs.replace(source, url="https://x) <b>", title="[x](y)")
    survey = MemorySurvey(date(2024, 5, 31), known=replace(knowledge, sources={**knowledge.sources, key: bad}))
    place = write_report(survey, tmp_path).report.parent
    text = "".join((place / name).read_text() for name in ("survey.md", "knowledge.md"))
    assert "<b>" not in text
    assert "](https://x" not in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_every_section_has_its_template() -> None:
    """A section is a function, a template and a line."""
    templates = Path(sections.__file__).parent / "templates"
    assert {path.name.removesuffix(".md.j2") for path in templates.glob("*.j2")} == {
        *SECTIONS,
        *PARTS,
        "survey",
        "knowledge",
        "index",
    }
