"""The store: papers, counts and the ledger in one database, through SQLAlchemy."""
