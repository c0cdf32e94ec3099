"""`llmsurvey knowledge`: what the survey teaches of the field, and the check of the files it is kept in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from llmsurvey.cli.call import Call, Json, log
from llmsurvey.cli.facts import facts_folder, knowledge_of
from llmsurvey.cli.output import print_json, print_table, print_text
from llmsurvey.errors import ExitCode
from llmsurvey.knowledge.catalogue import Knowledge, examined
from llmsurvey.knowledge.fact import Fact
from llmsurvey.knowledge.quantity import quantity, written
from llmsurvey.knowledge.stage import Ability
from llmsurvey.knowledge.thresholds import Report, Verdict, at_size

Chinese = Annotated[bool, typer.Option("--zh", help="Print the Chinese names.")]


def stages(context: typer.Context, *, zh: Chinese = False, json: Json = False) -> None:
    """Show the four stages of language modelling."""
    knowledge = knowledge_of(context)
    if json:
        print_json(_records(knowledge, knowledge.stages))
        return
    rows = [
        (each.short, each.zh if zh else each.name, each.years, each.idea, each.examples, each.source)
        for each in knowledge.stages
    ]
    print_table(("short", "stage", "years", "idea", "examples", "source"), rows)
    print_text("")
    said = [(each.short, kind, text) for each in knowledge.stages for kind, text in each.statements]
    print_table(("short", "said of it", "statement"), said)


def techniques(context: typer.Context, *, zh: Chinese = False, json: Json = False) -> None:
    """Show the techniques to which the success of large models is put down."""
    knowledge = knowledge_of(context)
    if json:
        print_json(_records(knowledge, knowledge.techniques))
        return
    rows = [(each.zh if zh else each.name, fact, each.source) for each in knowledge.techniques for fact in each.facts]
    print_table(("technique", "fact", "source"), rows)


def chronicle(context: typer.Context, *, zh: Chinese = False, json: Json = False) -> None:
    """Show the steps of the GPT series, oldest first: the citable date, and the one the survey prints."""
    knowledge = knowledge_of(context)
    if json:
        print_json(_records(knowledge, knowledge.chronicle))
        return
    rows = [
        (
            each.date,
            each.published_date,
            (each.zh or each.name) if zh else each.name,
            each.phase_zh if zh else each.phase,
            each.organisation,
            "; ".join(each.facts),
            each.source_of("date"),
        )
        for each in knowledge.chronicle
    ]
    print_table(("date", "printed", "step", "phase", "organisation", "facts", "source"), rows)


def milestones(context: typer.Context, *, zh: Chinese = False, json: Json = False) -> None:
    """Show the models that are marked on the curves of papers over time, oldest first."""
    knowledge = knowledge_of(context)
    chinese = {model.name: model.zh for model in knowledge.models}
    rows = [
        {
            "month": mark.month,
            "model": mark.model,
            "zh": chinese.get(mark.model),
            "phrase": mark.phrase,
            "source": knowledge.citation(mark.source),
        }
        for mark in knowledge.milestones()
    ]
    if json:
        print_json(rows)
        return
    print_table(
        ("month", "model", "phrase", "source"),
        [
            (row["month"], (row["zh"] or row["model"]) if zh else row["model"], row["phrase"], row["source"])
            for row in rows
        ],
    )


def abilities(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One ability; else all of them.")] = None,
    *,
    params: Annotated[
        str | None, typer.Option(metavar="N", help="What is reported at this size, such as 62B or 62e9.")
    ] = None,
    zh: Chinese = False,
    json: Json = False,
) -> None:
    """Show emergent abilities with the sizes, models and tasks for which they are reported, and each caveat."""
    size = quantity(params) if params is not None else None
    knowledge = knowledge_of(context)
    chosen = (knowledge.ability(name),) if name is not None else knowledge.abilities
    if size is not None:
        _print_at_size(knowledge, at_size(chosen, size), size, zh=zh, json=json)
    elif json:
        print_json(_records(knowledge, chosen))
    else:
        rows = [
            (
                each.zh if zh else each.name,
                limit.model,
                f"{limit.direction} {written(limit.parameters)}",
                limit.task,
                limit.finding,
                limit.caveat,
                each.source,
            )
            for each in chosen
            for limit in each.thresholds
        ]
        print_table(("ability", "model", "parameters", "task", "finding", "caveat", "source"), rows)
        _print_notes(chosen, zh=zh)


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files of facts to lay over the others.")
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Check the curated facts, the overlays of the settings and further files: all errors at once."""
    overlays = list(Call.of(context).settings().overlays)
    known = {path.resolve() for path in overlays}
    overlays += [path for path in dict.fromkeys(files or ()) if path.resolve() not in known]
    knowledge, findings = examined(overlays, facts_folder(context))
    if json:
        print_json({"ok": not findings, "findings": findings, "counts": _counts(knowledge)})
    elif findings:
        print_text("\n".join(map(str, findings)))
        log.error("the curated facts hold %s", "an error" if len(findings) == 1 else f"{len(findings)} errors")
    else:
        print_text("No errors: " + ", ".join(f"{number:,} {what}" for what, number in _counts(knowledge).items()))
    if findings:
        raise typer.Exit(ExitCode.FAILURE)


def load(context: typer.Context, *, json: Json = False) -> None:
    """Write the curated facts into the store, so that SQL and Datasette see them; the same facts change nothing."""
    from llmsurvey.cli.store import database_of  # noqa: PLC0415 - the other commands do without a database
    from llmsurvey.store import catalogue, lock  # noqa: PLC0415 - the same

    knowledge = knowledge_of(context)
    database = database_of(context)
    with lock.held(database, "knowledge load"), database.writing() as connection:
        renewed = catalogue.renew(connection, knowledge)
    if json:
        print_json(renewed)
    elif renewed.added or renewed.changed or renewed.removed:
        print_text(f"rows: {renewed.added:,} added, {renewed.changed:,} changed, {renewed.removed:,} removed")
    else:
        print_text("nothing has changed")


def _records(knowledge: Knowledge, facts: Sequence[Fact]) -> list[dict[str, object]]:
    """Return facts as JSON, their sources written out."""
    return [
        structs.asdict(fact)
        | {
            "source": knowledge.citation(fact.source),
            "sources": {field: knowledge.citation(source) for field, source in fact.sources.items()},
        }
        for fact in facts
    ]


def _print_at_size(knowledge: Knowledge, reports: Sequence[Report], size: float, *, zh: bool, json: bool) -> None:
    """Print what is reported at a size, then what is reported missing; the rest says nothing of it."""
    by_verdict = {verdict: [each for each in reports if each.verdict is verdict] for verdict in Verdict}
    silent = [each for each in reports if each.verdict not in {Verdict.REPORTED, Verdict.MISSING}]
    if json:
        print_json(
            {
                "parameters": size,
                "reported": [_report(knowledge, each) for each in by_verdict[Verdict.REPORTED]],
                "missing": [_report(knowledge, each) for each in by_verdict[Verdict.MISSING]],
                "silent": [_report(knowledge, each) for each in silent],
            }
        )
        return
    rows = [
        (
            each.verdict,
            each.ability.zh if zh else each.ability.name,
            each.threshold.model,
            f"{each.threshold.direction} {written(each.threshold.parameters)}",
            each.threshold.task,
            each.threshold.finding,
            each.threshold.caveat,
            each.ability.source,
        )
        for verdict in (Verdict.REPORTED, Verdict.MISSING)
        for each in by_verdict[verdict]
    ]
    print_table((f"at {written(size)}", "ability", "model", "size", "task", "finding", "caveat", "source"), rows)
    _print_notes([each.ability for each in (*by_verdict[Verdict.REPORTED], *by_verdict[Verdict.MISSING])], zh=zh)
    log.info("each report speaks of its own model and task only; %d further ones say nothing of this size", len(silent))


def _print_notes(abilities: Iterable[Ability], *, zh: bool) -> None:
    """Print the caveats that hold for whole abilities, each once."""
    notes = dict.fromkeys(f"{each.zh if zh else each.name}: {each.note}" for each in abilities if each.note)
    if notes:
        print_text("\n".join(["", *notes]))


def _report(knowledge: Knowledge, report: Report) -> dict[str, object]:
    return {
        "ability": report.ability.name,
        "zh": report.ability.zh,
        **structs.asdict(report.threshold),
        "note": report.ability.note,
        "verdict": report.verdict,
        "source": knowledge.citation(report.ability.source),
    }


def _counts(knowledge: Knowledge) -> dict[str, int]:
    return {
        "models": len(knowledge.models),
        "edges": len(knowledge.edges),
        "stages": len(knowledge.stages),
        "abilities": len(knowledge.abilities),
        "techniques": len(knowledge.techniques),
        "chronicle entries": len(knowledge.chronicle),
        "milestones": len(knowledge.milestones()),
        "sources": len(knowledge.sources),
    }
