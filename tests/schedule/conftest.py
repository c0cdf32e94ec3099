"""A machine of one's own: an empty home, and a `crontab` program that keeps a file."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_CRONTAB = """\
#!{python}
import os, sys
from pathlib import Path
folder = Path({folder!r})
tab, refusal = folder / "tab", folder / "refusal"
with (folder / "calls").open("a") as calls:
    calls.write(sys.argv[1] + "\\n")
if refusal.exists():
    sys.stderr.write(refusal.read_text())
    sys.exit(1)
if sys.argv[1] == "-l":
    if not tab.exists():
        sys.stderr.write("no crontab for me\\n")
        sys.exit(1)
    sys.stdout.buffer.write(tab.read_bytes())
else:
    content = Path(sys.argv[1]).read_bytes()
    if (folder / "strict").exists() and not content.endswith(b"\\n"):
        sys.stderr.write("new crontab file is missing newline before EOF, can't install.\\n")
        sys.exit(1)
    tab.write_bytes(content)
"""


@dataclass(frozen=True)
class FakeCron:
    """The crontab of the fake program."""

    folder: Path

    @property
    def tab(self) -> bytes:
        """What the crontab holds."""
        return (self.folder / "tab").read_bytes()

    def hold(self, content: bytes) -> None:
        """Give the user a crontab."""
        (self.folder / "tab").write_bytes(content)

    def refuse(self, message: str) -> None:
        """Refuse every call from now on."""
        (self.folder / "refusal").write_text(message, encoding="utf-8")

    def insist_on_line_ends(self) -> None:
        """Refuse what does not end with a line end, as Vixie cron does."""
        (self.folder / "strict").touch()

    @property
    def writes(self) -> int:
        """How often a crontab was written."""
        return sum(call != "-l" for call in (self.folder / "calls").read_text(encoding="utf-8").splitlines())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own, with a home and an environment that hold nothing else."""
    place = tmp_path / "my survey"
    place.mkdir()
    monkeypatch.chdir(place)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return place


@pytest.fixture
def cron(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCron:
    """Put a fake `crontab` program on PATH, and nothing else."""
    folder = tmp_path / "cron"
    folder.mkdir()
    program = folder / "crontab"
    program.write_text(_CRONTAB.format(python=sys.executable, folder=str(folder)), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert home.is_dir()
    return FakeCron(folder)
