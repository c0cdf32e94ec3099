"""The identifiers a paper is found by, in the form other programs expect."""

import re
from urllib.parse import quote

from llmsurvey.exports.tex import clean
from llmsurvey.paper import Paper

_BETWEEN = re.compile(r"(?<![\s,;])[\s,;]++(?=(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4})", re.IGNORECASE)
_PREFIX = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)


def dois(written: str | None) -> list[str]:
    """List the DOIs of a paper, each once: the field holds several where a paper was published in parts.

    A DOI can hold nearly any character (`10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2`), so
    the next one begins only where its prefix "10." does.
    """
    found = (_PREFIX.sub("", part, count=1).strip(" ,;") for part in _BETWEEN.split(clean(written or "")))
    return list(dict.fromkeys(doi for doi in found if doi))


def abstract_url(paper: Paper) -> str:
    """Return the address of the paper's page on arXiv."""
    return f"https://arxiv.org/abs/{quote(clean(paper.arxiv_id), safe='/')}"
