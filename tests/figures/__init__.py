"""Tests of llmsurvey.figures."""
