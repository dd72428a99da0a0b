"""Questions to forums in the admin: read before they are shown, and a ledger of who answers what by when."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from followup.forms.forums import AnswerQuestionForm, TakeUpForm
from followup.models import ForumQuestion
from followup.models.forum_questions import QuestionQuerySet
from idekom.lib.dated import today
from idekom.lib.office import take

Status = ForumQuestion.Status
STEPS: dict[str, tuple[Any, Any]] = {
    "show": (None, _("Frågan visas nu.")),
    "set_aside": (None, _("Frågan visas inte.")),
    "take_up": (TakeUpForm, _("Frågan står nu på forumets sida tills den är besvarad.")),
    "answer": (AnswerQuestionForm, _("Svaret är sparat och visas på forumets sida.")),
}
"""{verb: (what is filled in, what is said when it is done)}"""


class Standing(admin.SimpleListFilter):
    """Where a question stands, the way the office asks."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [
            ("nya", _("Nya, att läsa")),
            ("visas", _("Visas")),
            ("oppna", _("Väntar på svar")),
            ("sena", _("Väntar, och dagen har passerat")),
            ("besvarade", _("Besvarade")),
            ("visas-inte", _("Visas inte")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ForumQuestion]) -> QuerySet[ForumQuestion]:
        """The questions."""
        by_status = {"nya": Status.NEW, "visas": Status.SHOWN, "oppna": Status.TAKEN_UP, "besvarade": Status.ANSWERED, "visas-inte": Status.SET_ASIDE}
        if self.value() == "sena":
            return queryset.filter(status=Status.TAKEN_UP, due_on__lt=today())
        status = by_status.get(self.value() or "")
        return queryset.filter(status=status) if status else queryset


@admin.register(ForumQuestion)
class ForumQuestionAdmin(admin.ModelAdmin[ForumQuestion]):
    """The questions of all forums. Nothing is deleted, and the words are the asker's own."""

    list_display = ("short", "forum", "status_tag", "likes", "who", "due_on")
    list_filter = (Standing, "forum")
    list_select_related = ("forum__round", "owner")
    search_fields = ("text", "answer_text", "owner__name", "owner_words")
    ordering = ("-asked_at", "-pk")
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    actions = ("show", "set_aside")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ForumQuestion]:
        return super().get_queryset(request).annotate(like_count=Count("likes"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are asked on the forum's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ForumQuestion | None = None) -> bool:
        """Never: nothing that was asked is lost."""
        return False

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(require_POST(self.step))
        return [path("<int:pk>/steg/<str:verb>/", step, name="followup_forumquestion_step"), *super().get_urls()]

    @admin.display(description=_("fråga"))
    def short(self, question: ForumQuestion) -> str:
        """Its beginning."""
        return Truncator(question.text).chars(90)

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, question: ForumQuestion) -> str:
        """The status in words; a day that has passed is told."""
        label = _("Väntar, dagen har passerat") if question.is_overdue(today()) else question.get_status_display().capitalize()
        return format_html('<span class="tag tag--{}">{}</span>', question.tone, label)

    @admin.display(description=_("gillar"), ordering="like_count")
    def likes(self, question: Any) -> int:
        """How many browsers have liked it."""
        return int(question.like_count)

    @admin.display(description=_("svarar"))
    def who(self, question: ForumQuestion) -> str:
        """Who answers it."""
        return question.who

    @admin.action(description=_("Visa frågorna"), permissions=["change"])
    def show(self, request: HttpRequest, chosen: QuestionQuerySet) -> None:
        """Let everybody see the chosen."""
        self._all(request, chosen, "show")

    @admin.action(description=_("Visa inte frågorna"), permissions=["change"])
    def set_aside(self, request: HttpRequest, chosen: QuestionQuerySet) -> None:
        """Keep the chosen without showing them."""
        self._all(request, chosen, "set_aside")

    def _all(self, request: HttpRequest, chosen: QuestionQuerySet, verb: str) -> None:
        number = 0
        for question in chosen:
            if question.may(verb):
                getattr(question, verb)(by=request.user)
                number += 1
        messages.success(request, ngettext("%(number)d fråga ändrad.", "%(number)d frågor ändrade.", number) % {"number": number})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The question, and what can be done with it."""
        question = self.get_object(request, unquote(object_id))
        if question is None:
            raise Http404
        if not self.has_view_or_change_permission(request, question):
            raise PermissionDenied
        return self._page(request, question)

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Do one thing with it; what is not possible or not filled in is told on its page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        question = get_object_or_404(ForumQuestion, pk=pk)
        if verb not in STEPS:
            raise Http404
        form_class, done = STEPS[verb]
        form = form_class(request.POST) if form_class else None
        if form is not None and not form.is_valid():
            return self._page(request, question, **{verb: form})
        take(request, lambda: getattr(question, verb)(by=request.user, **(form.arguments() if form is not None else {})), str(done))
        return redirect("admin:followup_forumquestion_change", pk)

    def _page(self, request: HttpRequest, question: ForumQuestion, **filled: Any) -> HttpResponse:
        """The page, with the forms as they have been filled in."""
        now = {"owner": question.owner_id, "owner_words": question.owner_words, "due_on": question.due_on}
        forms = {"take_up": TakeUpForm(initial=now), "answer": AnswerQuestionForm(initial={"answer_text": question.answer_text})} | filled
        may_act = self.has_change_permission(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Fråga till forumet"),
            "question": question,
            "like_count": question.likes.count(),
            "forms": forms,
            "may": {verb: may_act and question.may(verb) for verb in STEPS},
            "events": question.events.select_related("actor").order_by("-at", "-pk"),
        }
        return TemplateResponse(request, "admin/followup/forumquestion/question.html", context)
