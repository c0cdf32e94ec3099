"""The progress bar: on standard error, only on a terminal, with rate and time left."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

log = logging.getLogger("llmsurvey")


class Rate(ProgressColumn):
    """How many a second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """Write the rate; nothing as long as none is known."""
        return Text(f"{task.speed:,.0f} {self._unit}/s" if task.speed else "")


@contextmanager
def progress(label: str, *, total: float | None, unit: str) -> Iterator[Callable[[float], None]]:
    """Show how a long step goes on, and hand over the function that is told of each advance.

    `total` is None where the end is not known. Off a terminal and under `--quiet` nothing is shown.
    """
    if not (sys.stderr and sys.stderr.isatty() and log.isEnabledFor(logging.INFO)):
        yield lambda _steps: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Rate(unit), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
