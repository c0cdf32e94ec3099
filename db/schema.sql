-- The shape of an SQLite database of llmsurvey, generated from llmsurvey/store/tables.py: `make docs` writes it anew.
-- Times are ISO-8601 UTC text, months YYYY-MM.

CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);

CREATE TABLE census (
  head TEXT NOT NULL,
  papers TEXT NOT NULL,
  PRIMARY KEY (head)
)
 WITHOUT ROWID;

CREATE TABLE changes (
  id INTEGER NOT NULL,
  arxiv_id TEXT NOT NULL,
  field TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  day TEXT NOT NULL,
  recorded TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_changes_day ON changes (day);

CREATE TABLE denominators (
  month TEXT NOT NULL,
  primary_category TEXT NOT NULL,
  papers INTEGER NOT NULL,
  PRIMARY KEY (month, primary_category)
)
 WITHOUT ROWID;

CREATE TABLE identifiers (
  month TEXT NOT NULL,
  known INTEGER NOT NULL,
  highest INTEGER NOT NULL,
  PRIMARY KEY (month)
);

CREATE TABLE milestones (
  phrase TEXT NOT NULL,
  model TEXT NOT NULL,
  month TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (phrase, model, month)
);

CREATE TABLE model_edges (
  parent TEXT NOT NULL,
  child TEXT NOT NULL,
  relation TEXT NOT NULL,
  descent INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  label TEXT NOT NULL,
  date TEXT,
  note TEXT,
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (parent, child, relation),
  CONSTRAINT ck_model_edges_descent CHECK (descent IN (0, 1)),
  CONSTRAINT ck_model_edges_evidence CHECK (evidence IN ('explicit', 'weak')),
  FOREIGN KEY(parent) REFERENCES models (name),
  FOREIGN KEY(child) REFERENCES models (name)
);

CREATE INDEX ix_model_edges_child ON model_edges (child);

CREATE TABLE model_events (
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  date TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (model, kind, date),
  FOREIGN KEY(model) REFERENCES models (name)
);

CREATE INDEX ix_model_events_date ON model_events (date);

CREATE TABLE model_names (
  name TEXT NOT NULL,
  model TEXT NOT NULL,
  PRIMARY KEY (name),
  FOREIGN KEY(model) REFERENCES models (name)
);

CREATE INDEX ix_model_names_model ON model_names (model);

CREATE TABLE model_values (
  model TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (model, field),
  FOREIGN KEY(model) REFERENCES models (name)
);

CREATE TABLE models (
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  zh TEXT,
  organisation TEXT NOT NULL,
  series TEXT,
  arxiv_id TEXT,
  url TEXT,
  released TEXT,
  parameters BIGINT,
  active_parameters BIGINT,
  training_tokens BIGINT,
  access TEXT,
  open_weights INTEGER NOT NULL,
  note TEXT,
  source TEXT NOT NULL,
  PRIMARY KEY (name),
  CONSTRAINT ck_models_open_weights CHECK (open_weights IN (0, 1))
);

CREATE INDEX ix_models_arxiv_id ON models (arxiv_id);

CREATE TABLE pages (
  window INTEGER NOT NULL,
  start INTEGER NOT NULL,
  identifiers TEXT NOT NULL,
  PRIMARY KEY (window, start),
  FOREIGN KEY(window) REFERENCES windows (id) ON DELETE CASCADE
);

CREATE VIEW paper_models AS SELECT papers.arxiv_id, papers.title, models.name AS model, models.organisation, models.released, models.parameters, models.access FROM models JOIN papers ON papers.arxiv_id = models.arxiv_id;

CREATE TABLE papers (
  id INTEGER NOT NULL,
  arxiv_id TEXT NOT NULL,
  title TEXT NOT NULL,
  abstract TEXT NOT NULL,
  authors TEXT NOT NULL,
  categories TEXT NOT NULL,
  primary_category TEXT NOT NULL,
  month TEXT NOT NULL,
  submitted TEXT NOT NULL,
  updated TEXT NOT NULL,
  versions INTEGER NOT NULL,
  comment TEXT,
  journal_ref TEXT,
  doi TEXT,
  license TEXT,
  withdrawn INTEGER NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT ck_papers_withdrawn CHECK (withdrawn IN (0, 1)),
  CONSTRAINT ck_papers_versions CHECK (versions >= 1),
  CONSTRAINT ck_papers_month CHECK (month = substr(submitted, 1, 7)),
  UNIQUE (arxiv_id)
);

CREATE INDEX ix_papers_count ON papers (id, submitted, primary_category, withdrawn);

CREATE INDEX ix_papers_month ON papers (month, primary_category);

CREATE VIRTUAL TABLE papers_fts USING fts5(title, abstract, content='papers', content_rowid='id', tokenize='porter unicode61');

CREATE TABLE server_counts (
  phrase TEXT NOT NULL,
  month TEXT NOT NULL,
  papers INTEGER NOT NULL,
  asked TEXT NOT NULL,
  PRIMARY KEY (phrase, month)
);

CREATE TABLE snapshots (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  digest TEXT NOT NULL,
  keep TEXT NOT NULL,
  phrases TEXT NOT NULL,
  status TEXT NOT NULL,
  records INTEGER NOT NULL,
  papers INTEGER NOT NULL,
  matched INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  odd_ids INTEGER NOT NULL,
  first_month TEXT,
  last_month TEXT,
  data_date TEXT,
  fault TEXT,
  started TEXT NOT NULL,
  finished TEXT,
  program TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT uq_snapshots UNIQUE (digest, keep, phrases),
  CONSTRAINT ck_snapshots_keep CHECK (keep IN ('matched', 'all')),
  CONSTRAINT ck_snapshots_status CHECK (status IN ('reading', 'complete', 'incomplete'))
);

CREATE TABLE state (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE windows (
  id INTEGER NOT NULL,
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  start TEXT NOT NULL,
  "end" TEXT NOT NULL,
  phrases TEXT NOT NULL,
  status TEXT NOT NULL,
  expected INTEGER,
  received INTEGER NOT NULL,
  papers INTEGER NOT NULL,
  matched INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  fault TEXT,
  first_asked TEXT NOT NULL,
  last_asked TEXT NOT NULL,
  answered TEXT,
  resume TEXT,
  program TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT uq_windows UNIQUE (source, subject, start),
  CONSTRAINT ck_windows_source CHECK (source IN ('api', 'oai')),
  CONSTRAINT ck_windows_status CHECK (status IN ('open', 'complete', 'gap'))
);
