"""The doctor looks at everything, whatever is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.doctor import Finding, Status, examination, examine, folders, versions


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that is also the home."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path


def status(name: str) -> dict[Status, str]:
    """Return what is found under a name."""
    return {finding.status: finding.explanation for finding in examine() if finding.name == name}


def test_a_sound_place_has_no_failure() -> None:
    """In an empty folder all is well, and what is not says what to do."""
    findings = examine()
    assert {"python", "sqlite", "configuration", "database folder", "reports folder"} <= {
        each.name for each in findings
    }
    assert not any(each.status is Status.FAIL for each in findings)
    assert all(each.suggestion for each in findings if each.status is not Status.OK)


def test_the_doctor_changes_nothing(workplace: Path) -> None:
    """No folder is made by looking."""
    examine()
    assert list(workplace.iterdir()) == []


def test_wrong_settings_are_a_finding(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake in llmsurvey.toml does not keep the doctor from looking at the rest."""
    (workplace / "llmsurvey.toml").write_text("contct = 1", encoding="utf-8")
    assert "did you mean 'contact'?" in status("configuration")[Status.FAIL]
    assert status("python")
    assert run(["doctor", "--json"]) == 1
    assert '"status": "fail"' in capsys.readouterr().out


def test_a_broken_file_of_facts_fails(workplace: Path) -> None:
    """It would stop every report; the package's own facts are sound."""
    assert Status.OK in status("curated facts")
    (workplace / "llmsurvey.toml").write_text('overlays = ["missing.toml"]', encoding="utf-8")
    assert "missing.toml" in status("curated facts")[Status.FAIL]


def test_a_folder_that_cannot_be_written_fails(workplace: Path) -> None:
    """A file in the place of the folder is found before a harvest stumbles over it."""
    (workplace / "file").touch()
    (workplace / "llmsurvey.toml").write_text(
        'database_url = "sqlite:///file/x.db"\nreports = "file/reports"', encoding="utf-8"
    )
    assert Status.FAIL in status("database folder")
    assert Status.FAIL in status("reports folder")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://host/name"])
def test_a_database_without_a_folder_is_not_looked_for(workplace: Path, url: str) -> None:
    """Memory and servers have no folder here."""
    (workplace / "llmsurvey.toml").write_text(f'database_url = "{url}"', encoding="utf-8")
    assert status("database folder") == {}


def test_little_space_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A nearly full disk is a failure before it is full."""
    monkeypatch.setattr(folders, "_LEAST_BYTES", 2**62)
    monkeypatch.setattr(folders, "_ENOUGH_BYTES", 2**63)
    assert Status.FAIL in status("reports folder")


def test_a_check_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """One broken check does not hide the others."""

    def broken() -> Iterator[Finding]:
        raise RuntimeError("oh")

    monkeypatch.setattr(examination, "CHECKS", (broken, versions.python))
    assert status("broken") == {Status.FAIL: "the check itself failed: RuntimeError: oh"}
    assert status("python")


def test_a_missing_or_old_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's own requirements are compared with what is installed."""
    asked = ["nonexistent-library>=1", "typer>=99.1", 'ruff; extra == "dev"', "msgspec"]
    monkeypatch.setattr(versions, "requires", lambda _: asked)
    found = {finding.status: finding.explanation for finding in versions.libraries()}
    explanations = [finding.explanation for finding in versions.libraries()]
    assert "nonexistent-library is not installed" in explanations
    assert any("is older than 99.1" in each for each in explanations)
    assert found[Status.OK].startswith("msgspec ")


def test_a_misspelt_variable_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that nearly has a setting's name sets nothing, and is told."""
    monkeypatch.setenv("LLMSURVEY_DATABSE_URL", "sqlite:///x.db")
    monkeypatch.setenv("LLMSURVEY_SHARED", "/somewhere")
    assert list(status("environment").values()) == ["LLMSURVEY_DATABSE_URL sets nothing"]
