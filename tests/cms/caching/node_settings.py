"""A node as in production: answers are kept, and it asks twice a second whether anything has changed."""

from cms.settings.test import *  # noqa: F403

ANSWERS_KEPT = True
GENERATION_SECONDS = 0.5
