"""Those who follow the register by mail: seen here, and taken away when they ask for it by other ways than the link."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from affiliation.models import Follower
from affiliation.models.followers import FollowerQuerySet


@admin.register(Follower)
class FollowerAdmin(admin.ModelAdmin[Follower]):
    """Addresses that follow the register or get the newsletter. They add themselves."""

    list_display = ("email", "asked_at", "confirmed_at", "language", "wished_words")
    search_fields = ("email",)
    fields = readonly_fields = ("email", "language", "wished_words", "asked_at", "confirmed_at")
    actions = ("stop",)

    @admin.display(description=_("vill ha"))
    def wished_words(self, follower: Follower) -> str:
        """What it wants to hear of."""
        return ", ".join(follower.wished)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They say yes themselves, from a mail."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Follower | None = None) -> bool:
        """By the action, which says what it does."""
        return False

    @admin.action(description=_("Sluta mejla och ta bort adresserna"), permissions=["change"])
    def stop(self, request: HttpRequest, chosen: FollowerQuerySet) -> None:
        """Forget the addresses."""
        number = chosen.delete()[0]
        told = ngettext("%(number)d adress är borttagen.", "%(number)d adresser är borttagna.", number)
        messages.success(request, told % {"number": number} if number else gettext("Ingen adress togs bort."))
