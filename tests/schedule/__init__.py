"""Tests of the plans for unattended upkeep."""
