"""Invented snapshot records: as little of one as a test wants to say, the rest filled in."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase
from llmsurvey.survey import TrackedPhrase

TRACKED = (
    TrackedPhrase(Phrase("language model"), Month(2018, 6)),
    TrackedPhrase(Phrase("large language model"), Month(2019, 10)),
)
MATCHING = "A language model of toys"
PLAIN = "A note on toys"


def created(day: str, time: str = "12:00:00") -> str:
    """Write a version's time as the snapshot does."""
    return format_datetime(datetime.fromisoformat(f"{day}T{time}+00:00"), usegmt=True)


def record(arxiv_id: str = "1806.00001", title: Any = PLAIN, day: str = "2018-06-05", **others: Any) -> dict[str, Any]:
    """Return one record; `later` are the days of later versions, None in `others` takes a key away."""
    days = (day, *others.pop("later", ()))
    made = {
        "id": arxiv_id,
        "submitter": "Ann Example",
        "authors": "Ann Example and Ben Beispiel",
        "title": title,
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CL cs.AI",
        "license": None,
        "abstract": "  We invent toys\nand count them.\n",
        "versions": [{"version": f"v{number}", "created": created(each)} for number, each in enumerate(days, 1)],
        "update_date": days[-1],
        "authors_parsed": [["Example", "Ann", ""], ["Beispiel", "Ben", ""]],
    }
    return {key: value for key, value in (made | others).items() if value is not ...}


def line(arxiv_id: str = "1806.00001", title: Any = PLAIN, day: str = "2018-06-05", **others: Any) -> bytes:
    """Return one record as a line of a snapshot; a key set to `...` is left out."""
    return json.dumps(record(arxiv_id, title, day, **others)).encode() + b"\n"


def month_of_lines(month: str = "2018-06", count: int = 40, *, every: int = 4) -> list[bytes]:
    """Return a whole month, its identifiers without a gap; every so manieth paper matches."""
    yymm = month[2:].replace("-", "")
    digits = 5 if yymm >= "1501" else 4
    return [
        line(f"{yymm}.{number:0{digits}}", MATCHING if number % every == 0 else PLAIN, f"{month}-{number % 28 + 1:02}")
        for number in range(1, count + 1)
    ]


def snapshot(path: Path, lines: Iterable[bytes]) -> Path:
    """Write a plain snapshot file and return its path."""
    path.write_bytes(b"".join(lines))
    return path


def paper(arxiv_id: str = "1806.00001", **others: Any) -> Paper:
    """Return one invented paper."""
    made: dict[str, Any] = {
        "title": PLAIN,
        "abstract": "We invent toys and count them.",
        "categories": ("cs.CL",),
        "submitted": moment(date(2018, 6, 5)),
        "updated": moment(date(2018, 6, 5)),
    }
    return Paper(arxiv_id=arxiv_id, **(made | others))


def moment(day: date) -> datetime:
    """Return noon of a day, UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
