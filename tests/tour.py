"""The tour of README: commands that are run on an invented snapshot, with what they print."""

import contextlib
import io
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from llmsurvey.cli.run import run
from tests.standin import invented

STEPS: tuple[tuple[str, str], ...] = (
    (
        "Read a snapshot. Every record counts for the denominators, papers that match a tracked phrase are stored:",
        "import invented.jsonl",
    ),
    (
        "Count any phrase by month, with its share of all papers, and whether the month is complete:",
        'trend "language model" --since 2022-10 --until 2023-01 --share',
    ),
    (
        "Find papers, and hand them on as BibTeX, RIS, CSL-JSON, CSV or JSON lines:",
        "papers search '\"large language model\" NOT speech' --limit 2",
    ),
    (
        "Ask which abilities the literature reports at a size:",
        "knowledge abilities --params 62e9",
    ),
    ("Ask who descends from whom, on which evidence:", "lineage path GPT-1 ChatGPT"),
    ("Ask the scaling laws:", "scaling optimum --flops 5.76e23"),
)


def tour() -> str:
    """Run the steps in a folder of their own, without any setting of this machine, and return them as Markdown."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder), _bare_environment():
        snapshot = invented.snapshot(3_000, first="2022-09", last="2023-04")
        Path("invented.jsonl").write_text("".join(f"{line.rstrip()}\n" for line in snapshot), encoding="utf-8")
        return "\n\n".join(
            f"{why}\n\n```console\n$ llmsurvey {command}\n{_printed(command)}```" for why, command in STEPS
        )


def _printed(command: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        code = run(["--database", "sqlite:///tour.db", *shlex.split(command)])
    if code:
        raise RuntimeError(f"`llmsurvey {command}` of the tour ended with {code}")
    return said.getvalue()


@contextlib.contextmanager
def _bare_environment() -> Iterator[None]:
    kept = dict(os.environ)
    for name in list(os.environ):
        if name.startswith(("LLMSURVEY_", "XDG_")):
            del os.environ[name]
    os.environ["HOME"] = str(Path.cwd())
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
