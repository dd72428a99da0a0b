"""The page on which a paper form is typed in: a form for each commitment, one for the year, and one for when the paper came."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreement.models import Commitment
from followup.forms.reports import AnswerForm
from followup.models import About, Entry, Kind, Question, Report
from followup.models.answers import Stored
from followup.models.questions import PROGRESS_KEY
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm
from idekom.lib.text import cleaned


class ArrivalForm(PortalForm):
    """When the paper came; and, where the party has begun on the web, that the paper replaces it."""

    unmarked = True

    arrived_on = forms.DateField(
        label=gettext_lazy("Vilken dag kom blanketten?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Skriv dagen som år, månad och dag, till exempel 2026-11-21.")},
    )
    replaces = forms.BooleanField(label=gettext_lazy("Blanketten ersätter det som parten har börjat på webben"), required=False)

    def __init__(self, *args: Any, report: Report, is_begun: bool, hands_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.hands_in = report, hands_in
        if not is_begun:
            del self.fields["replaces"]

    def clean_arrived_on(self) -> date | None:
        """A day since the round opened, and since what came in earlier; known when the form is handed in."""
        day: date | None = self.cleaned_data["arrived_on"]
        earlier = self.report.submitted_at
        first = max(self.report.round.opens_on, timezone.localdate(earlier)) if earlier else self.report.round.opens_on
        if day is None:
            if self.hands_in:
                raise forms.ValidationError(_("Skriv vilken dag blanketten kom."))
        elif day > today():
            raise forms.ValidationError(_("Dagen har inte varit än. Skriv den dag då blanketten kom."))
        elif day < first:
            raise forms.ValidationError(_("Skriv en dag som inte är tidigare än den %(day)s.") % {"day": date_format(first, "j F Y")})
        return day

    def clean(self) -> dict[str, Any]:
        """What the party has begun is replaced only by somebody who says so."""
        told: dict[str, Any] = super().clean() or {}
        if self.hands_in and "replaces" in self.fields and not told.get("replaces"):
            self.add_error("replaces", _("Kryssa här om blanketten ska gälla i stället för det som är påbörjat på webben."))
        return told


class PartForm(AnswerForm):
    """What the paper says about a commitment, or about the year as a whole."""

    def __init__(self, data: Any, *, commitment: Commitment | None, questions: list[Question], stored: Stored, hands_in: bool) -> None:
        super().__init__(data, places={question.key: (commitment, question) for question in questions}, stored=stored)
        self.commitment, self.hands_in = commitment, hands_in
        self.prefix = f"atagande-{commitment.number}" if commitment else "aret"
        self.fields["private"].help_text = ""

    @property
    def heading(self) -> str:
        """The commitment by number and title."""
        return f"{self.commitment.number}. {self.commitment.title}" if self.commitment else ""

    @property
    def first(self) -> list[BoundField]:
        """How far it has come, which stands before everything else on the paper."""
        return [field for field in self if field.name == PROGRESS_KEY]

    @property
    def rest(self) -> list[BoundField]:
        """Everything else."""
        return [field for field in self if field.name != PROGRESS_KEY]

    def clean(self) -> dict[str, Any]:
        """How far it has come is the one thing that must be known when the form is handed in."""
        told = super().clean()
        if self.hands_in and PROGRESS_KEY in self.places and PROGRESS_KEY not in self.errors and not told.get(PROGRESS_KEY):
            self.add_error(PROGRESS_KEY, _("Välj det som är kryssat på blanketten."))
        return told

    def _label(self, commitment: Commitment | None, question: Question) -> str:
        return question.text

    def _field(self, commitment: Commitment | None, question: Question) -> forms.Field:
        field = super()._field(commitment, question)
        field.help_text = ""
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            field.choices = [("", _("Inget kryss")), *choices]  # what was typed by mistake can be taken back
        if question.kind == Kind.WORDS:
            field.widget.attrs["rows"] = 2
        return field


def part_forms(report: Report, data: Any, stored: Stored, *, hands_in: bool = False) -> list[PartForm]:
    """A form for each commitment that concerns the party, and one for the year if anything is asked about it."""
    subjects: list[tuple[Commitment | None, str]] = [(commitment, About.COMMITMENT) for commitment in report.commitments]
    asked = [(commitment, report.questions_about(about)) for commitment, about in [*subjects, (None, About.YEAR)]]
    return [
        PartForm(data, commitment=commitment, questions=questions, stored=stored, hands_in=hands_in) for commitment, questions in asked if questions
    ]


def entries(parts: list[PartForm]) -> list[Entry]:
    """The answers that are good."""
    return [entry for part in parts for entry in part.entries() if entry.value]


def typed(data: QueryDict) -> QueryDict:
    """What was sent in, cleaned as the portal cleans what people type."""
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        made.setlist(name, [cleaned(str(value)) for value in values])
    return made
