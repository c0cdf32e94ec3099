"""Bringing papers in: which windows, what is known of them, and the run itself."""
