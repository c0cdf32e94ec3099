"""How a long step tells how it goes on: by a bar on standard error, only on a terminal."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger("llmsurvey")


@contextmanager
def progress(label: str, *, total: float | None, unit: str) -> Iterator[Callable[[float], None]]:
    """Show how a long step goes on, and hand over the function that is told of each advance.

    `total` is None where the end is not known. Off a terminal and under `--quiet` nothing is shown.
    """
    if not (sys.stderr and sys.stderr.isatty() and log.isEnabledFor(logging.INFO)):
        yield lambda _steps: None
        return
    from llmsurvey.cli.progress_bar import drawn  # noqa: PLC0415 - a fortieth of a second where nobody looks on

    with drawn(label, total=total, unit=unit) as advance:
        yield advance
