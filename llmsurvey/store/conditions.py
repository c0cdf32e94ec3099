"""What a paper's title and abstract must hold to be found: conditions on words, for one paper and for the index. Pure.

What is handed to FTS5 is written anew from tokens in quotes: nothing that was typed reaches its syntax.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llmsurvey.phrase import Phrase, Rule, matches


class Match(NamedTuple):
    """A query as FTS5 takes it."""

    expression: str
    in_title: str
    """The same with every word that is wanted in the title; finds a part of what `expression` finds."""
    negated: bool = False
    """Whether the papers that are asked for are those the expression does not find: FTS5 knows no NOT alone."""


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or words side by side."""

    phrase: Phrase

    def holds(self, fields: Sequence[str]) -> bool:
        """Tell whether a paper's title and abstract are what is asked for."""
        return matches(Rule.STEMMED, self.phrase, fields)

    def match(self) -> Match:
        """Write the query for FTS5."""
        quoted = f'"{" ".join(self.phrase.tokens)}"'
        return Match(quoted, f"title : {quoted}")


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold."""

    parts: tuple["Query", ...]

    def holds(self, fields: Sequence[str]) -> bool:
        """Tell whether a paper's title and abstract are what is asked for."""
        return all(part.holds(fields) for part in self.parts)

    def match(self) -> Match:
        """Write the query for FTS5."""
        wanted, unwanted = _parted(self.parts)
        if not wanted:
            return _joined(unwanted, "OR")._replace(negated=True)
        return _without(_joined(wanted, "AND"), unwanted)


@dataclass(frozen=True, slots=True)
class Either:
    """One part must hold, or more."""

    parts: tuple["Query", ...]

    def holds(self, fields: Sequence[str]) -> bool:
        """Tell whether a paper's title and abstract are what is asked for."""
        return any(part.holds(fields) for part in self.parts)

    def match(self) -> Match:
        """Write the query for FTS5: with a NOT among the parts it is the opposite of what none of them finds."""
        wanted, unwanted = _parted(self.parts)
        if not unwanted:
            return _joined(wanted, "OR")
        return _without(_joined(unwanted, "AND"), wanted)._replace(negated=True)


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: "Query"

    def holds(self, fields: Sequence[str]) -> bool:
        """Tell whether a paper's title and abstract are what is asked for."""
        return not self.part.holds(fields)

    def match(self) -> Match:
        """Write the query for FTS5."""
        inner = self.part.match()
        return inner._replace(negated=not inner.negated)


Query = Words | All | Either | Not


def _parted(parts: Sequence[Query]) -> tuple[list[Match], list[Match]]:
    """Write the parts for FTS5: those that are to be found, and those that are not."""
    written = [part.match() for part in parts]
    return [each for each in written if not each.negated], [each for each in written if each.negated]


def _joined(found: Sequence[Match], operator: str) -> Match:
    """Join what is to be found, or what is not; the parts' own signs no longer matter."""
    if len(found) == 1:
        return found[0]._replace(negated=False)
    between = f" {operator} "
    return Match(
        between.join(_closed(each.expression) for each in found),
        between.join(_closed(each.in_title) for each in found),
    )


def _without(wanted: Match, unwanted: Sequence[Match]) -> Match:
    if not unwanted:
        return wanted
    excluded = _closed(_joined(unwanted, "OR").expression)
    return Match(f"{_closed(wanted.expression)} NOT {excluded}", f"{_closed(wanted.in_title)} NOT {excluded}")


def _closed(expression: str) -> str:
    """Put what is more than one phrase into parentheses."""
    return f"({expression})" if '" ' in expression else expression
