"""What a record's fields may hold, read from its type: for hints, and for values that stand in for wrong ones."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import TypeVar, get_args

import msgspec

_T = TypeVar("_T")

_NAMES = re.compile(r"[A-Za-z_]+")


def hint(record: type[msgspec.Struct], place: str) -> str:
    """Say what may stand at a place such as `access` or `events[0].kind`: the words of a closed list, if it is one."""
    held: object = record
    for name in _NAMES.findall(place):
        struct = next(_kinds(held, msgspec.Struct), None)
        held = _type_of(struct, name) if struct else None
    words = next(_kinds(held, Enum), None)
    return f"known: {', '.join(str(word.value) for word in words)}" if words else "see the other entries"


def stand_in(record: type[msgspec.Struct], name: str) -> object:
    """Return a value that a field can hold, so that the rest of its record can be checked."""
    words = next(_kinds(_type_of(record, name), Enum), None)
    return next(iter(words)).value if words else "?"


def _type_of(record: type[msgspec.Struct], name: str) -> object:
    return next((field.type for field in msgspec.structs.fields(record) if field.encode_name == name), None)


def _kinds(held: object, base: type[_T]) -> Iterator[type[_T]]:
    """Yield the types of one kind in a type, such as the `Event` in `tuple[Event, ...]`."""
    if isinstance(held, type) and issubclass(held, base):
        yield held
    for part in get_args(held):
        yield from _kinds(part, base)
