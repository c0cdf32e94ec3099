"""A candidate goes into the user's file: behind what stands there, checked, once."""

from pathlib import Path

import pytest

from llmsurvey.errors import BadUsage, CannotWrite
from llmsurvey.knowledge.candidates.adding import Added, add
from llmsurvey.knowledge.candidates.candidate import Candidate
from llmsurvey.knowledge.candidates.reading import introduced
from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.finding import BrokenKnowledge
from tests.knowledge.candidates.papers import BAR, FOO, introducing

MINE = '# my own words\r\n[[model]]\r\nname = "BLOOM"\r\norganisation = "We"\r\nsource = "my notes"  # end'


@pytest.fixture
def foo() -> Candidate:
    """Return a candidate."""
    return next(introduced(FOO))


def _add(candidate: Candidate, file: Path, organisation: str | None = None) -> Added:
    known = (file,) if file.exists() else ()
    return add(candidate, file, known, load(known), organisation)


def test_a_file_is_made_where_there_is_none(foo: Candidate, tmp_path: Path) -> None:
    """The model is then in the catalogue, each value with its place in the paper."""
    file = tmp_path / "new" / "mine.toml"
    assert _add(foo, file, 'The "Foo" \\ people').changed
    model = load((file,)).find("foo 3")
    assert (model.name, model.parameters, model.active_parameters) == ("Foo3", 671 * 10**9, 37 * 10**9)
    assert (model.organisation, model.released, model.arxiv) == ('The "Foo" \\ people', "2025-01-02", "2501.00001")
    assert model.source == "arXiv:2501.00001, abstract, sentence 1"
    assert model.source_of("parameters") == "arXiv:2501.00001, abstract, sentence 2"
    assert model.origin_of("parameters") == str(file)
    assert model.source_of("organisation") == "told to `models add --org`"  # not the paper's word


def test_what_stands_in_the_file_stays(foo: Candidate, tmp_path: Path) -> None:
    """Comments, other entries and line ends, to the byte."""
    file = tmp_path / "mine.toml"
    file.write_bytes(MINE.encode())
    _add(foo, file)
    after = file.read_bytes()
    assert after.startswith(MINE.encode() + b"\r\n\r\n[[model]]\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert load((file,)).find("BLOOM").organisation == "We"


def test_adding_twice_changes_nothing(foo: Candidate, tmp_path: Path) -> None:
    """The second time says so."""
    file = tmp_path / "mine.toml"
    _add(foo, file)
    before = file.read_bytes()
    assert not _add(foo, file).changed
    assert file.read_bytes() == before


def test_sizes_become_aliases(tmp_path: Path) -> None:
    """So that each of them finds the model afterwards."""
    file = tmp_path / "mine.toml"
    _add(next(introduced(BAR)), file)
    assert load((file,)).find("Bar-1B").name == "Bar"


def test_a_model_of_the_catalogue_is_refused(knowledge: Knowledge, tmp_path: Path) -> None:
    """With the file that has it, and nothing is written."""
    file = tmp_path / "mine.toml"
    with pytest.raises(BadUsage, match=r"BLOOM is in the catalogue already.*package:models\.toml"):
        add(next(introduced(introducing("BLOOM"))), file, (), knowledge)
    assert not file.exists()


def test_an_entry_that_would_break_the_facts_is_not_written(foo: Candidate, tmp_path: Path) -> None:
    """A file whose models stand in one array takes no [[model]]; the error names the user's file."""
    file = tmp_path / "mine.toml"
    file.write_text('model = [{ name = "BLOOM", source = "my notes" }]\n', encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(BrokenKnowledge, match=r"mine\.toml: is not TOML"):
        _add(foo, file)
    assert file.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_refused(foo: Candidate, knowledge: Knowledge, tmp_path: Path) -> None:
    """The error names it."""
    with pytest.raises(CannotWrite, match="cannot read"):
        add(foo, tmp_path, (), knowledge)


def test_a_link_stays_a_link(foo: Candidate, tmp_path: Path) -> None:
    """What it points to is written."""
    (tmp_path / "real.toml").write_text("# mine\n", encoding="utf-8")
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "real.toml")
    _add(foo, link)
    assert link.is_symlink()
    assert "Foo3" in (tmp_path / "real.toml").read_text(encoding="utf-8")


def test_a_private_file_stays_private(foo: Candidate, tmp_path: Path) -> None:
    """Its rights are those that it had."""
    file = tmp_path / "mine.toml"
    file.write_text("# mine\n", encoding="utf-8")
    file.chmod(0o600)
    _add(foo, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_text_that_utf8_cannot_hold_is_refused(foo: Candidate, tmp_path: Path) -> None:
    """A name with half a character is a slip of the terminal."""
    with pytest.raises(BadUsage, match="UTF-8"):
        _add(foo, tmp_path / "mine.toml", "W\udce9")
