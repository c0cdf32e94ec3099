"""Types as those see them who use the package from their own code: checked by mypy, never run."""
