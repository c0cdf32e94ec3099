"""Bands: groups of cells packed into rows of columns, so that a long row of groups fills a page. Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one group stands: in columns side by side, from the first one on."""

    group: int
    first: int
    columns: int
    size: int

    @property
    def rows(self) -> int:
        """Cells of its highest column."""
        return -(-self.size // self.columns)


Band = tuple[Stand, ...]


def packed(sizes: Sequence[int], columns: int, overhead: float) -> tuple[Band, ...]:
    """Pack groups of so many cells, in their order, into bands of so many columns, as low as possible in all.

    `overhead` is what each band costs beside its cells, in heights of a cell. An empty group takes one column.
    """
    if not sizes:
        return ()
    highest = range(-(-max(sizes) // columns) or 1, max(*sizes, 1) + 1)
    packings = (_widened(_greedy(sizes, columns, rows), columns) for rows in highest)
    return min(packings, key=lambda bands: sum(height(band) + overhead for band in bands))


def height(band: Band) -> int:
    """Return the cells of a band's highest column."""
    return max(stand.rows for stand in band)


def _greedy(sizes: Sequence[int], columns: int, rows: int) -> list[list[Stand]]:
    """Fill band after band, with no column higher than `rows`."""
    bands: list[list[Stand]] = []
    for group, size in enumerate(sizes):
        wide = -(-size // rows) or 1
        last = bands[-1][-1] if bands else None
        first = last.first + last.columns if last else columns
        if first + wide > columns:
            bands.append([])
            first = 0
        bands[-1].append(Stand(group, first, wide, size))
    return bands


def _widened(bands: list[list[Stand]], columns: int) -> tuple[Band, ...]:
    """Give the columns that a band has left to its highest groups."""
    return tuple(_spread(band, columns) for band in bands)


def _spread(band: list[Stand], columns: int) -> Band:
    wide = [stand.columns for stand in band]
    for _ in range(columns - sum(wide)):
        highest = max(range(len(band)), key=lambda i: -(-band[i].size // wide[i]))
        if band[highest].size <= wide[highest]:
            break
        wide[highest] += 1
    firsts = [sum(wide[:i]) for i in range(len(band))]
    return tuple(
        Stand(stand.group, first, width, stand.size) for stand, first, width in zip(band, firsts, wide, strict=True)
    )
