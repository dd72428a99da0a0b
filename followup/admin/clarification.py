"""The secretary asks a party something about its report: write, read the mail as the party will, then send."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followup.models import Report, Round
from idekom.lib import mail
from idekom.lib.forms import PortalForm

if TYPE_CHECKING:
    from followup.admin.reports import ReportAdmin

LONGEST = 2000


class QuestionForm(PortalForm):
    """What the secretariat wants to know."""

    note = forms.CharField(
        label=gettext_lazy("Vad undrar ni?"),
        help_text=gettext_lazy("Texten står i mejlet till dem som rapporterar för parten, och överst i rapporten. Säg vilket svar det gäller."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Skriv vad ni undrar."),
            "max_length": gettext_lazy("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken."),
        },
    )


def prepare(model_admin: "ReportAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Write the question; then read the mail that it becomes."""
    report = model_admin.report(request, pk)
    if not _is_possible(report):
        return _not_possible(request, report)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    context = {"title": _("Be om förtydligande"), "report": report, "form": form, "writers": report.writers()}
    if request.method == "POST" and form.is_valid() and "andra" not in request.POST:
        return model_admin.page(request, "clarify_preview", context | {"mails": _mails(report, form.cleaned_data["note"])})
    return model_admin.page(request, "clarify", context)


def ask(model_admin: "ReportAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Open the report again and let the party be told. Sent twice it is asked once."""
    report = model_admin.report(request, pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return prepare(model_admin, request, pk)
    try:
        report.ask_for_clarification(by=request.user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    except ValidationError:
        return _not_possible(request, report)
    messages.success(request, _("Frågan är ställd, och rapporten är öppen igen. Det som är inlämnat gäller tills parten lämnar in på nytt."))
    return redirect("admin:followup_report_change", report.pk)


def _is_possible(report: Report) -> bool:
    return report.may("ask_for_clarification") and report.round.status == Round.Status.OPEN


def _not_possible(request: HttpRequest, report: Report) -> HttpResponse:
    messages.warning(request, _("Det går bara att be om förtydligande av en inlämnad rapport, medan omgången är öppen."))
    return redirect("admin:followup_report_change", report.pk)


def _mails(report: Report, note: str) -> list[tuple[str, mail.Rendered]]:
    """The mail in each language that somebody at the party reads."""
    languages = sorted({user.language for user in report.writers()}, reverse=True) or ["sv"]
    url = mail.absolute(report.get_absolute_url())
    return [(language, mail.render("followup/clarification", language=language, report=report, note=note, url=url)) for language in languages]
