"""The ledger of what was asked of arXiv: windows, the pages of open ones, and the server's own counts.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("end", sa.Text(), nullable=False),
        sa.Column("phrases", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("first_asked", sa.Text(), nullable=False),
        sa.Column("last_asked", sa.Text(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("resume", sa.Text(), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.CheckConstraint("source IN ('api', 'oai')", name="ck_windows_source"),
        sa.CheckConstraint("status IN ('open', 'complete', 'gap')", name="ck_windows_status"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "subject", "start", name="uq_windows"),
    )
    op.create_table(
        "pages",
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["window"], ["windows.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("window", "start"),
    )
    op.create_table(
        "server_counts",
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("phrase", "month"),
    )
