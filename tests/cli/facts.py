"""What the tests of the knowledge commands share: a command run, its answer read."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from llmsurvey.cli.run import run

Ask = Callable[..., Any]


def asking(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return a function that runs a command with `--json`, expects success, and returns what it prints."""

    def ask(*arguments: str) -> Any:
        assert run([*arguments, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command with `--json` and read its answer."""
    return asking(capsys)
