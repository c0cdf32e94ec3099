"""Real arXiv metadata, read where it lies; tests that want it are skipped where it is not."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

SHARED = Path(__file__).parents[1] / os.environ.get("LLMSURVEY_SHARED", "../shared")

wants_real_papers = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason=f"no folder {SHARED / 'corpus'} (set LLMSURVEY_SHARED)"
)


class RealPaper(msgspec.Struct):
    """The part of a snapshot record that the words of the field are tried on."""

    id: str
    title: str
    abstract: str
    authors: str


def real_papers(name: str) -> Iterator[RealPaper]:
    """Yield the records of one file of the corpus, such as `arxiv-2018`."""
    decoder = msgspec.json.Decoder(RealPaper)
    with gzip.open(SHARED / "corpus" / f"{name}.jsonl.gz") as lines:
        yield from map(decoder.decode, lines)
