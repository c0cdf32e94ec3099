"""Identifiers that are not as arXiv writes them are kept as they stand, no longer restored.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE snapshots RENAME COLUMN repaired TO odd_ids")
