"""Settings of a site whose templates a test may spoil: a file in TEMPLATE_OVERRIDES goes before the apps' own."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import TEMPLATES

TEMPLATES[0]["APP_DIRS"] = False
# Not cached, so that each request reads the file as it is then.
TEMPLATES[0]["OPTIONS"]["loaders"] = [
    ("django.template.loaders.filesystem.Loader", [os.environ["TEMPLATE_OVERRIDES"]]),
    "django.template.loaders.app_directories.Loader",
]
# A kept answer would hide what a template prints now.
ANSWERS_KEPT = False
