"""What each figure shows, in the order in which a report shows them. Known without a drawing library."""

from collections.abc import Mapping

CAPTIONS: Mapping[str, str] = {
    "papers_over_time": (
        "Cumulative number of arXiv papers that have the phrase in title or abstract, by the month of version 1, with "
        "models at the month of their release. The thin line is the curve of the published survey, arXiv:2303.18223."
    ),
    "papers_a_month": (
        "Number of arXiv papers of each month that have the phrase in title or abstract, by the month of version 1. "
        "Hollow bars are months that are not complete."
    ),
    "timeline": (
        "Timeline of large language models, by the date of the paper or else of the first event. Yellow with a round "
        "emblem: the weights can be downloaded; white with a square one: none are known that can be."
    ),
    "lineage": (
        "Lineage of a family of language models, from left to right: a solid line is explicitly attested, a dashed one "
        "inferred; a broad arrow leads to what a model serves."
    ),
    "parameters": (
        "Number of parameters of each model of the catalogue by the date of its first event, on a logarithmic scale. "
        "Of a mixture of experts all parameters count."
    ),
    "scaling": (
        "Scaling laws: loss predicted by the Chinchilla law over model size, a curve a compute budget, with the best "
        "split of each budget; and tokens over parameters of known models. Predictions, not measurements."
    ),
}
