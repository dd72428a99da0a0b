"""The group of those who work at the secretariat."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

SECRETARIAT = "Kansliet"
ITS_APPS = ["agreement", "council", "affiliation", "followup", "users"]


def load() -> Group:
    """The group, with the right to see, add and change what the apps hold; nothing is deleted. Safe to run again."""
    group, _made = Group.objects.get_or_create(name=SECRETARIAT)
    kept = Q(codename__startswith="view_") | Q(codename__startswith="add_") | Q(codename__startswith="change_")
    group.permissions.set(Permission.objects.filter(kept, content_type__app_label__in=ITS_APPS))
    return group
