"""Taking a candidate into a user's own file of facts: its entry is put behind what stands there and stays as it is."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from llmsurvey.errors import BadUsage, CannotWrite
from llmsurvey.knowledge.beside import write
from llmsurvey.knowledge.candidates.candidate import SIZE, Candidate
from llmsurvey.knowledge.candidates.ranking import Known
from llmsurvey.knowledge.catalogue import Knowledge, examined
from llmsurvey.knowledge.finding import BrokenKnowledge
from llmsurvey.knowledge.houses import UNSTATED
from llmsurvey.knowledge.layer import Layer
from llmsurvey.knowledge.quantity import written

_HEAD = "# Models that `llmsurvey models add` took from papers; correct and complete them here.\n"

_TOLD = "told to `models add --org`"
"""Source of a maker: no paper's record says it."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a candidate."""

    name: str
    file: Path
    changed: bool
    """False where the file had it already."""
    entry: str
    """The entry as it was written; empty where nothing was."""


def add(
    candidate: Candidate, file: Path, overlays: Sequence[Path], knowledge: Knowledge, organisation: str | None = None
) -> Added:
    """Put a candidate into a file of facts, which is made where there is none.

    `overlays` are all files of the user's in their order; `knowledge` is what they make together. Raises `BadUsage`
    where the catalogue has the model from elsewhere, `BrokenKnowledge` where the facts would hold an error with the new
    entry, and `CannotWrite`; the file is then as it was.
    """
    model = Known(knowledge).model(candidate)
    if model:
        if model.arxiv == candidate.arxiv_id and model.origin_of("arxiv") == str(file):
            return Added(model.name, file, changed=False, entry="")
        raise BadUsage(
            f"{candidate.name} is in the catalogue already: {model.name}, from {model.origin_of('name') or 'a file'}",
            hint=f'to correct it, write an entry with name = "{model.name}" into {file}',
        )
    entry = entry_of(candidate, organisation)
    before = _read(file)
    text = before or _HEAD.encode()
    end = b"\r\n" if b"\r\n" in text else b"\n"
    gap = b"" if text.endswith(b"\n") else end
    after = text + gap + end + entry.encode().replace(b"\n", end)
    _check(after, file, overlays, [laid.layer for laid in knowledge.laid])
    if _read(file) != before:
        raise CannotWrite(f"{file} has changed meanwhile", hint="run the same command again")
    write(file.resolve(), after)
    return Added(candidate.name, file, changed=True, entry=entry)


def entry_of(candidate: Candidate, organisation: str | None = None) -> str:
    """Write the entry of a candidate: each value with the place in the paper that tells it."""
    paper = f"arXiv:{candidate.arxiv_id}"
    introduced = next((each for each in candidate.evidence if each.reason != SIZE), candidate.evidence[0])
    told = next((each for each in candidate.evidence if each.reason == SIZE), introduced)
    lines = ["[[model]]", f"name = {_quoted(candidate.name)}"]
    if candidate.names:
        lines.append(f"aliases = [{', '.join(map(_quoted, candidate.names))}]")
    lines += [f"organisation = {_quoted(organisation or UNSTATED)}", f"arxiv = {_quoted(candidate.arxiv_id)}"]
    sizes = {"parameters": candidate.parameters, "active_parameters": candidate.active_parameters}
    known = {field: size for field, size in sizes.items() if size is not None}
    lines += [f"{field} = {_exactly(size)}" for field, size in known.items()]
    lines.append(f"source = {_quoted(f'{paper}, {introduced.place}')}")
    places = dict.fromkeys(known, f"{paper}, {told.place}") if told.place != introduced.place else {}
    if organisation:
        places["organisation"] = _TOLD
    if places:
        lines.append(f"sources = {{ {', '.join(f'{field} = {_quoted(place)}' for field, place in places.items())} }}")
    day = candidate.submitted.date().isoformat()
    event = f'{{ kind = "paper", date = "{day}", source = {_quoted(f"{paper}, version 1")} }}'
    return "\n".join([*lines, f"events = [{event}]", ""])


def _read(file: Path) -> bytes:
    """Read a file; nothing where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise CannotWrite(
            f"cannot read {file}: {fault.strerror}", hint="nothing has changed; check the path"
        ) from fault


def _check(raw: bytes, file: Path, overlays: Sequence[Path], layers: Sequence[Layer]) -> None:
    """Load the facts as they would be with a file of these bytes, and refuse it where they would hold an error."""
    with TemporaryDirectory(prefix="llmsurvey-", ignore_cleanup_errors=True) as folder:
        draft = Path(folder) / file.name
        draft.write_bytes(raw)
        files = [draft if each == file else each for each in dict.fromkeys((*overlays, file))]
        _, findings = examined(files, layers=layers)
        if findings:
            raise BrokenKnowledge(
                tuple(replace(each, file=str(file)) if each.file == str(draft) else each for each in findings)
            )


def _exactly(size: int) -> str:
    """Write a size shortly where that is exact."""
    short = written(size)
    with suppress(ValueError):
        if short[-1:] in "KMBT" and round(float(short[:-1]) * 10 ** ("KMBT".index(short[-1]) * 3 + 3)) == size:
            return _quoted(short)
    return str(size)


def _quoted(text: str) -> str:
    """Write a TOML string; JSON's escapes are a part of TOML's."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadUsage(f"{text!r} is no text that UTF-8 can hold", hint="type it again") from None
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
