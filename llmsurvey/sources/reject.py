"""The verdict on a record of the snapshot that cannot be taken."""


class Rejected(Exception):  # noqa: N818 - a verdict on one record, not a fault of the program
    """A record that cannot be taken, and why."""
