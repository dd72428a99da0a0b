"""Who comes to a meeting, on the secretary's desk: the answers, the substitutes that are asked, and a reminder to those who are silent."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council.emails.replies import preview
from council.forms.members import AnswerForm
from council.models import Answers, Meeting, NoticeReader, Reply
from council.models.reading import reader
from council.models.replies import ANSWERS
from idekom.lib.dated import today

if TYPE_CHECKING:
    from idekom.users.models import User


@admin.register(NoticeReader)
class NoticeReaderAdmin(admin.ModelAdmin[NoticeReader]):
    """Who else gets a body's notices for information."""

    list_display = ("name", "email", "body")
    list_filter = ("body",)
    list_select_related = ("body",)
    search_fields = ("name", "email")


@admin.register(Reply)
class ReplyAdmin(admin.ModelAdmin[Reply]):
    """The answers to notices. They are given by the members, or by the secretary for somebody who telephones."""

    list_display = ("person", "meeting", "seat", "status", "answered_at")
    list_filter = ("status", "meeting")
    list_select_related = ("person", "meeting__body", "seat")
    search_fields = ("person__name", "seat__label")
    fields = readonly_fields = ("person", "meeting", "seat", "status", "answered_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: the notice asks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:
        """Never: an answer is changed by another."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("mote/<int:pk>/", page(require_safe(self.answers)), name="council_reply_answers"),
            path("mote/<int:pk>/paminn/", page(require_http_methods(["GET", "HEAD", "POST"])(self.remind)), name="council_reply_remind"),
            path("<int:pk>/svara/", page(require_POST(self.answer)), name="council_reply_answer"),
            *super().get_urls(),
        ]

    def answers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who comes, who does not, who is silent, and whom the portal has asked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
        may_act = self.has_change_permission(request)
        return self._page(request, "answers", {"title": _("Vilka kommer?"), "meeting": meeting, "answers": Answers.of(meeting), "may_act": may_act})

    def remind(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mail and whom it goes to; a button sends it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
        if request.method == "POST":
            count = Reply.objects.remind(meeting, by=cast("User", request.user), day=today())
            told = ngettext("%(count)d påminnelse är på väg.", "%(count)d påminnelser är på väg.", count) % {"count": count}
            messages.success(request, told if count else _("Ingen behöver påminnas nu."))
            return redirect("admin:council_reply_answers", pk)
        silent = list(Reply.objects.to_remind(meeting, today()))
        reached = [reply for reply in silent if reader(reply.person)]
        context = {"meeting": meeting, "reached": reached, "unreached": [reply for reply in silent if reply not in reached]}
        return self._page(
            request, "remind", {**context, "title": _("Påminn dem som inte har svarat"), "mail": preview(reached[0]) if reached else None}
        )

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer for somebody who has telephoned."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        reply = get_object_or_404(Reply.objects.standing().select_related("person"), pk=pk)
        form = AnswerForm(ANSWERS, request.POST)
        try:
            if form.is_valid():
                getattr(reply, form.cleaned_data["svar"])(by=cast("User", request.user))
                messages.success(request, _("Svaret från %(name)s är antecknat.") % {"name": reply.person.name})
            else:
                messages.error(request, str(form.errors["svar"][0]))
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        return redirect("admin:council_reply_answers", reply.meeting_id)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/council/reply/{name}.html", {**everywhere, **context})
