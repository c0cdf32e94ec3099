"""A text file that appears whole or not at all, written piece by piece."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from llmsurvey.errors import CannotWrite


def write_streamed(place: Path, pieces: Iterable[str]) -> None:
    """Write pieces beside the place of the file and move them there; line ends are the pieces' own.

    A fault on the way, or a kill, leaves the older file as it was. A link stays one, and what is no file, such as
    /dev/stdout or a pipe, is written into and never replaced. `CannotWrite` names the place and the reason.
    """
    try:
        if place.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if place.exists() and not place.is_file():
            _fill(place, pieces)
        else:
            _replace(place.resolve(), pieces)
    except BrokenPipeError:
        raise  # whoever reads has seen enough, as behind any pipe
    except OSError as fault:
        raise CannotWrite(
            f"cannot write {place}: {fault.strerror or fault}",
            hint="An older file there is unchanged. Make room, or choose another place with --out.",
        ) from fault


def _replace(place: Path, pieces: Iterable[str]) -> None:
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        _fill(draft, pieces)
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _fill(place: Path, pieces: Iterable[str]) -> None:
    with place.open("w", encoding="utf-8", newline="", errors="replace") as file:
        file.writelines(pieces)
