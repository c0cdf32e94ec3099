"""DOIs and addresses."""

import pytest

from llmsurvey.exports.identifiers import abstract_url, dois
from tests.exports.papers import a_paper


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (None, []),
        ("  ", []),
        ("10.1007/978-3-319-99046-0_6", ["10.1007/978-3-319-99046-0_6"]),
        ("10.1007/a, 10.1007/b", ["10.1007/a", "10.1007/b"]),
        ("10.1063/1.5 10.1063/1.5\n  10.1063/1.5", ["10.1063/1.5"]),
        ("https://doi.org/10.1007/a; doi:10.1007/b", ["10.1007/a", "10.1007/b"]),
        ("10.1002/(SICI)1097(1998)17:15<1661::AID>3.0.CO;2-2", ["10.1002/(SICI)1097(1998)17:15<1661::AID>3.0.CO;2-2"]),
    ],
)
def test_each_doi_is_found_once(written: str | None, found: list[str]) -> None:
    """Several DOIs in one field are told apart, repeated ones are dropped, odd characters are kept."""
    assert dois(written) == found


@pytest.mark.parametrize("arxiv_id", ["2303.18223", "hep-th/9901001"])
def test_a_paper_has_an_address(arxiv_id: str) -> None:
    """The address is that of the abstract page, for both kinds of identifier."""
    assert abstract_url(a_paper(arxiv_id)) == f"https://arxiv.org/abs/{arxiv_id}"


def test_a_huge_doi_takes_linear_time() -> None:
    """Separators are passed over once."""
    assert len(dois(f"10.1007/x{',;' * 20_000}z")) == 1
