"""What all tests share: laws are not timed, since no test may depend on the wall clock, nor on chance where it judges.

Where `CI` is set the examples of a law are the same in every run; elsewhere each run draws new ones and may find more.
"""

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("judging", settings.get_profile("untimed"), derandomize=True)
settings.load_profile("judging" if os.environ.get("CI") else "untimed")
