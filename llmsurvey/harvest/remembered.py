"""What was worked out once and is kept for the next time: a bounded number of answers, each a lookup away. Pure."""

from collections.abc import Callable
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Said = TypeVar("_Said")


class Remembered(dict[_Asked, _Said]):
    """What a pure function says, by what it is asked: `remembered[asked]`, in half the time of `lru_cache`.

    When `most` answers are held all are let go: those from a file's beginning are of no use at its end. An answer that
    is nothing (None, false, empty) is not held, so that rubbish, which may be long, fills no memory.
    """

    def __init__(self, function: Callable[[_Asked], _Said], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, asked: _Asked) -> _Said:
        said = self._function(asked)
        if said:
            if len(self) >= self._most:
                self.clear()
            self[asked] = said
        return said
