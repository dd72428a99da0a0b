"""The settings that mypy's Django plugin sees: without modeltranslation, whose managers are made at run time and have no types."""

from idekom.settings import *  # noqa: F403
from idekom.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    *(app for app in ALL_APPS if app not in ("modeltranslation", "idekom.apps.PortalAdminConfig")),
]
