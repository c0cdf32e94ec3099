"""Plans as a workflow of GitHub Actions that keeps database and report of a repository. No I/O."""

import json

from llmsurvey.config import SETTINGS
from llmsurvey.schedule.cron import fields
from llmsurvey.schedule.launch import Launch
from llmsurvey.schedule.plan import Timing

PLACE = ".github/workflows/llmsurvey.yml"
_OF_THE_MACHINE = {"database_url", "reports", "overlays"}
"""Settings whose values are paths of this machine."""
_VARIABLES = {"contact": "vars", "api_key": "secrets"}
"""Settings that are kept in the repository's settings, not in its files, and the context they come from."""

_WORKFLOW = """\
# {place}: keeps the survey of this repository.
#
# GitHub switches scheduled workflows off after 60 days without activity in the repository. Each run of this one ends
# with a commit, of the new report or else of one status line, and a commit counts as activity: it stays alive.
# {secrets}
name: llmsurvey

on:
  schedule:
    # In UTC, at minutes that are not crowded, not between 20:00 and 00:30 in US Eastern time, when arXiv announces.
    - cron: "{monthly}"  # monthly: llmsurvey survey
    - cron: "{weekly}"  # weekly: llmsurvey harvest
  workflow_dispatch:

permissions:
  contents: write  # to commit the report
  actions: read  # to find the database that an earlier run has left

concurrency:
  group: llmsurvey
  cancel-in-progress: false

jobs:
  upkeep:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    env:
{environment}
    steps:
      - uses: actions/checkout@v5

      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
          cache: pip

      - name: Install the program from this repository
        run: python -m pip install --constraint constraints.txt .

      - name: Restore the database from the cache
        id: cache
        uses: actions/cache/restore@v5
        with:
          path: |
{database}
          key: llmsurvey-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
          restore-keys: llmsurvey-

      # A cache that nobody has asked for in 7 days is removed; the artifact lives longer.
      - name: Restore the database from the latest artifact
        if: steps.cache.outputs.cache-matched-key == ''
        env:
          GH_TOKEN: ${{{{ github.token }}}}
        run: gh run download --name llmsurvey-database --dir db || echo "No database yet; this run begins one."

      - name: Run the plan
        id: plan
        env:
          PLAN: ${{{{ github.event.schedule == '{weekly}' && 'harvest' || 'survey' }}}}
        run: |
          set +e
          timeout --signal=INT 320m llmsurvey "$PLAN" --quiet
          code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          # 3: done, but gaps remain, which the next run refills. 124: out of time; the next run goes on from here.
          case $code in 0|3|124) exit 0 ;; *) exit "$code" ;; esac

      - name: Keep the database in the cache
        if: always() && steps.plan.outcome != 'skipped'
        uses: actions/cache/save@v5
        with:
          path: |
{database}
          key: llmsurvey-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}

      - name: Keep the database as an artifact
        if: always() && steps.plan.outcome != 'skipped'
        uses: actions/upload-artifact@v6
        with:
          name: llmsurvey-database
          path: |
{database}
          retention-days: 35
          overwrite: true
          if-no-files-found: warn

      - name: Commit the report, or else one status line
        if: always() && steps.plan.outcome != 'skipped'
        env:
          CODE: ${{{{ steps.plan.outputs.code }}}}
        run: |
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          mkdir -p {reports}
          git add --all -- {reports}
          if git diff --cached --quiet; then
            echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) exit $CODE, $(llmsurvey --version)" > {reports}/last_run.txt
            git add -- {reports}/last_run.txt
            git commit --message "Upkeep: no new report (exit $CODE)"
          else
            git commit --message "Upkeep: new report (exit $CODE)"
          fi
          git pull --rebase && git push
"""
_DATABASE_FILES = ("db/llmsurvey.db*", "db/status.json")
_REPORTS = "reports"
"""The folder that is committed, whatever the repository's own settings say."""


def workflow(launch: Launch, times: dict[str, Timing]) -> str:
    """Return the workflow's text; `times` are in UTC, by the plan's name."""
    return _WORKFLOW.format(
        place=PLACE,
        monthly=fields(times["monthly"]),
        weekly=fields(times["weekly"]),
        environment="\n".join(f"      {name}: {value}" for name, value in _environment(launch).items()),
        database="\n".join(f"            {file}" for file in _DATABASE_FILES),
        reports=_REPORTS,
        secrets="LLMSURVEY_API_KEY is read from the repository's secrets, LLMSURVEY_CONTACT from its variables.",
    )


def _environment(launch: Launch) -> dict[str, str]:
    """Return the settings that hold on any machine, as YAML values."""
    chosen = {"LLMSURVEY_DATABASE_URL": _scalar("sqlite:///db/llmsurvey.db"), "LLMSURVEY_REPORTS": _scalar(_REPORTS)}
    for setting in SETTINGS:
        if not setting.variable or setting.name in _OF_THE_MACHINE:
            continue
        if setting.name in _VARIABLES:
            chosen[setting.variable] = f"${{{{ {_VARIABLES[setting.name]}.{setting.variable} }}}}"
        elif setting.variable in launch.environment:
            chosen[setting.variable] = _scalar(launch.environment[setting.variable])
    return chosen


def _scalar(text: str) -> str:
    """Quote a text for YAML, whose double-quoted form holds JSON's; GitHub's expressions are kept from being one."""
    return json.dumps(text, ensure_ascii=False).replace("${{", "${{ '${{' }}")
