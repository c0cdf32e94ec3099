"""RIS, read back with rispy."""

import rispy
from hypothesis import given

from llmsurvey.exports.names import author_names
from llmsurvey.exports.ris import ris
from llmsurvey.exports.tex import plain
from llmsurvey.paper import Paper
from tests.exports.papers import UGLY, a_paper, patient, shelves


def read(papers: list[Paper]) -> list[dict[str, object]]:
    """Export papers and parse them again."""
    return list(rispy.loads("".join(ris(papers)).replace("\r\n", "\n")))


def test_a_record_has_the_usual_tags() -> None:
    """Type, id, title, authors, dates and address stand under their tags, lines end in CR LF."""
    (text,) = ris(
        [a_paper(authors=("Jan van der Berg", "John Smith Jr.", "OpenAI"), doi="10.1/x", abstract="One.\nTwo.")]
    )
    assert text.endswith("\r\n\r\n")
    assert text.split("\r\n")[:-2] == [
        "TY  - UNPB",
        "ID  - 2303.18223",
        "TI  - A Survey of Large Language Models",
        "AU  - van der Berg, Jan",
        "AU  - Smith, John, Jr.",
        "AU  - OpenAI",
        "AB  - One. Two.",
        "PY  - 2023",
        "DA  - 2023/03/31",
        "UR  - https://arxiv.org/abs/2303.18223",
        "DO  - 10.1/x",
        "PB  - arXiv",
        "AN  - arXiv:2303.18223",
        "KW  - cs.CL",
        "KW  - cs.AI",
        "ER  - ",
    ]


def test_ugly_papers_are_read_back() -> None:
    """Every ugly paper is one record with its title, and no value breaks a line."""
    for paper, record in zip(UGLY, read(list(UGLY)), strict=True):
        assert record["id"] == paper.arxiv_id
        assert record.get("title", "") == plain(paper.title)
        assert len(record.get("authors", [])) == len(author_names(paper.authors))  # type: ignore[arg-type]


@patient
@given(shelves)
def test_every_paper_is_a_record(shelf: list[Paper]) -> None:
    """RIS always parses back, with as many records as papers and the same ids."""
    assert [record["id"] for record in read(shelf)] == [paper.arxiv_id for paper in shelf]
