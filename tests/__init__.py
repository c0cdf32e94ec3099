"""The tests mirror the package: llmsurvey/x/y.py is tested in tests/x/test_y.py."""
