"""Checks of Python, of the libraries, and of SQLite."""

import platform
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, requires, version

from llmsurvey.doctor.finding import Finding, Status

_LEAST_PYTHON = (3, 11)
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:>=\s*([0-9.]+))?")


def python() -> Iterator[Finding]:
    """Check the version of Python."""
    fits = sys.version_info >= _LEAST_PYTHON
    yield Finding(
        "python",
        Status.OK if fits else Status.FAIL,
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}",
        "" if fits else "install Python 3.11 or newer",
    )


def libraries() -> Iterator[Finding]:
    """Check that each library is there, in the version that the package asks for."""
    try:
        asked = requires("llmsurvey") or []
    except PackageNotFoundError:
        yield Finding("libraries", Status.WARN, "the program runs without being installed", "pip install -e .")
        return
    versions: list[str] = []
    for requirement in asked:
        found = _REQUIREMENT.match(requirement)
        if found and "extra ==" not in requirement:
            problem = _missing(found[1], found[2] or "0")
            if problem:
                yield Finding("libraries", Status.FAIL, problem, f"pip install --upgrade {found[1]}")
            else:
                versions.append(f"{found[1]} {version(found[1])}")
    yield Finding("libraries", Status.OK, ", ".join(versions))


def sqlite() -> Iterator[Finding]:
    """Check that SQLite has full-text search."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize = 'porter unicode61')")
        except sqlite3.OperationalError as error:
            yield Finding(
                "sqlite",
                Status.FAIL,
                f"SQLite {sqlite3.sqlite_version} has no full-text search ({error})",
                "use a Python whose SQLite is built with FTS5, such as python.org's or your distribution's",
            )
            return
    yield Finding("sqlite", Status.OK, f"SQLite {sqlite3.sqlite_version} with full-text search")


def _missing(name: str, least: str) -> str:
    """Say what is wrong with an installed library; empty where it fits."""
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} is not installed"
    return "" if _numbers(found) >= _numbers(least) else f"{name} {found} is older than {least}"


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers a version begins with."""
    numbers = re.match(r"\d+(\.\d+)*", text)
    return tuple(int(part) for part in numbers[0].split(".")) if numbers else ()
