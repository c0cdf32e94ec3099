"""Drafts made into records: each value is checked, each error told, and nothing stops at the first."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.entry import TABLES, Table
from llmsurvey.knowledge.finding import Finding, nearest
from llmsurvey.knowledge.merging import OR_IMPORT, Draft
from llmsurvey.knowledge.quantity import count
from llmsurvey.knowledge.shape import hint, stand_in
from llmsurvey.knowledge.span import Span
from llmsurvey.paper import is_arxiv_id

_AT = re.compile(r"`\$\.([^`]+)")
_LACKING = re.compile(r"missing required field `([^`]+)`")
_IN_LIST = re.compile(r"(\w+)\[(\d+)\]")
_CITED = re.compile(r"arXiv:\S+|https?://\S+|\S+\s.*\S|[\w-]+(\.[\w-]+)+/\S+", re.DOTALL)
"""A citation in words, an identifier or an address: anything but a single bare word."""


class Checker:
    """Makes records of drafts; knows the sources that may be named."""

    def __init__(self, sources: list[str], findings: list[Finding]) -> None:
        self.findings = findings
        self._keys = sources
        self._good: dict[str, str] = {}
        """Sources seen so far, each with its fault; empty where it has none."""

    def record(self, draft: Draft) -> Any | None:  # noqa: ANN401 - each table has its own record
        """Make a draft's record; where a value is wrong another stands in, so that the other errors are told as well.

        None where not even that helps.
        """
        values = self._mapping(draft, draft.values, "")
        shape = TABLES[draft.table]
        known_elsewhere = OR_IMPORT if draft.table == "model" else ""
        for missing in _missing(shape, values):
            if missing != "source":  # told where the entry was read
                self.findings.append(draft.finding(f"no {missing}", f"add {missing} = …{known_elsewhere}"))
            values[missing] = stand_in(shape.record, missing)
        values["origins"] = draft.origins
        mended: set[str] = set()
        while True:
            try:
                return msgspec.convert(values, shape.record)
            except msgspec.ValidationError as fault:
                at = _AT.search(str(fault))
                place = at[1] if at else ""
                field, _, _ = place.partition(".")
                lacking = _LACKING.search(str(fault))
                advice = f"add {lacking[1]} = …" if lacking else hint(shape.record, place)
                self.findings.append(draft.finding(str(fault), advice, field.partition("[")[0]))
                if not field or field in mended or not _mend(values, field, shape):
                    return None
                mended |= set() if _IN_LIST.fullmatch(field) else {field}  # a list gets shorter each time

    def _mapping(self, draft: Draft, values: dict[str, Any], under: str) -> dict[str, Any]:
        """Return the values with quantities and dates in their final form; errors go to the findings."""
        made = values.copy()
        for key, value in values.items():
            if key in _CHECKS:
                made[key] = self._checked(draft, key, value, under or key)
            elif isinstance(value, dict):
                made[key] = self._mapping(draft, value, under or key)
            elif isinstance(value, list):
                items = (self._mapping(draft, item, under or key) if isinstance(item, dict) else item for item in value)
                made[key] = list(items)
        return made

    def _checked(self, draft: Draft, key: str, value: object, field: str) -> object:
        check = _CHECKS[key]
        try:
            return check(self, value)
        except BadUsage as fault:
            self.findings.append(draft.finding(f"{key}: {fault.message}", fault.hint, field))
            return _STAND_INS.get(check, value)  # so that one error is not told twice

    def source(self, text: object) -> object:
        """Check that a source is a known key, alone or with a place behind it, or a citation."""
        if not isinstance(text, str):
            return text
        if text not in self._good:
            key = text.partition(",")[0]
            known = key in self._keys or _CITED.fullmatch(text)
            self._good[text] = "" if known else nearest(text, self._keys)
        if self._good[text]:
            raise BadUsage(f"unknown source {text!r}", hint=self._good[text])
        return text

    def sources(self, by_field: object) -> object:
        """Check the sources of single fields."""
        for text in by_field.values() if isinstance(by_field, dict) else ():
            self.source(text)
        return by_field


def _missing(shape: Table, values: dict[str, Any]) -> list[str]:
    """Name the required fields that are not there, or hold nothing."""
    return [name for name in sorted(shape.required) if not str(values.get(name, "")).strip()]


def _mend(values: dict[str, Any], field: str, shape: Table) -> bool:
    """Take a wrong value out, or put another in its place; tell whether that can be done."""
    listed = _IN_LIST.fullmatch(field)
    if listed:
        values[listed[1]] = [item for number, item in enumerate(values[listed[1]]) if number != int(listed[2])]
    elif field in shape.required:
        values[field] = stand_in(shape.record, field)
    else:
        return values.pop(field, None) is not None
    return True


def _quantity(_: Checker, value: object) -> object:
    if isinstance(value, bool):
        raise BadUsage(f"{value} is no number", hint="write 70B or 1.4T")
    return count(str(value)) if isinstance(value, (str, int, float)) else value


def _date(_: Checker, value: object) -> object:
    text = value.isoformat()[:10] if isinstance(value, date) else value
    if isinstance(text, str):
        Span.parse(text)
    return text


def _arxiv(_: Checker, value: object) -> object:
    if not isinstance(value, str) or not is_arxiv_id(value):
        raise BadUsage(f"{value!r} is no arXiv identifier", hint='write it without version, in quotes: "2302.13971"')
    return value


_QUANTITIES = ("parameters", "active_parameters", "training_tokens")
_DATES = ("date", "month", "bucket", "caption_month", "published_date")
_CHECKS: dict[str, Callable[[Checker, object], object]] = {
    **dict.fromkeys(_QUANTITIES, _quantity),
    **dict.fromkeys(_DATES, _date),
    "arxiv": _arxiv,
    "source": Checker.source,
    "sources": Checker.sources,
}


_STAND_INS: dict[Callable[[Checker, object], object], object] = {_quantity: 1, _date: "1900", _arxiv: None}
