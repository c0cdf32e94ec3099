"""`llmsurvey lineage`: who descends from whom."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.facts import knowledge_of
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.exports.text_file import write_streamed
from llmsurvey.knowledge.edge import Edge
from llmsurvey.lineage.ancestry import Relative, ancestors, descendants, roots, shared_ancestors
from llmsurvey.lineage.difference import difference
from llmsurvey.lineage.formats import FORMATS, format_named, format_of_file
from llmsurvey.lineage.graph import Lineage
from llmsurvey.lineage.kin import kin
from llmsurvey.lineage.mermaid import MOST_EDGES
from llmsurvey.lineage.route import route
from llmsurvey.lineage.values import edge_record
from llmsurvey.month import parse_day

Name = Annotated[str, typer.Argument(metavar="NAME", help="A model, by its name or an alias.")]
First = Annotated[str, typer.Argument(metavar="A", help="A model.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another one.")]
Relations = Annotated[
    list[str] | None,
    typer.Option("--relation", metavar="RELATION", help="Follow this relation only; may be given several times."),
]


def show(context: typer.Context, name: Name, *, json: Json = False) -> None:
    """Show a model's parents and children, with relation, evidence and source."""
    lineage = _lineage(context)
    found = kin(lineage, name)
    if json:
        print_json(
            {
                "name": found.model.name,
                "parents": _records(lineage, found.parents),
                "children": _records(lineage, found.children),
                "series": found.series,
                "members": found.members,
            }
        )
        return
    print_text(f"{found.model.name}{f', of the {found.series} series' if found.series else ''}\n")
    if found.parents or found.children:
        _print_edges([*found.parents, *found.children])
    else:
        print_text("No edge of the catalogue begins or ends here.")


def path(context: typer.Context, start: First, end: Second, *, json: Json = False) -> None:
    """Find the shortest line of descent from A to B, and say what speaks for it."""
    lineage = _lineage(context)
    found = route(lineage, start, end)
    if json:
        print_json(
            {
                "from": found.start,
                "to": found.end,
                "evidence": found.evidence,
                "steps": None if found.steps is None else _records(lineage, found.steps),
                "explicit_steps": None if found.solid is None else _records(lineage, found.solid),
                "other_relations": None if found.loose is None else _records(lineage, found.loose),
                "remark": found.remark,
            }
        )
        return
    edges = found.steps or found.loose
    if edges:
        _print_edges(edges)
    if found.remark:
        print_text(f"{chr(10) if edges else ''}{found.remark[0].upper()}{found.remark[1:]}.")


def list_ancestors(context: typer.Context, name: Name, *, relation: Relations = None, json: Json = False) -> None:
    """List all from which a model descends, the nearest first."""
    lineage = _lineage(context)
    _print_relatives(lineage, ancestors(lineage, name, relation or ()), json=json)


def list_descendants(context: typer.Context, name: Name, *, relation: Relations = None, json: Json = False) -> None:
    """List all that descend from a model, the nearest first."""
    lineage = _lineage(context)
    _print_relatives(lineage, descendants(lineage, name, relation or ()), json=json)


def common(context: typer.Context, first: First, second: Second, *, json: Json = False) -> None:
    """List the models from which both A and B descend, the nearest first."""
    lineage = _lineage(context)
    names = lineage.name(first), lineage.name(second)
    found = shared_ancestors(lineage, *names)
    if json:
        print_json({"models": names, "common": found})
    elif found:
        rows = [(each.name, *each.generations, each.nearest) for each in found]
        print_table(("common ancestor", f"steps to {names[0]}", f"steps to {names[1]}", "nearest"), rows)
    else:
        print_text(f"{names[0]} and {names[1]} have no common ancestor in the catalogue.")


def list_roots(context: typer.Context, *, json: Json = False) -> None:
    """List the models in which lines of descent begin, those with most descendants first."""
    found = roots(_lineage(context))
    if json:
        print_json(found)
    else:
        print_table(("root", "descendants"), [(each.name, each.descendants) for each in found])


def diff(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="What was there at the end of this day …")],
    until: Annotated[str, typer.Option("--to", metavar="DATE", help="… is taken from what was there then.")],
    json: Json = False,
) -> None:
    """List the models and edges that came between two dates. A month stands for its last day."""
    lineage = _lineage(context)
    found = difference(lineage, parse_day(since), parse_day(until))
    if json:
        models = [{"name": each.name, "released": each.released} for each in found.models]
        edges = _records(lineage, found.edges)
        print_json({"from": found.since, "to": found.until, "models": models, "edges": edges, "undated": found.undated})
        return
    print_table(
        ("new model", "organisation", "released"),
        [(each.name, each.organisation, each.released) for each in found.models],
    )
    if found.edges:
        print_text("")
        _print_edges(found.edges)
    if found.undated:
        log.info("%d models without a date are in no stretch of time", found.undated)


def export(
    context: typer.Context,
    *,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Else by the ending of --out, else graphml."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write into this file.")] = None,
) -> None:
    """Write the whole graph as GraphML, DOT, Mermaid or node-link JSON."""
    chosen = format_of_file(out.name) if out and format_ is None else format_named(format_ or "graphml")
    lineage = _lineage(context)
    text = chosen.write(lineage)
    if chosen is FORMATS["mermaid"] and len(lineage.knowledge.edges) > MOST_EDGES:
        log.warning("Mermaid draws %d edges at most unless its setting maxEdges is raised", MOST_EDGES)
    if out is None:
        print_text(text.removesuffix("\n"))
    else:
        write_streamed(out, [text])
        print_text(str(out))


def _lineage(context: typer.Context) -> Lineage:
    return Lineage(knowledge_of(context))


def _records(lineage: Lineage, edges: Iterable[Edge]) -> list[dict[str, str | None]]:
    return [edge_record(lineage.knowledge, edge) for edge in edges]


def _print_edges(edges: Sequence[Edge]) -> None:
    rows = [(each.parent, each.child, each.relation, each.evidence, each.label, each.source) for each in edges]
    print_table(("from", "to", "relation", "evidence", "label", "source"), rows)


def _print_relatives(lineage: Lineage, found: Sequence[Relative], *, json: bool) -> None:
    released = {model.name: model.released for model in lineage.knowledge.models}
    if json:
        print_json(
            [
                {
                    "name": each.name,
                    "generations": each.generations,
                    "evidence": each.evidence,
                    "released": released[each.name],
                }
                for each in found
            ]
        )
    else:
        rows = [(each.name, each.generations, each.evidence, released[each.name]) for each in found]
        print_table(("name", "generations", "evidence", "released"), rows)
