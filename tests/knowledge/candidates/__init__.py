"""Tests of new models found in papers."""
