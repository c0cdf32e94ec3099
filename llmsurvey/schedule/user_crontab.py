"""The user's crontab: read, edited and written through the `crontab` program, as bytes.

python-crontab checks and reads the lines of this program. It does not carry the others: it strips white space, moves
variables, comments lines out and knows only UTF-8, while whatever a user has in a crontab must stay byte for byte.
"""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from crontab import CronSlices

from llmsurvey.errors import Stop

_OURS = re.compile(
    rb"(?P<off>#*)\s*(?P<time>@[a-z]+|[^\s#@]+(?:\s+[^\s#]+){4})\s+(?P<command>.*)"
    rb" # llmsurvey (?P<plan>[a-z]+) (?P<survey>[0-9a-f]{8})(?P<ended> \+eol)?"
)
_LINE_END_ADDED = b" +eol"
"""Stands behind the mark of a line before which a missing final line end was added; taken back when it goes."""
_FOLDER = re.compile(rb"cd (?P<folder>.*?) && env ")
_OTHER_ZONE = re.compile(rb"^[ \t]*CRON_TZ[ \t]*=", re.MULTILINE)
_NONE_YET = ("no crontab for", "no fcrontab for", "no such file or directory", "can't open your crontab")
"""What `crontab -l` says where a user has none: Vixie, cronie and macOS; fcron; busybox; Solaris."""
_PATIENCE_SECONDS = 60
_YEARS_AHEAD = 8
"""A 29th of February comes at least so often."""
_ALTERNATIVE = "`llmsurvey schedule show --systemd` and `--github` print plans that need no cron"


@dataclass(frozen=True, slots=True)
class Installed:
    """One line of this program in the crontab."""

    plan: str
    survey_id: str
    folder: str
    """The working folder, as the shell reads it; empty where the line was changed beyond knowing."""
    fields: str
    """When, as crontab's five fields."""
    active: bool
    """False where the user has commented it out."""

    def next_run(self, after: datetime) -> datetime | None:
        """Return when it starts next, in the zone of `after`; None where it never does."""
        return next_start(self.fields, after) if self.active else None


def read_crontab() -> bytes:
    """Return the user's crontab, empty where there is none.

    `Stop` where there is no `crontab` program, or it refuses: what could not be read is never written over.
    """
    done = _crontab("-l")
    said = _said(done)
    if done.returncode == 0:
        return done.stdout
    if not done.stdout.strip() and any(sign in said.casefold() for sign in _NONE_YET):
        return b""
    raise _refused("cannot be read", done)


def write_crontab(content: bytes) -> None:
    """Make `content` the user's crontab; `Stop` where `crontab` refuses it, and the old one stays."""
    with tempfile.TemporaryDirectory(prefix="llmsurvey-") as folder:
        file = Path(folder) / "crontab"
        file.write_bytes(content)
        done = _crontab(str(file))
        if done.returncode and content and not content.endswith(b"\n"):  # Vixie cron insists on a final line end
            file.write_bytes(content + b"\n")
            done = _crontab(str(file))
    if done.returncode:
        raise _refused("was not changed", done)


def with_lines(crontab: bytes, survey_id: str, lines: Mapping[str, str]) -> bytes:
    """Return a crontab that holds each plan's line once, and else what it held."""
    for line in lines.values():
        if not (CronSlices.is_valid(" ".join(line.split()[:5])) and _own(line.encode(), survey_id)):
            raise ValueError(f"not a line of this program: {line!r}")
    wanted = {plan: line.encode() for plan, line in lines.items()}
    kept: list[bytes] = []
    for there in _lines(crontab):
        ours = _own(there, survey_id)
        if ours is None:
            kept.append(there)
        elif (plan := ours["plan"].decode()) in wanted:
            kept.append(wanted.pop(plan) + (ours["ended"] or b"") + b"\n")
    for added in wanted.values():
        unended = bool(kept) and not kept[-1].endswith(b"\n")
        kept += [b"\n" if unended else b"", added, _LINE_END_ADDED if unended else b"", b"\n"]
    return b"".join(kept)


def without_lines(crontab: bytes, survey_id: str) -> bytes:
    """Return a crontab without the lines of a survey, and else what it held."""
    kept: list[bytes] = []
    unended = False
    for line in _lines(crontab):
        ours = _own(line, survey_id)
        if ours is None:
            kept.append(line)
            unended = False
        else:
            unended = unended or bool(ours["ended"])
    if unended and kept:
        kept[-1] = kept[-1].removesuffix(b"\n")
    return b"".join(kept)


def installed(crontab: bytes) -> tuple[Installed, ...]:
    """Return the lines of this program, of all surveys."""
    found = (_OURS.fullmatch(line.strip()) for line in _lines(crontab))
    return tuple(_record(ours) for ours in found if ours)


def has_other_zone(crontab: bytes) -> bool:
    """Tell whether the crontab states a time zone of its own, which some crons keep to and others pass over."""
    return bool(_OTHER_ZONE.search(crontab))


def next_start(fields: str, after: datetime) -> datetime | None:
    """Return when five fields next come true after a moment, in its zone.

    Where day of month and weekday are both confined, either is enough (crontab(5)). None where they never come true.
    """
    if fields == "@reboot" or not CronSlices.is_valid(fields):
        return None
    slices = CronSlices(fields)
    starred = [str(each).startswith("*") for each in slices]
    minutes, hours, days, months, weekdays = (sorted(each) for each in slices)
    either = not (starred[2] or starred[4])
    for ahead in range(_YEARS_AHEAD * 366):
        day = after.date() + timedelta(days=ahead)
        fits = (day.day in days, day.isoweekday() % 7 in weekdays)
        if day.month in months and (any(fits) if either else all(fits)):
            clock = (datetime.combine(day, time(hour, minute), after.tzinfo) for hour in hours for minute in minutes)
            start = next((start for start in clock if start > after), None)
            if start:
                return start
    return None


def _lines(crontab: bytes) -> list[bytes]:
    """Part lines at line feeds alone, with their ends."""
    return re.findall(rb"[^\n]*\n|[^\n]+", crontab)


def _own(line: bytes, survey_id: str) -> re.Match[bytes] | None:
    ours = _OURS.fullmatch(line.strip())
    return ours if ours and ours["survey"].decode() == survey_id else None


def _record(ours: re.Match[bytes]) -> Installed:
    moved = _FOLDER.match(ours["command"])
    return Installed(
        plan=ours["plan"].decode(),
        survey_id=ours["survey"].decode(),
        folder=_unquoted(moved["folder"]) if moved else "",
        fields=" ".join(ours["time"].decode("utf-8", "replace").split()),
        active=not ours["off"],
    )


def _unquoted(folder: bytes) -> str:
    """Read a folder as cron and the shell do; empty where they would not."""
    try:
        return " ".join(shlex.split(folder.decode("utf-8", "replace").replace(r"\%", "%")))
    except ValueError:
        return ""


def _crontab(argument: str) -> subprocess.CompletedProcess[bytes]:
    """Run the `crontab` program with its messages in English."""
    program = shutil.which("crontab")
    if program is None:
        raise Stop("there is no crontab program here, so that no plan can be installed", hint=_ALTERNATIVE)
    try:
        return subprocess.run(
            [program, argument],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Stop(f"{program} does not answer", hint=_ALTERNATIVE) from None
    except OSError as error:
        raise Stop(f"{program} cannot be run: {error.strerror or error}", hint=_ALTERNATIVE) from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode("utf-8", "replace").split())


def _refused(what: str, done: subprocess.CompletedProcess[bytes]) -> Stop:
    """Put a refusal into words; Vixie cron says "not allowed" to users that cron.deny names."""
    said = _said(done)[:500] or "nothing"
    hint = _ALTERNATIVE
    if "not allowed" in said:
        hint = f"ask who looks after this machine (cron.allow, cron.deny); {_ALTERNATIVE}"
    return Stop(f"your crontab {what}: crontab ended with {done.returncode} and said: {said}", hint=hint)
