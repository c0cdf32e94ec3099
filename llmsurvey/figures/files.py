"""Files that appear whole or not at all: written beside their place, then moved into it."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from llmsurvey.errors import CannotWrite


def write_whole(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which is made where it is missing, and return their paths.

    None is moved to its place before all are on the disk: a full disk, a read-only folder or a kill leaves the
    older files as they were. A `CannotWrite` names the folder and the system's reason.
    """
    drafts = {folder / name: folder / f".{name}.{os.getpid()}.part" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place, draft in drafts.items():
            draft.write_bytes(files[place.name])
        for place, draft in drafts.items():
            draft.replace(place)
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    return tuple(drafts)


def cannot_write(folder: Path, fault: OSError) -> CannotWrite:
    """Put the system's refusal into words."""
    reason = fault.strerror or str(fault)
    return CannotWrite(
        f"cannot write into {folder}: {reason}",
        hint="Older files there are unchanged. Make room or choose another folder with --out.",
    )
