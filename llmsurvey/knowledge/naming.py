"""Finding a record by its name: exactly, by alias, loosely written, or near enough for "did you mean"."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from llmsurvey.errors import BadUsage
from llmsurvey.knowledge.entry import key_of

_T = TypeVar("_T")


class Naming(Generic[_T]):
    """The names and aliases of some records."""

    def __init__(
        self,
        what: str,
        named: Iterable[tuple[Iterable[str], _T]],
        behind: Iterable[tuple[Iterable[str], _T]] = (),
    ) -> None:
        """Enter records; those `behind` take no spelling from the others, so that these are found as without them."""
        self._what = what
        """What the records are, for messages: `model`."""
        self._exact: dict[str, tuple[str, _T]] = {}
        self._loose: dict[str, list[_T]] = {}
        self._enter(named, frozenset())
        self._enter(behind, frozenset(self._loose))

    def _enter(self, named: Iterable[tuple[Iterable[str], _T]], taken: frozenset[str]) -> None:
        for names, record in named:
            for name in names:
                self._exact.setdefault(key_of(name), (name, record))
                loose = _loose(name)
                if loose in taken:
                    continue
                same = self._loose.setdefault(loose, [])
                if not any(record is other for other in same):
                    same.append(record)

    def find(self, name: str) -> _T:
        """Return the record of a name; `BadUsage` with the nearest names where there is none.

        Case and white space never matter; hyphens, points and blanks do not where that leaves one record only.
        """
        exact = self._exact.get(key_of(name))
        if exact:
            return exact[1]
        loose = self._loose.get(_loose(name), [])
        if len(loose) == 1 and _loose(name):
            return loose[0]
        raise BadUsage(f"no {self._what} is called {name!r}", hint=self._hint(name))

    def near(self, name: str) -> tuple[str, ...]:
        """Return up to three names that are spelt much like this one, the likest first."""
        matches = get_close_matches(key_of(name), self._exact, n=3, cutoff=0.6)
        return tuple(self._exact[match][0] for match in matches)

    def _hint(self, name: str) -> str:
        near = self.near(name[:100])
        if near:
            return f"did you mean {' or '.join(near)}?"
        return f"list them all with: llmsurvey {_LISTED.get(self._what, 'knowledge')}"


_LISTED = {"model": "models list", "ability": "knowledge abilities"}


def _loose(name: str) -> str:
    return "".join(letter for letter in key_of(name) if letter.isalnum() or letter == "+")
