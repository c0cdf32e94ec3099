"""A strict reader of the part of Mermaid's flowchart language that this program writes; anything else is an error."""

import re
from dataclasses import dataclass, field

_TEXT = r'"([^"\n\r]*)"'
_NODE = re.compile(rf"\s+(n\d+)\[{_TEXT}\]")
_BOX = re.compile(rf"\s+subgraph (s\d+)\[{_TEXT}\]")
_EDGE = re.compile(rf"\s+(n\d+) (-->|-\.->)\|{_TEXT}\| (n\d+)")
_NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">"}


@dataclass
class Flowchart:
    """What a flowchart says."""

    nodes: dict[str, str] = field(default_factory=dict)
    """Text by id."""
    boxes: dict[str, list[str]] = field(default_factory=dict)
    """Texts of the nodes in a box, by its title."""
    edges: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Id, arrow, label, id."""

    @staticmethod
    def read(text: str) -> "Flowchart":
        """Read a flowchart."""
        first, *lines, last = text.split("\n")
        if first != "flowchart LR" or last:
            raise ValueError("no flowchart")
        chart, box = Flowchart(), None
        for line in lines:
            if found := _NODE.fullmatch(line):
                chart.nodes[found[1]] = decoded(found[2])
                if box is not None:
                    chart.boxes[box].append(decoded(found[2]))
            elif found := _BOX.fullmatch(line):
                box = decoded(found[2])
                chart.boxes[box] = []
            elif line.strip() == "end" and box is not None:
                box = None
            elif found := _EDGE.fullmatch(line):
                chart.edges.append((found[1], found[2], decoded(found[3]), found[4]))
            else:
                raise ValueError(f"not understood: {line!r}")
        return chart


def decoded(text: str) -> str:
    """Read a string with its entity codes; a sign that has a meaning of its own must not stand there bare."""
    bare = re.sub(r"#(\d+|quot|amp|lt|gt);|<br/>", "", text)
    if re.search(r'[#&<>`\\"]', bare):
        raise ValueError(f"not escaped: {text!r}")
    return re.sub(
        r"#(\d+|\w+);|<br/>",
        lambda found: "\n" if found[0] == "<br/>" else (_NAMED.get(found[1]) or chr(int(found[1]))),
        text,
    )
