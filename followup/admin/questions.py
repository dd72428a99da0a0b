"""The sets of questions: one that parties have been asked is read, and copied into the next."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError
from django.db.models import Count, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from followup.models import Question, QuestionSet
from followup.models.questions import PROGRESS_KEY

if TYPE_CHECKING:
    QuestionFormSetBase = BaseInlineFormSet[Question, QuestionSet, Any]
else:
    QuestionFormSetBase = BaseInlineFormSet


class QuestionFormSet(QuestionFormSetBase):
    """The questions of a set: how far each commitment has come is always one of them."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("Två frågor har samma nyckel. Ge dem var sin.")

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if PROGRESS_KEY not in [told.get("key") for told in kept]:
            raise ValidationError(_("En fråga ska ha nyckeln progress: hur långt varje åtagande har kommit. Utan den kan ingen rapportera."))


class QuestionInline(TranslationStackedInline[Any, QuestionSet]):
    """The questions of a set, in order."""

    model = Question
    formset = QuestionFormSet
    extra = 0
    ordering = ("number",)
    fields = (("number", "key"), ("about", "kind", "side"), "text", "help_text", "is_quotable")

    def has_view_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        """Those that have been asked stand in a table of their own."""
        return request.user.has_perm("followup.view_questionset") and not (obj and obj.pk and obj.is_in_use)

    def has_add_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        return _may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        return _may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        return _may_write(request, obj)


@admin.register(QuestionSet)
class QuestionSetAdmin(TranslationAdmin[QuestionSet]):
    """The versions of the questions."""

    list_display = ("name", "slug", "asked", "years", "in_use")
    fields = ("name", "slug", "note")
    inlines = (QuestionInline,)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionSet]:
        return super().get_queryset(request).annotate(count=Count("questions")).prefetch_related("rounds")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The versions of the questions, the newest first."""
        return super().changelist_view(request, {"title": _("Frågeuppsättningar"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("frågor"), ordering="count")
    def asked(self, asked: Any) -> int:
        """How many questions there are in it."""
        count: int = asked.count
        return count

    @admin.display(description=gettext_lazy("omgångar"), empty_value="–")
    def years(self, asked: QuestionSet) -> str:
        """The rounds that ask it."""
        return ", ".join(sorted(str(round.year) for round in asked.rounds.all()))

    @admin.display(description=gettext_lazy("går att ändra"))
    def in_use(self, asked: QuestionSet) -> str:
        """Whether parties have been asked these questions."""
        return _("Nej, frågorna är ställda") if any(round.status != "planned" for round in asked.rounds.all()) else _("Ja")

    def has_change_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_in_use)

    def has_delete_permission(self, request: HttpRequest, obj: QuestionSet | None = None) -> bool:
        """Never: what has been asked stays known."""
        return False

    def get_urls(self) -> list[URLPattern]:
        copy = self.admin_site.admin_view(require_POST(self.copy))
        return [path("<int:pk>/ny-version/", copy, name="followup_questionset_copy"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The set; one that has been asked says why it cannot be changed."""
        found = self.get_object(request, unquote(object_id))
        asked_in = sorted(round.year for round in found.rounds.all() if round.status != "planned") if found else []
        questions = found.questions.order_by("number") if found and asked_in else []
        context = {
            "asked_in": asked_in,
            "questions": questions,
            "may_copy": request.user.has_perm("followup.add_questionset"),
            **(extra_context or {}),
        }
        try:
            return super().change_view(request, object_id, form_url, context)
        except DatabaseError:  # its round opened while the page was being filled in
            messages.error(request, _("Frågorna har hunnit ställas, och kan inte ändras längre. Gör en ny version av dem."))
            return redirect("admin:followup_questionset_change", unquote(object_id))

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new version that begins with the same questions; one that waits to be used is taken up instead of making another."""
        if not request.user.has_perm("followup.add_questionset"):
            raise PermissionDenied
        source = get_object_or_404(QuestionSet, pk=pk)
        with override(settings.LANGUAGE_CODE):  # the name is first of all the Swedish one
            made, is_new = _next(source)
        if is_new:
            messages.success(request, _("Den nya versionen är klar att ändra. Ge den ett namn först."))
        else:
            messages.info(request, _("Det finns redan en ny version som inte är använd. Här är den."))
        return redirect("admin:followup_questionset_change", made.pk)


def _may_write(request: HttpRequest, asked: QuestionSet | None) -> bool:
    return request.user.has_perm("followup.change_questionset") and not (asked and asked.pk and asked.is_in_use)


def _next(source: QuestionSet) -> tuple[QuestionSet, bool]:
    """The next version of a set, and whether it was made now."""
    number = 2
    while True:
        slug, name = _numbered(source.slug, number, 50), _numbered(source.name, number, 80, " ")
        taken = QuestionSet.objects.filter(Q(slug=slug) | Q(name=name)).first()
        if taken is None:
            break
        if not taken.is_in_use:
            return taken, False
        number += 1
    try:
        return source.copy(slug=slug, name=name), True
    except IntegrityError:  # the same button was pressed twice at once
        return QuestionSet.objects.get(slug=slug), False


def _numbered(text: str, number: int, most: int, between: str = "-") -> str:
    """The text with a number after it, within so many characters."""
    tail = f"{between}{number}"
    return text[: most - len(tail)] + tail
