"""`llmsurvey db`: the database as a file: where it is, whether it is whole, and bringing it up to date."""

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.store import database_of
from llmsurvey.errors import ExitCode
from llmsurvey.store.check import checked
from llmsurvey.store.database import Database, connected
from llmsurvey.store.mending import brought_up_to_date
from llmsurvey.store.upgrade import REVISION, revision_of


def path(context: typer.Context) -> None:
    """Print the database's file, or its URL without the password. Nothing is opened or made."""
    print_text(connected(Call.of(context).settings().database_url).place)


def upgrade(context: typer.Context) -> None:
    """Bring the schema to this program's (an older file is copied before), and index and totals up to date."""
    settings = Call.of(context).settings()
    before = _revision(connected(settings.database_url))
    database = database_of(context, settings)
    if before is None:
        print_text(f"{database.place}: made, schema {REVISION}")
    elif before != REVISION:
        print_text(
            f"{database.place}: upgraded from schema {before} to {REVISION}; the copy made before lies beside it"
        )
    done = list(brought_up_to_date(database))
    for each in done:
        print_text(f"{database.place}: {each}")
    if not done and before == REVISION:
        print_text(f"{database.place}: up to date, schema {REVISION}")


def check(context: typer.Context, *, json: Json = False) -> None:
    """Check the database: the file, the full-text index, months, census and totals. Changes nothing."""
    database = connected(Call.of(context).settings().database_url)
    if _is_missing(database):
        log.info("there is no database at %s yet: the first import makes it", database.place)
        findings = []
    else:
        findings = list(checked(database))
    if json:
        print_json(findings)
    elif findings:
        print_table(
            ("check", "sound", "finding", "next step"),
            [(each.name, each.sound, each.finding, each.step or None) for each in findings],
        )
    if not all(each.sound for each in findings):
        raise typer.Exit(ExitCode.FAILURE)


def _is_missing(database: Database) -> bool:
    return database.path is not None and not database.path.exists()


def _revision(database: Database) -> str | None:
    return None if _is_missing(database) else revision_of(database)
