"""The command line: it parses, calls one function of the library, and prints what comes back."""

from llmsurvey.cli.run import main

__all__ = ["main"]
