"""Views over the tables, for people who ask in SQL or with Datasette."""

from sqlalchemy import Connection

PAPER_MODELS = (
    "CREATE VIEW paper_models AS "
    "SELECT papers.arxiv_id, papers.title, models.name AS model, models.organisation, models.released, "
    "models.parameters, models.access "
    "FROM models JOIN papers ON papers.arxiv_id = models.arxiv_id"
)
"""The stored papers that present a model of the catalogue."""


def create(connection: Connection) -> None:
    """Make the views."""
    connection.exec_driver_sql(PAPER_MODELS)
