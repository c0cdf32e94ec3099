"""The plan of faults: which request meets which fault. Pure but for the counters.

A plan is a TOML or JSON text with a list `fault`; each entry has a `name` (see `fault_kinds.FAULTS`) and says when:

    [[fault]]
    name = "rate_limit"
    on = "api"              # api, oai or any
    every = 10              # each tenth request …
    requests = [3, 7]       # … and the third and the seventh …
    probability = 0.05      # … and one in twenty, by `seed`; none of the three: every request
    times = 4               # at most so often
    where = "skip="         # only requests whose decoded parameters match this pattern; the others are not counted
    seconds = 0.2           # for the faults that take time
"""

import dataclasses
import json
import random
import re
import threading
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

from tests.standin.exchange import Request, Service
from tests.standin.fault_kinds import FAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault and when it strikes."""

    name: str
    on: str = "any"
    requests: tuple[int, ...] = ()
    """Numbers among the requests this fault could strike, from 1."""
    every: int = 0
    probability: float = 0.0
    seed: int = 0
    times: int | None = None
    where: str = ""
    seconds: float = 0.2
    """How long a stall, a drip, or the stall after a 429 takes; the real service stalls some 45."""

    def __post_init__(self) -> None:
        if self.name not in FAULTS:
            raise ValueError(f"no fault is called {self.name!r}; there are {', '.join(sorted(FAULTS))}")
        if self.on not in {"any", Service.API, Service.OAI}:
            raise ValueError(f"fault {self.name}: `on` is api, oai or any, not {self.on!r}")
        if self.on != "any" and Service(self.on) not in FAULTS[self.name].services:
            raise ValueError(f"fault {self.name} does not exist on {self.on}")


class Plan:
    """Faults in order; the first that strikes a request is the one it meets."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._armed = [_Armed(fault) for fault in faults]
        self._lock = threading.Lock()

    def choose(self, request: Request) -> Fault | None:
        """Return the fault that this request meets; every fault counts the request, whichever strikes."""
        with self._lock:
            striking = [armed for armed in self._armed if armed.strikes(request)]
            if not striking:
                return None
            striking[0].left -= 1
            return striking[0].fault


class _Armed:
    """A fault with its counters."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.left = float("inf") if fault.times is None else fault.times
        self._seen = 0
        self._chance = random.Random(fault.seed)
        self._pattern = re.compile(fault.where)

    def strikes(self, request: Request) -> bool:
        fault, kind = self.fault, FAULTS[self.fault.name]
        if request.service not in kind.services or fault.on not in {"any", request.service}:
            return False
        if not kind.applies(request) or not self._pattern.search(unquote_plus(request.query)):
            return False
        self._seen += 1
        if not (fault.requests or fault.every or fault.probability):
            return self.left > 0
        drawn = bool(fault.probability) and self._chance.random() < fault.probability
        due = bool(fault.every) and self._seen % fault.every == 0
        return (drawn or due or self._seen in fault.requests) and self.left > 0


def parsed_plan(text: str, *, is_json: bool = False) -> Plan:
    """Read a plan; a key or a name that does not exist is a ValueError that says which do."""
    entries = (json.loads(text) if is_json else tomllib.loads(text)).get("fault", [])
    keys = {field.name for field in dataclasses.fields(Fault)}
    faults = []
    for entry in entries:
        if set(entry) - keys:
            raise ValueError(f"unknown {sorted(set(entry) - keys)} in the plan; a fault has {', '.join(sorted(keys))}")
        faults.append(Fault(**{**entry, "requests": tuple(entry.get("requests", ()))}))
    return Plan(faults)


def read_plan(path: Path) -> Plan:
    """Read a plan from a .toml or .json file."""
    return parsed_plan(path.read_text(encoding="utf-8"), is_json=path.suffix == ".json")
