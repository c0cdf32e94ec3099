"""The catalogue in the store: as the facts have it, and changed only where they changed."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from llmsurvey.knowledge.beside import FactsFolder
from llmsurvey.knowledge.catalogue import Knowledge, load
from llmsurvey.knowledge.published import knowledge_date
from llmsurvey.store.catalogue import Renewed, renew
from llmsurvey.store.database import Database
from llmsurvey.store.lookup import looked_up
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened
from tests.knowledge.layers import entry, layer
from tests.lineage.family import edge, family, model, ugly_family
from tests.store.stores import contents, store
from tests.stored_papers import a_paper, a_store

CORRECTION = """
[[model]]
name = "GPT-3"
parameters = "174B"
source = "an invented correction"
"""
MOVED = """
[[model]]
name = "Alpaca"
hide = true

[[model]]
name = "Stanford Alpaca 7B"
aliases = ["Alpaca"]
organisation = "Stanford University"
source = "an invented correction"
"""


def renewed(database: Database, knowledge: Knowledge) -> Renewed:
    """Renew a store's catalogue."""
    with database.writing() as connection:
        return renew(connection, knowledge)


def asked(database: Database, question: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """Ask in SQL, as a person would."""
    with closing(sqlite3.connect(str(database.path))) as connection:
        return connection.execute(question, values).fetchall()


def overlay(folder: Path, text: str) -> list[Path]:
    """Write a user's file."""
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return [path]


def test_every_model_edge_event_and_mark_is_in_its_table(tmp_path: Path) -> None:
    """Nothing of the package's facts is lost on the way."""
    database, knowledge = store(tmp_path), load()
    renewed(database, knowledge)
    wanted = {
        "models": len(knowledge.models),
        "model_edges": len(knowledge.edges),
        "model_events": sum(len(each.events) for each in knowledge.models),
        "model_names": sum(1 + len(each.aliases) for each in knowledge.models),
        "milestones": len(knowledge.milestones()),
    }
    assert {table: asked(database, f"SELECT count(*) FROM {table}")[0][0] for table in wanted} == wanted
    assert asked(database, "PRAGMA foreign_key_check") == []


def test_the_same_facts_change_nothing(tmp_path: Path) -> None:
    """Loading again writes no row."""
    database = store(tmp_path)
    renewed(database, load())
    before = contents(database)
    assert renewed(database, load()) == Renewed(0, 0, 0)
    assert contents(database) == before


def test_a_correction_changes_its_rows_and_nothing_else(tmp_path: Path) -> None:
    """A corrected size touches the model and the record of that value, which names the user's file."""
    database = store(tmp_path)
    renewed(database, load())
    mine = overlay(tmp_path, CORRECTION)
    assert renewed(database, load(mine)) == Renewed(added=0, changed=2, removed=0)
    question = "SELECT value, source, origin FROM model_values WHERE model = 'GPT-3' AND field = 'parameters'"
    assert asked(database, question) == [("174000000000", "an invented correction", str(mine[0]))]


@pytest.mark.parametrize("text", [CORRECTION, MOVED])
def test_without_the_overlay_the_catalogue_is_as_it_was(tmp_path: Path, text: str) -> None:
    """Taking a user's file away undoes all that it did, also where a name had moved to another model."""
    database = store(tmp_path)
    renewed(database, load())
    before = contents(database)
    assert renewed(database, load(overlay(tmp_path, text))) != Renewed(0, 0, 0)
    assert contents(database) != before
    renewed(database, load())
    assert contents(database) == before


def test_names_of_any_kind_and_sizes_of_any_length_are_kept(tmp_path: Path) -> None:
    """Quotes, line ends and Chinese arrive as they are; a thousand trillion parameters too."""
    database = store(tmp_path)
    ugly = ugly_family().knowledge
    renewed(database, ugly)
    assert {name for (name,) in asked(database, "SELECT name FROM models")} == {each.name for each in ugly.models}
    large = family([model("A", parameters=10**15), "B"], [edge("A", "B"), edge("A", "B", "weak serves")]).knowledge
    renewed(database, large)
    assert asked(database, "SELECT name, parameters FROM models ORDER BY 1") == [("A", 10**15), ("B", None)]
    assert asked(database, "SELECT relation, descent FROM model_edges ORDER BY 1") == [("fine-tuned", 1), ("serves", 0)]


def test_papers_are_joined_to_the_models_they_present(tmp_path: Path) -> None:
    """By arXiv id, in the view for SQL and in what is told of one paper."""
    database = a_store(tmp_path / "s.db", [a_paper("2302.13971"), a_paper("2303.99999")])
    assert looked_up(database, "2302.13971").models == ()
    renewed(database, load())
    assert asked(database, "SELECT arxiv_id, model, organisation FROM paper_models") == [
        ("2302.13971", "LLaMA", "Meta")
    ]
    assert looked_up(database, "2302.13971").models == ("LLaMA",)
    assert looked_up(database, "2303.99999").models == ()


def test_ancestors_can_be_asked_in_sql(tmp_path: Path) -> None:
    """A recursive query over the edges of descent finds what the lineage finds."""
    database = store(tmp_path)
    renewed(database, load())
    question = (
        "WITH RECURSIVE above(name) AS (SELECT 'Alpaca' UNION SELECT parent FROM model_edges "
        "JOIN above ON child = above.name WHERE descent) SELECT name FROM above WHERE name != 'Alpaca'"
    )
    assert asked(database, question) == [("LLaMA",)]


def test_without_papers_a_survey_is_as_of_the_newest_facts(tmp_path: Path) -> None:
    """Those of the package, or of an imported catalogue that reaches further."""
    database = opened(str(tmp_path / "s.db"))
    assert StoredSurvey(database, ()).as_of == knowledge_date()
    later = structs.replace(layer(entry("Nova", date="2025-02-03")), data_date="2025-02-03")
    FactsFolder.beside(database.path).keep(later)
    survey = StoredSurvey(database, ())
    assert survey.as_of == date(2025, 2, 3)
    assert survey.knowledge.find("Nova").known_on(survey.as_of)
    database.close()
