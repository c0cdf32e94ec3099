"""Random phrases over a large store: how long one trend takes inside the program."""

import random
import statistics
import sys
import time
from pathlib import Path

from sqlalchemy import text

from llmsurvey.phrase import Phrase
from llmsurvey.store.survey import StoredSurvey
from llmsurvey.store.upgrade import opened
from llmsurvey.survey import Question
from llmsurvey.tokens import tokens

PHRASES = 300


def milliseconds(path: Path) -> tuple[int, float, float]:
    """Return the number of papers, and median and 99th percentile over random phrases of two to five words."""
    database = opened(str(path))
    survey = StoredSurvey(database, ())
    chance = random.Random(1)
    with database.reading() as connection:
        papers = int(connection.execute(text("SELECT COUNT(*) FROM papers")).scalar_one())
        rows = [chance.randint(1, papers) for _ in range(PHRASES)]
        found = [connection.execute(text("SELECT abstract FROM papers WHERE id = :i"), {"i": i}).scalar() for i in rows]
    phrases = []
    for abstract in found:
        words = tokens(str(abstract))
        at = chance.randrange(max(1, len(words) - 5))
        phrases.append(Phrase(" ".join(words[at : at + chance.randint(2, 5)])))
    for phrase in phrases[:20]:
        survey.series(Question(phrase))
    times = []
    for phrase in phrases:
        began = time.perf_counter()
        survey.series(Question(phrase))
        times.append((time.perf_counter() - began) * 1_000)
    return papers, statistics.median(times), statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    print(*milliseconds(Path(sys.argv[1])))
