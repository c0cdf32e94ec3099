"""The clock that all programs of the machine share."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmsurvey.config import Pace
from llmsurvey.errors import CannotWrite
from llmsurvey.sources.faults import BudgetSpent
from llmsurvey.sources.host_clock import JITTER, LONGEST_RETRY_AFTER, HostClock, state_folder
from tests.sources.conftest import World

PACE = Pace(3, 60)
DAY = 86_400.0
ROOT = Path(__file__).parents[2]


def asked(clock: HostClock, budget: int = 1_000, pace: Pace = PACE) -> None:
    """Ask once, and get an answer at once."""
    with clock.turn(pace, budget):
        clock.answered()
        clock.satisfied()


def refused(clock: HostClock, retry_after: float | None = None) -> float:
    """Ask once, and be refused."""
    with clock.turn(PACE, 1_000):
        return clock.refused(PACE, retry_after)


def test_the_first_request_does_not_wait(tmp_path: Path, world: World) -> None:
    """A host that was never asked is asked at once."""
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    assert world.slept == []


def test_requests_keep_their_distance_across_programs(tmp_path: Path, world: World) -> None:
    """Two clocks over one folder, as two programs have them, wait for each other."""
    one, other = (HostClock(tmp_path, "arxiv.org", world.machine) for _ in range(2))
    asked(one)
    world.wall += 1
    world.steady += 1
    asked(other)
    assert world.waited == pytest.approx(2)
    asked(one)
    assert world.waited == pytest.approx(5)


def test_the_pause_counts_from_the_answer(tmp_path: Path, world: World) -> None:
    """A host that took five seconds to answer still gets its three seconds of peace."""
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    with clock.turn(PACE, 10):
        world.wall += 5
        world.steady += 5
        clock.answered()
    asked(clock)
    assert world.waited == pytest.approx(3)


def test_cooldowns_double_up_to_ten_minutes(tmp_path: Path, world: World) -> None:
    """Refusals in a row are followed by 1, 2, 4, 8, 10 and 10 minutes; an answer that is good starts anew."""
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    assert [refused(clock) for _ in range(6)] == [60, 120, 240, 480, 600, 600]
    asked(clock)
    assert refused(clock) == 60


def test_a_cooldown_holds_for_all_programs(tmp_path: Path, world: World) -> None:
    """Who was not refused waits as well."""
    refused(HostClock(tmp_path, "arxiv.org", world.machine))
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    assert world.waited == pytest.approx(60)


@pytest.mark.parametrize(
    ("retry_after", "rest"), [(None, 60), (0, 60), (59, 60), (300, 300), (10 * DAY, LONGEST_RETRY_AFTER)]
)
def test_retry_after_lengthens_and_never_shortens(
    retry_after: float | None, rest: float, tmp_path: Path, world: World
) -> None:
    """The host's wish has the cooldown as its floor, and an hour as its cap."""
    assert refused(HostClock(tmp_path, "arxiv.org", world.machine), retry_after) == rest


def test_chance_lengthens_a_cooldown(tmp_path: Path, world: World) -> None:
    """Up to a quarter is added, so that refused machines do not come back together."""
    world.drawn = 0.999
    assert 60 < refused(HostClock(tmp_path, "arxiv.org", world.machine)) < 60 * (1 + JITTER)


@pytest.mark.parametrize("back", [1, 3_600, 400 * DAY])
def test_a_clock_set_back_costs_one_wait(back: float, tmp_path: Path, world: World) -> None:
    """A last request in the future makes the next one wait its pause once, not until that future."""
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    world.wall -= back
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    asked(clock)
    assert 3 - back <= world.waited <= 6.1
    before = world.waited
    asked(clock)
    assert world.waited - before == pytest.approx(3, abs=0.1)


def test_a_clock_set_back_during_a_rest_does_not_prolong_it(tmp_path: Path, world: World) -> None:
    """A rest of a minute ends after about a minute, though the clock falls by a year meanwhile."""
    refused(HostClock(tmp_path, "arxiv.org", world.machine))

    def fall(world: World) -> None:
        world.wall -= 365 * DAY
        world.on_sleep = lambda _: None

    world.on_sleep = fall
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    assert 60 <= world.waited <= 70


def test_a_clock_set_forward_cannot_hurry_a_program(tmp_path: Path, world: World) -> None:
    """Within one program the steady clock counts too."""
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    asked(clock)
    world.wall += DAY
    asked(clock)
    assert world.waited == pytest.approx(3)


def test_a_laptop_that_slept_a_day_goes_on_at_once(tmp_path: Path, world: World) -> None:
    """A rest that ended while the machine was asleep is over, whatever was left of the sleep."""
    refused(HostClock(tmp_path, "arxiv.org", world.machine), 3_000)

    def wake_tomorrow(world: World) -> None:
        world.wall += DAY
        world.on_sleep = lambda _: None

    world.on_sleep = wake_tomorrow
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    assert len(world.slept) == 1


GARBLED = [
    b"",
    b"\0" * 100,
    b"{",
    b"[]",
    b'{"asked": "yesterday"}',
    b'{"asked": -1e300}',
    b'{"asked": 1e300, "rests": 1e300, "rested": 1e300, "refusals": 99999999, "day": "9999-99-99", "requests": 5}',
    b'{"rests": 1e18, "rested": 1790000000.0}',
    b'{"requests": -5}',
    b"\xff\xfe",
]


@pytest.mark.parametrize("content", GARBLED)
def test_a_garbled_file_costs_one_wait(content: bytes, tmp_path: Path, world: World) -> None:
    """What cannot be believed stands for a host that was asked just now; it is good again afterwards."""
    (tmp_path / "arxiv.org.json").write_bytes(content)
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    asked(clock)
    assert world.waited <= 6
    before = world.waited
    asked(clock)
    assert world.waited - before == pytest.approx(3, abs=0.1)


_VALUES = st.none() | st.floats() | st.integers() | st.text(max_size=12)
_RECORDS = st.dictionaries(st.sampled_from(["asked", "rests", "rested", "refusals", "day", "requests"]), _VALUES).map(
    lambda record: json.dumps(record).encode()
)


@given(content=st.binary(max_size=60) | _RECORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_file_breaks_the_clock(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in the file, two requests go out, three seconds apart and within two hours."""
    (tmp_path / "x.org.json").write_bytes(content)
    world = World()
    clock = HostClock(tmp_path, "x.org", world.machine)
    asked(clock, budget=10**30)
    first = world.waited
    asked(clock, budget=10**30)
    assert world.waited - first >= 2.999
    assert world.waited < 7_200


def test_the_daily_budget_is_counted_on_disk(tmp_path: Path, world: World) -> None:
    """When the day's requests are spent, nothing is sent; after midnight UTC it begins anew."""
    for _ in range(3):
        asked(HostClock(tmp_path, "arxiv.org", world.machine), budget=3)
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    with pytest.raises(BudgetSpent, match="budget of 3 requests"):
        asked(clock, budget=3)
    assert clock.requests_today() == 3
    world.wall += DAY
    asked(clock, budget=3)
    assert clock.requests_today() == 1


def test_a_clock_set_back_over_midnight_gives_no_second_budget(tmp_path: Path, world: World) -> None:
    """Requests counted for a day that is tomorrow by now still count."""
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    asked(clock, budget=1)
    world.wall -= DAY
    with pytest.raises(BudgetSpent):
        asked(clock, budget=1)


def test_hosts_have_clocks_of_their_own(tmp_path: Path, world: World) -> None:
    """One host's pause is not another's."""
    asked(HostClock(tmp_path, "arxiv.org", world.machine))
    asked(HostClock(tmp_path, "127.0.0.1:8000", world.machine))
    assert world.slept == []


def test_a_file_that_cannot_be_written_stops_the_program(tmp_path: Path, world: World) -> None:
    """A request that nobody would know of is not sent."""
    (tmp_path / "arxiv.org.json").mkdir()
    with pytest.raises(CannotWrite, match="cannot be kept"):
        asked(HostClock(tmp_path, "arxiv.org", world.machine))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite):
        asked(HostClock(tmp_path / "file", "arxiv.org", world.machine))


def test_ctrl_c_ends_a_wait_and_frees_the_host(tmp_path: Path, world: World) -> None:
    """An interrupt during a wait sends nothing and leaves the lock free."""
    asked(HostClock(tmp_path, "arxiv.org", world.machine))

    def interrupt(_: World) -> None:
        raise KeyboardInterrupt

    world.on_sleep = interrupt
    clock = HostClock(tmp_path, "arxiv.org", world.machine)
    with pytest.raises(KeyboardInterrupt):
        asked(clock)
    assert clock.requests_today() == 1
    world.on_sleep = lambda _: None
    asked(HostClock(tmp_path, "arxiv.org", world.machine))


_HOLDER = """
import sys, time
from pathlib import Path
from llmsurvey.config import Pace
from llmsurvey.sources.host_clock import HostClock, Machine
with HostClock(Path(sys.argv[1]), "h", Machine()).turn(Pace(0, 0), 10):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_program_killed_while_it_asks_frees_the_host(tmp_path: Path, world: World) -> None:
    """The lock falls with its process, and the request that it sent is counted."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGKILL)
    clock = HostClock(tmp_path, "h", world.machine)
    asked(clock, pace=Pace(0, 0))
    assert (tmp_path / "h.json").exists()


def test_the_state_folder_is_the_users_or_a_temporary_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the home cannot be written, a folder of the user's in the temporary folder serves; or else it is told."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    assert state_folder() == tmp_path / "state" / "llmsurvey"
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert state_folder().parent == tmp_path / "tmp"
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    with pytest.raises(CannotWrite, match="nowhere"):
        state_folder()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
def test_a_full_disk_is_no_place_for_the_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A disk that still makes files and holds no byte is passed over like one that cannot be written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "full"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    made = tempfile.TemporaryFile

    def on_disk(*, dir: Path, buffering: int) -> object:  # noqa: A002 - tempfile's name
        full = tmp_path / "full" in dir.parents
        return Path("/dev/full").open("wb", buffering=buffering) if full else made(dir=dir, buffering=buffering)

    monkeypatch.setattr(tempfile, "TemporaryFile", on_disk)
    assert state_folder().parent == tmp_path / "tmp"
