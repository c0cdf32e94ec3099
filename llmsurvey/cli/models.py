"""`llmsurvey models`: the catalogue of models."""

from collections.abc import Sequence
from typing import Annotated

import typer

from llmsurvey.cli.call import Json, log
from llmsurvey.cli.catalogues import shown_value
from llmsurvey.cli.facts import knowledge_of
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.claim import Claim
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.quantity import count, written
from llmsurvey.knowledge.selection import Selection
from llmsurvey.knowledge.span import Span
from llmsurvey.knowledge.value import values_of

Name = Annotated[str, typer.Argument(metavar="NAME", help="A model, by its name or an alias.")]

_SIZES = ("parameters", "active_parameters", "training_tokens", "published.parameters")
_COMPARED = (
    "organisation",
    "kind",
    "released",
    "parameters",
    "active_parameters",
    "training_tokens",
    "access",
    "series",
    "arxiv_id",
)


def listed(
    context: typer.Context,
    *,
    min_params: Annotated[str | None, typer.Option(metavar="N", help="Smallest size, such as 10B or 10e9.")] = None,
    max_params: Annotated[str | None, typer.Option(metavar="N", help="Largest size.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only models whose weights can be downloaded.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Only models whose weights cannot.")] = False,
    org: Annotated[str | None, typer.Option(metavar="NAME", help="Made by this organisation.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Released on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Released on this day or earlier.")] = None,
    json: Json = False,
) -> None:
    """List the models of the catalogue, oldest first. A date may be a year, a month or a day."""
    selection = Selection(
        min_parameters=count(min_params) if min_params is not None else None,
        max_parameters=count(max_params) if max_params is not None else None,
        open_weights=_openness(open_=open_, closed=closed),
        organisation=org,
        since=Span.parse(since).first if since is not None else None,
        until=Span.parse(until).last if until is not None else None,
    )
    knowledge = knowledge_of(context)
    selected = selection(knowledge.models)
    if json:
        print_json([record(knowledge, model) for model in selected.models])
    else:
        rows = [(each.name, each.organisation, each.released, _size(each), each.access) for each in selected.models]
        print_table(("name", "organisation", "released", "parameters", "access"), rows)
    if selected.undecided:
        log.info("%d more are left out: the value asked for is not known of them", selected.undecided)


def show(context: typer.Context, name: Name, *, json: Json = False) -> None:
    """Show all that is known of a model: each value with its source, and the file it comes from."""
    knowledge = knowledge_of(context)
    model = knowledge.find(name)
    if json:
        print_json(record(knowledge, model) | _details(knowledge, model))
        return
    rows = [(each.field, _written(each.field, each.value), each.source, each.origin) for each in values_of(model)]
    origin = model.origin_of("events")
    rows += [(f"event: {event.kind}", event.date, event.source, origin) for event in model.events]
    names = f", also called {', '.join(model.aliases)}" if model.aliases else ""
    print_text(f"{model.name}{names}\n")
    print_table(("field", "value", "source", "file"), rows)
    claims = knowledge.claims_on(model)
    if claims:
        print_text("\nWhat imported catalogues say:\n")
        _print_claims(claims)
    _print_sources(knowledge, [*(str(row[2]) for row in rows), *(each.source for each in claims)])


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A model.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    json: Json = False,
) -> None:
    """Show two models side by side, sizes also as a ratio."""
    knowledge = knowledge_of(context)
    pair = knowledge.find(first), knowledge.find(second)
    one, other = (record(knowledge, model) for model in pair)
    if json:
        print_json({"models": [one, other], "ratios": {name: _ratio(one[name], other[name]) for name in _SIZES[:3]}})
        return
    rows = []
    for field in _COMPARED:
        ratio = _ratio(one[field], other[field]) if field in _SIZES else None
        rows.append(
            (field, _written(field, one[field]), _written(field, other[field]), f"{ratio:.3g}" if ratio else "")
        )
    print_table(("field", pair[0].name, pair[1].name, "ratio"), rows)


def _openness(*, open_: bool, closed: bool) -> bool | None:
    """Say which weights are asked for; None for all."""
    if open_ and closed:
        raise BadUsage("--open and --closed exclude each other", hint="give one of them, or none for all models")
    return open_ if open_ or closed else None


def record(knowledge: Knowledge, model: Model) -> dict[str, object]:
    """Return the JSON of a model that other programs rely on; keys may be added, none renamed."""
    return {
        "name": model.name,
        "organisation": model.organisation,
        "released": model.released,
        "parameters": model.parameters,
        "open_weights": model.open_weights,
        "sources": [knowledge.citation(source) for source in model.all_sources],
        "kind": model.kind,
        "aliases": model.aliases,
        "zh": model.zh,
        "active_parameters": model.active_parameters,
        "training_tokens": model.training_tokens,
        "access": model.access,
        "series": model.group,
        "arxiv_id": model.arxiv,
        "domains": model.domains,
    }


def _print_claims(claims: Sequence[Claim]) -> None:
    columns = ("field", "value", "verdict", "confidence", "source", "file", "note")
    print_table(
        columns,
        [
            (
                each.field,
                shown_value(each, each.value),
                each.verdict,
                each.confidence,
                each.source,
                each.origin,
                each.note or None,
            )
            for each in claims
        ],
    )


def _details(knowledge: Knowledge, model: Model) -> dict[str, object]:
    claims = knowledge.claims_on(model)
    confidence = {(each.field, each.source): each.confidence for each in claims}
    return {
        "values": [
            {
                "field": each.field,
                "value": each.value,
                "source": knowledge.citation(each.source),
                "origin": each.origin,
                "confidence": confidence.get((each.field, each.source)),
            }
            for each in values_of(model)
        ],
        "claims": claims,
        "events": [
            {"kind": event.kind, "date": event.date, "source": knowledge.citation(event.source)}
            for event in model.events
        ],
        "events_origin": model.origin_of("events"),
        "note": model.note,
    }


def _size(model: Model) -> str | None:
    return written(model.parameters) if model.parameters else None


def _written(field: str, value: object) -> object:
    return written(value) if field in _SIZES and isinstance(value, int) else value


def _ratio(one: object, other: object) -> float | None:
    return one / other if isinstance(one, int) and isinstance(other, int) else None


def _print_sources(knowledge: Knowledge, named: list[str]) -> None:
    """Write out the works behind the keys that stand in a table."""
    keys = dict.fromkeys(source.partition(",")[0] for source in named)
    works = [knowledge.sources[key] for key in keys if key in knowledge.sources]
    if works:
        print_text("\n" + "\n".join(f"{work.key}: {work.title}, {work.url}" for work in works))
