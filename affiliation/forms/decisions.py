"""What the secretary fills in when a case takes a step."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from affiliation.forms.fields import ParagraphField, PastDateField
from affiliation.models import SECTIONS, Application
from affiliation.models.sections import FIELDS
from council.models import Meeting
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm

LONGEST_NOTE = 4000


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the council's meetings."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Möte"), queryset=Meeting.objects.select_related("body"), **kwargs)
        self.error_messages |= {"invalid_choice": _("Välj ett av mötena."), "required": _("Välj det möte som ska besluta.")}


class NoteField(forms.CharField):
    """Words that the applicant will read."""

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": missing}, **kwargs)


def _answer_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The answers by section, to be ticked."""
    labels = {name: capfirst(str(Application._meta.get_field(name).verbose_name)) for name in FIELDS}  # type: ignore[union-attr]
    return [(str(section.title), [(name, labels[name]) for name in section.fields]) for section in SECTIONS]


class CompletionForm(PortalForm):
    """What is missing: which answers, and why."""

    answers = forms.MultipleChoiceField(
        label=_("Vilka svar ska den sökande kunna ändra?"),
        choices=_answer_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryssa i minst ett svar."), "invalid_choice": _("Välj bland svaren.")},
    )
    note = NoteField(
        label=_("Vad behöver kompletteras?"),
        missing=_("Skriv vad som behöver kompletteras."),
        help_text=_("Texten står i mejlet och på ärendets sida. Säg vilken fråga det gäller."),
    )


class AgendaForm(PortalForm):
    """The meeting that is to decide."""

    meeting = MeetingField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = field.queryset.filter(ends_at__gt=timezone.now()).order_by("starts_at")


class DecisionForm(PortalForm):
    """When and where Idékom decided."""

    decided_on = PastDateField(label=_("Beslutat den"), initial=today, help_text=_("År-månad-dag."))
    meeting = MeetingField(required=False, help_text=_("Lämna tomt om beslutet fattades utan möte."))
    paragraph = ParagraphField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Numret i Idékoms protokoll."))


class DeclineForm(DecisionForm):
    """The same, and why not."""

    note = NoteField(
        label=_("Skäl till avslag"), missing=_("Skriv skälet till avslaget."), help_text=_("Den sökande läser skälet i mejlet och på ärendets sida.")
    )


class CommonForm(PortalForm):
    """What the decisions of one sitting have in common."""

    decided_on = PastDateField(label=_("Beslutat den"), initial=today, help_text=_("År-månad-dag."))
    meeting = MeetingField(required=False)


class RowForm(PortalForm):
    """The decision on one of several applications."""

    CHOICES = [("leave", _("Avvakta")), ("approve", _("Godkänn")), ("decline", _("Avslå"))]

    choice = forms.ChoiceField(label=_("Beslut"), choices=CHOICES, initial="leave", error_messages={"invalid_choice": _("Välj ett av besluten.")})
    paragraph = ParagraphField(label=_("Paragraf"), max_length=20, required=False)
    note = forms.CharField(label=_("Skäl, vid avslag"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_note(self) -> str:
        """The reason; a decline must have one."""
        note: str = self.cleaned_data["note"]
        if self.cleaned_data.get("choice") == "decline" and not note:
            raise ValidationError(_("Skriv skälet till avslaget."))
        return note
