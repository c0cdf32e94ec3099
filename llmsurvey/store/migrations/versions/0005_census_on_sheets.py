"""The census on sheets: a row holds up to a hundred papers, and the stored papers are counted as they stand.

Revision ID: 0005
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SIGNS = 2
_SHEETS_AT_ONCE = 1_000
_INSERT = """
INSERT INTO census_new (head, papers) VALUES (:head, :papers)
ON CONFLICT (head) DO UPDATE SET papers = census_new.papers || :line_end || excluded.papers
"""
"""A sheet comes in parts where longer identifiers stand between its own: 1412.610, 1412.6101, 1412.611."""


def upgrade() -> None:
    connection = op.get_bind()
    op.create_table(
        "census_new",
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("head"),
        sqlite_with_rowid=False,
    )
    unstored = sa.text(
        "SELECT arxiv_id, month, primary_category, versions FROM census "
        "WHERE arxiv_id NOT IN (SELECT arxiv_id FROM papers) ORDER BY arxiv_id"
    )
    sheets = _sheets(connection.execute(unstored.execution_options(yield_per=10_000)))
    while few := list(islice(sheets, _SHEETS_AT_ONCE)):
        connection.execute(sa.text(_INSERT), few)
    op.drop_table("census")
    op.rename_table("census_new", "census")
    op.execute("UPDATE state SET value = '1' WHERE name = 'census_recount_due'")


def _sheets(rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, str]]:
    """Yield the sheets, or parts of them, of papers that come in the order of their identifiers."""
    for head, papers in groupby(rows, key=lambda row: str(row[0])[:-_SIGNS]):
        lines = [f"{row[0][-_SIGNS:]} {row[1]} {row[2]} {row[3]}" for row in papers]
        yield {"head": head, "papers": "\n".join(lines), "line_end": "\n"}
