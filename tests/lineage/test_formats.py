"""Each form of export is read back by a reader of its own, ugly names and all."""

import json
import re
from io import BytesIO

import networkx as nx
import pydot
import pytest

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import load
from llmsurvey.lineage.formats import FORMATS, format_named, format_of_file
from llmsurvey.lineage.graph import Lineage
from tests.lineage.family import edge, family, ugly_family
from tests.lineage.mermaid_reader import Flowchart

LINEAGES = pytest.mark.parametrize("lineage", [Lineage(load()), ugly_family()], ids=["package", "ugly"])


def pairs(lineage: Lineage) -> list[tuple[str, str]]:
    """Return the ends of every edge, in order."""
    return sorted((each.parent, each.child) for each in lineage.knowledge.edges)


@LINEAGES
def test_graphml_is_read_back_by_networkx(lineage: Lineage) -> None:
    """Names, values and parallel edges survive; each edge has an id of its own."""
    text = FORMATS["graphml"].write(lineage)
    read = nx.read_graphml(BytesIO(text.encode()), force_multigraph=True)
    assert set(read) == set(lineage.graph)
    assert sorted((a, b) for a, b, _ in read.edges(data=True)) == pairs(lineage)
    for name, values in lineage.graph.nodes(data=True):
        assert read.nodes[name] == {"label": name, **values}
    ids = re.findall(r"<edge [^>]*\bid=\"([^\"]+)\"", text)
    assert len(set(ids)) == len(ids) == len(lineage.knowledge.edges)
    labels = sorted(each.label for each in lineage.knowledge.edges)
    assert sorted(values.get("label", "") for *_, values in read.edges(data=True)) == labels


def test_graphml_replaces_what_xml_cannot_hold() -> None:
    """Control characters become the replacement character, and two names that fall together stay two nodes."""
    text = FORMATS["graphml"].write(family(["a\x00", "a\x01", "a\ufffd"], [edge("a\x00", "a\x01")]))
    read = nx.read_graphml(BytesIO(text.encode()))
    assert list(read) == ["a\ufffd", "a\ufffd (2)", "a\ufffd (3)"]
    assert list(read.edges) == [("a\ufffd", "a\ufffd (2)")]


@LINEAGES
def test_node_link_json_is_read_back_by_networkx(lineage: Lineage) -> None:
    """The graph that comes back is the same, key by key and value by value."""
    data = json.loads(FORMATS["json"].write(lineage))
    read = nx.node_link_graph(data, edges="edges")
    assert nx.utils.graphs_equal(read, lineage.graph)


def unquoted(text: str) -> str:
    """Read a DOT string as this program writes it."""
    assert text[0] == text[-1] == '"'
    backs = {"\\": "\\", '"': '"', "n": "\n", "r": "\r"}
    return re.sub(r"\\(.)", lambda found: backs[found[1]], text[1:-1], flags=re.DOTALL)


@LINEAGES
def test_dot_is_read_back_by_pydot(lineage: Lineage) -> None:
    """Names, edges, evidence and the boxes of series survive."""
    graphs = pydot.graph_from_dot_data(FORMATS["dot"].write(lineage))
    assert graphs
    assert len(graphs) == 1
    graph = graphs[0]
    boxes = graph.get_subgraphs()
    nodes = [node for part in (graph, *boxes) for node in part.get_nodes() if node.get_name() != "node"]
    assert {unquoted(node.get_name()) for node in nodes} == set(lineage.graph)
    read = [(unquoted(str(each.get_source())), unquoted(str(each.get_destination()))) for each in graph.get_edges()]
    assert sorted(read) == pairs(lineage)
    styles = {"explicit": "solid", "weak": "dashed"}
    for each in graph.get_edges():
        assert unquoted(str(each.get("style"))) == styles[unquoted(str(each.get("evidence")))]
    series = {model.group for model in lineage.knowledge.models if model.group}
    assert {unquoted(str(box.get("label"))) for box in boxes} == {f"{name} series" for name in series}


@LINEAGES
def test_mermaid_is_read_back_by_a_strict_reader(lineage: Lineage) -> None:
    """Names, labels, evidence and the boxes of series survive."""
    chart = Flowchart.read(FORMATS["mermaid"].write(lineage))
    assert set(chart.nodes.values()) == set(lineage.graph)
    read = [(chart.nodes[a], chart.nodes[b]) for a, _, _, b in chart.edges]
    assert sorted(read) == pairs(lineage)
    for (_, arrow, label, _), each in zip(chart.edges, lineage.knowledge.edges, strict=True):
        assert label == (each.label or each.relation)
        assert arrow == {"explicit": "-->", "weak": "-.->"}[each.evidence]
    groups = {model.group for model in lineage.knowledge.models if model.group}
    assert set(chart.boxes) == {f"{name} series" for name in groups}
    for model in lineage.knowledge.models:
        if model.group:
            assert model.name in chart.boxes[f"{model.group} series"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_each_time(name: str) -> None:
    """Nothing of the clock and no order of chance is in a file, and an empty lineage has a form as well."""
    write = FORMATS[name].write
    assert write(Lineage(load())) == write(Lineage(load()))
    assert write(family([]))


@pytest.mark.parametrize(("file", "name"), [("a.graphml", "graphml"), ("A.GV", "dot"), ("x.mmd", "mermaid")])
def test_a_file_ending_names_a_format(file: str, name: str) -> None:
    """Case does not matter."""
    assert format_of_file(file) is format_named(name.upper()) is FORMATS[name]


@pytest.mark.parametrize("ask", [lambda: format_named("tikz"), lambda: format_of_file("lineage.docx")])
def test_an_unknown_format_is_refused(ask: object) -> None:
    """The answer lists the known ones."""
    with pytest.raises(BadUsage) as refused:
        ask()  # type: ignore[operator]
    assert "graphml, dot, mermaid, json" in refused.value.hint
