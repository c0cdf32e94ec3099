"""A user's own files over the package's: they add, correct and hide."""

from pathlib import Path

from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.milestones import milestones
from tests.knowledge.conftest import Overlay

MINE = """
[[source]]
key = "lab"
title = "Our laboratory's book"
url = "https://example.org"
date = "2024"

[[model]]
name = "Mine-7B"
organisation = "Us"
parameters = "7B"
source = "lab, page 3"
events = [{ kind = "weights", date = 2024-05-01, source = "lab" }]

[[edge]]
from = "llama-65b"
to = "Mine-7B"
relation = "fine-tuned"
evidence = "explicit"
source = "lab"
"""


def test_a_file_adds_models_edges_and_sources(overlay: Overlay) -> None:
    """What is new is added, with the file as its origin; ends of edges may be aliases."""
    path = overlay(MINE)
    knowledge = load([path])
    mine = knowledge.find("mine 7b")
    assert (mine.parameters, mine.released, mine.origin_of("parameters")) == (7_000_000_000, "2024-05-01", str(path))
    assert knowledge.edges[-1].parent == "LLaMA"
    assert knowledge.citation(mine.source) == "Our laboratory's book, https://example.org, page 3"


def test_the_file_that_the_readme_shows_is_right(overlay: Overlay) -> None:
    """It adds, corrects and hides as its comments say."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    before, after = load(), load([overlay(readme.partition("```toml\n")[2].partition("```")[0])])
    assert {model.name for model in before.models} ^ {model.name for model in after.models} == {"Nova-7B", "Koala"}
    assert after.find("GPT-3").parameters == 174_600_000_000
    assert after.edges[-1].child == "Nova-7B"


def test_a_file_corrects_single_values(overlay: Overlay) -> None:
    """A value given again holds, with its own source and origin; the others stay, and an alias names the model."""
    path = overlay('[[model]]\nname = "llama-65B"\nparameters = "65.2B"\nsource = "epoch"')
    before, after = load().find("LLaMA"), load([path]).find("LLaMA")
    assert (before.parameters, after.parameters) == (65_000_000_000, 65_200_000_000)
    assert (after.source_of("parameters"), after.origin_of("parameters")) == ("epoch", str(path))
    assert (after.name, after.events, after.access) == (before.name, before.events, before.access)
    assert after.source_of("access") == before.source_of("access")
    assert after.origin_of("access") == "package:models.toml"


def test_an_event_replaces_those_of_its_kind(overlay: Overlay) -> None:
    """Events of other kinds stay."""
    path = overlay(
        '[[model]]\nname = "LLaMA"\nsource = "epoch"\n'
        'events = [{ kind = "paper", date = "2023-02-27", source = "arXiv:2302.13971" }]'
    )
    events = load([path]).find("LLaMA").events
    assert [(str(event.kind), event.date) for event in events] == [
        ("announcement", "2023-02-24"),
        ("paper", "2023-02-27"),
    ]


def test_the_last_file_holds(overlay: Overlay) -> None:
    """Of two files that speak of one value, the later one is right."""
    files = [overlay(f'[[model]]\nname = "OPT"\nparameters = "{size}B"\nsource = "epoch"') for size in (170, 180)]
    assert load(files).find("OPT").parameters == 180_000_000_000
    assert load(files[::-1]).find("OPT").parameters == 170_000_000_000


def test_a_file_hides_a_model_and_the_edges_to_its_parents(overlay: Overlay) -> None:
    """A hidden model is gone, and so are the edges that led to it."""
    knowledge = load([overlay('[[model]]\nname = "Koala"\nhide = true')])
    assert "Koala" not in {model.name for model in knowledge.models}
    assert all("Koala" not in (edge.parent, edge.child) for edge in knowledge.edges)


def test_a_parent_is_hidden_with_its_edges(overlay: Overlay) -> None:
    """With the edges to its children a parent may be hidden; hiding an edge needs no relation."""
    text = '[[model]]\nname = "Chinchilla"\nhide = true\n[[edge]]\nfrom = "Chinchilla"\nto = "Sparrow"\nhide = true'
    knowledge = load([overlay(text)])
    assert knowledge.find("Sparrow")
    assert all(edge.child != "Sparrow" for edge in knowledge.edges)


def test_what_one_file_hides_a_later_one_can_show_again(overlay: Overlay) -> None:
    """An entry without `hide` brings a record back."""
    files = [
        overlay('[[model]]\nname = "Koala"\nhide = true'),
        overlay('[[model]]\nname = "Koala"\nsource = "crfm"\nparameters = "13B"'),
    ]
    assert load(files).find("Koala").parameters == 13_000_000_000


def test_an_edge_is_corrected_by_its_ends_and_relation(overlay: Overlay) -> None:
    """The same ends and relation are the same edge; another relation is another edge."""
    text = '[[edge]]\nfrom = "GPT-2"\nto = "GPT-3"\nrelation = "{}"\nevidence = "explicit"\nsource = "epoch"'
    corrected = load([overlay(text.format("scaled-up"))])
    added = load([overlay(text.format("successor"))])
    assert len(added.edges) == len(corrected.edges) + 1 == len(load().edges) + 1
    edge = next(edge for edge in corrected.edges if edge.child == "GPT-3")
    assert (str(edge.evidence), edge.source_of("evidence"), edge.source_of("label")) == (
        "explicit",
        "epoch",
        "survey, Figure 3",
    )


def test_a_file_given_twice_counts_once(overlay: Overlay) -> None:
    """Naming a file twice is no error."""
    path = overlay(MINE)
    assert load([path, path]) == load([path])


def test_milestones_are_added_for_any_phrase(overlay: Overlay) -> None:
    """A survey of another topic marks its own curves."""
    path = overlay('[[milestone]]\nmodel = "GCN"\nmonth = "2016-09"\nphrases = ["Graph  Network"]\nsource = "epoch"')
    knowledge = load([path])
    assert [mark.model for mark in knowledge.milestones("graph network")] == ["GCN"]
    assert knowledge.milestones("language model") == milestones("language model")


def test_teachings_can_be_corrected_too(overlay: Overlay) -> None:
    """Stages, abilities, techniques and the chronicle are overlaid by name."""
    knowledge = load([overlay('[[technique]]\nname = "scaling"\nfacts = ["bigger"]\nsource = "epoch"')])
    assert knowledge.techniques[0].facts == ("bigger",)
    assert knowledge.techniques[0].zh == "扩展"
