"""A digest on the ledger names its kind, as it is no longer always SHA-256.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE snapshots RENAME COLUMN sha256 TO digest")
    # What is no digest stands for one: `begun with …`, `unknown until read …`.
    snapshots = sa.table("snapshots", sa.column("digest", sa.Text))
    is_digest = ~snapshots.c.digest.contains(" ")
    op.execute(sa.update(snapshots).where(is_digest).values(digest="sha256:" + snapshots.c.digest))
