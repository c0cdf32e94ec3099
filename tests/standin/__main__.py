"""Serve a snapshot file as arXiv would: `python -m tests.standin --corpus FILE --port N [--faults PLAN]`."""

import argparse
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from tests.standin.corpus import Corpus, read_snapshot
from tests.standin.faults import Plan, read_plan
from tests.standin.invented import papers
from tests.standin.oai import RECORDS_A_PAGE
from tests.standin.site import system_clock
from tests.standin.stand_in import StandIn


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        plan = read_plan(options.faults) if options.faults else Plan()
        corpus = Corpus(read_snapshot(options.corpus) if options.corpus else papers(options.invented))
    except (OSError, ValueError, KeyError) as bad:
        parser.error(f"{options.faults or ''} {options.corpus or ''}: {bad!r}".strip())
    try:
        served = StandIn(
            corpus, faults=plan, clock=system_clock, today=options.today, page_size=options.page_size, port=options.port
        )
    except (OSError, OverflowError) as taken:
        parser.error(f"port {options.port} cannot be had: {taken}")
    with suppress(KeyboardInterrupt), served as arxiv:
        sys.stderr.write(f"{len(corpus)} papers\nAPI  {arxiv.api_url}\nOAI  {arxiv.oai_url}\n")
        sys.stderr.flush()
        threading.Event().wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--corpus", type=Path, help="JSON lines in the shape of the public snapshot, plain or .gz")
    source.add_argument("--invented", type=int, metavar="N", help="serve N invented papers instead")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--faults", type=Path, metavar="PLAN", help="a plan of faults, .toml or .json")
    parser.add_argument("--page-size", type=int, default=RECORDS_A_PAGE, help="OAI-PMH records a page")
    parser.add_argument("--today", type=date.fromisoformat, help="the day the stand-in believes in")
    return parser


if __name__ == "__main__":
    sys.exit(main())
