"""Signing ceremonies in the admin: the short address and its QR code, the invitations, the poster and the big screen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, DateTimeField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from affiliation.admin.batch import MOST
from affiliation.forms.ceremony import InviteForm
from affiliation.models import Ceremony
from affiliation.models.status import UNDECIDED
from idekom.lib import qr

MOMENT = {"type": "datetime-local"}  # one input with one label, unlike the admin's own two
REFRESH = 4
"""Seconds between two looks at the list on the screen; sent as a header, so no script is needed."""


@admin.register(Ceremony)
class CeremonyAdmin(admin.ModelAdmin[Ceremony]):
    """Evenings on which organisations sign together."""

    list_display = ("name", "starts_at", "place", "signature_count", "invitation_count")
    fields = ("name", "place", "starts_at", "ends_at")
    search_fields = ("name", "place")
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M")}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ceremony]:
        signed = Count("applications", filter=Q(applications__number__isnull=False), distinct=True)
        return super().get_queryset(request).annotate(signed=signed, invited=Count("invitations", distinct=True))

    def has_delete_permission(self, request: HttpRequest, obj: Ceremony | None = None) -> bool:
        """Never: cases come from it."""
        return False

    @admin.display(description=_("underskrifter"))
    def signature_count(self, ceremony: Any) -> int:
        """How many have signed."""
        return int(ceremony.signed)

    @admin.display(description=_("inbjudna"))
    def invitation_count(self, ceremony: Any) -> int:
        """How many are on the list."""
        return int(ceremony.invited)

    def get_form(self, request: HttpRequest, obj: Ceremony | None = None, change: bool = False, **kwargs: Any) -> type[forms.ModelForm[Ceremony]]:
        help_texts = {
            "starts_at": _("Det går att underteckna från två timmar innan kvällen börjar."),
            "ends_at": _("Det går att underteckna till sex timmar efter att kvällen slutar."),
        }
        return super().get_form(request, obj, change, help_texts=help_texts, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/skarm/", page(require_safe(self.screen)), name="affiliation_ceremony_screen"),
            path("<int:pk>/affisch/", page(require_safe(self.poster)), name="affiliation_ceremony_poster"),
            path("<int:pk>/bjud-in/", page(self.invite), name="affiliation_ceremony_invite"),
            path("<int:pk>/mejla/", page(require_POST(self.send)), name="affiliation_ceremony_send"),
            path("<int:pk>/inbjudan/<int:invitation>/ta-bort/", page(require_POST(self.uninvite)), name="affiliation_ceremony_uninvite"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The ceremony, its address, and who is invited and has signed."""
        ceremony = self.get_object(request, object_id)
        found = _standing(ceremony) | {"may_act": self.has_change_permission(request, ceremony)} if ceremony else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def screen(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For the projector: the address, and the names as they come. Looks again by itself, unless asked to stand still."""
        stands_still = "stilla" in request.GET
        context = {"stands_still": stands_still, "names": list(self._seen(request, pk).standing().values_list("name", flat=True))}
        response = self._sheet(request, pk, "screen", context)
        if not stands_still:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def poster(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An A4 page to print."""
        return self._sheet(request, pk, "poster", {})

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Paste organisations to the list. Nobody is mailed by this."""
        ceremony = self._changed(request, pk)
        form = InviteForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            new = ceremony.invite(form.cleaned_data["rows"])
            text = ngettext("%(count)d organisation är ny på listan.", "%(count)d organisationer är nya på listan.", new)
            messages.success(request, f"{text % {'count': new}} {_('Ingen har fått mejl än.')}")
            return redirect("admin:affiliation_ceremony_change", pk)
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Bjud in organisationer")}
        return TemplateResponse(request, "admin/affiliation/ceremony/invite.html", {**everywhere, "ceremony": ceremony, "form": form})

    def send(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail those who have not been mailed."""
        try:
            sent = self._changed(request, pk).send_invitations(timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            text = ngettext("%(count)d inbjudan är på väg.", "%(count)d inbjudningar är på väg.", sent)
            messages.success(request, text % {"count": sent} if sent else str(_("Alla på listan är redan mejlade.")))
        return redirect("admin:affiliation_ceremony_change", pk)

    def uninvite(self, request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
        """Take an organisation off the list, as long as it has not been mailed."""
        if self._changed(request, pk).uninvite(invitation):
            messages.success(request, _("Organisationen är borttagen från listan."))
        else:
            messages.error(request, _("Inbjudan är redan mejlad, så den står kvar."))
        return redirect("admin:affiliation_ceremony_change", pk)

    def _sheet(self, request: HttpRequest, pk: int, name: str, context: dict[str, Any]) -> HttpResponse:
        ceremony = self._seen(request, pk)
        return TemplateResponse(request, f"admin/affiliation/ceremony/{name}.html", {"ceremony": ceremony, "qr": qr.svg(ceremony.address), **context})

    def _seen(self, request: HttpRequest, pk: int) -> Ceremony:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Ceremony, pk=pk)

    def _changed(self, request: HttpRequest, pk: int) -> Ceremony:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Ceremony, pk=pk)


def _standing(ceremony: Ceremony) -> dict[str, Any]:
    """What the ceremony's page tells beside its form."""
    signatures = list(ceremony.signatures())
    undecided = [str(case.pk) for case in signatures if case.status in UNDECIDED][:MOST]
    cases = reverse("admin:affiliation_application_changelist")
    return {
        "ceremony": ceremony,
        "qr": qr.svg(ceremony.address),
        "signatures": signatures,
        "invitations": list(ceremony.invitations.select_related("application")),
        "unmailed": ceremony.invitations.filter(invited_at=None).count(),
        "is_over": ceremony.is_over(timezone.now()),
        "cases_url": f"{cases}?ceremony__id__exact={ceremony.pk}&lage=alla",
        "decide_url": f"{reverse('admin:affiliation_application_decide')}?ids={','.join(undecided)}" if undecided else "",
        "undecided": len(undecided),
    }
