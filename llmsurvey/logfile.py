"""The log file of unattended runs: it rotates, and whatever happens to it, the run goes on."""

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

UNATTENDED = "LLMSURVEY_UNATTENDED"
"""The variable by which a plan tells its run that nobody is there; its value is the plan's name."""
NAME = "llmsurvey.log"
_LARGEST_BYTES = 1_000_000
_OLDER_FILES = 4


class LogFile(RotatingFileHandler):
    """A log file that gives up once, with one line to the other handlers, where it cannot be written."""

    def __init__(self, file: Path, logger: logging.Logger) -> None:
        super().__init__(file, maxBytes=_LARGEST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", errors="replace")
        self._logger = logger
        self.setFormatter(_OneLine("%(asctime)s %(levelname)s [%(process)d] %(message)s"))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's name
        """Say once why nothing is logged any more: a full disk stays full for the rest of the run."""
        if self not in self._logger.handlers:
            return
        self._logger.removeHandler(self)
        with suppress(OSError):
            self.close()
        self._logger.warning("the log file %s cannot be written; the run goes on without it", self.baseFilename)


class _OneLine(logging.Formatter):
    """A record is one line, in UTC, whatever its message holds."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """Fold line ends, and show control characters as escapes."""
        text = super().format(record).replace("\n", " | ")
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def attach(logger: logging.Logger, folders: Iterable[Path]) -> Path | None:
    """Log into the first folder that takes a file, from level INFO on, and return the file.

    The other handlers go on at the level the logger had. None, and one warning, where no folder takes it.
    """
    tried: list[str] = []
    for folder in folders:
        try:
            handler = _opened(folder / NAME, logger)
        except OSError as error:
            tried.append(f"{folder} ({error.strerror or error})")
            continue
        for other in logger.handlers:
            other.setLevel(max(other.level, logger.level))
        logger.setLevel(min(logger.level, logging.INFO))
        logger.addHandler(handler)
        return folder / NAME
    logger.warning("no log file can be written: %s; the run goes on without one", ", ".join(tried) or "no folder known")
    return None


def detach(logger: logging.Logger) -> None:
    """Close the log file, where there is one."""
    for handler in list(logger.handlers):
        if isinstance(handler, LogFile):
            logger.removeHandler(handler)
            with suppress(OSError):
                handler.close()


def note(logger: logging.Logger, text: str, level: int = logging.INFO) -> None:
    """Write to the log file alone, where there is one: what the terminal is told in another way."""
    record = logger.makeRecord(logger.name, level, "", 0, text, (), None)
    for handler in list(logger.handlers):
        if isinstance(handler, LogFile):
            handler.handle(record)


def _opened(file: Path, logger: logging.Logger) -> LogFile:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and not file.is_file():  # opening a pipe would wait for a reader
        raise OSError(f"{file.name} is no regular file")
    return LogFile(file, logger)
