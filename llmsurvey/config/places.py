"""Where settings and data lie on this machine. Works without a home folder, and where it is no folder."""

from dataclasses import dataclass
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from urllib.parse import unquote

import platformdirs

from llmsurvey.errors import BadUsage

PROGRAM = "llmsurvey"
FILE_NAME = "llmsurvey.toml"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders a run looks into."""

    working_folder: Path
    """The absolute working directory."""
    user_config: Path | None
    """The user's folder of settings; None where the machine knows no home."""
    user_data: Path | None
    """The user's folder of data; None where the machine knows no home."""

    @staticmethod
    def here() -> "Places":
        """Find them for this process; `BadUsage` where the working directory has been removed."""
        try:
            working_folder = Path.cwd()
        except OSError as error:
            raise BadUsage("the working directory is gone", hint="change to a folder that exists") from error
        return Places(
            working_folder,
            _absolute(platformdirs.user_config_path(PROGRAM, appauthor=False)),
            _absolute(platformdirs.user_data_path(PROGRAM, appauthor=False)),
        )

    @property
    def working_file(self) -> Path:
        """The project's own file of settings."""
        return self.working_folder / FILE_NAME

    @property
    def user_file(self) -> Path | None:
        """The user's file of settings."""
        return self.user_config / FILE_NAME if self.user_config else None

    @property
    def database_url(self) -> str:
        """The default database: this checkout's, or else the user's, or else (no home) the working folder's."""
        if self._is_checkout():
            return sqlite_url(self.working_folder / "db" / "llmsurvey.db")
        return sqlite_url((self.user_data or self.working_folder) / "llmsurvey.db")

    def _is_checkout(self) -> bool:
        """Tell whether the working folder's pyproject.toml names this program."""
        try:
            document = loads((self.working_folder / "pyproject.toml").read_text(encoding="utf-8"))
        except (OSError, TOMLDecodeError, UnicodeDecodeError, RecursionError):
            return False
        project = document.get("project")
        return isinstance(project, dict) and project.get("name") == PROGRAM


def sqlite_url(file: Path) -> str:
    """Return the SQLAlchemy URL of an SQLite file; the two signs that a URL would read otherwise are escaped."""
    return "sqlite:///" + str(file).replace("%", "%25").replace("?", "%3F")


def sqlite_file(url: str) -> Path | None:
    """Return the file that an SQLite URL names; None for memory and for other databases."""
    scheme, _, file = url.partition(":///")
    file = unquote(file.partition("?")[0])
    return None if not scheme.startswith("sqlite") or file in {"", ":memory:"} else Path(file)


def _absolute(folder: Path) -> Path | None:
    """Pass over a relative folder, as the XDG specification asks; `~` stays where no home is known."""
    return folder if folder.is_absolute() else None
