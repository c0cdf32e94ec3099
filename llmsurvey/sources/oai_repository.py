"""What OAI-PMH says of itself: its facts (Identify) and its sets (ListSets). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from llmsurvey.paper import folded
from llmsurvey.sources.faults import BadXml, NoSuchSet, WrongAddress
from llmsurvey.sources.feed_xml import root
from llmsurvey.sources.oai_errors import raise_errors
from llmsurvey.sources.oai_record import OAI

IDENTIFY = {"verb": "Identify"}
LIST_SETS = {"verb": "ListSets"}


@dataclass(frozen=True, slots=True)
class Repository:
    """The facts of a repository that a harvest depends on."""

    name: str
    earliest: date
    """First datestamp there is."""
    deleted_record: str
    """`persistent`, `transient` or `no`, as the repository has it."""


def read_repository(body: bytes) -> Repository:
    """Read the answer to Identify; `WrongAddress` where another kind of repository answers."""
    answer = root(body, f"{OAI}OAI-PMH")
    raise_errors(answer)
    texts = {str(element.tag): (element.text or "").strip() for element in answer.iterfind(f"{OAI}Identify/*")}
    granularity = texts.get(f"{OAI}granularity")
    if granularity != "YYYY-MM-DD":
        raise WrongAddress(f"this OAI-PMH repository counts in {granularity}, and arXiv's in days")
    earliest = texts.get(f"{OAI}earliestDatestamp", "")
    try:
        first = date.fromisoformat(earliest)
    except ValueError as error:
        raise BadXml(f"the repository's earliest datestamp is {earliest[:40]!r}") from error
    return Repository(texts.get(f"{OAI}repositoryName", ""), first, texts.get(f"{OAI}deletedRecord", "no"))


def read_sets(body: bytes) -> dict[str, str]:
    """Return the title of every set by its name, in arXiv's order; nine stand in the list twice."""
    answer = root(body, f"{OAI}OAI-PMH")
    raise_errors(answer)
    sets: dict[str, str] = {}
    for element in answer.iterfind(f"{OAI}ListSets/{OAI}set"):
        name = (element.findtext(f"{OAI}setSpec") or "").strip()
        if name:
            sets.setdefault(name, folded(element.findtext(f"{OAI}setName") or ""))
    if not sets:
        raise BadXml("the repository lists no set")
    return sets


def check_sets(wanted: Iterable[str], listed: Iterable[str]) -> None:
    """Raise `NoSuchSet` for the first wanted set that is not listed, and say which are."""
    there = list(listed)
    for name in wanted:
        if name not in there:
            near = _near(name, there)
            groups = [spec for spec in there if ":" not in spec]
            hint = f"did you mean {', '.join(near)}? " if near else ""
            raise NoSuchSet(
                f"OAI-PMH has no set {name!r}",
                hint=f"{hint}there are {', '.join(groups)}, and below them sets such as cs:cs:CL",
            )


def _near(name: str, there: list[str]) -> list[str]:
    """Return sets that were probably meant: the same last part (`cs.CL`, `cs:CL`), or else a like spelling."""
    last = name.replace(".", ":").rpartition(":")[2].casefold()
    same = [spec for spec in there if spec.rpartition(":")[2].casefold() == last]
    return same[:3] or get_close_matches(name, there, n=3)
