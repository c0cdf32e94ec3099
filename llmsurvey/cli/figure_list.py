"""`llmsurvey figure list`: what can be drawn, told without the drawing library, which takes longer than the answer."""

from llmsurvey.cli.call import Json
from llmsurvey.cli.output import print_json, print_table
from llmsurvey.figures.captions import CAPTIONS


def show(*, json: Json = False) -> None:
    """List the figures that can be drawn."""
    rows = [{"name": name, "shows": caption} for name, caption in CAPTIONS.items()]
    if json:
        print_json(rows)
    else:
        print_table(("name", "shows"), [tuple(row.values()) for row in rows])
