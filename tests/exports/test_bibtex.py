"""BibTeX, read back with bibtexparser."""

import errno
import tempfile
from collections.abc import Collection, Iterable
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.errors import Stop
from llmsurvey.exports.bibtex import authors, bibtex, title
from llmsurvey.exports.citation_keys import wanted_key
from llmsurvey.exports.names import author_names
from llmsurvey.exports.tex import plain
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper, patient, shelves


def read(papers: list[Paper], *, ascii_only: bool = False) -> list[dict[str, str]]:
    """Export papers and parse them again."""
    library = parse_string("".join(bibtex(papers, ascii_only=ascii_only)))
    assert not library.failed_blocks
    return [{"key": entry.key, **{field.key: field.value for field in entry.fields}} for entry in library.entries]


def test_an_entry_has_arxivs_fields() -> None:
    """The entry reads as arXiv, BibTeX and a person expect it."""
    paper = a_paper(doi="10.1007/x_1", journal_ref="Front. Comput. Sci. 20 & 21", withdrawn=True)
    assert "".join(bibtex([paper])) == (
        "@misc{zhao2023survey,\n"
        "  title = {A Survey of Large Language Models},\n"
        "  author = {Zhao, Wayne Xin and Zhou, Kun},\n"
        "  year = {2023},\n"
        "  month = mar,\n"
        "  eprint = {2303.18223},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  doi = {10.1007/x_1},\n"
        "  note = {Front. Comput. Sci. 20 \\& 21; withdrawn},\n"
        "  url = {https://arxiv.org/abs/2303.18223},\n"
        "}\n\n"
    )


def test_no_papers_are_no_text() -> None:
    """An empty export is empty."""
    assert list(bibtex([])) == []


@patient
@given(shelves, st.data())
def test_a_choice_of_papers_gets_the_keys_that_all_of_them_have(shelf: list[Paper], data: st.DataObject) -> None:
    """Two exports of one store never use a key for two papers."""
    papers = list({paper.arxiv_id: paper for paper in shelf}.values())
    keys = {entry["eprint"]: entry["key"] for entry in read(papers)}
    chosen = [paper for paper in papers if data.draw(st.booleans())]
    asked: list[tuple[Month, Month]] = []

    def rivals(first: Month, last: Month, names: Collection[str]) -> Iterable[Paper]:
        asked.append((first, last))
        return [paper for paper in papers if wanted_key(paper).startswith(tuple(names))]

    parsed = parse_string("".join(bibtex(chosen, rivals=rivals))).entries
    assert {str(entry["eprint"]): entry.key for entry in parsed} == {
        key: value for key, value in keys.items() if key in {str(entry["eprint"]) for entry in parsed}
    }
    assert len(parsed) == len(chosen)
    assert all(first <= paper.month <= last for first, last in asked for paper in chosen)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_ugly_papers_are_read_back(ascii_only: bool) -> None:
    """Every ugly paper is one entry, in its place, with its own key."""
    entries = read(list(UGLY), ascii_only=ascii_only)
    assert [entry["eprint"] for entry in entries] == [paper.arxiv_id for paper in UGLY]
    assert len({entry["key"] for entry in entries}) == len(UGLY)
    for entry in entries:
        assert all(_is_balanced(value) for value in entry.values())
        assert entry["key"].isascii()


def test_titles_and_authors_say_the_same_after_the_round_trip() -> None:
    """Decoded, the fields are what the paper said."""
    for paper, entry in zip(UGLY, read(list(UGLY)), strict=True):
        if "\\{" not in paper.title and "\\\\" not in paper.title:  # rewritten inside mathematics
            assert plain(entry.get("title", "")) == plain(paper.title)
        names = author_names(paper.authors)
        assert len(names) == len([name for name in entry.get("author", "").split(" and ") if name]) or any(
            " and " in name.literal for name in names
        )


def test_ascii_output_is_ascii() -> None:
    """With `ascii_only` nothing beyond ASCII is left, whatever came in."""
    assert "".join(bibtex(UGLY, ascii_only=True)).isascii()


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("GPT-4 and LLaMA: A Survey of T5", "{GPT}-4 and {LLaMA}: A Survey of {T5}"),
        ("The $N$-body problem", "The {$N$}-body problem"),
        ("{BERT} in {the $x$ group}", "{BERT} in {the $x$ group}"),
        ("100% of R&D", r"100\% of {R}\&{D}"),
        ("a } b", r"a {\ensuremath{\rbrace}} b"),
        ("@misc{x}", "{@}misc{x}"),
        ("ends \\", r"ends {\textbackslash}"),
        ("", ""),
    ],
)
def test_a_title_keeps_its_capitals_and_compiles(raw: str, written: str) -> None:
    """Acronyms and mathematics are braced against lower-casing styles, special characters escaped."""
    assert title(raw) == written


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        (("Jan van der Berg", "John Smith Jr."), "van der Berg, Jan and Smith, Jr., John"),
        (("The ATLAS and CMS Collaborations",), "{The ATLAS and CMS Collaborations}"),
        (("Simone Weil", "et al."), "Weil, Simone and others"),
        (('J\\"org M\\"uller',), "Müller, Jörg"),
        ((), ""),
    ],
)
def test_authors_are_joined_by_and(raw: tuple[str, ...], written: str) -> None:
    """A collaboration's own "and" parts nothing, and others stay others."""
    assert authors(raw) == written


def test_a_second_doi_is_in_the_note() -> None:
    """The doi field holds one DOI; no other is lost."""
    (entry,) = read([a_paper(doi="10.1007/a_1, 10.1007/b_2")])
    assert (entry["doi"], entry["note"]) == ("10.1007/a_1", "doi:10.1007/b\\_2")


@patient
@given(shelves)
def test_every_paper_is_an_entry(shelf: list[Paper]) -> None:
    """BibTeX always parses back, with as many entries as papers and the same eprints."""
    for ascii_only in (False, True):
        entries = read(shelf, ascii_only=ascii_only)
        assert [entry["eprint"] for entry in entries] == [paper.arxiv_id for paper in shelf]
        assert len({entry["key"] for entry in entries}) == len(shelf)
        assert all(_is_balanced(value) for entry in entries for value in entry.values())


def test_a_full_disk_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the waiting entries find no room, the message names the folder and the way out."""

    class Full(tempfile.SpooledTemporaryFile[bytes]):
        def write(self, *_: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("llmsurvey.exports.bibtex.tempfile.SpooledTemporaryFile", Full)
    with pytest.raises(Stop, match="No space left") as stopped:
        list(bibtex([a_paper()]))
    assert "TMPDIR" in stopped.value.hint


def _is_balanced(value: str) -> bool:
    """Count braces as BibTeX does: escaped ones too."""
    depth = 0
    for sign in value:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
