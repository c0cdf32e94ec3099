"""Reading TOML."""

import pytest

from llmsurvey.knowledge.toml import NotTomlError, tables


def test_a_byte_order_mark_is_passed_over() -> None:
    """An editor's mark at the beginning does no harm."""
    assert tables("\ufeffa = 1".encode()) == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"\xff\xfe", "UTF-8"), (b"a == 1", "line 1"), (b"\x89PNG\r\n", "UTF-8"), (b"a = " + b"[" * 100_000, ".")],
)
def test_what_is_not_toml_is_named(raw: bytes, why: str) -> None:
    """Bytes that are no text, no TOML or nested without end give one error that says which."""
    with pytest.raises(NotTomlError, match=why):
        tables(raw)
