"""Measure everything in one run and write the table that README shows."""

import argparse
import gzip
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import corpus
from benchmarks.measured import Command, megabytes, seconds
from benchmarks.trends import milliseconds

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "benchmarks" / "RESULTS.md"
SHARED = Path(os.environ.get("LLMSURVEY_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    what: str
    found: str
    goal: str


def main() -> None:
    """Read the size from the command line, measure, and write the table."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    options.add_argument("--records", type=int, default=800_000, help="records of the invented snapshot")
    options.add_argument("--large", type=int, default=3_000_000, help="records of a second one, as many as arXiv has")
    options.add_argument("--runs", type=int, default=3, help="runs of each command; the median counts")
    options.add_argument("--no-write", action="store_true", help="print the table only")
    asked = options.parse_args()
    with TemporaryDirectory(prefix="llmsurvey-bench-") as folder:
        results = list(_all(Path(folder), asked.records, asked.large, asked.runs))
    text = _table(results, asked.records, asked.large, asked.runs)
    print(text)
    if not asked.no_write:
        TABLE.write_text(text, encoding="utf-8")


def _all(folder: Path, records: int, large: int, runs: int) -> Iterator[Result]:
    snapshot = folder / "invented.jsonl"
    corpus.write(snapshot, records)
    yield from _matches(snapshot, f"{records:,} invented records", folder, runs, pandas=True)
    yield from _everything(snapshot, f"{records:,} invented records", folder, runs)
    yield from _trends(folder)
    yield from _start_up(folder, runs)
    if large:
        corpus.write(snapshot, large)
        yield from _matches(snapshot, f"{large:,} invented records", folder, runs, pandas=True)
    for file in sorted((SHARED / "corpus").glob("*.jsonl.gz")):
        yield from _matches(file, file.name, folder, runs, pandas=False)
        yield from _everything(file, file.name, folder, 1)


def _matches(snapshot: Path, name: str, folder: Path, runs: int, *, pandas: bool) -> Iterator[Result]:
    size = snapshot.stat().st_size / 1e6
    importing = Command(_import(snapshot, folder, "matched"), before=_fresh(folder))
    decoding, matched = seconds(Command(_baseline("decoding", snapshot)), importing, runs=runs)
    yield Result(
        f"import, keeping matches: {name}",
        f"{matched / decoding:.2f} × bare typed decoding "
        f"({matched:.2f} s against {decoding:.2f} s, {size / matched:,.0f} MB/s, "
        f"peak {megabytes(importing):.0f} MB over all processes)",
        "at most 2 ×, under 300 MB",
    )
    if not pandas:
        return
    if find_spec("pandas"):
        (usual,) = seconds(Command(_baseline("pandas", snapshot)), runs=1)
        yield Result("the same against pandas in chunks", f"{usual / matched:.1f} × as fast ({usual:.0f} s)", "15 ×")
    (again,) = seconds(Command(_import(snapshot, folder, "matched")), runs=runs)
    yield Result("the same file once more", f"{again / decoding:.2f} × decoding ({again:.2f} s)", "")


def _everything(snapshot: Path, name: str, folder: Path, runs: int) -> Iterator[Result]:
    importing = Command(_import(snapshot, folder, "all"), before=_fresh(folder))
    raw, everything = seconds(Command(_baseline("sqlite", snapshot)), importing, runs=runs)
    a_million = everything / _records(snapshot) * 1e6
    yield Result(
        f"import, keeping all with full text: {name}",
        f"{everything / raw:.2f} × raw sqlite3 and FTS5 in one process "
        f"({everything:.1f} s against {raw:.1f} s; {a_million:.1f} s a million, "
        f"peak {megabytes(importing):.0f} MB)",
        "at most 1.3 ×, under 20 s a million",
    )


def _records(snapshot: Path) -> int:
    with gzip.open(snapshot) if snapshot.suffix == ".gz" else snapshot.open("rb") as file:
        return sum(1 for _ in file)


def _trends(folder: Path) -> Iterator[Result]:
    papers, median, high = milliseconds(folder / "store.db")
    yield Result(
        f"trend of a random phrase over {papers:,} papers",
        f"median {median:.1f} ms, 99th percentile {high:.0f} ms",
        "median under 10 ms over 800,000",
    )


def _start_up(folder: Path, runs: int) -> Iterator[Result]:
    (python,) = seconds(Command((sys.executable, "-c", "pass")), runs=runs * 3)
    database = ("--database", str(folder / "store.db"))
    for what, command, goal in (
        ("llmsurvey --help", ("--help",), "0.3 s"),
        ("llmsurvey trend", (*database, "trend", "language model", "--json"), "0.6 s"),
        ("llmsurvey papers search", (*database, "papers", "search", "language model"), "0.6 s"),
        ("llmsurvey gaps", (*database, "gaps"), "0.6 s"),
        ("llmsurvey models list", (*database, "models", "list"), "0.6 s"),
        ("llmsurvey lineage show", (*database, "lineage", "show", "GPT-3"), "0.6 s"),
        ("llmsurvey figure list", (*database, "figure", "list"), "0.6 s"),
    ):
        (found,) = seconds(Command((sys.executable, "-m", "llmsurvey", *command)), runs=runs * 3)
        yield Result(f"`{what}`", f"{found:.2f} s ({found / python:.0f} × `python -c pass`)", goal)


def _baseline(name: str, snapshot: Path) -> Sequence[str]:
    return sys.executable, "-m", "benchmarks.baselines", name, str(snapshot)


def _import(snapshot: Path, folder: Path, keep: str) -> Sequence[str]:
    store = ("--database", str(folder / "store.db"))
    return sys.executable, "-m", "llmsurvey", *store, "import", str(snapshot), "--keep", keep


def _fresh(folder: Path) -> Sequence[str]:
    return shutil.which("sh") or "/bin/sh", "-c", f"rm -f '{folder}'/store.db*"


def _table(results: Sequence[Result], records: int, large: int, runs: int) -> str:
    busy = f"load {os.getloadavg()[0]:.1f} at the end, "
    command = f"python -m benchmarks --records {records} --large {large} --runs {runs}"
    made = f"Measured by `{command}` on {os.cpu_count()} cores"
    lines = [
        f"{made}, {busy}Python {platform.python_version()}; ratios are of commands in the same run.",
        "",
        "| what | measured | goal |",
        "|--|--|--|",
        *(f"| {each.what} | {each.found} | {each.goal} |" for each in results),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
