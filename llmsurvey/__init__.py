"""A living literature survey: papers harvested by phrase, counted exactly, figures redrawn from data."""

__version__ = "0.1.0"
