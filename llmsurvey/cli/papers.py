"""`llmsurvey papers`: the stored literature, found by words, shown one by one, exported."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from itertools import count
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.output import cell_text, harmless, plain, print_json, print_pieces, print_table, print_text
from llmsurvey.cli.store import database_of
from llmsurvey.month import Month
from llmsurvey.paper import Paper
from llmsurvey.phrase import Phrase, Rule, matches
from llmsurvey.store.authors import AuthorName
from llmsurvey.store.conditions import All, Words
from llmsurvey.store.database import Database
from llmsurvey.store.first_authors import by_first_author
from llmsurvey.store.lookup import KnownPaper, looked_up
from llmsurvey.store.query import parsed
from llmsurvey.store.search import Search, check_category, every, found

Since = Annotated[str | None, typer.Option(metavar="YYYY-MM", help="First month of version 1.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Last month of version 1.")]
Category = Annotated[
    str | None,
    typer.Option(metavar="CAT", help="One of a paper's categories, such as cs.CL, or all of cs.*."),
]
Author = Annotated[
    str | None, typer.Option(metavar="NAME", help="Part of an author's name; case and accents do not matter.")
]
NoWithdrawn = Annotated[bool, typer.Option("--without-withdrawn", help="Leave out withdrawn papers.")]

_WIDEST_TEXT = 100
"""Columns of an abstract on the screen."""


class Format(StrEnum):
    """What `--format` takes; the formats are made in `llmsurvey.exports.formats`."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    CSV = "csv"
    JSONL = "jsonl"


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", AND, OR, NOT and parentheses.')],
    *,
    since: Since = None,
    until: Until = None,
    category: Category = None,
    author: Author = None,
    without_withdrawn: NoWithdrawn = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="Show the best N.")] = 20,
    json: Json = False,
) -> None:
    """Find stored papers by the words of title and abstract, the best first.

    All words must occur, in any of their forms; OR and NOT in capitals, "words in quotes" stand side by side. Papers
    with the words in the title come before the others; among equals the newest is first.
    """
    wanted = _search(since, until, category, author, without_withdrawn, query=query)
    database = database_of(context)
    _check(database, category)
    hits = found(database, wanted, limit=limit + 1)
    if json:
        print_json([_record(paper) for paper in hits[:limit]])
    elif hits:
        print_table(
            ("arxiv_id", "submitted", "category", "title", "authors"), [_row(paper) for paper in hits[:limit]], whole=1
        )
    if not hits:
        log.info("no stored paper matches; `llmsurvey gaps` tells what the store lacks")
    elif len(hits) > limit:
        log.info("these are the best %d; --limit N shows more", limit)


def show(
    context: typer.Context,
    arxiv_id: Annotated[str, typer.Argument(metavar="ID", help="2303.18223, arXiv:2303.18223v2, or its address.")],
    *,
    json: Json = False,
) -> None:
    """Show all that is known of one paper: its record, what later versions changed, the tracked phrases in it."""
    settings = Call.of(context).settings()
    known = looked_up(database_of(context, settings), arxiv_id)
    text = (known.paper.title, known.paper.abstract)
    phrases = [
        {"phrase": each.phrase.text, **{rule.value: matches(rule, each.phrase, text) for rule in Rule}}
        for each in settings.phrases
    ]
    record = {**_record(known.paper), "models": known.models, "changes": known.changes, "phrases": phrases}
    if json:
        print_json(record)
    else:
        print_text("\n".join(_lines(known, phrases)))


def export(
    context: typer.Context,
    *,
    format: Annotated[Format, typer.Option(help="What to write.")] = Format.BIBTEX,  # noqa: A002 - the option's name
    query: Annotated[str | None, typer.Option(metavar="QUERY", help="Papers that `papers search` finds.")] = None,
    phrase: Annotated[str | None, typer.Option(metavar="PHRASE", help="Papers with this phrase in them.")] = None,
    since: Since = None,
    until: Until = None,
    category: Category = None,
    author: Author = None,
    without_withdrawn: NoWithdrawn = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a file instead of standard output.")] = None,
) -> None:
    """Export stored papers, all or those that fulfil the conditions, in the order of their identifiers."""
    from llmsurvey.exports.formats import exported  # noqa: PLC0415 - the writers of all formats, for this command only
    from llmsurvey.exports.text_file import write_streamed  # noqa: PLC0415 - the same

    wanted = _search(since, until, category, author, without_withdrawn, query=query, phrase=phrase)
    database = database_of(context)
    _check(database, category)
    number = count()
    pieces = exported(
        _counted(every(database, wanted), number),
        format.value,
        rivals=partial(by_first_author, database) if wanted != Search() else None,
    )
    if out:
        write_streamed(out, pieces)
    else:
        print_pieces(pieces)
    log.info("%s papers exported%s", f"{next(number):,}", f" to {out}" if out else "")


def _search(
    since: str | None,
    until: str | None,
    category: str | None,
    author: str | None,
    without_withdrawn: bool,
    *,
    query: str | None = None,
    phrase: str | None = None,
) -> Search:
    """Read the options that say what is looked for."""
    parts = [*([parsed(query)] if query is not None else []), *([Words(Phrase(phrase))] if phrase is not None else [])]
    return Search(
        query=All(tuple(parts)) if parts else None,
        since=Month.parse(since) if since is not None else None,
        until=Month.parse(until) if until is not None else None,
        category=category,
        author=AuthorName(author) if author is not None else None,
        with_withdrawn=not without_withdrawn,
    )


def _check(database: Database, category: str | None) -> None:
    if category is not None:
        check_category(database, category)


def _counted(papers: Iterator[Paper], number: "count[int]") -> Iterator[Paper]:
    for paper in papers:
        next(number)
        yield paper


def _record(paper: Paper) -> dict[str, object]:
    """Return a paper's JSON, on which other programs rely; keys may be added, none renamed."""
    fields = {name: getattr(paper, name) for name in paper.__struct_fields__}
    return {
        **fields,
        "primary_category": paper.primary_category,
        "month": paper.month,
        "url": f"https://arxiv.org/abs/{paper.arxiv_id}",
    }


def _row(paper: Paper) -> tuple[str, ...]:
    authors = "; ".join((*paper.authors[:1], *(["et al."] if len(paper.authors) > 1 else [])))
    title = f"[withdrawn] {paper.title}" if paper.withdrawn else paper.title
    return paper.arxiv_id, f"{paper.submitted:%Y-%m-%d}", paper.primary_category, title, authors.replace("; et", " et")


def _lines(known: KnownPaper, phrases: list[dict[str, object]]) -> Iterator[str]:
    record = _record(known.paper)
    abstract = str(record.pop("abstract"))
    widest = max(map(len, record))
    for name, value in record.items():
        yield f"{name:{widest}}  {cell_text(value)}"
    if known.models:
        yield f"{'models':{widest}}  {cell_text(known.models)}"
    for each in phrases:
        rules = [rule.value for rule in Rule if each[rule.value]]
        yield f"{'phrase':{widest}}  {each['phrase']}: {' and '.join(rules) or 'not in it'}"
    for change in known.changes:
        yield f"{'changed':{widest}}  {plain(change.day)}, {change.field}: {harmless(change.before)}"
        yield f"{'to':>{widest}}  {harmless(change.after)}"
    yield f"\n{fill(harmless(abstract), _WIDEST_TEXT)}"
