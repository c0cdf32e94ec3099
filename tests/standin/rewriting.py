"""What arXiv's API makes of a search query before it reads it: dates padded, prefixes and operators put in. Pure.

Observed in arXiv's own server (arxiv-search, "adapt query"): queries that do not follow the manual are not refused
but rewritten into something else, and the feed's title shows what.
"""

import calendar
import re
from itertools import pairwise
from typing import NamedTuple

_OPERATORS = ("AND", "ANDNOT", "NOT", "OR")
_FIELDS = ("abs", "all", "au", "cat", "co", "doi", "id", "jr", "lastUpdatedDate", "rn", "submittedDate", "ti", "title")
_PREFIXES = tuple(f"{field}:" for field in _FIELDS)
_WORD = re.compile(rf'"[^"]*"|[()]|\b(?:{"|".join(_OPERATORS)})\b(?=[()\s]|$)|{"|".join(_PREFIXES)}|[^"()\s]+')
_RANGE = re.compile(r"submittedDate:\[([\d-]{4,14}) TO ([\d-]{4,14})\]")
_MINUTES = 12
"""Digits of a date to the minute: YYYYMMDDhhmm."""


class Token(NamedTuple):
    """One word of a query and what it is: `prefix`, `operator`, `open`, `close` or `text`."""

    kind: str
    text: str


def adapted(query: str) -> str:
    """Return the query as arXiv rewrites it; empty where nothing is left."""
    query = query.replace("\r", " ").replace("\n", " ").replace("lastUpdatedDate:", "submittedDate:")
    tokens = [_token(word) for word in _WORD.findall(_RANGE.sub(_padded_range, query))]
    for repair in _REPAIRS:
        tokens = repair(tokens)
    return _written(tokens)


def _padded_range(found: re.Match[str]) -> str:
    return f'submittedDate:"{padded(found[1], start=True)} TO {padded(found[2], start=False)}"'


def padded(day: str, *, start: bool) -> str:
    """Pad YYYY, YYYYMM or YYYYMMDD to the first or the last minute of that time; cut seconds off."""
    if not day.isdigit():
        return day
    day = day[:_MINUTES]
    match len(day):
        case 4:
            return day + ("01010000" if start else "12312359")
        case 6 if 1 <= int(day[4:]) <= _MINUTES:
            last = calendar.monthrange(int(day[:4]), int(day[4:]))[1]
            return f"{day}010000" if start else f"{day}{last}2359"
        case 8:
            return day + ("0000" if start else "2359")
        case _:
            return day


def _token(word: str) -> Token:
    if word in _OPERATORS:
        return Token("operator", word)
    if word in _PREFIXES:
        return Token("prefix", word)
    return Token({"(": "open", ")": "close"}.get(word, "text"), word)


def _not_to_andnot(tokens: list[Token]) -> list[Token]:
    done: list[Token] = []
    for token in tokens:
        if token == Token("operator", "NOT"):
            if done and done[-1] == Token("operator", "AND"):
                done.pop()
            done.append(Token("operator", "ANDNOT"))
        else:
            done.append(token)
    return done


def _prefix_into_parentheses(tokens: list[Token]) -> list[Token]:
    """Write `ti:(a b)` as `(ti:a ti:b)`."""
    done: list[Token] = []
    outer, depth = Token("prefix", ""), 0
    for token in tokens:
        before = done[-1].kind if done else ""
        if not depth and token.kind == "open" and before == "prefix":
            outer, depth = done.pop(), 1
        elif depth:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            if token.kind == "text" and before != "prefix":
                done.append(outer)
        done.append(token)
    return done


def _missing_prefixes(tokens: list[Token]) -> list[Token]:
    done: list[Token] = []
    for token in tokens:
        if token.kind == "text" and not (done and done[-1].kind == "prefix"):
            done.append(Token("prefix", "all:"))
        done.append(token)
    return done


def _last_of_doubled_operators(tokens: list[Token]) -> list[Token]:
    done: list[Token] = []
    for token in tokens:
        if token.kind == "operator" and done and done[-1].kind == "operator":
            done.pop()
        done.append(token)
    return done


def _missing_operators(tokens: list[Token]) -> list[Token]:
    """Join what stands side by side with OR, not with AND."""
    done: list[Token] = []
    for token in tokens:
        before = done[-1].kind if done else ""
        two_terms = before in {"close", "text"} and token.kind in {"prefix", "open", "text"}
        if two_terms or (before == "prefix" and token.kind == "prefix"):
            done.append(Token("operator", "OR"))
        done.append(token)
    return done


def _author_underscores(tokens: list[Token]) -> list[Token]:
    """Write `au:del_maestro` as `au:"del maestro"`; the server looks at the query's second word only, a known bug."""
    done = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind == "text" and place and tokens[place - 1].text == "au:" and "_" in done[1].text:
            name = done[1].text.replace("_", " ")
            done[place] = Token("text", name if '"' in name else f'"{name}"')
    return done


def _title_to_ti(tokens: list[Token]) -> list[Token]:
    return [Token("prefix", "ti:") if token == Token("prefix", "title:") else token for token in tokens]


def _empty_prefixes(tokens: list[Token]) -> list[Token]:
    pairs = pairwise([*tokens, Token("", "")])
    return [token for token, after in pairs if token.kind != "prefix" or after.kind == "text"]


_REPAIRS = (
    _not_to_andnot,
    _prefix_into_parentheses,
    _missing_prefixes,
    _last_of_doubled_operators,
    _missing_operators,
    _author_underscores,
    _title_to_ti,
    _empty_prefixes,
)
"""In the server's order, which matters: an empty prefix goes last and can leave an operator without its term."""


def _written(tokens: list[Token]) -> str:
    close = {("open", "prefix"), ("text", "close"), ("prefix", "text")}
    text = ""
    before = ""
    for token in tokens:
        text += token.text if (before, token.kind) in close else f" {token.text}"
        before = token.kind
    return text.strip()
