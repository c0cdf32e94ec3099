"""Tests of llmsurvey/store."""
