"""The catalogue of models: its values, names, events, edges and marks, joined to the papers by arXiv id.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "milestones",
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("phrase", "model", "month"),
    )
    _models()
    _of_models()
    op.execute(
        "CREATE VIEW paper_models AS "
        "SELECT papers.arxiv_id, papers.title, models.name AS model, models.organisation, models.released, "
        "models.parameters, models.access "
        "FROM models JOIN papers ON papers.arxiv_id = models.arxiv_id"
    )


def _models() -> None:
    op.create_table(
        "models",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("arxiv_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("released", sa.Text(), nullable=True),
        sa.Column("parameters", sa.BigInteger(), nullable=True),
        sa.Column("active_parameters", sa.BigInteger(), nullable=True),
        sa.Column("training_tokens", sa.BigInteger(), nullable=True),
        sa.Column("access", sa.Text(), nullable=True),
        sa.Column("open_weights", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("open_weights IN (0, 1)", name="ck_models_open_weights"),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("ix_models_arxiv_id", "models", ["arxiv_id"], unique=False)


def _of_models() -> None:
    op.create_table(
        "model_edges",
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("child", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("descent", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint("descent IN (0, 1)", name="ck_model_edges_descent"),
        sa.CheckConstraint("evidence IN ('explicit', 'weak')", name="ck_model_edges_evidence"),
        sa.ForeignKeyConstraint(["child"], ["models.name"]),
        sa.ForeignKeyConstraint(["parent"], ["models.name"]),
        sa.PrimaryKeyConstraint("parent", "child", "relation"),
    )
    op.create_index("ix_model_edges_child", "model_edges", ["child"], unique=False)
    op.create_table(
        "model_events",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["model"], ["models.name"]),
        sa.PrimaryKeyConstraint("model", "kind", "date"),
    )
    op.create_index("ix_model_events_date", "model_events", ["date"], unique=False)
    op.create_table(
        "model_names",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["model"], ["models.name"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("ix_model_names_model", "model_names", ["model"], unique=False)
    op.create_table(
        "model_values",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["model"], ["models.name"]),
        sa.PrimaryKeyConstraint("model", "field"),
    )
