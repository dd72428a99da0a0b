"""Those who come to a forum, in the admin: who waits, what they need, and who was there."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from followup.models import Forum, ForumRegistration
from idekom.lib.text import cleaned


class TickForm(forms.ModelForm[ForumRegistration]):
    """Whether somebody was there, in the list."""

    class Meta:
        model = ForumRegistration
        fields = ("has_come",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["has_come"].widget.attrs["aria-label"] = _("%(name)s var med") % {"name": self.instance.name}

    def clean_has_come(self) -> bool:
        """Only those who had a place."""
        has_come: bool = self.cleaned_data["has_come"]
        if has_come and self.instance.status != ForumRegistration.Status.REGISTERED:
            raise ValidationError(_("Bara den som har en plats kan prickas av."), code="no_place")
        return has_come


class OfficeForm(forms.ModelForm[ForumRegistration]):
    """Somebody who has phoned: the same questions as on the public page."""

    def clean_forum(self) -> Forum:
        """One that has not been."""
        forum: Forum = self.cleaned_data["forum"]
        if forum.is_over(timezone.now()):
            raise ValidationError(_("Forumet har varit. Välj ett som kommer."), code="over")
        return forum

    def clean_name(self) -> str:
        """The name without what cannot be printed."""
        return cleaned(self.cleaned_data["name"])


@admin.register(ForumRegistration)
class ForumRegistrationAdmin(admin.ModelAdmin[ForumRegistration]):
    """Guests. The office puts in those who phone, also after the last day; places and queue are the forum's."""

    form = OfficeForm
    list_display = ("name", "represents", "status_tag", "dietary_needs", "access_needs", "registered_at", "has_come")
    list_editable = ("has_come",)
    list_filter = ("forum", "status", "has_come")
    list_select_related = ("party", "forum__round")
    list_per_page = 200
    search_fields = ("name", "email", "organisation", "party__name")
    fields = ("forum", "name", "email", "party", "organisation", "dietary_needs", "access_needs")
    actions = ("cancel",)

    def get_readonly_fields(self, request: HttpRequest, obj: ForumRegistration | None = None) -> tuple[str, ...]:
        """The forum and the address stay; the rest may be put right."""
        return ("forum", "email", "status_tag", "registered_at") if obj else ()

    def get_fields(self, request: HttpRequest, obj: ForumRegistration | None = None) -> Any:
        return (*self.fields, "status_tag", "registered_at") if obj else self.fields

    def has_delete_permission(self, request: HttpRequest, obj: ForumRegistration | None = None) -> bool:
        """They are cancelled, and then forgotten."""
        return False

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[TickForm]:
        return TickForm

    @admin.display(description=_("organisation"))
    def represents(self, registration: ForumRegistration) -> str:
        """Whom they come from."""
        return registration.represents

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, registration: ForumRegistration) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', registration.tone, registration.get_status_display().capitalize())

    def save_model(self, request: HttpRequest, obj: ForumRegistration, form: Any, change: bool) -> None:
        """A new one goes through the forum, which knows whether there is a place."""
        if change:
            super().save_model(request, obj, form, change)
            return
        told = {name: form.cleaned_data[name] for name in ("name", "party", "organisation", "dietary_needs", "access_needs")}
        obj.forum.register(form.cleaned_data["email"], is_office=True, **told)
        found = ForumRegistration.objects.get(forum=obj.forum, email=form.cleaned_data["email"].strip().lower())
        obj.pk, obj.status = found.pk, found.status

    @admin.action(description=_("Avanmäl, och ge platsen till den som står först i kön"), permissions=["change"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[ForumRegistration]) -> None:
        """Take the chosen off the list."""
        number = 0
        for registration in chosen:
            try:
                registration.cancel(by=request.user)  # type: ignore[arg-type]
                number += 1
            except ValidationError as error:
                messages.error(request, f"{registration}: {error.messages[0]}")
        told = ngettext("%(number)d är avanmäld.", "%(number)d är avanmälda.", number)
        messages.success(request, told % {"number": number})
