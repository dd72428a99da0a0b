"""The newsletter in the admin: a draft of what happened, mended, looked at, published and sent."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from followup.gathering import Month, gather
from followup.models import Newsletter, NewsletterPart
from idekom.lib.dated import today

STEPS: dict[str, Any] = {
    "publish": _("Nyhetsbrevet är publicerat. Ingen har fått mejl än."),
    "take_back": _("Nyhetsbrevet är ett utkast igen."),
    "gather_again": _("Utkastet är gjort på nytt."),
    "send": "",
}
"""{verb: what is said when it is done}"""


class PartInline(TranslationStackedInline[Any, Newsletter]):
    """The parts."""

    model = NewsletterPart
    extra = 0
    can_delete = False
    fields = ("text",)

    def has_add_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        """Each part is there from the start."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.may_change)


@admin.register(Newsletter)
class NewsletterAdmin(TranslationAdmin[Newsletter]):
    """One newsletter a month. What has been sent is for reading."""

    list_display = ("__str__", "status", "published_at")
    fields = ("introduction",)
    inlines = (PartInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A draft is made of what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Newsletter | None = None) -> Any:
        """What has been sent stays."""
        return () if obj is None or obj.may_change else ("introduction_sv", "introduction_en")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view
        return [
            path("utkast/", page(require_POST(self.draft)), name="followup_newsletter_draft"),
            path("<int:pk>/forhandsvisning/", page(require_safe(self.preview)), name="followup_newsletter_preview"),
            path("<int:pk>/steg/<str:verb>/", page(require_POST(self.step)), name="followup_newsletter_step"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, and the months that a draft can be made of."""
        this = Month(today())
        known = set(Newsletter.objects.values_list("month", flat=True))
        months = [month for month in (this.before, this.first) if month not in known]
        offered = months if self.has_change_permission(request) else []
        return super().changelist_view(request, {"months": offered, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The newsletter, and what can be done with it."""
        newsletter = self.get_object(request, object_id)
        found = _standing(newsletter, self.has_change_permission(request, newsletter)) if newsletter else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def draft(self, request: HttpRequest) -> HttpResponse:
        """A draft of this month or of the one before."""
        self._must_change(request)
        this = Month(today())
        month = {f"{one:%Y-%m}": one for one in (this.before, this.first)}.get(request.POST.get("month", ""))
        if month is None:
            messages.error(request, _("Välj den här månaden eller den förra."))
            return redirect("admin:followup_newsletter_changelist")
        made = Newsletter.objects.draft(month, gather(month), by=request.user)  # type: ignore[arg-type]  # staff is signed in
        return redirect("admin:followup_newsletter_change", made.pk)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What everybody, and those who get the mail, will see; and the button that sends it."""
        newsletter = get_object_or_404(Newsletter, pk=pk)
        if not self.has_view_permission(request, newsletter):
            raise PermissionDenied
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": str(newsletter)}
        standing = _standing(newsletter, self.has_change_permission(request, newsletter))
        context = {**everywhere, **standing, "parts": newsletter.parts(), "readers": newsletter.readers().count()}
        return TemplateResponse(request, "admin/followup/newsletter/preview.html", context)

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Publish it, take it back, gather again or send it; what is not possible is told on its page."""
        self._must_change(request)
        newsletter = get_object_or_404(Newsletter, pk=pk)
        if verb not in STEPS:
            raise Http404
        more = {"texts": gather(newsletter.month)} if verb == "gather_again" else {}
        try:
            sent = getattr(newsletter, verb)(by=request.user, **more)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            told = ngettext("%(number)d mejl är på väg.", "%(number)d mejl är på väg.", sent or 0) % {"number": sent or 0}
            messages.success(request, str(STEPS[verb]) or told)
        return redirect("admin:followup_newsletter_change", pk)

    def _must_change(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied


def _standing(newsletter: Newsletter, may_act: bool) -> dict[str, Any]:
    """What its pages tell beside the words."""
    return {
        "newsletter": newsletter,
        "may": {verb: may_act and newsletter.may(verb) for verb in ("publish", "take_back", "send")},
        "may_gather": may_act and newsletter.status == Newsletter.Status.DRAFT,
        "events": newsletter.events.select_related("actor").order_by("-at", "-pk"),
    }
