"""A loopback arXiv: the export API and OAI-PMH as they really behave, with faults on demand."""

from tests.standin.faults import Fault, Plan
from tests.standin.record import Record, Version
from tests.standin.stand_in import StandIn

__all__ = ["Fault", "Plan", "Record", "StandIn", "Version"]
