"""The query language of arXiv's API after rewriting: terms, three operators, parentheses, and no precedence. Pure.

The server's parser nests to the right: `A AND B OR C` is `A AND (B OR C)`.
"""

import re
from dataclasses import dataclass

FIELDS = ("ti", "au", "abs", "co", "doi", "jr", "cat", "rn", "id", "submittedDate", "all")
_TOKEN = re.compile(
    rf"\s*(?:(?P<bracket>[()])|(?P<field>{'|'.join(FIELDS)})\s*:\s*(?P<value>\"[^\"]*\"|[^\s\"()]+)"
    r"|(?P<operator>ANDNOT|AND|OR)(?=[\s()]|$))"
)


class BadQuery(ValueError):  # noqa: N818 - named by what is wrong
    """The query cannot be read; the API answers 400."""

    def __init__(self, query: str) -> None:
        super().__init__(f"Invalid query string: '{query}'")


@dataclass(frozen=True, slots=True)
class Term:
    """A value looked for in a field."""

    field: str
    value: str
    quoted: bool = False

    def __str__(self) -> str:
        return f'{self.field}:"{self.value}"' if self.quoted else f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Both:
    """Two expressions joined by AND, OR or ANDNOT."""

    operator: str
    left: "Node"
    right: "Node"

    def __str__(self) -> str:
        text, node, open_brackets = "", self, 0
        while isinstance(node.right, Both):  # a loop, as chains of some hundred terms are usual
            text += f"{_nested(node.left)} {node.operator} ("
            node, open_brackets = node.right, open_brackets + 1
        return f"{text}{_nested(node.left)} {node.operator} {_nested(node.right)}{')' * open_brackets}"


@dataclass(frozen=True, slots=True)
class Without:
    """Everything but an expression: a leading ANDNOT."""

    inner: "Node"

    def __str__(self) -> str:
        return f"ANDNOT {_nested(self.inner)}"


Node = Term | Both | Without


def _nested(node: Node) -> str:
    return str(node) if isinstance(node, Term) else f"({node})"


def parsed(query: str) -> Node:
    """Read a rewritten query; raise BadQuery where the grammar does not hold."""
    tokens: list[re.Match[str]] = []
    place = 0
    while query[place:].strip():
        token = _TOKEN.match(query, place)
        if not token:
            raise BadQuery(query)
        tokens.append(token)
        place = token.end()
    node, rest = _expression(query, tokens)
    if rest:
        raise BadQuery(query)
    return node


def _expression(query: str, tokens: list[re.Match[str]]) -> tuple[Node, list[re.Match[str]]]:
    if tokens and tokens[0]["operator"] == "ANDNOT":
        inner, rest = _expression(query, tokens[1:])
        return Without(inner), rest
    left, rest = _operand(query, tokens)
    if rest and rest[0]["operator"]:
        right, remaining = _expression(query, rest[1:])
        return Both(rest[0]["operator"], left, right), remaining
    return left, rest


def _operand(query: str, tokens: list[re.Match[str]]) -> tuple[Node, list[re.Match[str]]]:
    if tokens and tokens[0]["field"]:
        value = tokens[0]["value"]
        quoted = value.startswith('"')
        return Term(tokens[0]["field"], value.strip('"').strip() if quoted else value, quoted), tokens[1:]
    if tokens and tokens[0]["bracket"] == "(":
        inner, rest = _expression(query, tokens[1:])
        if rest and rest[0]["bracket"] == ")":
            return inner, rest[1:]
    raise BadQuery(query)
