"""The progress bar as `rich` draws it: with rate and time left."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text


class Rate(ProgressColumn):
    """How many a second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """Write the rate; nothing as long as none is known."""
        return Text(f"{task.speed:,.0f} {self._unit}/s" if task.speed else "")


@contextmanager
def drawn(label: str, *, total: float | None, unit: str) -> Iterator[Callable[[float], None]]:
    """Draw a bar on standard error, and hand over the function that is told of each advance."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Rate(unit), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
