"""The curated knowledge, loaded and checked: the package's files, and the user's own over them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.checking import Checker
from llmsurvey.knowledge.claim import Claim, Verdict
from llmsurvey.knowledge.edge import Edge, Relation
from llmsurvey.knowledge.entry import Entry, overlay_entries, packaged_entries
from llmsurvey.knowledge.fact import Source
from llmsurvey.knowledge.finding import BrokenKnowledge, Finding
from llmsurvey.knowledge.kinship import cycles, double_names, joined, lost_groups, overfull, unknown_subjects
from llmsurvey.knowledge.laid import Laid, Unwanted
from llmsurvey.knowledge.layer import CATALOGUES, DamagedLayer, Layer, decoded
from llmsurvey.knowledge.layering import laid_over
from llmsurvey.knowledge.merging import Draft, Merged, merged
from llmsurvey.knowledge.milestones import Mark, on_curve
from llmsurvey.knowledge.model import Model
from llmsurvey.knowledge.naming import Naming
from llmsurvey.knowledge.span import Span
from llmsurvey.knowledge.stage import Ability, ChronicleEntry, Stage, Technique
from llmsurvey.knowledge.underlying import Underlying, settled, underlying, whole_names
from llmsurvey.knowledge.undisturbed import undisturbed
from llmsurvey.survey import Milestone

_R = TypeVar("_R", bound=Struct)


@dataclass(frozen=True)
class Knowledge:
    """All curated facts, whole: every name is one model's, every edge has its ends, nothing descends from itself."""

    models: tuple[Model, ...]
    """By the date of their first event, undated ones last, then by name."""
    edges: tuple[Edge, ...]
    relations: dict[str, Relation]
    """By name, in the order of legends."""
    stages: tuple[Stage, ...]
    abilities: tuple[Ability, ...]
    techniques: tuple[Technique, ...]
    chronicle: tuple[ChronicleEntry, ...]
    """Oldest first."""
    marks: tuple[Mark, ...]
    """Models marked on curves."""
    sources: dict[str, Source]
    """By key."""
    claims: tuple[Claim, ...] = ()
    """What imported catalogues say of models, agreeing or not."""
    laid: tuple[Laid, ...] = ()
    """The imported catalogues, the lowest first, with what became of their entries."""

    @property
    def curated(self) -> tuple[Model, ...]:
        """The models that the curated facts know; the others come from imported catalogues only."""
        return tuple(model for model in self.models if model.name not in self._added)

    @property
    def conflicts(self) -> tuple[Claim, ...]:
        """The claims that contradict what is shown."""
        return tuple(claim for claim in self.claims if claim.verdict is Verdict.DIFFERS)

    def claims_on(self, model: Model) -> tuple[Claim, ...]:
        """Return what imported catalogues say of one model."""
        return tuple(claim for claim in self.claims if claim.model == model.name)

    def find(self, name: str) -> Model:
        """Return a model by name or alias; `BadUsage` with the nearest names where there is none."""
        return self._models.find(name)

    def ability(self, name: str) -> Ability:
        """Return an ability by its English or Chinese name; `BadUsage` where there is none."""
        return self._abilities.find(name)

    def relation(self, name: str) -> Relation:
        """Return a relation by its name; `BadUsage` where there is none."""
        try:
            return self.relations[name]
        except KeyError:
            known = ", ".join(self.relations)
            raise BadUsage(f"no relation is called {name!r}", hint=f"known: {known}") from None

    def milestones(self, phrase: str | None = None) -> tuple[Milestone, ...]:
        """Return the models marked on a phrase's curve, or on all, oldest first."""
        return on_curve(self.marks, phrase)

    def citation(self, source: str) -> str:
        """Write a source out: its key becomes the work's title and address, the place behind it stays."""
        key, comma, place = source.partition(",")
        work = self.sources.get(key)
        return f"{work.title}, {work.url}{comma}{place}" if work else source

    @cached_property
    def _models(self) -> Naming[Model]:
        behind = ((model.names, model) for model in self.models if model.name in self._added)
        curated = (((*model.names, *([model.zh] if model.zh else [])), model) for model in self.curated)
        return Naming("model", curated, behind)

    @cached_property
    def _added(self) -> frozenset[str]:
        return frozenset(name for laid in self.laid for name in laid.added)

    @cached_property
    def _abilities(self) -> Naming[Ability]:
        return Naming(
            "ability", (((each.name, each.zh, *([each.short] if each.short else [])), each) for each in self.abilities)
        )


def load(overlays: Sequence[Path] = (), folder: FactsFolder | None = None) -> Knowledge:
    """Load the package's facts with the user's files over them, the last one on top.

    `folder` is that beside the database: models added there lie over the files, imported catalogues beside them all.
    Raises `BrokenKnowledge` with every error of every file.
    """
    knowledge, findings = examined(overlays, folder)
    if findings:
        raise BrokenKnowledge(findings)
    return knowledge


def examined(
    overlays: Sequence[Path] = (), folder: FactsFolder | None = None, layers: Sequence[Layer] = ()
) -> tuple[Knowledge, tuple[Finding, ...]]:
    """Load whatever can be loaded, and tell every error of every file; `layers` take the place of the folder's."""
    with undisturbed():
        return _examined((*overlays, *folder.overlays()) if folder else overlays, folder, layers)


def settled_faults(overlays: Sequence[Path]) -> tuple[Finding, ...]:
    """Tell the errors of a user's files that no imported catalogue can mend by what it knows."""
    findings: list[Finding] = []
    package, own = _read(overlays, findings)
    sure = settled(own, whole_names((*package, *own)))
    return (*findings, *_laid([*package, *sure], (), Underlying())[1])


def _examined(
    overlays: Sequence[Path], folder: FactsFolder | None, given: Sequence[Layer]
) -> tuple[Knowledge, tuple[Finding, ...]]:
    unread: list[Finding] = []
    package, own = _read(overlays, unread)
    damaged: list[Finding] = []
    layers = _layers(folder, given, damaged)
    whole = whole_names((*package, *own)) if layers else set()
    sure = settled(own, whole) if layers else own
    knowledge, findings = _laid([*package, *sure], layers, Underlying())
    beneath = underlying(own, whole, knowledge) if layers else Underlying()
    if beneath.entries or len(sure) < len(own):
        knowledge, findings = _laid([*package, *beneath.entries, *own], layers, beneath)
    return knowledge, (*unread, *findings, *damaged)


def _read(overlays: Sequence[Path], findings: list[Finding]) -> tuple[list[Entry], list[Entry]]:
    """Read the package's entries and the user's own."""
    package = list(packaged_entries(findings))
    return package, [entry for path in dict.fromkeys(overlays) for entry in overlay_entries(path, findings)]


def _layers(folder: FactsFolder | None, given: Sequence[Layer], findings: list[Finding]) -> list[Layer]:
    """Read the imported catalogues, the lowest first; a broken one is a finding."""
    layers = {layer.catalogue: layer for layer in given}
    for path in folder.layers() if folder else ():
        try:
            if path.stem not in layers:
                layers[path.stem] = decoded(path.read_bytes(), path)
        except DamagedLayer as fault:
            findings.append(Finding(str(path), "", fault.message, fault.hint))
        except OSError as fault:
            findings.append(Finding(str(path), "", f"cannot be read: {fault.strerror}", "import the catalogue again"))
    return [layers[name] for name in CATALOGUES if name in layers]


def _laid(entries: Sequence[Entry], layers: Sequence[Layer], beneath: Underlying) -> tuple[Knowledge, list[Finding]]:
    """Make the facts of their entries, and lay imported catalogues over them."""
    findings: list[Finding] = []
    everything = merged(entries, findings)
    sources = everything.shown("source")
    checker = Checker([str(draft.values["key"]) for draft in sources], findings)
    knowledge = _knowledge(everything, checker, findings)
    if layers:
        hidden = everything.hidden.keys()
        unwanted = Unwanted(
            frozenset(hidden - beneath.origins.keys()),
            {origin: name for name in hidden & beneath.origins.keys() for origin in beneath.origins[name]},
            everything.parted,
        )
        knowledge = _layered(knowledge, layers, unwanted)
    return knowledge, findings


def _layered(knowledge: Knowledge, layers: Sequence[Layer], unwanted: Unwanted) -> Knowledge:
    """Lay imported catalogues over the curated facts."""
    descent = {relation.name for relation in knowledge.relations.values() if relation.descent}
    made = laid_over(knowledge.models, knowledge.edges, layers, descent=descent, unwanted=unwanted)
    return replace(
        knowledge,
        models=tuple(sorted(made.models.values(), key=_first_day)),
        edges=tuple(made.edges),
        claims=tuple(made.claims),
        laid=tuple(made.laid),
    )


def _knowledge(everything: Merged, checker: Checker, findings: list[Finding]) -> Knowledge:
    def records(table: str, shape: type[_R]) -> list[tuple[Draft, _R]]:
        made = ((draft, checker.record(draft)) for draft in everything.shown(table))
        return [(draft, record) for draft, record in made if isinstance(record, shape)]

    def plain(table: str, shape: type[_R]) -> tuple[_R, ...]:
        return tuple(record for _, record in records(table, shape))

    sources = {source.key: source for source in plain("source", Source)}
    relations = {relation.name: relation for relation in plain("relation", Relation)}
    models = [(draft, _in_order(model)) for draft, model in records("model", Model)]
    findings += [*double_names(models), *lost_groups(models), *overfull(models)]
    by_name = {model.name: model for _, model in models}
    edges = joined(records("edge", Edge), everything, by_name, relations, findings)
    findings += cycles(edges, relations)
    abilities = records("ability", Ability)
    findings += unknown_subjects(abilities, everything, by_name)
    return Knowledge(
        models=tuple(sorted(by_name.values(), key=_first_day)),
        edges=tuple(edge for _, edge in edges),
        relations=relations,
        stages=plain("stage", Stage),
        abilities=tuple(ability for _, ability in abilities),
        techniques=plain("technique", Technique),
        chronicle=tuple(sorted(plain("chronicle", ChronicleEntry), key=lambda entry: Span.parse(entry.date))),
        marks=plain("milestone", Mark),
        sources=sources,
    )


def _in_order(model: Model) -> Model:
    """Put a model's events into the order of the days by which each had surely happened."""
    events = tuple(sorted(model.events, key=lambda event: (event.span.last, event.span.first)))
    return model if events == model.events else structs.replace(model, events=events)


def _first_day(model: Model) -> tuple[str, str]:
    return (model.released or "9999", model.name)
