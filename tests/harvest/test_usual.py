"""Usual records, known by lookups: what is said of them is what `header` says."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.harvest import usual
from llmsurvey.harvest.usual import Usual
from llmsurvey.paper import is_arxiv_id
from llmsurvey.sources.arxiv_snapshot import FAULTS, SnapshotRecord, decoded, header
from llmsurvey.store import sheets
from tests.records import line

TOMORROW = "2026-11-25"
V1 = "Mon, 4 Jun 2018 19:18:42 GMT"


def _known(record: SnapshotRecord, known: Usual | None = None) -> tuple[str, str] | None:
    (found,) = (known or Usual(TOMORROW)).known([record])
    if found is None:
        return None
    head, place, remark, date = found
    assert head + place == record.id
    return remark, date


def _by_header(record: SnapshotRecord) -> tuple[str, str] | None:
    try:
        parts, date = header(record, TOMORROW)
    except FAULTS:
        return None
    return (sheets.remark(*parts), date) if is_arxiv_id(record.id) else None


def _record(**changed: Any) -> SnapshotRecord:
    """Return a usual record with some values changed; `versions` are pairs of name and date."""
    versions = [{"version": name, "created": created} for name, created in changed.pop("versions", [("v1", V1)])]
    plain = {"id": "1806.01234", "title": "A title", "abstract": "An abstract.", "categories": "cs.CL cs.AI"}
    return decoded(msgspec.json.encode({**plain, "update_date": "2018-06-05", "versions": versions, **changed}))


def test_a_usual_record_is_known() -> None:
    """Its remark, and the latest date it names."""
    assert _known(_record()) == (" 2018-06 cs.CL 1", "2018-06-05")
    assert _known(decoded(line("1806.01234"))) == _by_header(decoded(line("1806.01234")))


def test_a_record_of_several_versions_is_known_by_its_last() -> None:
    """And its month is that of the first; some versions came before the first, by their clock."""
    later = ("v2", "Tue, 1 Jan 2019 00:00:01 GMT")
    assert _known(_record(versions=[("v1", V1), later])) == (" 2018-06 cs.CL 2", "2019-01-01")
    earlier = ("v2", "Fri, 1 Jan 2016 00:00:01 GMT")
    assert _known(_record(versions=[("v1", V1), earlier], update_date="2016-01-01")) == (
        " 2018-06 cs.CL 2",
        "2018-06-04",
    )


odd: dict[str, list[Any]] = {
    "id": [
        "1806.0001",
        "0704.0001",
        "hep-th/9901001",
        "1806.00000",
        "1806.000a1",
        "1806.012a1",
        "1806.012\u0661\u0662",
        "704.0001",
        "1",
        "",
        "1806.00001v2",
    ],
    "title": ["", " ", "\n\t", "x" * 5_001, "x" * 5_000, "\u00e9"],
    "abstract": ["", "  \n", "x" * 100_001, "x"],
    "categories": [None, "", "cs.CL", " cs.CL", "nonsense math.AG", "68T50", "cs.CL," * 300, "cs.CL cs.CL"],
    "update_date": [None, "", "2018-02-30", "2018-06-04", "2027-01-01", "20180604", "04.06.2018"],
    "versions": [
        [],
        [("v2", V1)],
        [("v1", "Mon, 4 Jun 2018 24:18:42 GMT")],
        [("v1", "Mon, 4 Jun 2018 19:18:60 GMT")],
        [("v1", "Mon, 4 Jun 2018 19:18:42 +0200")],
        [("v1", "Mon, 31 Jun 2018 19:18:42 GMT")],
        [("v1", "Mon, 4 Jun 2040 19:18:42 GMT")],
        [("v1", "Mon, 4 Jun 0018 19:18:42 GMT")],
        [("v1", "")],
        [("v1", " " * 90 + V1)],
        [("v1", V1), ("v1", V1)],
        [("v1", V1), ("v2", "Tue, 5 Jun 2018 19:18:42 GMT")],
        [("v1", V1), ("v2", "Tue, 5 Jun 2040 19:18:42 GMT")],
        [("v1", V1), ("v2", "yesterday")],
        [("v1", V1), ("v2", "Tue, 5 Jun 2018 25:18:42 GMT")],
        [("v2", "Tue, 5 Jun 2018 19:18:42 GMT"), ("v1", V1)],
        [("v1", V1), ("v3", "Tue, 5 Jun 2018 19:18:42 GMT")],
        [(f"v{number}", V1) for number in range(1, 260)],
    ],
}


@given(st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in odd.items()}))
def test_what_is_known_of_a_record_is_what_the_header_says(changed: dict[str, Any]) -> None:
    """A record that `header` rejects, or finds odd, is never known."""
    record = _record(**changed)
    assert _known(record) in (None, _by_header(record))


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in odd.items() for value in values])
def test_one_odd_part_is_seen(key: str, value: object) -> None:
    """Each by itself, where nothing else hides it."""
    record = _record(**{key: value})
    assert _known(record) in (None, _by_header(record))
    assert (_known(record) is None) >= (_by_header(record) is None)


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["cs.CL", "cs.AI", "math.AG"]), st.integers(1, 3))))
def test_the_same_is_known_however_little_is_held(papers: list[tuple[int, str, int]]) -> None:
    """What is let go is worked out again."""
    with pytest.MonkeyPatch.context() as patch:
        for bound in ("_HEADS", "_CATEGORIES", "_DAYS", "_MONTHS", "_OF_A_MONTH"):
            patch.setattr(usual, bound, 1)
        tight = Usual(TOMORROW)
        for month, category, number in papers:
            created = format_datetime(datetime(2018, month, number, tzinfo=UTC), usegmt=True)
            record = _record(categories=category, versions=[("v1", created)], id=f"18{month:02}.0123{number}")
            assert _known(record, tight) == _by_header(record)
