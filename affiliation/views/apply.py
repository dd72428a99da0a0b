"""The pages before the application: what it means to join, and every question to look through."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from affiliation.forms.application import FORMS
from affiliation.models import SECTIONS, Application
from agreement.models import Version
from council.models import Meeting
from idekom.lib.dated import today


class ApplyView(TemplateView):
    """What it means to join, who may, and what to have at hand."""

    template_name = "affiliation/apply.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = Meeting.objects.coming(timezone.now()).first()
        return super().get_context_data(version=Version.objects.in_force(today()), meeting=meeting, **kwargs)


class AllQuestionsView(TemplateView):
    """Every question of the application, to read and print."""

    template_name = "affiliation/all_questions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        umbrella = Application(kind="umbrella")  # so that its questions show as well
        forms = [FORMS[section.slug](section=section, instance=umbrella) for section in SECTIONS]
        return super().get_context_data(forms=forms, **kwargs)
