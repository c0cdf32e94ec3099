"""Identifiers that are not as arXiv writes them are kept as they stand, no longer restored.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # For a while the column was made by its new name under revision 0003.
    if any(column["name"] == "repaired" for column in sa.inspect(op.get_bind()).get_columns("snapshots")):
        op.execute("ALTER TABLE snapshots RENAME COLUMN repaired TO odd_ids")
