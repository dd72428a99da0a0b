"""Accounts in the admin: no passwords, since one signs in by a mailed code."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple

from idekom.users.models import User

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Who may sign in, and who works at the secretariat."""

    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "is_active", "is_staff", "groups", "last_login", "date_joined")
    readonly_fields = ("last_login", "date_joined")
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def has_delete_permission(self, request: object, obj: User | None = None) -> bool:
        """People are never deleted, since what they did names them; they are made inactive."""
        return False
