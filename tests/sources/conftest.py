"""What tests of the sources share: a world whose time passes only by sleeping, settings, a window, a phrase."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from llmsurvey.config import Places, Settings, load
from llmsurvey.month import Month
from llmsurvey.phrase import Phrase
from llmsurvey.sources.arxiv_api import Search
from llmsurvey.sources.base import Window
from llmsurvey.sources.host_clock import Machine

MakeSettings = Callable[..., Settings]


@dataclass
class World:
    """A clock on the wall, a steady one, and all that was slept."""

    wall: float = 1_790_000_000.0
    """Seconds of the epoch: a day in 2026."""
    steady: float = 5_000.0
    slept: list[float] = field(default_factory=list)
    drawn: float = 0.0
    """What chance gives."""
    on_sleep: Callable[["World"], None] = lambda _: None

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.wall += seconds
        self.steady += seconds
        self.on_sleep(self)

    @property
    def waited(self) -> float:
        """All seconds slept."""
        return sum(self.slept)

    @property
    def machine(self) -> Machine:
        """The world as a clock takes it."""
        return Machine(lambda: self.wall, lambda: self.steady, self.sleep, lambda: self.drawn)


@pytest.fixture
def world() -> World:
    """Return a world where nobody has waited yet."""
    return World()


@pytest.fixture
def make_settings(tmp_path: Path) -> MakeSettings:
    """Return a maker of settings that nothing outside decides; fast, and so for loopback hosts only."""

    def make(**flags: Any) -> Settings:
        chosen = {"arxiv_api_url": "http://127.0.0.1:1/api/query", "arxiv_oai_url": "http://127.0.0.1:1/oai"}
        chosen |= {"arxiv_delay": 0.0, "arxiv_cooldown": 0.0} | flags
        return load(chosen, environment={}, places=Places(tmp_path, None, None))

    return make


@pytest.fixture
def search() -> Search:
    """Return the question for language models in January 2019."""
    return Search(Window.of(Month(2019, 1)), (Phrase("language model"),))
