"""Where the published survey's figure and list differ from what can be cited, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.model import Access, EventKind, Model, Published
from llmsurvey.knowledge.quantity import written
from llmsurvey.knowledge.span import Span

SMALLEST = 10_000_000_000
"""Figure 2 shows models with more parameters than this (its caption)."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One published value that differs from the citable one."""

    model: str
    place: str
    """`Figure 2`, `Figure 3`, `list` (the project page's) or `chronicle`."""
    field: str
    published: str
    cited: str
    reason: str


def deviations(knowledge: Knowledge) -> tuple[Deviation, ...]:
    """Compare every published value with the cited one: models in their order, then the chronicle."""
    compared = (_names, _listed_month, _bucket, _caption, _listed_size, _rule, _access)
    return tuple(
        deviation
        for model in knowledge.models
        if model.published
        for compare in compared
        for deviation in compare(model, model.published)
    ) + tuple(_told(knowledge))


def _told(knowledge: Knowledge) -> Iterator[Deviation]:
    """Compare the dates of the chronicle."""
    for entry in knowledge.chronicle:
        if not _share_days(entry.date, entry.published_date):
            reason = f"the date is that of {entry.source_of('date')}"
            yield Deviation(entry.name, "chronicle", "date", entry.published_date, entry.date, reason)


def _names(model: Model, published: Published) -> Iterator[Deviation]:
    for place, printed in (("Figure 2", published.label), ("list", published.listed_as)):
        if printed:
            yield Deviation(model.name, place, "name", printed, model.name, "another spelling or a shorter name")


def _listed_month(model: Model, published: Published) -> Iterator[Deviation]:
    if published.month and model.timeline_date and not _share_days(model.timeline_date, published.month):
        yield Deviation(model.name, "list", "month", published.month, model.timeline_date, _why(model, published.month))


def _bucket(model: Model, published: Published) -> Iterator[Deviation]:
    if published.bucket and model.timeline_date and not _share_days(model.timeline_date, published.bucket):
        yield Deviation(
            model.name, "Figure 2", "bucket", published.bucket, model.timeline_date, _why(model, published.bucket)
        )


def _caption(model: Model, published: Published) -> Iterator[Deviation]:
    if published.caption_month and model.released and not _share_days(model.released, published.caption_month):
        yield Deviation(
            model.name,
            "Figure 3",
            "month",
            published.caption_month,
            model.released,
            _why(model, published.caption_month),
        )


def _why(model: Model, printed: str) -> str:
    """Say whether another event of the model explains the printed date."""
    fitting = [event for event in model.events if _share_days(event.date, printed)]
    if fitting:
        return f"the printed date is that of its {fitting[0].kind}"
    dated = next((event for event in model.events if event.date == model.timeline_date), None)
    if dated and dated.kind is EventKind.PAPER and Span.parse(dated.date).first > Span.parse(printed).last:
        return "the printed date lies before the paper; no event of that date can be cited"
    return "no event of the printed date can be cited"


def _listed_size(model: Model, published: Published) -> Iterator[Deviation]:
    if published.parameters and model.parameters and published.parameters != model.parameters:
        ratio = model.parameters / published.parameters
        rounded = 0.95 < ratio < 1.05  # noqa: PLR2004 - the list gives whole billions
        reason = "the list rounds to whole billions" if rounded else (model.note or "another size of the same name")
        yield Deviation(
            model.name, "list", "parameters", written(published.parameters), written(model.parameters), reason
        )


def _rule(model: Model, published: Published) -> Iterator[Deviation]:
    if published.bucket and model.parameters and model.parameters <= SMALLEST:
        yield Deviation(
            model.name,
            "Figure 2",
            "membership",
            "shown",
            written(model.parameters),
            "not above 10B, the figure's own rule",
        )
    if published.bucket and not model.parameters:
        yield Deviation(
            model.name, "Figure 2", "membership", "shown", "size unknown", "no citable size to test the rule"
        )


def _access(model: Model, published: Published) -> Iterator[Deviation]:
    opened = model.access is Access.OPEN_WEIGHTS
    if published.access and (published.access == "open") != opened:
        yield Deviation(model.name, "list", "access", published.access, str(model.access), model.note or "")
    if published.checkpoint is not None and published.checkpoint != opened:
        shown = "public" if published.checkpoint else "not public"
        yield Deviation(model.name, "Figure 2", "checkpoint", shown, str(model.access), model.note or "")


def _share_days(one: str, other: str) -> bool:
    """Tell whether two dates can be of the same day."""
    first, second = Span.parse(one), Span.parse(other)
    return first.first <= second.last and second.first <= first.last
