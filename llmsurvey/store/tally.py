"""What was found in a snapshot file, or in a block of one. Pure: other processes count as well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in a file so far."""

    records: int = 0
    """Records taken, rejected ones not among them."""
    distinct: int = 0
    """Different papers among them: some dumps list a paper twice."""
    matched: int = 0
    rejected: int = 0
    odd_ids: int = 0
    """Records whose identifier is not written as arXiv writes it, and kept as it stands."""
    first_month: str | None = None
    last_month: str | None = None
    data_date: str | None = None
    """Latest date in the data."""

    def __add__(self, other: "Tally") -> "Tally":
        firsts = [month for month in (self.first_month, other.first_month) if month]
        lasts = [month for month in (self.last_month, other.last_month) if month]
        dates = [day for day in (self.data_date, other.data_date) if day]
        return Tally(
            self.records + other.records,
            self.distinct + other.distinct,
            self.matched + other.matched,
            self.rejected + other.rejected,
            self.odd_ids + other.odd_ids,
            min(firsts, default=None),
            max(lasts, default=None),
            max(dates, default=None),
        )
