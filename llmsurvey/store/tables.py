"""The tables of the store. Times are ISO-8601 UTC text, months `YYYY-MM`: a person can read them.

The full-text index is not here: it is SQLite's own (see `index.py`).
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arxiv_id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("abstract", Text, nullable=False),
    Column("authors", Text, nullable=False),  # JSON array of names, in order
    Column("categories", Text, nullable=False),  # blank-separated, the primary one first
    Column("primary_category", Text, nullable=False),
    Column("month", Text, nullable=False),  # of version 1
    Column("submitted", Text, nullable=False),  # version 1
    Column("updated", Text, nullable=False),  # latest version
    Column("versions", Integer, nullable=False),
    Column("comment", Text),
    Column("journal_ref", Text),
    Column("doi", Text),
    Column("license", Text),
    Column("withdrawn", Integer, nullable=False),
    CheckConstraint("withdrawn IN (0, 1)", name="ck_papers_withdrawn"),
    CheckConstraint("versions >= 1", name="ck_papers_versions"),
    CheckConstraint("month = substr(submitted, 1, 7)", name="ck_papers_month"),
)
Index("ix_papers_month", papers.c.month, papers.c.primary_category)
# Counting the hits of a full-text query by month needs these columns of each hit and nothing else.
Index("ix_papers_count", papers.c.id, papers.c.submitted, papers.c.primary_category, papers.c.withdrawn)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arxiv_id", Text, nullable=False),
    Column("field", Text, nullable=False),  # title, abstract or withdrawn
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("day", Text, nullable=False),  # of the version that brought the change
    Column("recorded", Text, nullable=False),  # when this store learned of it
)
Index("ix_changes_day", changes.c.day)

census = Table(
    "census",
    metadata,
    # The papers that were read and not stored, a line each: denominators are counted from them and from the stored.
    Column("head", Text, nullable=False),  # what is common to the identifiers on a sheet: all but the last two signs
    Column("papers", Text, nullable=False),  # lines: last two signs, month, primary category, versions
    PrimaryKeyConstraint("head"),
    sqlite_with_rowid=False,
)

denominators = Table(
    "denominators",
    metadata,
    Column("month", Text, nullable=False),
    Column("primary_category", Text, nullable=False),
    Column("papers", Integer, nullable=False),
    PrimaryKeyConstraint("month", "primary_category"),
    sqlite_with_rowid=False,
)

identifiers = Table(
    "identifiers",
    metadata,
    # arXiv numbers the papers of a month without gaps: known against highest tells how much of it was read.
    Column("month", Text, primary_key=True),  # of the identifier, not of version 1
    Column("known", Integer, nullable=False),
    Column("highest", Integer, nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    # The ledger of files: one row a file content and way of reading it.
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("digest", Text, nullable=False),  # its kind and the digest, such as blake3:…
    Column("keep", Text, nullable=False),  # matched or all
    Column("phrases", Text, nullable=False),  # JSON array: what was tracked when it was read
    Column("status", Text, nullable=False),  # reading, complete or incomplete
    Column("records", Integer, nullable=False),
    Column("papers", Integer, nullable=False),  # different ones among the records
    Column("matched", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("odd_ids", Integer, nullable=False),  # identifiers that are not as arXiv writes them
    Column("first_month", Text),
    Column("last_month", Text),
    Column("data_date", Text),  # latest date in the data
    Column("fault", Text),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("program", Text, nullable=False),
    UniqueConstraint("digest", "keep", "phrases", name="uq_snapshots"),
    CheckConstraint("keep IN ('matched', 'all')", name="ck_snapshots_keep"),
    CheckConstraint("status IN ('reading', 'complete', 'incomplete')", name="ck_snapshots_status"),
)

windows = Table(
    "windows",
    metadata,
    # The ledger of what was asked of arXiv: one row a source, subject and window; a split one gives way to its parts.
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),  # api or oai
    Column("subject", Text, nullable=False),  # api: the phrases of the query; oai: the set
    Column("start", Text, nullable=False),  # api: a minute of submission; oai: a day of the datestamp
    Column("end", Text, nullable=False),  # inclusive
    Column("phrases", Text, nullable=False),  # JSON array: what was looked for
    Column("status", Text, nullable=False),  # open, complete or gap
    Column("expected", Integer),  # papers, as the source said; none where it does not say
    Column("received", Integer, nullable=False),  # records
    Column("papers", Integer, nullable=False),  # different ones among the records
    Column("matched", Integer, nullable=False),  # papers with a phrase that was looked for
    Column("unread", Integer, nullable=False),  # records that could not be taken
    Column("attempts", Integer, nullable=False),  # requests sent, ever
    Column("fault", Text),  # the last one: its name, and what it said
    Column("first_asked", Text, nullable=False),
    Column("last_asked", Text, nullable=False),
    Column("answered", Text),  # the source's own time of the first page
    Column("resume", Text),  # where an open window goes on: the next record's number, or the list's token
    Column("program", Text, nullable=False),
    UniqueConstraint("source", "subject", "start", name="uq_windows"),
    CheckConstraint("source IN ('api', 'oai')", name="ck_windows_source"),
    CheckConstraint("status IN ('open', 'complete', 'gap')", name="ck_windows_status"),
)

pages = Table(
    "pages",
    metadata,
    # What came in of windows that are not complete yet, so that a walk goes on where it stopped.
    Column("window", Integer, ForeignKey("windows.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),  # number of the page's first record within the window
    Column("identifiers", Text, nullable=False),  # blank-separated
    PrimaryKeyConstraint("window", "start"),
)

server_counts = Table(
    "server_counts",
    metadata,
    # What arXiv itself counts; never mixed with what is counted here.
    Column("phrase", Text, nullable=False),  # empty: all papers
    Column("month", Text, nullable=False),
    Column("papers", Integer, nullable=False),
    Column("asked", Text, nullable=False),  # the server's own time of its answer
    PrimaryKeyConstraint("phrase", "month"),
)

state = Table(
    "state",
    metadata,
    # Small facts of the store itself, such as how far the full-text index reaches.
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

models = Table(
    "models",
    metadata,
    # The catalogue of models, as curated and overlaid; `catalogue.renew` writes it, nobody else.
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # model or series
    Column("zh", Text),
    Column("organisation", Text, nullable=False),
    Column("series", Text),
    Column("arxiv_id", Text),  # of its paper, harvested or not
    Column("url", Text),
    Column("released", Text),  # first event: YYYY, YYYY-MM or YYYY-MM-DD
    Column("parameters", BigInteger),
    Column("active_parameters", BigInteger),
    Column("training_tokens", BigInteger),
    Column("access", Text),  # NULL where it is not known
    Column("open_weights", Integer, nullable=False),
    Column("note", Text),
    Column("source", Text, nullable=False),
    CheckConstraint("open_weights IN (0, 1)", name="ck_models_open_weights"),
)
Index("ix_models_arxiv_id", models.c.arxiv_id)

model_names = Table(
    "model_names",
    metadata,
    # Every name a model goes by, its own and its aliases.
    Column("name", Text, primary_key=True),
    Column("model", Text, ForeignKey(models.c.name), nullable=False),
)
Index("ix_model_names_model", model_names.c.model)

model_values = Table(
    "model_values",
    metadata,
    # Where each value of a model comes from; `published.…` is what the survey printed.
    Column("model", Text, ForeignKey(models.c.name), nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),  # package:FILE, or the path of an overlay
    PrimaryKeyConstraint("model", "field"),
)

model_events = Table(
    "model_events",
    metadata,
    Column("model", Text, ForeignKey(models.c.name), nullable=False),
    Column("kind", Text, nullable=False),  # paper, announcement, api or weights
    Column("date", Text, nullable=False),  # as exactly as known
    Column("source", Text, nullable=False),
    PrimaryKeyConstraint("model", "kind", "date"),
)
Index("ix_model_events_date", model_events.c.date)

model_edges = Table(
    "model_edges",
    metadata,
    Column("parent", Text, ForeignKey(models.c.name), nullable=False),
    Column("child", Text, ForeignKey(models.c.name), nullable=False),
    Column("relation", Text, nullable=False),
    Column("descent", Integer, nullable=False),  # whether the relation makes the parent an ancestor
    Column("evidence", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("date", Text),  # when the source said so
    Column("note", Text),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),
    PrimaryKeyConstraint("parent", "child", "relation"),
    CheckConstraint("descent IN (0, 1)", name="ck_model_edges_descent"),
    CheckConstraint("evidence IN ('explicit', 'weak')", name="ck_model_edges_evidence"),
)
Index("ix_model_edges_child", model_edges.c.child)

milestones = Table(
    "milestones",
    metadata,
    # Models marked on the curve of a phrase; a mark's model need not be in the catalogue.
    Column("phrase", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("source", Text, nullable=False),
    PrimaryKeyConstraint("phrase", "model", "month"),
)
