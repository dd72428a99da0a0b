"""Accounts and signing in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    """Accounts and signing in."""

    name = "idekom.users"
    label = "users"
    verbose_name = _("Användare")
