"""One paper by its identifier, however that is written, with all the store knows of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from sqlalchemy import Connection, bindparam, select

from llmsurvey.errors import Stop
from llmsurvey.paper import Paper, is_arxiv_id
from llmsurvey.phrase import NO_TEXT
from llmsurvey.store import census
from llmsurvey.store import papers as stored
from llmsurvey.store.database import Database
from llmsurvey.store.tables import changes, models, papers

_BEFORE = re.compile(
    r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/[a-z]+/|(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.48550/", re.IGNORECASE
)
_BEHIND = re.compile(r"(?:[?#].*|\.pdf|\s*\[[\w.-]+\])$", re.IGNORECASE)
"""The end of an address, or the category of the citation that arXiv suggests: `arXiv:2303.18223v2 [cs.CL]`."""
_IDENTIFIER = re.compile(r"(?:arxiv[:.]\s*)?(?P<id>[^\sv]+?)(?:v\d{1,4})?/?", re.IGNORECASE)
_LONGEST = 200
"""Characters of an address; what is longer is no identifier."""
_SUBJECT = re.compile(r"(?<=[a-z])\.[a-z]{2}(?=/)", re.IGNORECASE)
_LONGEST_MISSPELT = 20
_SIGNS = "0123456789./"
_NEAREST = 3
_KNOWN = select(papers.c.arxiv_id).where(papers.c.arxiv_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class KeptChange:
    """What a later version changed."""

    field: str
    """`title`, `abstract` or `withdrawn`."""
    before: str
    after: str
    day: str
    """Date of the version that brought the change."""
    recorded: str
    """When this store learned of it, ISO-8601 UTC."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A stored paper and its history."""

    paper: Paper
    changes: tuple[KeptChange, ...]
    """Oldest first."""
    models: tuple[str, ...]
    """Models of the catalogue that this paper presents, as the last import, harvest or survey left it in the store."""


def looked_up(database: Database, written: str) -> KnownPaper:
    """Find a paper by its identifier, with or without version, or by its address; `Stop` where it is not stored."""
    arxiv_id = arxiv_id_of(written)
    with database.reading() as connection:
        paper = stored.get(connection, arxiv_id) if arxiv_id else None
        if paper is None:  # some sources write identifiers in ways of their own, and the store keeps them so
            paper = stored.get(connection, NO_TEXT.sub("", written.strip()[:_LONGEST]))
        if paper is None:
            raise _absent(connection, written, arxiv_id)
        columns = [changes.c[name] for name in KeptChange.__dataclass_fields__]
        history = select(*columns).where(changes.c.arxiv_id == paper.arxiv_id).order_by(changes.c.day, changes.c.id)
        kept = tuple(KeptChange(*row) for row in connection.execute(history))
        return KnownPaper(paper, kept, models_of(connection, paper.arxiv_id))


def models_of(connection: Connection, arxiv_id: str) -> tuple[str, ...]:
    """Return the models that a paper presents, by name."""
    presented = select(models.c.name).where(models.c.arxiv_id == arxiv_id).order_by(models.c.name)
    return tuple(connection.execute(presented).scalars())


def arxiv_id_of(written: str) -> str | None:
    """Read `arXiv:2303.18223v2`, an address of arXiv, its DOI, an old-style identifier; None where it is none."""
    text = unquote(written.strip()[: _LONGEST + 1])
    before = _BEFORE.match(text)
    found = _IDENTIFIER.fullmatch(_BEHIND.sub("", text[before.end() if before else 0 :]))
    if not found or len(text) > _LONGEST:
        return None
    arxiv_id = found["id"]
    if "/" in arxiv_id:  # old identifiers are kept without their subject class: math.GT/0309136 is math/0309136
        arxiv_id = _SUBJECT.sub("", arxiv_id).lower()
    return arxiv_id if is_arxiv_id(arxiv_id) else None


def _absent(connection: Connection, written: str, arxiv_id: str | None) -> Stop:
    """Say why a paper cannot be shown, and what to do."""
    near = [row[0] for row in connection.execute(_KNOWN, {"ids": list(set(_misspelt(arxiv_id or written)))})]
    near_hint = f"did you mean {' or '.join(sorted(near)[:_NEAREST])}?" if near else ""
    if arxiv_id is None:
        return Stop(
            f"{written!r} is not an arXiv identifier",
            hint=near_hint
            or "write one such as 2303.18223 or hep-th/9901001; `llmsurvey papers search` finds by words",
        )
    read = census.month_of(connection, arxiv_id)
    if read:
        return Stop(
            f"{arxiv_id} ({read}) was read and counted, but not stored, as no tracked phrase is in it",
            hint="`llmsurvey import --keep all FILE` stores every paper of a snapshot",
        )
    return Stop(
        f"the store holds no paper {arxiv_id}",
        hint=near_hint
        or f"`llmsurvey papers search` finds by words; the paper's page: https://arxiv.org/abs/{arxiv_id}",
    )


def _misspelt(written: str) -> Iterator[str]:
    """Yield every text that differs in one sign: another one, one too many, one missing, or two exchanged."""
    text = written.strip()[:_LONGEST_MISSPELT]
    for at in range(len(text) + 1):
        before, rest = text[:at], text[at:]
        yield before + rest[1:]
        yield before + rest[1:2] + rest[:1] + rest[2:]
        for sign in _SIGNS:
            yield before + sign + rest[1:]
            yield before + sign + rest
