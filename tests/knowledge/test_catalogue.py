"""The whole of the curated facts: that all of the survey is in, and that each value has its source."""

from datetime import date

import pytest

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.deviations import SMALLEST
from llmsurvey.knowledge.edge import Arrow, Evidence
from llmsurvey.knowledge.model import Access, EventKind, Model, ModelKind
from llmsurvey.knowledge.published import knowledge_date
from llmsurvey.knowledge.quantity import count
from llmsurvey.knowledge.span import Span
from llmsurvey.trends.growth import CHATGPT
from tests.knowledge.facts import fact_rows


def test_every_model_of_the_timeline_is_in(knowledge: Knowledge) -> None:
    """Each row of Figure 2 is a model with the printed bucket, name and mark."""
    for row in fact_rows("fig2_timeline.csv"):
        published = knowledge.find(row["model"]).published
        assert published, row
        assert published.bucket == row["bucket"], row
        assert published.checkpoint == (row["publicly_available"] == "yes"), row
        assert knowledge.find(row["model"]).organisation == row["organisation"], row
        assert (published.label or knowledge.find(row["model"]).name) == row["model"], row


def test_every_model_of_the_list_is_in(knowledge: Knowledge) -> None:
    """Each row of the project page's list is a model with the printed month, size, access and name."""
    for row in fact_rows("survey_models.csv"):
        model = next(model for model in knowledge.models if row["model"] in {model.name, _listed_as(model)})
        published = model.published
        assert published, row
        assert (published.month, published.access) == (row["release"], row["access"]), row
        assert published.parameters == (count(row["size_billion"] + "B") if row["size_billion"] else None), row
        if "arxiv.org" in row["link"]:
            assert model.arxiv == row["link"].rpartition("/")[2].partition("v")[0], row


def _listed_as(model: Model) -> str | None:
    return model.published.listed_as if model.published else None


def test_every_edge_of_the_gpt_figure_is_in(knowledge: Knowledge) -> None:
    """Each line of Figure 3 is an edge, solid where explicit, dashed where weak, a block arrow where it serves."""
    edges = {(edge.parent, edge.child): edge for edge in knowledge.edges}
    for row in fact_rows("fig3_gpt_evolution.csv"):
        for parent in row["from"].strip("{}").split("; "):
            for child in row["to"].strip("{}").split("; "):
                edge = edges[parent, child]
                assert edge.source == "survey, Figure 3"
                assert edge.label == row["label"]
                drawn = (
                    "block arrow" if knowledge.relations[edge.relation].arrow is Arrow.BLOCK else _line(edge.evidence)
                )
                assert drawn == row["line"], row


def _line(evidence: Evidence) -> str:
    return "solid" if evidence is Evidence.EXPLICIT else "dashed"


def test_the_facts_are_whole(knowledge: Knowledge) -> None:
    """The numbers of models, of figure and list rows, of edges and of teachings are those that were curated."""
    published = [model.published for model in knowledge.models if model.published]
    assert len(knowledge.models) == 92
    assert sum(each.bucket is not None for each in published) == 78
    assert sum(each.month is not None for each in published) == 56
    assert sum(each.caption_month is not None for each in published) == 10
    assert len(knowledge.edges) == 55
    assert sum(edge.source == "survey, Figure 3" for edge in knowledge.edges) == 17
    assert (len(knowledge.stages), len(knowledge.abilities), len(knowledge.techniques)) == (4, 3, 5)
    assert sum(len(ability.thresholds) for ability in knowledge.abilities) == 12
    assert len(knowledge.chronicle) == 13


def test_the_boxed_series_is_a_group(knowledge: Knowledge) -> None:
    """The four models in the box of Figure 3 belong to GPT-3.5, which is a series."""
    assert knowledge.find("GPT-3.5").kind is ModelKind.SERIES
    assert [model.name for model in knowledge.models if model.group == "GPT-3.5"] == [
        "code-davinci-002",
        "text-davinci-002",
        "text-davinci-003",
        "gpt-3.5-turbo",
    ]


def test_every_value_has_a_source_and_an_origin(knowledge: Knowledge) -> None:
    """Sources are told for each field that is given, and so is the file it stands in."""
    for model in knowledge.models:
        for field in model.origins:
            assert knowledge.citation(model.source_of(field)), (model.name, field)
            assert model.origin_of(field) == "package:models.toml"
        assert all(knowledge.citation(source) for source in model.all_sources)


def test_every_model_is_dated(knowledge: Knowledge) -> None:
    """Each model has an event, the newest of them on the day the knowledge belongs to, or before."""
    days = [Span.parse(event.date).last for model in knowledge.models for event in model.events]
    assert all(model.released for model in knowledge.models)
    assert max(days) == knowledge_date()


def test_papers_are_dated_by_the_month_of_their_identifier(knowledge: Knowledge) -> None:
    """No paper is dated otherwise than in the month its arXiv identifier was given."""
    for model in knowledge.models:
        for event in model.events:
            if event.kind is EventKind.PAPER and model.arxiv:
                assert event.date[2:7].replace("-", "") == model.arxiv[:4], model.name


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("GPT-2", ["announcement", "weights"]),
        ("GPT-3", ["paper", "api"]),
        ("Codex", ["paper", "api"]),
        ("GPT-4", ["announcement", "paper", "api"]),
        ("BLOOM", ["announcement", "weights", "paper"]),
        ("Falcon", ["announcement", "weights", "paper"]),
    ],
)
def test_a_model_has_several_dated_events(knowledge: Knowledge, name: str, kinds: list[str]) -> None:
    """Paper, announcement, interface and weights each have their own day, oldest first."""
    assert [event.kind for event in knowledge.find(name).events] == kinds


@pytest.mark.parametrize(("zh", "name"), [("通义千问", "Qwen"), ("书生·浦语", "InternLM"), ("盘古α", "PanGu-α")])
def test_a_model_is_found_by_its_chinese_name(knowledge: Knowledge, zh: str, name: str) -> None:
    """And the name has a source of its own."""
    model = knowledge.find(zh)
    assert (model.name, model.zh) == (name, zh)
    assert model.source_of("zh") != model.source


def test_chatgpt_descends_from_the_series(knowledge: Knowledge) -> None:
    """Its makers say so; that the series also serves it is another edge."""
    parents = {(edge.parent, edge.relation, edge.evidence) for edge in knowledge.edges if edge.child == "ChatGPT"}
    assert ("GPT-3.5", "chat", Evidence.EXPLICIT) in parents


def test_the_release_of_chatgpt_is_told_once(knowledge: Knowledge) -> None:
    """The day that parts the two means is the day in the catalogue."""
    assert knowledge.find("ChatGPT").released == CHATGPT.day.isoformat()


def test_a_model_knows_its_dates(knowledge: Knowledge) -> None:
    """The first event dates a release, the paper dates the timeline, an inexact date counts from its end."""
    gpt_3 = knowledge.find("InstructGPT")
    assert (gpt_3.released, gpt_3.timeline_date) == ("2022-01-27", "2022-03")
    mt5 = knowledge.find("mT5")
    assert not mt5.known_on(date(2020, 10, 30))
    assert mt5.known_on(date(2020, 10, 31))


@pytest.mark.parametrize(
    ("name", "sizes", "access"),
    [
        ("GPT-3", (175e9, None, 300e9), Access.API),
        ("Chinchilla", (70e9, None, 1.4e12), Access.NEVER_RELEASED),
        ("DeepSeek-V3", (671e9, 37e9, 14.8e12), Access.OPEN_WEIGHTS),
        ("GLaM", (1.2e12, 96.6e9, 600e9), Access.NEVER_RELEASED),
        ("GPT-4", (None, None, None), Access.API),
    ],
)
def test_sizes_and_access_are_those_of_the_sources(
    knowledge: Knowledge, name: str, sizes: tuple[float | None, ...], access: Access
) -> None:
    """Sizes are exact counts; what nobody told stays unknown."""
    model = knowledge.find(name)
    assert (model.parameters, model.active_parameters, model.training_tokens) == sizes
    assert model.access is access
    assert model.open_weights == (access is Access.OPEN_WEIGHTS)


def test_citations_are_written_out(knowledge: Knowledge) -> None:
    """A key becomes the work with its address; a citation in words stays as it is."""
    assert knowledge.citation("survey, Figure 3").endswith("https://arxiv.org/abs/2303.18223, Figure 3")
    assert knowledge.citation("arXiv:2405.04434, abstract") == "arXiv:2405.04434, abstract"


def test_teachings_are_told_in_two_languages(knowledge: Knowledge) -> None:
    """Stages, abilities, techniques and relations have Chinese names."""
    assert [stage.short for stage in knowledge.stages] == ["SLM", "NLM", "PLM", "LLM"]
    chinese = [stage.zh for stage in knowledge.stages] + [ability.zh for ability in knowledge.abilities]
    chinese += [technique.zh for technique in knowledge.techniques]
    chinese += [relation.zh for relation in knowledge.relations.values()]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in name) for name in chinese)


def test_colours_of_relations_differ(knowledge: Knowledge) -> None:
    """No two relations are drawn in one colour."""
    colours = [relation.colour for relation in knowledge.relations.values()]
    assert len(set(colours)) == len(colours)


def test_models_below_the_figures_own_rule_are_known(knowledge: Knowledge) -> None:
    """Seven models of Figure 2 are not above ten billion parameters."""
    small = [
        model.name
        for model in knowledge.models
        if model.published and model.published.bucket and model.parameters and model.parameters <= SMALLEST
    ]
    assert small == ["ERNIE 3.0", "WeLM", "ChatGLM", "Mistral 7B", "MiniCPM", "Gemma", "YuLan-Mini"]
