"""What the program is compared with, each as a command: `python -m benchmarks.baselines NAME FILE`."""

import gzip
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec


class _Version(msgspec.Struct):
    version: str
    created: str


class _Record(msgspec.Struct):
    id: str
    title: str
    abstract: str
    categories: str
    authors: str
    versions: list[_Version]
    comments: str | None = None
    doi: str | None = None
    update_date: str | None = None


def records(path: Path) -> Iterator[_Record]:
    """Decode every line: the least that any reader of the file must do."""
    decode = msgspec.json.Decoder(_Record).decode
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        yield from map(decode, file)


def decoding(path: Path) -> None:
    """Bare typed decoding in one process."""
    for _ in records(path):
        pass


def pandas(path: Path) -> None:
    """Read with pandas in chunks, as is usual, with a case-insensitive search of both fields."""
    import pandas as pd  # noqa: PLC0415 - only this comparison needs it

    for chunk in pd.read_json(path, lines=True, chunksize=50_000, dtype=str):
        text = chunk["title"] + " " + chunk["abstract"]
        text.str.contains("language model", case=False, regex=False).sum()


def sqlite(path: Path) -> None:
    """Raw sqlite3 rows with the same columns and indexes, then the same full-text index, in one process."""
    with TemporaryDirectory(dir=path.parent) as folder, sqlite3.connect(Path(folder) / "raw.db") as raw:
        raw.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;"
            "CREATE TABLE papers (id INTEGER PRIMARY KEY, arxiv_id TEXT UNIQUE, title TEXT, abstract TEXT,"
            " authors TEXT, categories TEXT, month TEXT);"
            "CREATE INDEX by_month ON papers (month, categories);"
            "CREATE VIRTUAL TABLE texts USING fts5(title, abstract, content='papers', content_rowid='id',"
            " tokenize='porter unicode61');"
        )
        rows = ((r.id, r.title, r.abstract, r.authors, r.categories, (r.update_date or "")[:7]) for r in records(path))
        raw.executemany(
            "INSERT INTO papers (arxiv_id, title, abstract, authors, categories, month) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
        raw.execute("INSERT INTO texts (rowid, title, abstract) SELECT id, title, abstract FROM papers")
        raw.commit()


BASELINES = {"decoding": decoding, "pandas": pandas, "sqlite": sqlite}

if __name__ == "__main__":
    BASELINES[sys.argv[1]](Path(sys.argv[2]))
