"""The package's entries and those of the user's files, laid over one another: later files add, correct and hide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from llmsurvey.knowledge.entry import TABLES, Entry, key_of, titled
from llmsurvey.knowledge.finding import Finding

Key = tuple[str, ...]
OR_IMPORT = ", or import the catalogue that knows it"
"""What may be missing where a user's file speaks of something unknown."""


@dataclass(slots=True)
class Draft:
    """One record to be: the values of all files, and which file each came from."""

    table: str
    values: dict[str, Any]
    origins: dict[str, str]
    file: str
    """The last file that spoke of it."""
    hidden: bool = False

    @property
    def title(self) -> str:
        """The record in words, for messages."""
        return titled(self.table, self.values)

    def finding(self, message: str, hint: str, of: str = "") -> Finding:
        """Report an error in one of the fields, in the file that the field comes from."""
        return Finding(self.origins.get(of, self.file), self.title, message, hint)


@dataclass
class Merged:
    """All drafts by table and key."""

    drafts: dict[str, dict[Key, Draft]] = field(default_factory=lambda: {table: {} for table in TABLES})
    keys: dict[str, str] = field(default_factory=dict)
    """Compared form of each model's names and aliases, to that of its name."""

    def name(self, called: str) -> str:
        """Return a model's own name; what no model is called stays as it is."""
        key = self.keys.get(key_of(called))
        return str(self.drafts["model"][key,].values["name"]) if key is not None else called

    def of(self, table: str) -> dict[Key, Draft]:
        """Return the drafts of one table."""
        return self.drafts[table]

    def shown(self, table: str) -> list[Draft]:
        """Return the drafts of one table that nothing hides."""
        return [draft for draft in self.drafts[table].values() if not draft.hidden]

    @cached_property
    def hidden(self) -> dict[str, str]:
        """The hidden models, each with the file that hides it; asked for when everything is merged."""
        models = self.drafts["model"].values()
        return {str(draft.values["name"]): draft.file for draft in models if draft.hidden}

    @property
    def parted(self) -> frozenset[tuple[str, str]]:
        """Parent and child of each hidden edge."""
        hidden = (draft.values for draft in self.drafts["edge"].values() if draft.hidden)
        return frozenset((self.name(str(values["from"])), self.name(str(values["to"]))) for values in hidden)


def merged(entries: Iterable[Entry], findings: list[Finding]) -> Merged:
    """Lay entries over one another in their order; models first, as edges name them."""
    result = Merged()
    seen: set[tuple[str, str, Key]] = set()
    for entry in sorted(entries, key=lambda entry: entry.table == "edge"):
        key = _key(entry, result, findings)
        if key is None or (entry.hide and _hide(entry, key, result, findings)):
            continue
        once = (entry.file, entry.table, key)
        if once in seen:
            findings.append(Finding(entry.file, entry.title, "stands twice in this file", "keep one of the two"))
            continue
        seen.add(once)
        _lay(entry, key, result)
    return result


def _key(entry: Entry, result: Merged, findings: list[Finding]) -> Key | None:
    """Say which record an entry speaks of; a model may be called by an alias."""
    wanted = TABLES[entry.table].identity
    if entry.table == "edge" and entry.hide and "relation" not in entry.values:
        wanted = wanted[:2]
    keys = []
    for name in wanted:
        text = entry.values.get(name)
        if not isinstance(text, str) or not text.strip():
            findings.append(Finding(entry.file, entry.title, f"no {name}", f'add {name} = "…"'))
            return None
        keys.append(key_of(text))
    if entry.table == "model":
        return (result.keys.get(keys[0], keys[0]),)
    if entry.table == "edge":
        keys[0], keys[1] = result.keys.get(keys[0], keys[0]), result.keys.get(keys[1], keys[1])
    return tuple(keys)


def _hide(entry: Entry, key: Key, result: Merged, findings: list[Finding]) -> bool:
    """Mark what an entry hides; an edge without a relation hides all edges between its two models."""
    hidden = [draft for at, draft in _at(entry.table, key, result)]
    for draft in hidden:
        draft.hidden, draft.file = True, entry.file
    if not hidden:
        findings.append(Finding(entry.file, entry.title, "hides what is not there", f"check the spelling{OR_IMPORT}"))
    return True


def _at(table: str, key: Key, result: Merged) -> list[tuple[Key, Draft]]:
    if len(key) == len(TABLES[table].identity):
        found = result.of(table).get(key)
        return [(key, found)] if found else []
    return [(at, draft) for at, draft in result.of(table).items() if at[: len(key)] == key]


def _lay(entry: Entry, key: Key, result: Merged) -> None:
    drafts = result.of(entry.table)
    known = drafts.get(key)
    if known is None:
        drafts[key] = Draft(entry.table, entry.values.copy(), dict.fromkeys(entry.values, entry.file), entry.file)
    else:
        _correct(known, entry)
    if entry.table == "model":
        aliases = entry.values.get("aliases")
        for name in (key[0], *(aliases if isinstance(aliases, list) else ())):
            result.keys.setdefault(key_of(str(name)), key[0])


def _correct(draft: Draft, entry: Entry) -> None:
    """Let an entry's values hold over those of earlier files, each with the source of its own entry."""
    identity = TABLES[entry.table].identity
    given = {field: value for field, value in entry.values.items() if field not in {*identity, "source", "sources"}}
    own = entry.values.get("sources")
    own = own if isinstance(own, dict) else {}
    sources = draft.values.get("sources")
    sources = dict(sources) if isinstance(sources, dict) else {}
    for field_, value in given.items():
        draft.values[field_] = _events(draft.values.get(field_), value) if field_ == "events" else value
        draft.origins[field_] = entry.file
        sources[field_] = own.get(field_, entry.values.get("source", ""))
    if entry.table != "source":
        draft.values["sources"] = sources
    draft.file, draft.hidden = entry.file, False


def _events(known: object, given: object) -> object:
    """Let given events hold over known ones of the same kind."""
    if not isinstance(known, list) or not isinstance(given, list):
        return given
    kinds = [event.get("kind") for event in given if isinstance(event, dict)]
    return [event for event in known if not (isinstance(event, dict) and event.get("kind") in kinds)] + given
