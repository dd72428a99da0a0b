"""Revision rounds in the secretary's office: a draft is shown, comments are read and answered."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, ForeignKey, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agreement.forms.revision import AnswerForm
from agreement.models import RevisionComment, RevisionRound, Version, Wording
from idekom.lib.office import take

if TYPE_CHECKING:
    from django.forms import ModelChoiceField

Status = RevisionComment.Status
STEPS: dict[str, tuple[Any, Any]] = {
    "show": (None, _("Synpunkten visas nu för alla.")),
    "hold_back": (None, _("Synpunkten visas inte. Den finns kvar här.")),
    "answer": (AnswerForm, _("Svaret är sparat och visas för alla.")),
}
"""{verb: (what is filled in, what is said when it is done)}"""


@admin.register(RevisionRound)
class RevisionRoundAdmin(admin.ModelAdmin[RevisionRound]):
    """The rounds: which draft, between which days, with what questions."""

    list_display = ("version", "opens_on", "closes_on", "waiting", "unanswered")
    list_select_related = ("version",)
    fields = ("version", "opens_on", "closes_on", "introduction")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RevisionRound]:
        waiting, shown = (Count("comments", filter=Q(comments__status=status)) for status in (Status.WAITING, Status.SHOWN))
        return super().get_queryset(request).annotate(waiting_count=waiting, shown_count=shown)

    def get_readonly_fields(self, request: HttpRequest, obj: RevisionRound | None = None) -> tuple[str, ...]:
        """A round keeps its draft."""
        return ("version",) if obj else ()

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> "ModelChoiceField[Any] | None":
        """Drafts whose Swedish text is fixed."""
        if db_field.name == "version":
            fixed = Wording.objects.filter(status=Wording.Status.FIXED, language=Wording.Language.SWEDISH)
            kwargs["queryset"] = Version.objects.filter(status=Version.Status.DRAFT, pk__in=fixed.values("version"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: RevisionRound | None = None) -> bool:
        """Never: what was asked and said stays."""
        return False

    @admin.display(description=_("synpunkter att läsa"))
    def waiting(self, round: Any) -> int:
        """How many comments the secretariat has not read."""
        return int(round.waiting_count)

    @admin.display(description=_("synpunkter att svara på"))
    def unanswered(self, round: Any) -> int:
        """How many comments are shown without an answer."""
        return int(round.shown_count)


@admin.register(RevisionComment)
class RevisionCommentAdmin(admin.ModelAdmin[RevisionComment]):
    """The comments. Nothing is deleted, and the words are the commenter's own."""

    list_display = ("short", "passage", "round", "status", "outcome")
    list_filter = ("status", "outcome", "round")
    list_select_related = ("passage", "round__version")
    search_fields = ("text", "name", "reason", "passage__text")
    ordering = ("-sent_at", "-pk")
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are left on the round's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RevisionComment | None = None) -> bool:
        """Never."""
        return False

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(require_POST(self.step))
        return [path("<int:pk>/steg/<str:verb>/", step, name="agreement_revisioncomment_step"), *super().get_urls()]

    @admin.display(description=_("synpunkt"))
    def short(self, comment: RevisionComment) -> str:
        """Its beginning."""
        return Truncator(comment.text).chars(90)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The comment, and what can be done with it."""
        comment = self.get_object(request, unquote(object_id))
        if comment is None:
            raise Http404
        if not self.has_view_or_change_permission(request, comment):
            raise PermissionDenied
        return self._page(request, comment)

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Do one thing with it; what is not possible or not filled in is told on its page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        comment = get_object_or_404(RevisionComment, pk=pk)
        if verb not in STEPS:
            raise Http404
        form_class, done = STEPS[verb]
        form = form_class(request.POST) if form_class else None
        if form is not None and not form.is_valid():
            return self._page(request, comment, form)
        take(request, lambda: getattr(comment, verb)(by=request.user, **(form.cleaned_data if form is not None else {})), str(done))
        return redirect("admin:agreement_revisioncomment_change", pk)

    def _page(self, request: HttpRequest, comment: RevisionComment, form: AnswerForm | None = None) -> HttpResponse:
        """The page, with the answer as it has been filled in."""
        may_act = self.has_change_permission(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Synpunkt på ett utkast"),
            "comment": comment,
            "form": form or AnswerForm(initial={"outcome": comment.outcome, "reason": comment.reason}),
            "may": {verb: may_act and comment.may(verb) for verb in STEPS},
            "events": comment.events.select_related("actor").order_by("-at", "-pk"),
        }
        return TemplateResponse(request, "admin/agreement/revisioncomment/comment.html", context)
