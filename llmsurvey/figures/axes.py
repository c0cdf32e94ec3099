"""The axes all pictures share: months from left to right, numbers of papers upwards."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from llmsurvey.figures.sheet import wrapped
from llmsurvey.figures.style import BODY, SCREEN_DPI
from llmsurvey.knowledge.quantity import written
from llmsurvey.month import Month

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_YEAR_PIXELS, _MONTH_PIXELS = 44, 68
"""What a tick's label takes: `2018` and `2018-06`, each with the space around it."""
_MILLION = 1_000_000
_YEAR = 12
_HIGHEST_LOSS = 4.5
_MOST_POWERS = 9
"""Of ten, on a logarithmic axis."""


def position(month: Month) -> int:
    """Return where a month stands on the time axis."""
    return month.year * _YEAR + month.month - 1


def time_axis(axes: Axes, first: Month, last: Month) -> None:
    """Span the months from the first to the last, with as many ticks as are readable."""
    room = max((last - first) * 0.03, 0.7)
    axes.set_xlim(position(first) - room, position(last) + room)
    pixels_a_month = axes.get_window_extent().width / (last - first + 2 * room)
    needs = {step: _YEAR_PIXELS if step >= _YEAR else _MONTH_PIXELS for step in _STEPS}
    step = next((step for step in _STEPS if step * pixels_a_month >= needs[step]), _STEPS[-1] * 5)
    ticks = [tick for tick in range(position(first), position(last) + 1) if tick % step == 0]
    if len(ticks) < 2:  # noqa: PLR2004 - a lone tick gives no scale
        ticks = sorted({position(first), position(last)})
    axes.set_xticks(ticks, [_tick(tick, step) for tick in ticks])


def _tick(position_: int, step: int) -> str:
    year, month = divmod(position_, _YEAR)
    return f"{year:04}" if step >= _YEAR and month == 0 else f"{year:04}-{month + 1:02}"


def paper_axis(axes: Axes, largest: float, label: str, *, log: bool) -> None:
    """Scale upwards from 0; a logarithmic scale is linear below 1, so that a month without a paper can be seen."""
    largest = max(largest, 1)
    if log:
        axes.set_yscale("symlog", linthresh=1, linscale=0.4)
        powers = [0, *(10**power for power in range(len(str(int(largest)))))]
        axes.set_yticks(powers)
        axes.set_ylim(0, largest * 2.2)
    else:
        top = largest * 1.08
        ticks = MaxNLocator(nbins=6, integer=True, min_n_ticks=1).tick_values(0, top)
        axes.set_yticks([tick for tick in ticks if 0 <= tick <= top])
        axes.set_ylim(0, top)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    axes.minorticks_off()
    axes.grid(visible=True, axis="y")
    height = axes.get_window_extent().height / SCREEN_DPI
    axes.set_ylabel("\n".join(wrapped(f"{label} (log scale)" if log else label, height, BODY)))


def size_axis(axes: Axes, which: Literal["x", "y"], sizes: Sequence[float], label: str) -> None:
    """Scale an axis logarithmically around some sizes, and write them as people do: `1B`, `100B`, `1.4T`."""
    low, high = min(sizes), max(sizes)
    room = max((high / low) ** 0.06, 1.5)
    low, high = low / room, high * room
    axes.set(**{f"{which}scale": "log", f"{which}lim": (low, high), f"{which}label": label})
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    step = -(-len(powers) // _MOST_POWERS)
    ticks = [10.0**power for power in powers if power % step == 0 and low <= 10.0**power <= high] or [min(sizes)]
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_ticks(ticks, labels=[written(tick) for tick in ticks])
    axis.set_minor_locator(NullLocator())
    axes.grid(visible=True, axis=which)


def loss_axis(axes: Axes, losses: Sequence[float], label: str) -> None:
    """Scale losses upwards, logarithmically, with ticks that people know."""
    low, high = min(losses) * 0.98, min(max(losses), _HIGHEST_LOSS)
    axes.set_yscale("log")
    axes.set_ylim(low, high)
    ticks = [tick for tick in (1, 1.2, 1.5, 1.7, 2, 2.5, 3, 4, 5) if low <= tick <= high]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.grid(visible=True, axis="y")
    axes.set_ylabel(label)


def short(value: float) -> str:
    """Write a number of papers in at most seven letters: `12,000`, `1.5M`."""
    return f"{value / _MILLION:,.4g}M" if value >= _MILLION else f"{value:,.0f}"
