"""By which words a paper is withdrawn: in its comment, or in place of its abstract. Pure."""

import re

_WITHDRAWN = re.compile(
    r"\b(?:this|the|our)\s+(?:(?:\w+\s+)?(?:paper|article|manuscript|submission|preprint|work|version|report|note|letter"
    r"|document|draft|thesis|authors?)\s+)?(?:has\s+been|have\s+been|is|was|are|were)\s+(?:\w+\s+)?withdrawn"
    r"|(?:\bthis\s+)?\b(?:submission|version|paper|article)\s+(?:has\s+been\s+)?withdrawn\s+by\s+arxiv"
    r"|^\W*withdrawn\b",
    re.IGNORECASE,
)


def is_withdrawn(comment: str | None, abstract: str) -> bool:
    """Tell whether a comment or the start of an abstract withdraws the paper: no source has a better sign."""
    said = comment is not None and "withdrawn" in comment.lower() and _WITHDRAWN.search(comment)
    return bool(said or _WITHDRAWN.match(abstract))
