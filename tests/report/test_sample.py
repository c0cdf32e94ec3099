"""The committed sample: what a visitor sees is what the program writes without papers and without a network."""

from pathlib import Path

import pytest

from llmsurvey.cli.run import run

COMMITTED = Path(__file__).parents[2] / "reports"


def test_the_committed_sample_is_what_the_program_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every text of it, so that no visitor reads what has changed since; `make docs` renews it."""
    assert run(["--database", f"sqlite:///{tmp_path}/empty.db", "report", "--out", str(tmp_path / "reports")]) == 0
    written = Path(capsys.readouterr().out.strip())
    sample = COMMITTED / written.parent.name
    names = {path.relative_to(written.parent) for path in written.parent.rglob("*") if path.is_file()}
    assert {path.relative_to(sample) for path in sample.rglob("*") if path.is_file()} == names
    texts = [name for name in sorted(names) if name.suffix in {".md", ".csv", ".txt"}]
    stale = [str(name) for name in texts if (sample / name).read_bytes() != (written.parent / name).read_bytes()]
    assert not stale, "run `make docs`"
