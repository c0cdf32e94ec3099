"""The errors of OAI-PMH, which arXiv sends under HTTP 200, as named faults. Pure.

Codes: the protocol's specification, section 3.6. The network before arXiv repeats each of them until midnight UTC.
"""

from lxml import etree

from llmsurvey.paper import folded
from llmsurvey.sources.faults import ExpiredToken, NoSuchSet, PermanentRefusal
from llmsurvey.sources.oai_record import OAI

_NO_SET = "Set does not exist"


def raise_errors(answer: etree._Element, set_name: str | None = None) -> bool:
    """Raise what the answer complains of; True where that is only that nothing matches, False without an error.

    Raises `ExpiredToken`, `NoSuchSet` (its hint says where sets are listed) or `PermanentRefusal`.
    """
    errors = [(element.get("code", ""), folded(element.text or "")) for element in answer.iterfind(f"{OAI}error")]
    for code, text in errors:
        if code == "noRecordsMatch":
            continue
        if code == "badResumptionToken":
            raise ExpiredToken(f"arXiv refuses the place where the list was to go on: {text}")
        if code == "badArgument" and _NO_SET in text:
            raise NoSuchSet(f"OAI-PMH has no set {set_name!r}", hint="name one such as cs, stat or cs:cs:CL")
        raise PermanentRefusal(f"arXiv refuses the request with {code}: {text}")
    return bool(errors)
