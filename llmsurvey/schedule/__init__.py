"""Unattended upkeep: a monthly and a weekly plan, as lines for cron, units for systemd, a workflow for GitHub."""
