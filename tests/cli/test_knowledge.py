"""`knowledge` tells what the survey teaches, checks its files and loads them."""

from pathlib import Path

import pytest

from llmsurvey.cli.run import run
from llmsurvey.errors import ExitCode
from tests.cli.facts import Ask, ask

__all__ = ["ask"]

TABLES = ("stages", "abilities", "techniques", "milestones", "chronicle")


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_printed_in_both_languages(table: str, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    """Text has Chinese names where there are some, JSON has both and a source for each entry."""
    rows = ask("knowledge", table)
    assert rows
    assert all(row["source"] for row in rows)
    texts = []
    for language in ([], ["--zh"]):
        assert run(["knowledge", table, *language]) == 0
        texts.append(capsys.readouterr().out)
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in texts[1])
    assert chinese == (table != "milestones")


def test_the_four_stages_are_in_order(ask: Ask) -> None:
    """From statistical to large language models."""
    assert [row["short"] for row in ask("knowledge", "stages")] == ["SLM", "NLM", "PLM", "LLM"]


@pytest.mark.parametrize("size", ["62e9", "62B", "62000000000"])
def test_abilities_at_a_size_are_told_with_model_task_and_caveat(ask: Ask, size: str) -> None:
    """At 62B: instruction following of PaLM on four benchmarks is reported, Persian question answering missing."""
    answer = ask("knowledge", "abilities", "--params", size)
    assert answer["parameters"] == 62e9
    reported = {(each["ability"], each["model"], each["task"]) for each in answer["reported"]}
    assert ("instruction following", "PaLM", "MMLU, BBH, TyDiQA and MGSM") in reported
    assert [each["task"] for each in answer["missing"]] == ["Persian question answering"]
    assert all(each["parameters"] <= 62e9 for each in answer["reported"])
    assert {each["parameters"] for each in answer["silent"]} >= {100_000_000_000, 8_000_000_000}
    (palm,) = [each for each in answer["reported"] if each["model"] == "PaLM" and each["parameters"] == 62e9]
    assert palm["caveat"]


def test_one_ability_is_asked_by_its_name_in_either_language(ask: Ask) -> None:
    """The English and the Chinese name find the same."""
    assert ask("knowledge", "abilities", "in-context learning") == ask("knowledge", "abilities", "上下文学习")


def test_a_size_is_answered_in_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The table has what is reported and what is missing; what says nothing of the size is counted."""
    assert run(["knowledge", "abilities", "--params", "62B"]) == 0
    said = capsys.readouterr()
    assert "Persian" in said.out
    assert "Hypothesised to come from training on code" in said.out
    assert "say nothing of this size" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["abilities", "juggling"], "no ability is called 'juggling'"),
        (["abilities", "in-context lerning"], "did you mean in-context learning"),
        (["abilities", "--params", "0"], "out of range"),
        (["abilities", "--params", "nan"], "not a number"),
        (["abilities", "--params", "10X"], "not a number"),
        (["nonsense"], "there is no command"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown abilities and impossible sizes end in exit code 2."""
    assert run(["knowledge", *arguments]) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_sound_files_pass_the_check(ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The package's own files hold no error, and a sound overlay adds to the counts."""
    before = ask("knowledge", "check")
    mine = tmp_path / "mine.toml"
    mine.write_text('[[model]]\nname = "A"\norganisation = "B"\nsource = "an invented note"\n', encoding="utf-8")
    after = ask("knowledge", "check", str(mine), str(mine))
    assert before["ok"]
    assert after["counts"]["models"] == before["counts"]["models"] + 1
    assert run(["knowledge", "check"]) == 0
    assert capsys.readouterr().out.startswith("No errors: ")


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_all_errors_of_a_broken_file_are_told_at_once(
    form: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cycle, a negative size, an impossible date, an unknown key and model: all of them, exit code 1."""
    mine = tmp_path / "mine.toml"
    mine.write_text(
        """
        [[model]]
        name = "A"
        organisation = "B"
        parameters = -5
        colour = "red"
        source = "an invented note"
        events = [{ kind = "paper", date = "2023-02-30", source = "an invented note" }]

        [[edge]]
        from = "GPT-4"
        to = "GPT-1"
        relation = "successor"
        evidence = "weak"
        source = "an invented note"

        [[edge]]
        from = "Nobody"
        to = "A"
        relation = "sibling"
        evidence = "weak"
        source = "an invented note"
        """,
        encoding="utf-8",
    )
    assert run(["knowledge", "check", str(mine), *form]) == ExitCode.FAILURE
    said = capsys.readouterr().out
    for error in ("colour", "2023-02-30", "-5", "cycle", "Nobody", "sibling", "mine.toml"):
        assert error in said


@pytest.mark.parametrize("content", [None, b"not toml [", b"\xff\xfe\x00", b"[[model]]\nname = 'A'\n" * 2])
def test_a_file_that_cannot_be_read_is_a_finding(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, no TOML, no text: one more error in the list, never a traceback."""
    mine = tmp_path / "mine.toml"
    if content is not None:
        mine.write_bytes(content)
    assert run(["knowledge", "check", str(mine)]) == ExitCode.FAILURE
    answer = capsys.readouterr()
    assert "mine.toml" in answer.out
    assert "Traceback" not in answer.err


def test_loading_twice_changes_nothing(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The facts go into the store once; a second load says that nothing has changed."""
    monkeypatch.setenv("LLMSURVEY_DATABASE_URL", f"sqlite:///{tmp_path / 's.db'}")
    assert ask("knowledge", "load")["added"] > 0
    assert ask("knowledge", "load") == {"added": 0, "changed": 0, "removed": 0}
    assert run(["knowledge", "load"]) == 0
    assert capsys.readouterr().out == "nothing has changed\n"
