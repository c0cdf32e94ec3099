"""Which sets and categories arXiv has, and how a category is named in OAI-PMH. No network."""

import csv
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("sets.csv")
ALIASES = {
    "cs.NA": "math.NA",
    "cs.SY": "eess.SY",
    "cs.IT": "math.IT",
    "math-ph": "math.MP",
    "stat.TH": "math.ST",
    "econ.GN": "q-fin.EC",
}
"""Pairs of categories that name one thing; a record of either is in both sets."""
_BOTH_WAYS = ALIASES | {second: first for first, second in ALIASES.items()}


@lru_cache(maxsize=1)
def listed_sets() -> tuple[tuple[str, str], ...]:
    """Return ListSets as arXiv gives it: 183 rows, nine sets of which stand twice."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple((row["set"], row["name"]) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def set_names() -> dict[str, str]:
    """Return the name of every set."""
    return dict(listed_sets())


@lru_cache(maxsize=1)
def _sets_of_categories() -> dict[str, str]:
    """Map each category to its set; archives that are a category stand for themselves."""
    known: dict[str, str] = {}
    for name, _ in listed_sets():
        match name.split(":"):
            case [_, archive]:
                known[archive] = name
            case [_, archive, suffix]:
                known[f"{archive}.{suffix}"] = name
    return known


def sets_of(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sets of a paper's categories in their order, aliases included, each once."""
    known = _sets_of_categories()
    named = [name for category in categories for name in (category, _BOTH_WAYS.get(category, category))]
    return tuple(dict.fromkeys(known[name] for name in named if name in known))


def in_set(sets: tuple[str, ...], wanted: str) -> bool:
    """Tell whether a paper in these sets is in the wanted one or below it."""
    return any(name == wanted or name.startswith(wanted + ":") for name in sets)


def subjects_of(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a paper's categories, each once."""
    names = set_names()
    return tuple(dict.fromkeys(names[name] for name in sets_of(categories)))
