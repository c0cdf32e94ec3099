"""What all tests share: laws are not timed, since no test may depend on the wall clock."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
