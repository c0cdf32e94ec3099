"""`llmsurvey models candidates|add`: new models in the stored papers, and taking one into the user's own facts."""

from collections.abc import Iterator
from typing import Annotated

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.facts import facts_folder, knowledge_of
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.cli.store import database_of
from llmsurvey.knowledge.candidates.adding import add
from llmsurvey.knowledge.candidates.candidate import Candidate
from llmsurvey.knowledge.candidates.choosing import called, the_one
from llmsurvey.knowledge.candidates.ranking import ranked
from llmsurvey.knowledge.catalogue import load
from llmsurvey.knowledge.quantity import written
from llmsurvey.knowledge.span import Span
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase
from llmsurvey.store.conditions import Words
from llmsurvey.store.database import Database
from llmsurvey.store.lookup import looked_up
from llmsurvey.store.search import Search, every


def candidates(
    context: typer.Context,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Papers of this day or later; a month or a year will do.")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1_000_000, help="Show the surest N.")] = 50,
    json: Json = False,
) -> None:
    """List new models that the stored papers introduce and the catalogue lacks, the surest first.

    A score tells how sure: "why" adds it up. JSON: name, other_names, parameters, active_parameters, sizes, called,
    score, arxiv_id, title, submitted, evidence (reason, points, field, sentence, start, text); `start` counts the
    characters of the field before it. `models add NAME` takes one into your own facts.
    """
    first = Span.parse(since).first if since is not None else None
    database = database_of(context)
    search = Search(since=Month.of(first) if first else None, with_withdrawn=False)
    papers = (paper for paper in every(database, search) if first is None or paper.submitted.date() >= first)
    found = ranked(papers, knowledge_of(context))
    shown = found.candidates[:limit]
    if json:
        print_json([record(each) for each in shown])
    elif shown:
        columns = ("score", "name", "parameters", "active", "arxiv_id", "place", "called", "why")
        print_table(columns, [_row(each) for each in shown])
    if not found.papers:
        log.info("no paper is stored%s; `llmsurvey gaps` tells what brings them", f" since {since}" if since else "")
    elif not shown:
        log.info("%s stored papers introduce no model that the catalogue lacks", f"{found.papers:,}")
    elif len(found.candidates) > limit:
        log.info("these are the surest %d of %d; --limit N shows more", limit, len(found.candidates))
    if found.known:
        log.info("%d more are in the catalogue", found.known)


def add_candidate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A model that `models candidates` lists.")],
    *,
    paper: Annotated[
        str | None, typer.Option(metavar="ID", help="The arXiv identifier, where several papers use the name.")
    ] = None,
    org: Annotated[str | None, typer.Option(metavar="NAME", help="Who made it; papers' records do not tell.")] = None,
    json: Json = False,
) -> None:
    """Take a model that a stored paper introduces into your own file of facts, each value with its place in the paper.

    It goes to the last of the files in `overlays`, or else to one beside the database; other entries stay as they are.
    """
    settings = Call.of(context).settings()
    folder = facts_folder(context)
    file = settings.overlays[-1] if settings.overlays else folder.own
    own = tuple(each for each in settings.overlays if each != file or each.exists())  # the first model makes the file
    knowledge = load(own, folder)
    database = database_of(context, settings)
    if paper is not None:
        found = called(name, [looked_up(database, paper).paper])
    else:
        found = called(name, _papers_with(database, name)) or called(name, every(database, Search()))
    added = add(the_one(name, found, knowledge, paper), file, (*settings.overlays, *folder.overlays()), knowledge, org)
    if json:
        print_json(added)
    elif added.changed:
        print_text(
            f"{added.entry}\nadded to {added.file}; `llmsurvey models show {added.name!r}` tells what is known of it"
        )
    else:
        print_text(f"{added.name} is in {added.file} already; nothing has changed")


def record(candidate: Candidate) -> dict[str, object]:
    """Return the JSON of a candidate."""
    return {
        "name": candidate.name,
        "other_names": candidate.names,
        "parameters": candidate.parameters,
        "active_parameters": candidate.active_parameters,
        "sizes": candidate.sizes,
        "called": candidate.called,
        "score": candidate.score,
        "arxiv_id": candidate.arxiv_id,
        "title": candidate.title,
        "submitted": candidate.submitted,
        "evidence": candidate.evidence,
    }


def _row(candidate: Candidate) -> tuple[object, ...]:
    sizes = (candidate.parameters, candidate.active_parameters)
    return (
        candidate.score,
        candidate.name,
        *(written(size) if size else None for size in sizes),
        candidate.arxiv_id,
        candidate.evidence[0].place,
        candidate.called,
        ", ".join(f"{each.reason} {each.points:+}" for each in candidate.evidence),
    )


def _papers_with(database: Database, name: str) -> Iterator[Paper]:
    """Yield the papers with a name in them, as the full-text index finds them."""
    return every(database, Search(query=Words(Phrase(name))))
