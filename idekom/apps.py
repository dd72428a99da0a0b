"""The wiring, and Django's admin on the portal's own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class IdekomConfig(AppConfig):
    """The wiring of the portal."""

    name = "idekom"
    verbose_name = _("Portalen")
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin on the portal's own site: the secretary's office."""

    default_site = "idekom.admin_site.PortalAdmin"
    default = False
