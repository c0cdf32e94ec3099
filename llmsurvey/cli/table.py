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
    Command("harvest", "llmsurvey.cli.harvest:fetch", Group.SURVEY, "Fetch from arXiv what is missing."),
    Command("gaps", "llmsurvey.cli.gaps:gaps", Group.SURVEY, "List what is missing, and what brings it."),
    Command("verify", "llmsurvey.cli.verify:verify", Group.SURVEY, "Compare the numbers with each other."),
    Command("trend", "llmsurvey.cli.trend:show", Group.LITERATURE, "Count the papers of each month with a phrase."),
    Command("papers search", "llmsurvey.cli.papers:search", Group.LITERATURE, "Find papers by words and phrases."),
    Command("papers show", "llmsurvey.cli.papers:show", Group.LITERATURE, "Show all that is known of one paper."),
    Command("papers export", "llmsurvey.cli.papers:export", Group.LITERATURE, "Export papers as references or tables."),
    Command("models list", "llmsurvey.cli.models:listed", Group.MODELS, "List models by size, access, maker and date."),
    Command("models show", "llmsurvey.cli.models:show", Group.MODELS, "Show a model, each value with its source."),
    Command("models compare", "llmsurvey.cli.models:compare", Group.MODELS, "Show two models side by side."),
    Command(
        "models import",
        "llmsurvey.cli.catalogues:import_catalogue",
        Group.MODELS,
        "Import a public catalogue beside the curated one.",
    ),
    Command("models layers", "llmsurvey.cli.catalogues:layers", Group.MODELS, "List the imported catalogues."),
    Command("models drop-layer", "llmsurvey.cli.catalogues:drop_layer", Group.MODELS, "Remove an imported catalogue."),
    Command(
        "models conflicts", "llmsurvey.cli.catalogues:conflicts", Group.MODELS, "List what catalogues say otherwise."
    ),
    Command(
        "models candidates",
        "llmsurvey.cli.candidates:candidates",
        Group.MODELS,
        "Find new models in the stored papers.",
    ),
    Command(
        "models add", "llmsurvey.cli.candidates:add_candidate", Group.MODELS, "Take one of them into your own facts."
    ),
    Command("lineage show", "llmsurvey.cli.lineage:show", Group.MODELS, "Show a model's parents and children."),
    Command("lineage path", "llmsurvey.cli.lineage:path", Group.MODELS, "Find the line of descent from A to B."),
    Command(
        "lineage ancestors", "llmsurvey.cli.lineage:list_ancestors", Group.MODELS, "List whom a model descends from."
    ),
    Command(
        "lineage descendants", "llmsurvey.cli.lineage:list_descendants", Group.MODELS, "List who descends from it."
    ),
    Command("lineage common", "llmsurvey.cli.lineage:common", Group.MODELS, "List the common ancestors of A and B."),
    Command("lineage roots", "llmsurvey.cli.lineage:list_roots", Group.MODELS, "List the models where lines begin."),
    Command(
        "lineage diff", "llmsurvey.cli.lineage:diff", Group.MODELS, "List what the lineage gained between two dates."
    ),
    Command("lineage export", "llmsurvey.cli.lineage:export", Group.MODELS, "Write the graph for other programs."),
    Command(
        "knowledge stages", "llmsurvey.cli.knowledge:stages", Group.MODELS, "Show the stages of language modelling."
    ),
    Command(
        "knowledge abilities", "llmsurvey.cli.knowledge:abilities", Group.MODELS, "Show emergent abilities by size."
    ),
    Command("knowledge techniques", "llmsurvey.cli.knowledge:techniques", Group.MODELS, "Show the key techniques."),
    Command(
        "knowledge milestones", "llmsurvey.cli.knowledge:milestones", Group.MODELS, "Show the models on the curves."
    ),
    Command(
        "knowledge chronicle", "llmsurvey.cli.knowledge:chronicle", Group.MODELS, "Show the steps of the GPT series."
    ),
    Command("knowledge check", "llmsurvey.cli.knowledge:check", Group.MODELS, "Check the facts and your own files."),
    Command("knowledge load", "llmsurvey.cli.knowledge:load", Group.MODELS, "Write the facts into the store."),
    Command("scaling loss", "llmsurvey.cli.scaling:loss", Group.MODELS, "Predict a loss from parameters and tokens."),
    Command(
        "scaling optimum", "llmsurvey.cli.scaling:optimum", Group.MODELS, "Spend a compute budget by a scaling law."
    ),
    Command("scaling compare", "llmsurvey.cli.scaling:compare", Group.MODELS, "Put known models beside the laws."),
    Command("figure list", "llmsurvey.cli.figure_list:show", Group.PICTURES, "List the figures."),
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
