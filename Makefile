# Two targets matter to a newcomer: `make survey` and `make test`. Each does all the set-up itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup survey test lint types contracts bench docs clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("llmsurvey needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.12" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@if command -v uv >/dev/null 2>&1; then \
	  { test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) $(VENV); } && \
	  uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'; \
	else \
	  { test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV); } && \
	  $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'; \
	fi
	@touch $(STAMP)

setup: $(STAMP) ## make .venv and install the program with its development tools

survey: $(STAMP) ## run the main job: fetch what is missing, count, draw, write the report
	@$(BIN)/llmsurvey survey

lint: $(STAMP) ## ruff, mypy (strict) and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## lint, then the whole test suite
	$(BIN)/pytest

bench: $(STAMP) ## measure speed as ratios and write the table that README shows
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python --editable '.[bench]'; \
	else $(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'; fi
	$(BIN)/python -m benchmarks

docs: $(STAMP) ## regenerate what is generated: README blocks, schema, the committed sample report
	$(BIN)/python -m tests.generated --write
	@empty=$$(mktemp -d) && $(BIN)/llmsurvey --database "sqlite:///$$empty/empty.db" report --out reports; code=$$?; rm -rf "$$empty"; exit $$code

clean: ## remove what the other targets made, except the database and reports
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
