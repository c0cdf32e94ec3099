"""The wheel is complete: built, installed alone, run from an empty folder without any environment."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from llmsurvey import __version__

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Install the wheel alone, beside the libraries of this environment; return how to run it."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", with_pip=True)
    program = home / "venv" / "bin"
    install: list[str | Path] = [
        program / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
    ]
    subprocess.run(install, check=True, capture_output=True, cwd=home)
    packages = next((home / "venv" / "lib").glob("python*")) / "site-packages"
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    empty = home / "empty"
    empty.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        called: list[str | Path] = [program / "llmsurvey", *arguments]
        return subprocess.run(called, cwd=empty, env={}, capture_output=True, text=True, check=False)

    return run


def test_the_wheel_holds_every_data_file_of_the_package(wheel: Path) -> None:
    """A file of the package that is no Python module is in the wheel too."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    files = (path for path in (ROOT / "llmsurvey").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.relative_to(ROOT).as_posix() for path in files} <= packed


def test_the_installed_program_runs_from_an_empty_folder(
    installed: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """Without HOME, without variables and outside the checkout, the program answers with all its data."""
    for arguments, expected in (
        (["--version"], __version__),
        (["--help"], "config show"),
        (["config", "show"], "large language model"),
        (["knowledge", "stages"], "neural language model"),
    ):
        answer = installed(*arguments)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert expected in answer.stdout


def test_the_installed_program_writes_the_report(installed: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Templates, facts and figures are all in the wheel: the main job does without the checkout."""
    answer = installed("--database", "a.db", "survey", "--offline", "--out", "reports")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip().endswith("survey.md")
