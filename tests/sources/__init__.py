"""Tests of llmsurvey/sources."""
