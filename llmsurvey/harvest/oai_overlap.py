"""Whether a list of OAI-PMH still stands where it stood: each page begins with the record that the last one ended with.

arXiv's tokens say how many records of a day to skip. When one of them is modified it moves to a later day, and as many
others would be passed over for good, since theirs is an old day. A page that begins one record earlier shows it.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from llmsurvey.sources import resumption
from llmsurvey.sources.arxiv_oai import Listing
from llmsurvey.sources.base import Page
from llmsurvey.sources.faults import ExpiredToken, MovedList

LONG_PAGE: Final = 25
"""Records from which on every page overlaps, so that it costs no more than one request in so many.

arXiv's pages have 1,300. Behind an interruption, which can last for days, shorter ones overlap as well.
"""


def length(page: Page[Listing]) -> int:
    """Return how many records a page has."""
    return len(page.identifiers) + len(page.deleted)


class Overlap:
    """The overlap of one list's pages, as far as its server allows it."""

    def __init__(self, *, is_due: bool) -> None:
        self._is_due, self._is_allowed = is_due, True
        self._left_out = 0

    def length(self, page: Page[Listing]) -> int:
        """Return how many records a page had when it came."""
        return length(page) + self._left_out

    def taken(self, page: Page[Listing]) -> None:
        """Note that a page came in: behind a long one the next page overlaps with it."""
        self._is_due = self.length(page) >= LONG_PAGE

    def page(
        self, listing: Listing, before: Collection[str], answer: Callable[[Listing], Page[Listing]]
    ) -> Page[Listing]:
        """Return what `answer` gives for a listing, beyond the page with the identifiers `before`.

        Raises `MovedList` where records may have been passed over.
        """
        self._left_out = 0
        if not (self._is_due and self._is_allowed and before and listing.token):
            return answer(listing)
        one_back = resumption.back(listing.token, 1)
        if one_back is None:
            return answer(listing)
        try:
            page = answer(replace(listing, token=one_back))
        except ExpiredToken:  # a server that takes no token but its own
            self._is_allowed = False
            return answer(listing)
        if _meets(page, before):
            return self._rest(page, listing, before, answer)
        page_back = resumption.back(listing.token, len(before))
        page = answer(replace(listing, token=page_back)) if page_back else page
        if not _meets(page, before):
            raise MovedList("records left the list between two of its pages")
        return page

    def _rest(
        self, page: Page[Listing], listing: Listing, before: Collection[str], answer: Callable[[Listing], Page[Listing]]
    ) -> Page[Listing]:
        """Return the page without the record that came before."""
        following = page.following
        if following and following.token and listing.token and not _is_later(following.token, listing.token):
            return answer(listing)  # a page of one record, which is the old one
        if page.papers and page.papers[0].arxiv_id in before:
            self._left_out = 1
            return replace(page, papers=page.papers[1:])
        return page


def _meets(page: Page[Listing], before: Collection[str]) -> bool:
    return not set(before).isdisjoint((*page.identifiers, *page.deleted))


def _is_later(token: str, other: str) -> bool:
    one, two = resumption.place(token), resumption.place(other)
    return one is None or two is None or one > two
