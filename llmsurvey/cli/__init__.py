"""The command line: it parses, calls one function of the library, and prints what comes back."""

from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process and end it."""
    # A process that multiprocessing starts imports the module that was started first, and so this one, to no use.
    from llmsurvey.cli import run  # noqa: PLC0415 - as said

    run.main()
