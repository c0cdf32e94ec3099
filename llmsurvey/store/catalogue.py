"""The curated catalogue in the store: written by comparison, so that loading it again changes only what has changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.edge import Edge
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.value import values_of
from llmsurvey.store.tables import milestones, model_edges, model_events, model_names, model_values, models

Row = tuple[str | int | None, ...]
"""The values of one row in the order of the table's columns."""

_WRITTEN = (models, model_names, model_values, model_events, model_edges, milestones)
"""Referred tables before those that refer to them."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many rows of the catalogue changed."""

    added: int
    changed: int
    removed: int


def renew(connection: Connection, knowledge: Knowledge) -> Renewed:
    """Bring the store's catalogue to what the curated facts say now. The same facts change nothing."""
    wanted = _rows(knowledge)
    stored = {table: _keyed(table, map(tuple, connection.execute(select(table)))) for table in _WRITTEN}
    added = changed = removed = 0
    for table in _WRITTEN:
        added += _add(connection, table, stored[table], wanted[table])
        changed += _change(connection, table, stored[table], wanted[table])
    for table in reversed(_WRITTEN):  # last, when nothing refers any more to what goes
        removed += _remove(connection, table, stored[table], wanted[table])
    return Renewed(added, changed, removed)


def _rows(knowledge: Knowledge) -> dict[Table, dict[Row, Row]]:
    """Lay the facts out as rows, by table and key."""
    every = knowledge.models
    made: dict[Table, Iterable[Row]] = {
        models: (_model(knowledge, model) for model in every),
        model_names: ((name, model.name) for model in every for name in (*model.aliases, model.name)),
        model_values: (row for model in every for row in _values(knowledge, model)),
        model_events: (
            (model.name, event.kind.value, event.date, knowledge.citation(event.source))
            for model in every
            for event in model.events
        ),
        model_edges: (_edge(knowledge, edge) for edge in knowledge.edges),
        milestones: (
            (mark.phrase, mark.model, str(mark.month), knowledge.citation(mark.source))
            for mark in knowledge.milestones()
        ),
    }
    return {table: _keyed(table, rows) for table, rows in made.items()}


def _model(knowledge: Knowledge, model: Model) -> Row:
    return (
        model.name,
        model.kind.value,
        model.zh,
        model.organisation,
        model.group,
        model.arxiv,
        model.url,
        model.released,
        model.parameters,
        model.active_parameters,
        model.training_tokens,
        model.access.value if model.access else None,
        int(model.open_weights),
        model.note,
        knowledge.citation(model.source),
    )


def _values(knowledge: Knowledge, model: Model) -> Iterator[Row]:
    for value in values_of(model):
        yield (model.name, value.field, str(value.value), knowledge.citation(value.source), value.origin)


def _edge(knowledge: Knowledge, edge: Edge) -> Row:
    return (
        edge.parent,
        edge.child,
        edge.relation,
        int(knowledge.relations[edge.relation].descent),
        edge.evidence.value,
        edge.label,
        edge.date,
        edge.note,
        knowledge.citation(edge.source),
        "; ".join(dict.fromkeys(edge.origins.values())),
    )


def _keyed(table: Table, rows: Iterable[Row]) -> dict[Row, Row]:
    places = [position for position, column in enumerate(table.columns) if column.primary_key]
    return {tuple(row[place] for place in places): row for row in rows}


def _add(connection: Connection, table: Table, stored: Mapping[Row, Row], wanted: Mapping[Row, Row]) -> int:
    new = [dict(zip(table.columns.keys(), row, strict=True)) for key, row in wanted.items() if key not in stored]
    if new:
        connection.execute(table.insert(), new)
    return len(new)


def _change(connection: Connection, table: Table, stored: Mapping[Row, Row], wanted: Mapping[Row, Row]) -> int:
    other = [_named(table, row) for key, row in wanted.items() if key in stored and stored[key] != row]
    if other:
        values: dict[str, object] = {
            column.name: bindparam(f"new_{column.name}") for column in table.c if not column.primary_key
        }
        connection.execute(table.update().where(_is_row(table)).values(values), other)
    return len(other)


def _remove(connection: Connection, table: Table, stored: Mapping[Row, Row], wanted: Mapping[Row, Row]) -> int:
    gone = [_named(table, row) for key, row in stored.items() if key not in wanted]
    if gone:
        connection.execute(table.delete().where(_is_row(table)), gone)
    return len(gone)


def _is_row(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(f"new_{column.name}") for column in table.primary_key))


def _named(table: Table, row: Row) -> dict[str, str | int | None]:
    return {f"new_{column.name}": value for column, value in zip(table.c, row, strict=True)}
