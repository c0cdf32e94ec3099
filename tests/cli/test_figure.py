"""`figure draw` with its options: each goes to the figures that take it."""

from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from tests.cli.facts import Ask, ask

__all__ = ["ask"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own, with a store of one's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{tmp_path}/store.db")
    return tmp_path


def test_the_published_timeline_is_drawn(ask: Ask) -> None:
    """Five files, and 78 rows in the table."""
    paths = ask("figure", "draw", "timeline", "--as-of", "2024-12-31", "--published", "--out", "pictures")
    assert [Path(path).name for path in paths] == [
        f"timeline_published.{ending}" for ending in ("svg", "png", "pdf", "csv", "txt")
    ]
    assert Path("pictures/timeline_published.csv").read_text(encoding="utf-8").count("\n") == 79


def test_a_users_own_models_are_on_the_picture(ask: Ask, folder: Path) -> None:
    """What an overlay adds is drawn like the package's own."""
    (folder / "mine.toml").write_text(
        '[[model]]\nname = "Mine"\norganisation = "Me"\nparameters = "20B"\nsource = "my notes"\n'
        'events = [{ kind = "paper", date = "2024-05", source = "my notes" }]\n',
        encoding="utf-8",
    )
    (folder / "llmsurvey.toml").write_text('overlays = ["mine.toml"]\n', encoding="utf-8")
    ask("figure", "draw", "timeline", "--min-params", "19.9B", "--since", "2024-05", "--until", "2024-05")
    table = Path("figures/timeline.csv").read_text(encoding="utf-8")
    assert {line.split(",")[1] for line in table.splitlines()[1:]} == {"Mine", "DeepSeek-V2"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("scaling", "--open"), "It is an option of: timeline."),
        (("timeline", "--root", "T5"), "It is an option of: lineage."),
        (("lineage", "--root", "LLaMAA"), "did you mean LLaMA"),
        (("lineage", "--root", ""), "no model is called"),
        (("timeline", "--min-params", "10X"), "'10X' is not a number"),
        (("timeline", "--min-params", "nan"), "'nan' is not a number"),
        (("timeline", "--since", "2024-13"), "is not a month"),
        (("timeline", "--since", "2024-02", "--until", "2024-01"), "lies after"),
        (("timeline", "--published", "--min-params", "1B"), "leave out"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the thing and the next step, and draws nothing."""
    assert run(["figure", "draw", *options]) == ExitCode.USAGE
    assert told in capsys.readouterr().err
    assert not Path("figures").exists()
