"""What all curated facts share: a source for each value, and the file each value comes from."""

import msgspec

PACKAGE = "package:"
"""How the name of one of the package's own files begins, where a value's origin is told."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A work that facts are taken from; facts name it by its key."""

    key: str
    title: str
    url: str
    date: str
    """When the work appeared, as exactly as known."""
    licence: str | None = None
    note: str | None = None
    origins: dict[str, str] = {}
    """The file each value comes from, by field."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A curated record. Where two files speak of one record, the later one's values hold."""

    source: str
    """Source of each value that `sources` does not name: a key with an optional place, or a citation in words."""
    sources: dict[str, str] = {}
    """Sources of single values, by field."""
    note: str | None = None
    """A caveat in words."""
    origins: dict[str, str] = {}
    """The file each value comes from, by field."""

    def source_of(self, field: str) -> str:
        """Return the source of one value."""
        return self.sources.get(field, self.source)

    def origin_of(self, field: str) -> str:
        """Return the file that one value comes from: `package:models.toml`, or a path; empty for a default."""
        return self.origins.get(field, "")
