"""The links of the outside world, in the secretary's office."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, URLField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Link, Version
from idekom.lib.dated import today


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin[Link]):
    """What is worth reading elsewhere. A dead link is taken away by a superuser, or mended."""

    list_display = ("title", "host_name", "published_on")
    list_filter = (("commitments", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("title", "why", "url")
    date_hierarchy = "published_on"
    formfield_overrides = {URLField: {"assume_scheme": "https"}, ManyToManyField: {"widget": CheckboxSelectMultiple}}

    @admin.display(description=_("webbplats"))
    def host_name(self, link: Link) -> str:
        """Whose page it is."""
        return link.host

    def get_form(self, request: HttpRequest, obj: Link | None = None, change: bool = False, **kwargs: Any) -> type[forms.ModelForm[Link]]:
        """The reason in two lines, as it is shown."""
        return super().get_form(request, obj, change, widgets={"why": forms.Textarea({"rows": 2, "maxlength": 200})}, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The commitments of today's version."""
        kwargs["queryset"] = Commitment.objects.filter(version=Version.objects.in_force(today())).order_by("number")
        return super().formfield_for_manytomany(db_field, request, **kwargs)
