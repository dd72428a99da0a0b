"""The admin site: the secretary's office. Its first page is a list of what waits."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PortalAdmin(admin.AdminSite):
    """Django's admin with the portal's face, and signing in by allauth."""

    site_header = _("Idékoms kansli")
    site_title = _("Kansliet")
    index_title = _("Att göra")
    enable_nav_sidebar = False
    login = secure_admin_login(admin.AdminSite.login)
