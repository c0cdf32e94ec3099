"""Small facts the store keeps about itself."""

from sqlalchemy import Connection, select

from llmsurvey.store.tables import state


def read(connection: Connection, name: str) -> str | None:
    """Return a fact, None where it was never written."""
    return connection.execute(select(state.c.value).where(state.c.name == name)).scalar()


def write(connection: Connection, name: str, value: str) -> None:
    """Write a fact over what was known."""
    if connection.execute(state.update().where(state.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(state.insert().values(name=name, value=value))
