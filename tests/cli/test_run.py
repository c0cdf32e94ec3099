"""The frame of every command: streams, exit codes, and nothing but words for a person."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from io import FileIO, TextIOWrapper
from pathlib import Path
from typing import IO

import pytest

from llmsurvey import __version__
from llmsurvey.cli import doctor
from llmsurvey.cli.run import _let_go, hoisted, run
from llmsurvey.errors import ExitCode

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "matplotlib", "requests", "networkx", "scipy", "numpy", "rich.console", "rich.progress")


def process(script: str, *arguments: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a script in a Python of its own."""
    command = [sys.executable, "-c", script, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("LLMSURVEY_DATABASE_URL", None)
    keywords: dict[str, object] = {"capture_output": True, "text": True, "env": environment, **options}
    return subprocess.run(command, cwd=cwd, check=False, **keywords)  # type: ignore[call-overload,no-any-return]


PROGRAM = "from llmsurvey.cli import main; main()"


STRUCK = """
import os, signal, sys

class Strike:
    def find_spec(self, name, *_):
        if name == "llmsurvey.cli.run":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Strike())
"""
"""Ctrl-C while the modules of the program load."""


def written_to(output: int | IO[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `config show` with a standard output of one's own."""
    return process(PROGRAM, "config", "show", cwd=folder, capture_output=False, stdout=output, stderr=subprocess.PIPE)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """`llmsurvey --help` does without the libraries that cost start-up time."""
    script = (
        "import sys; from llmsurvey.cli.run import run; code = run(sys.argv[1:]);"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    answer = process(script, "--help", cwd=tmp_path)
    assert (answer.returncode, answer.stderr.strip()) == (0, "[]")


def test_a_query_command_imports_nothing_heavy(tmp_path: Path) -> None:
    """`config show` does without them too."""
    script = (
        "import sys; from llmsurvey.cli.run import run; code = run(sys.argv[1:]);"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    answer = process(script, "config", "show", "--json", cwd=tmp_path)
    assert (answer.returncode, answer.stderr.strip()) == (0, "[]")
    assert json.loads(answer.stdout)["arxiv_delay"] == {"value": 3.0, "origin": "default"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["docotr"], "did you mean `doctor`?"),
        (["show"], "did you mean `config show`"),
        (["config", "shwo"], "did you mean `config show`?"),
        (["xyzzy"], "`llmsurvey --help` lists the commands"),
        (["config", "show", "--jsn"], "did you mean --json?"),
        (["--verbos", "doctor"], "did you mean --verbose or --version?"),
        (["--database"], "requires an argument"),
        (["--database", "mysql://papers", "config", "show"], "sqlite:///FILE"),
        (["--verbose", "--quiet", "doctor"], "contradict"),
        (["config", "show", "more"], "unexpected extra argument"),
        (["trend", "toys", "--rule", "fuzzy"], "for '--rule': 'fuzzy' is not one of"),
        (["\x1b[31mred"], "there is no command"),
        ([""], "there is no command"),
        (["--", "--help"], "there is no command"),
        ([], "Usage:"),
        (["config"], "Usage:"),
    ],
    ids=str,
)
def test_a_wrong_command_line_is_answered_in_words(
    arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Usage errors go to standard error with the next step, and end with 2."""
    assert run(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--database", "sqlite:///x.db", "config", "show", "--json"],
        ["config", "show", "--json", "--database=sqlite:///x.db"],
        ["config", "--database", "sqlite:///x.db", "show", "--quiet", "--json"],
    ],
)
def test_the_options_of_every_command_stand_before_or_behind_it(
    arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--database` means the same wherever it stands."""
    assert run(arguments) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["database_url"] == {"value": "sqlite:///x.db", "origin": "flag"}


def test_what_follows_two_hyphens_is_left_alone() -> None:
    """Behind `--` stands data, not options."""
    assert hoisted(["search", "--", "--quiet"]) == ([], ["search", "--", "--quiet"])


def test_the_version_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints one line."""
    assert run(["--version"]) == 0
    assert capsys.readouterr() == (f"llmsurvey {__version__}\n", "")


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `doctor` fail."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(doctor, "examine", fail)


def test_an_unexpected_fault_is_one_line_and_a_hint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the program itself is told without a traceback."""
    failing(monkeypatch, ZeroDivisionError("oh\nno"))
    assert run(["doctor"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert (
        err
        == "llmsurvey: unexpected ZeroDivisionError: oh no\n  this should not happen; --verbose shows where it did\n"
    )


def test_verbose_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--verbose` shows where it happened."""
    failing(monkeypatch, ZeroDivisionError("oh no"))
    assert run(["doctor", "--verbose"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is answered with a plain line."""
    failing(monkeypatch, KeyboardInterrupt())
    assert run(["doctor"]) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "llmsurvey: interrupted; what was finished is kept\n"


def test_a_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    """`| head` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    answer = written_to(writing, tmp_path)
    os.close(writing)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_standard_output_is_told(tmp_path: Path) -> None:
    """An answer that could not be written is a failure, told once."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        answer = written_to(full, tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith("llmsurvey: No space left on device\n  free some space")
    assert answer.stderr.count("\n") == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_output_is_utf8_whatever_the_locale_says(tmp_path: Path, encoding: str) -> None:
    """JSON leaves as UTF-8."""
    (tmp_path / "llmsurvey.toml").write_text('reports = "报告"', encoding="utf-8")
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    answer = process(PROGRAM, "config", "show", "--json", cwd=tmp_path, env=environment, text=False)
    shown = json.loads(bytes(answer.stdout).decode("utf-8"))  # type: ignore[arg-type]
    assert shown["reports"]["value"].endswith("报告")


@pytest.mark.parametrize(
    ("close", "command"),
    [
        ("sys.stdout = None", "config show"),
        ("import os; os.close(1)", "config show"),
        ("sys.stdout = None", "papers export"),
    ],
)
def test_a_closed_standard_output_is_told(tmp_path: Path, close: str, command: str) -> None:
    """An answer with nowhere to go is a failure, not a success without an answer."""
    arguments = ["--database", str(tmp_path / "x.db"), *command.split()]
    answer = process(f"import sys; {close}; {PROGRAM}", *arguments, cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith("llmsurvey: ")
    assert not {"Traceback", "unexpected"} & set(answer.stderr.split())


def test_a_stream_that_was_closed_is_silent_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the number of the stream is the one that the next file gets."""
    reader, number = os.pipe()
    stream = TextIOWrapper(FileIO(number, "w"))
    stream.write("x")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.close(number)
    monkeypatch.setattr(os, "open", lambda *_: os.dup2(nowhere, number))
    _let_go(stream)
    stream.close()
    os.close(reader)
    os.close(nowhere)


def test_a_removed_working_directory_is_told(tmp_path: Path) -> None:
    """A folder that was removed under the program gets a clear answer."""
    gone = tmp_path / "gone"
    gone.mkdir()
    answer = process(f"import os; os.rmdir(os.getcwd()); {PROGRAM}", "config", "show", cwd=gone)
    assert answer.returncode == ExitCode.USAGE
    assert "working directory is gone" in answer.stderr


def test_quiet_leaves_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was passed over is told even under `--quiet`."""
    (tmp_path / "llmsurvey" / "llmsurvey.toml").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert run(["--quiet", "config", "show"]) == 0
    assert capsys.readouterr().err.startswith("warning: ")


def test_an_interrupt_while_the_modules_load_is_told_in_a_line(tmp_path: Path) -> None:
    """However early Ctrl-C comes, nobody sees a traceback."""
    answer = process(STRUCK + PROGRAM, "--version", cwd=tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (130, "", "llmsurvey: interrupted\n")


def test_an_interrupt_while_a_library_makes_code_is_130_as_well(tmp_path: Path) -> None:
    """Python notes an interrupt inside `exec`, and would end `python -m` by the signal though it was answered."""
    struck = (
        "from llmsurvey.cli import main, run\n"
        "def application(): exec('raise KeyboardInterrupt')\n"
        "run.application = application\n"
        "main()\n"
    )
    (tmp_path / "struck.py").write_text(struck)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    command = [sys.executable, "-m", "struck"]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (answer.returncode, answer.stderr) == (130, b"llmsurvey: interrupted; what was finished is kept\n")


def test_an_interrupt_that_was_to_be_ignored_is(tmp_path: Path) -> None:
    """What nohup or a shell's background job protects from Ctrl-C runs on."""
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    answer = process(ignoring + STRUCK + PROGRAM, "--version", cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, f"llmsurvey {__version__}\n")


def test_an_interrupt_as_the_database_is_closed_is_told_in_a_line(tmp_path: Path) -> None:
    """The database's library logs what it meets there; nobody sees that."""
    closing = (
        "from sqlalchemy.engine import default\n"
        "def do_close(self, connection): raise KeyboardInterrupt\n"
        "default.DefaultDialect.do_close = do_close\n"
    )
    answer = process(closing + PROGRAM, "--database", str(tmp_path / "a.db"), "db", "upgrade", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (130, "llmsurvey: interrupted; what was finished is kept\n")
