"""Curated facts with their sources, as data files, and their validating loader. No network, no database."""
