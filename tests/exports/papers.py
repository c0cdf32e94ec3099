"""Papers to export: one well-behaved, a shelf of ugly ones, and a strategy that invents more."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from llmsurvey.paper import Paper


def a_paper(arxiv_id: str = "2303.18223", **changes: Any) -> Paper:
    """Make a paper; what a test does not care about has a value."""
    fields: dict[str, Any] = {
        "arxiv_id": arxiv_id,
        "title": "A Survey of Large Language Models",
        "abstract": "Language is essentially a complex, intricate system of human expressions.",
        "authors": ("Wayne Xin Zhao", "Kun Zhou"),
        "categories": ("cs.CL", "cs.AI"),
        "submitted": datetime(2023, 3, 31, 17, 28, 46, tzinfo=UTC),
        "updated": datetime(2023, 4, 12, 15, 50, 11, tzinfo=UTC),
    }
    return Paper(**(fields | changes))


UGLY_TITLES = (
    "",
    "   ",
    "{}",
    "$\\alpha$",
    "$SU(2)$",
    "$",
    "$$",
    "$x_{1$ and $y}$",
    "$x_$",
    "$\\{x$",
    "$\\\\{a}$",
    "ends with a backslash \\",
    "ends in mathematics $x \\$",
    "{BERT}: {Pre-training",
    "}}}{{{",
    "{" * 400 + "deep" + "}" * 400,
    "\\{1, 2\\} and \\textbf{bold} and \\unknown{macro}",
    "100% of R&D for $5 to $10 #1 a_b ~c ^d <e> |f|",
    "Mail me @misc{evil, title = {x}}",
    '@article{a,\n title="b"\n}\n@comment{c}',
    "quotes \"double\" and 'single', commas, = and ;",
    "emoji \N{GRINNING FACE} and \N{FAMILY}\u200d\N{WOMAN}",
    "\u05e9\u05dc\u05d5\u05dd right to left \u202eoverride",
    "\u5927\u8bed\u8a00\u6a21\u578b\u7efc\u8ff0",
    "control\x00\x01\x07\x1b\x7f characters\x85\u2028\u2029",
    "lines\r\nbroken\nand\ttabbed",
    "lone surrogate \ud800 here",
    "Schr\\\"odinger, M\\'alaga, Nehoro\\v{s}ev, J\\o{}rgensen, \\L{}\\'od\\'z",
    "=cmd|' /C calc'!A0",
    "ER  - ",
)
UGLY_AUTHORS: tuple[tuple[str, ...], ...] = (
    (),
    ("",),
    ("  ", ":", "\x00"),
    ("OpenAI",),
    ("The ATLAS and CMS Collaborations",),
    ("Gheorghe Comanici", "et al."),
    ("Simone Weil et al.",),
    ("others",),
    ('M\\"uller, J\\"org', 'Bl\\" umel, R.', "Marko Kosti\\' c"),
    ("Smith, John, Jr.", "A, B, C, D"),
    ("\u5f20\u4f1f", "\u738b \u5c0f\u660e", "\u05d3\u05d5\u05d3"),
    ("{Matheus Bellini", "Aakur\\\\", "O'Brien & Sons", "x@y {z}"),
    ("=SUM(A1)", "+1", "a; b"),
    tuple(f"Author {chr(97 + number % 26)}. Name{number}" for number in range(3000)),
)
UGLY_DOIS = (
    "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    "10.1007/s10909-016-1543-7, 10.1007/s10909-017-1780-4",
    "10.1063/1.5042497 10.1063/1.5042497\n  10.1063/1.5042497",
    "10.1007/978-3-319-99046-0_6",
    "doi:10.1/a{b}%c#d\\e",
)
UGLY = (
    *(a_paper(f"2303.{number:05}", title=title) for number, title in enumerate(UGLY_TITLES)),
    *(a_paper(f"2304.{number:05}", authors=authors) for number, authors in enumerate(UGLY_AUTHORS)),
    *(a_paper(f"2305.{number:05}", doi=doi) for number, doi in enumerate(UGLY_DOIS)),
    a_paper("hep-th/9901001", submitted=datetime(1999, 1, 1, tzinfo=UTC)),
    a_paper("2306.00001", title="Withdrawn", withdrawn=True, journal_ref="Phys. Rev. D 97 (2018) 1 & 2"),
    a_paper("2306.00002", categories=(), abstract=""),
)

_FRAGMENTS = st.sampled_from(
    [
        "\\",
        "{",
        "}",
        "$",
        "%",
        "&",
        "#",
        "_",
        "^",
        "~",
        '"',
        "'",
        "@",
        "@misc{",
        ",",
        "\n",
        "\r\n",
        " and ",
        "et al.",
        "=",
        "\\alpha ",
        "\\'e",
        '\\"{o}',
        "$x^2$",
        "\\{",
        "\\\\",
        "GPT-4",
        "é",
        "中",
        "-",
        "+",
        "\t",
        "ER  - ",
        " ",
    ]
)
texts = st.lists(st.one_of(_FRAGMENTS, st.text(max_size=5)), max_size=12).map("".join)
_moments = st.datetimes(datetime(1991, 8, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
_ids = st.builds("{:04}.{:05}".format, st.sampled_from([1501, 1812, 2303]), st.integers(0, 99999))
papers = st.builds(
    Paper,
    arxiv_id=_ids,
    title=texts,
    abstract=texts,
    authors=st.lists(texts, max_size=4).map(tuple),
    categories=st.lists(st.sampled_from(["cs.CL", "math.AG"]), min_size=1, max_size=2).map(tuple),
    submitted=_moments,
    updated=_moments,
    versions=st.integers(1, 9),
    comment=st.none() | texts,
    journal_ref=st.none() | texts,
    doi=st.none() | texts,
    withdrawn=st.booleans(),
)
shelves = st.lists(papers, max_size=8, unique_by=lambda paper: paper.arxiv_id)

patient = settings(max_examples=50)
"""A shelf of invented papers takes a while to invent, and longer on a busy machine."""
