"""The table of commands: adding one is one function in one small file, and one line here."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The headings of `llmsurvey --help` and of the command reference, in their order."""

    SURVEY = "The survey"
    LITERATURE = "Counts and papers"
    MODELS = "Models and knowledge"
    PICTURES = "Figures and reports"
    OPERATION = "Operation"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its module is imported when the command is called, not before."""

    name: str
    """As it is typed: `doctor`, or `config show`."""
    function: str
    """`module:function`."""
    group: Group
    line: str
    """What it does, in one line."""

    @property
    def words(self) -> tuple[str, ...]:
        """The name, word by word."""
        return tuple(self.name.split())


COMMANDS: tuple[Command, ...] = (
    Command("survey", "llmsurvey.cli.survey:survey", Group.SURVEY, "Fetch what is missing, count, draw, report."),
    Command("import", "llmsurvey.cli.importing:import_files", Group.SURVEY, "Read public arXiv snapshots."),
    Command("gaps", "llmsurvey.cli.gaps:gaps", Group.SURVEY, "List what is missing, and what brings it."),
    Command("trend", "llmsurvey.cli.trend:show", Group.LITERATURE, "Count the papers of each month with a phrase."),
    Command("papers search", "llmsurvey.cli.papers:search", Group.LITERATURE, "Find papers by words and phrases."),
    Command("papers show", "llmsurvey.cli.papers:show", Group.LITERATURE, "Show all that is known of one paper."),
    Command("papers export", "llmsurvey.cli.papers:export", Group.LITERATURE, "Export papers as references or tables."),
    Command("figure list", "llmsurvey.cli.figure:show", Group.PICTURES, "List the figures."),
    Command(
        "figure draw", "llmsurvey.cli.figure:draw", Group.PICTURES, "Draw a figure as svg, png, pdf, csv and text."
    ),
    Command("report", "llmsurvey.cli.report:report", Group.PICTURES, "Write the report with its figures."),
    Command("doctor", "llmsurvey.cli.doctor:doctor", Group.OPERATION, "Check that all the program needs is in place."),
    Command("db path", "llmsurvey.cli.db:path", Group.OPERATION, "Say where the database is."),
    Command("db upgrade", "llmsurvey.cli.db:upgrade", Group.OPERATION, "Bring schema, index and totals up to date."),
    Command("db check", "llmsurvey.cli.db:check", Group.OPERATION, "Check that the database is whole and consistent."),
    Command(
        "schedule show",
        "llmsurvey.cli.schedule:show",
        Group.OPERATION,
        "Print a monthly and a weekly plan for cron, systemd or GitHub.",
    ),
    Command(
        "schedule install",
        "llmsurvey.cli.schedule:install",
        Group.OPERATION,
        "Put the plans into your crontab; no other line changes.",
    ),
    Command(
        "schedule status",
        "llmsurvey.cli.schedule:status",
        Group.OPERATION,
        "Tell what is installed, when it runs next and how the last run went.",
    ),
    Command(
        "schedule remove",
        "llmsurvey.cli.schedule:remove",
        Group.OPERATION,
        "Take the plans out of your crontab; no other line changes.",
    ),
    Command("config show", "llmsurvey.cli.config:show", Group.OPERATION, "Show each setting and where it comes from."),
)
