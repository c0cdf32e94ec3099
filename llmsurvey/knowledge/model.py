"""A model of the catalogue: its sizes, its dated events, who may use it, and what the survey printed of it."""

from datetime import date
from enum import StrEnum

import msgspec

from llmsurvey.knowledge.fact import Fact
from llmsurvey.knowledge.span import Span


class Access(StrEnum):
    """Who may use a model."""

    OPEN_WEIGHTS = "open-weights"
    """The weights of at least one size can be downloaded."""
    API = "api"
    CLOSED = "closed"
    """Neither weights nor a programming interface; a hosted product at most."""
    NEVER_RELEASED = "never-released"
    """Known from its paper only."""


class EventKind(StrEnum):
    """What happened to a model on a date."""

    PAPER = "paper"
    ANNOUNCEMENT = "announcement"
    API = "api"
    WEIGHTS = "weights"


class ModelKind(StrEnum):
    """Whether a name stands for one model or for a group of them."""

    MODEL = "model"
    SERIES = "series"


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something dated that happened to a model."""

    kind: EventKind
    date: str
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as the source tells."""
    source: str

    @property
    def span(self) -> Span:
        """The days between which it happened."""
        return Span.parse(self.date)


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the published survey prints of a model, slips included."""

    bucket: str | None = None
    """Stretch of time in Figure 2: `2019` or `2021-01/04`; None: not in the figure."""
    checkpoint: bool | None = None
    """Whether Figure 2 marks a public checkpoint."""
    label: str | None = None
    """The name in Figure 2 where it differs."""
    listed_as: str | None = None
    """The name in the project page's list where it differs."""
    month: str | None = None
    """Release month in the project page's list; None: not in the list."""
    parameters: int | None = None
    """Size in that list."""
    access: str | None = None
    """`open` or `closed` in that list."""
    caption_month: str | None = None
    """Month under the node of Figure 3; None: not in the figure."""
    caption: str | None = None
    """What Figure 3 says under the node."""


class Model(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language model, or a series of them. Sizes are those of the largest version unless `note` says otherwise."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: ModelKind = ModelKind.MODEL
    zh: str | None = None
    """Chinese name, where it has one."""
    organisation: str
    arxiv: str | None = None
    """arXiv identifier of its paper, without version."""
    url: str | None = None
    parameters: int | None = None
    """All parameters; None where no citable source tells."""
    active_parameters: int | None = None
    """Parameters used for each token, where fewer than all."""
    sparse: bool = False
    """Whether fewer than all are used for each token, as in a mixture of experts, though no source tells how many."""
    training_tokens: int | None = None
    """Tokens seen in pre-training."""
    access: Access | None = None
    domains: tuple[str, ...] = ()
    """What it works on, as an imported catalogue tells: `language`, `vision`; empty: language, or not known."""
    group: str | None = None
    """The series it belongs to."""
    events: tuple[Event, ...] = ()
    """Oldest first, by the day at which each had surely happened."""
    published: Published | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name, then its aliases."""
        return (self.name, *self.aliases)

    @property
    def working_parameters(self) -> int | None:
        """Parameters used for each token, which the scaling laws count; None where that is not known."""
        return self.active_parameters or (None if self.sparse else self.parameters)

    @property
    def open_weights(self) -> bool:
        """Whether anyone can download weights."""
        return self.access is Access.OPEN_WEIGHTS

    @property
    def is_language_model(self) -> bool:
        """Whether language is among what it works on; imported catalogues also hold models of proteins or games."""
        return not self.domains or "language" in self.domains

    @property
    def released(self) -> str | None:
        """Date of its first event, as exactly as known; None where no event is."""
        return self.events[0].date if self.events else None

    @property
    def timeline_date(self) -> str | None:
        """The date by the rule of the survey's Figure 2: that of its paper, or else of its first event."""
        papers = (event.date for event in self.events if event.kind is EventKind.PAPER)
        return next(papers, self.released)

    def known_on(self, day: date) -> bool:
        """Tell whether its first event had happened by the end of a day; an inexact date counts from its end."""
        return self.released is not None and Span.parse(self.released).last <= day

    @property
    def all_sources(self) -> tuple[str, ...]:
        """Every source of every value, without repetition."""
        named = (self.source, *self.sources.values(), *(event.source for event in self.events))
        return tuple(dict.fromkeys(named))
