"""Tests of llmsurvey/harvest."""
