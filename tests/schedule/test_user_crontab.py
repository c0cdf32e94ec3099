"""The user's crontab is edited without touching a byte that is not ours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import Stop
from llmsurvey.schedule.user_crontab import (
    has_other_zone,
    installed,
    next_start,
    read_crontab,
    with_lines,
    without_lines,
    write_crontab,
)
from tests.schedule.conftest import FakeCron

ME, OTHER = "0123abcd", "ffffffff"
LINES = {
    "monthly": f"17 9 4 * * cd '/my survey' && env A=b nice /python survey # llmsurvey monthly {ME}",
    "weekly": f"3 7 * * 0 cd '/my survey' && env A=b nice /python harvest # llmsurvey weekly {ME}",
}
ODD = [
    b"",
    b"\n\n",
    b"MAILTO=me\n# a comment\n\n  */5 * * * *\tindented  \n@daily backup\n",
    b"A=1\r\n0 0 * * * windows\r\n",
    b"0 0 * * * no final line end",
    b"# only a comment, no line end",
    "# 日本語\n0 0 * * * écho\n".encode(),
    b"0 0 * * * latin \xe9\xff\n",
    b"0 0 * * * date +\\%F%in%put\n",
    b"# llmsurvey\n# llmsurvey monthly\n0 0 * * * mine # llmsurvey monthly 0123abcd and more\n",
    b"0 0 * * * llmsurvey survey\n",
    b"half a line\x00with a zero\n\x0b\x0c\n\rlone\r\n",
    f"1 1 1 * * cd /b && env C=d x # llmsurvey monthly {OTHER}\n".encode(),
]


@pytest.mark.parametrize("before", ODD)
def test_nothing_else_is_touched(before: bytes) -> None:
    """Whatever stood there stands there afterwards, and is all that is left when the plans go."""
    after = with_lines(before, ME, LINES)
    assert after.startswith(before)
    assert [line.plan for line in installed(after) if line.survey_id == ME] == ["monthly", "weekly"]
    assert with_lines(after, ME, LINES) == after
    assert without_lines(after, ME) == before
    assert without_lines(before, ME) == before


@given(before=st.binary(), behind=st.binary())
def test_any_bytes_survive(before: bytes, behind: bytes) -> None:
    """Bytes before and behind the plans stay, whatever they are."""
    after = with_lines(before, ME, LINES)
    assert without_lines(after, ME) == before
    assert with_lines(after, ME, LINES) == after
    grown = after + behind + b"\n"
    assert without_lines(grown, ME).endswith(behind + b"\n")
    assert without_lines(grown, ME).startswith(before)


def test_a_line_is_brought_up_to_date_in_its_place() -> None:
    """An older time, a doubled line and one that was commented out become one line each, where the first stood."""
    old = LINES["monthly"].replace("17 9 4", "1 1 1")
    before = f"# {LINES['weekly']}\nA=1\n{old}\nB=2\n{old}\nC=3\n".encode()
    after = with_lines(before, ME, LINES)
    assert after == f"{LINES['weekly']}\nA=1\n{LINES['monthly']}\nB=2\nC=3\n".encode()


def test_a_changed_time_is_read() -> None:
    """A line whose time the user has changed, or that is commented out, is still ours."""
    crontab = f"@monthly x # llmsurvey monthly {ME}\r\n #  {LINES['weekly']}\n".encode()
    monthly, weekly = installed(crontab)
    assert (monthly.fields, monthly.active, monthly.folder) == ("@monthly", True, "")
    assert (weekly.fields, weekly.active, weekly.folder) == ("3 7 * * 0", False, "/my survey")
    assert weekly.next_run(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("17 9 4 * *", "2026-02-04T09:17"),
        ("30 23 31 1 *", "2026-01-31T23:30"),
        ("0 12 * * 0", "2026-02-01T12:00"),
        ("0 12 * * 7", "2026-02-01T12:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
        ("0 0 15 * 1", "2026-02-02T00:00"),
        ("59,1 0,22 * * *", "2026-01-31T22:01"),
        ("@monthly", "2026-02-01T00:00"),
        ("@reboot", None),
        ("0 0 31 2 *", None),
        ("99 0 * * *", None),
        ("x y z * *", None),
    ],
)
def test_the_next_start(fields: str, expected: str | None) -> None:
    """Fields are read as crontab(5) says; what never comes true has no next start."""
    start = next_start(fields, datetime(2026, 1, 31, 21, 0, tzinfo=UTC))
    assert (start and start.isoformat()[:16]) == expected


@pytest.mark.parametrize("line", ["17 9 4 * * no mark", "99 9 4 * * x # llmsurvey monthly 0123abcd"])
def test_only_lines_of_this_program_are_added(line: str) -> None:
    """A line that could not be found again, or that cron would refuse, is a fault of the program."""
    with pytest.raises(ValueError, match="not a line of this program"):
        with_lines(b"", ME, {"monthly": line})


def test_a_zone_of_the_crontab_is_seen() -> None:
    """CRON_TZ is found where it is set, not in a comment."""
    assert has_other_zone(b"A=1\n CRON_TZ = Asia/Tokyo\n")
    assert not has_other_zone(b"# CRON_TZ=x\nMY_CRON_TZ=x\n")


def test_no_crontab_yet_is_an_empty_one(cron: FakeCron) -> None:
    """A user without a crontab gets one."""
    assert read_crontab() == b""
    write_crontab(b"A=\xff\n")
    assert cron.tab == b"A=\xff\n"


def test_a_refusal_is_told_and_nothing_is_written(cron: FakeCron) -> None:
    """A user whom cron.deny names gets the program's words and the alternative."""
    cron.hold(b"A=1\n")
    cron.refuse("You (me) are not allowed to use this program (crontab)\nSee crontab(1) for more information\n")
    with pytest.raises(Stop, match=r"not allowed to use this program(.|\n)*cron\.deny(.|\n)*--systemd"):
        read_crontab()
    with pytest.raises(Stop, match="was not changed"):
        write_crontab(b"B=2\n")
    assert cron.tab == b"A=1\n"


@pytest.mark.parametrize("said", ["", "crontab: can't open '/var/spool/cron/me': Permission denied", "oh no"])
def test_a_crontab_that_cannot_be_read_is_not_taken_for_none(cron: FakeCron, said: str) -> None:
    """Only the words for "none yet" mean an empty crontab."""
    cron.refuse(said)
    with pytest.raises(Stop, match="cannot be read"):
        read_crontab()


def test_a_cron_that_insists_on_line_ends_gets_one(cron: FakeCron) -> None:
    """Where the last line had no end and cron refuses that, the end is added rather than the change refused."""
    cron.insist_on_line_ends()
    write_crontab(b"A=1")
    assert cron.tab == b"A=1\n"


def test_a_broken_crontab_program_is_told(cron: FakeCron) -> None:
    """A program that cannot be run is no traceback."""
    (cron.folder / "crontab").write_bytes(b"\x7fELF junk")
    with pytest.raises(Stop, match="cannot be run"):
        read_crontab()
