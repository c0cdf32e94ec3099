"""A loopback arXiv: the export API and OAI-PMH as they really behave, with faults on demand.

    with StandIn(papers(600), faults=[Fault(name="rate_limit", on="api", every=10)], today=date(2026, 8, 14)) as arxiv:
        ...  # arxiv.api_url, arxiv.oai_url; arxiv.add, arxiv.revise, arxiv.withdraw; arxiv.requests afterwards

From a shell: `python -m tests.standin --corpus FILE --port N [--faults PLAN]`, or `--invented N` for papers of its own.
"""

from tests.standin.faults import Fault, Plan
from tests.standin.record import Record, Version
from tests.standin.stand_in import StandIn

__all__ = ["Fault", "Plan", "Record", "StandIn", "Version"]
