"""Alembic's entry: run the migrations on the connection that `upgrade.py` hands over."""

from alembic import context

from llmsurvey.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
