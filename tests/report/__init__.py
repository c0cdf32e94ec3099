"""Tests of llmsurvey.report."""
