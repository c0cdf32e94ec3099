"""Tests of llmsurvey.trends."""
