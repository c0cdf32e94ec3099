"""The doctor: a list of checks whether all that the program needs is in place. It changes nothing."""

from llmsurvey.doctor.examination import examine
from llmsurvey.doctor.finding import Finding, Status

__all__ = ["Finding", "Status", "examine"]
