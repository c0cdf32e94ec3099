"""Which months of which phrase the API was asked for, by the ledger. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from llmsurvey.month import SETTLING_DAYS, Month
from llmsurvey.phrase import Phrase
from llmsurvey.store.ledger import API, Entry, reach
from llmsurvey.survey import TrackedPhrase


def first_minute(month: Month) -> str:
    """Return where a month's windows begin; the month before ends there too."""
    return f"{month}-01T00:00Z"


def settling(month: Month) -> str:
    """Return the day from which an answer holds all of a month."""
    return (month.last_day + timedelta(days=SETTLING_DAYS)).isoformat()


class Asked:
    """The API's windows by month. None of them crosses the border of a month."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._of: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.source == API:
                self._of[entry.start[:7]].append(entry)

    def windows(self, month: Month) -> tuple[Entry, ...]:
        """Return the windows of a month, whatever they looked for."""
        return tuple(self._of.get(str(month), ()))

    def months(self) -> tuple[Month, ...]:
        """Return the months with a window, in order."""
        return tuple(map(Month.parse, sorted(self._of)))

    def looking_for(self, phrase: Phrase, month: Month) -> tuple[Entry, ...]:
        """Return the windows of a month whose papers hold all that match a phrase."""
        return tuple(entry for entry in self.windows(month) if looks_for(entry, phrase))

    def is_whole(self, phrase: Phrase, month: Month, not_before: str) -> bool:
        """Tell whether all of a month came in for a phrase, by answers of this day or time or of later ones."""
        whole = [
            entry
            for entry in self.looking_for(phrase, month)
            if entry.is_whole and (entry.answered or "") >= not_before
        ]
        return bool(whole) and reach(whole, first_minute(month)) >= first_minute(month + 1)

    def is_final(self, phrase: Phrase, month: Month, as_of: date) -> bool:
        """Tell whether all of a month came in for a phrase after the month had settled, which it has by `as_of`."""
        return month.settled_by(as_of) and self.is_whole(phrase, month, settling(month))


def looks_for(entry: Entry, phrase: Phrase) -> bool:
    """Tell whether a window's papers hold all that match a phrase."""
    return any(_covers(text, phrase.text) for text in entry.phrases)


@lru_cache(maxsize=4096)
def _covers(text: str, other: str) -> bool:
    return Phrase(text).covers(Phrase(other))


def needed(tracked: Iterable[TrackedPhrase], month: Month) -> list[Phrase]:
    """Return the phrases that must be asked for in a month: those that no other one of this month covers."""
    phrases = [each.phrase for each in tracked if each.since <= month]
    return [
        phrase
        for place, phrase in enumerate(phrases)
        if not any(
            other.covers(phrase) and (at < place or not phrase.covers(other))
            for at, other in enumerate(phrases)
            if at != place
        )
    ]
