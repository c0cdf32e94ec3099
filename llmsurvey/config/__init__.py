"""Settings, and where each one came from: flag, environment, `llmsurvey.toml`, the user's file, or the default."""

from llmsurvey.config.loading import load
from llmsurvey.config.places import Places
from llmsurvey.config.settings import NO_CONTACT, Pace, Settings
from llmsurvey.config.table import SETTINGS, Setting

__all__ = ["NO_CONTACT", "SETTINGS", "Pace", "Places", "Setting", "Settings", "load"]
