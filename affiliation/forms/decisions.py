"""What the secretary fills in when a case takes a step."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.forms.fields import ParagraphField, PastDateField
from affiliation.models import Application
from council.models import Meeting
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm

LONGEST_NOTE = 4000
AT_A_MEETING, DELEGATED = "meeting", "delegated"
NOW, ADJUSTED = "now", "adjusted"


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the council's meetings."""

    is_conditional = True  # needed or not by another answer: the page does not call it optional

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Möte"), queryset=Meeting.objects.select_related("body"), **kwargs)
        self.error_messages |= {"invalid_choice": _("Välj ett av mötena."), "required": _("Välj det möte som ska besluta.")}


class NoteField(forms.CharField):
    """Words that the applicant will read."""

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": missing}, **kwargs)


class ReasonField(forms.CharField):
    """Why not: wanted when the answer is no."""

    is_conditional = True


class StepForm(PortalForm):
    """What a step with one case needs; this one needs nothing."""

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class CompletionForm(StepForm):
    """What is missing: which answers, and why."""

    answers = forms.MultipleChoiceField(
        label=_("Vilka svar ska den sökande kunna ändra?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryssa i minst ett svar."), "invalid_choice": _("Välj bland svaren.")},
    )
    note = NoteField(
        label=_("Vad behöver kompletteras?"),
        missing=_("Skriv vad som behöver kompletteras."),
        help_text=_("Texten står i mejlet och på ärendets sida. De svar som ni har kryssat i räknas upp av sig själva."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["answers"]
        field.choices = [
            (str(part.section.title), [(answer.name, f"{answer.label}: {shortened(answer.value)}") for answer in part.answers])
            for part in self.case.answers()
        ]

    def ticked(self) -> list[str]:
        """What the ticked answers are called."""
        chosen = self.cleaned_data["answers"]
        return [answer.label for part in self.case.answers() for answer in part.answers if answer.name in chosen]


def shortened(text: str) -> str:
    """The beginning of an answer, to know it by."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


class AgendaForm(StepForm):
    """The meeting that is to decide."""

    meeting = MeetingField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = field.queryset.filter(ends_at__gt=timezone.now()).order_by("starts_at")


class SittingForm(PortalForm):
    """When and where Idékom decides: at one of its meetings, or by whom it has delegated the decision to."""

    how = forms.ChoiceField(
        label=_("Beslutat"),
        choices=[(AT_A_MEETING, _("På ett möte")), (DELEGATED, _("Enligt delegation"))],
        initial=AT_A_MEETING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur beslutet fattades."), "invalid_choice": _("Välj hur beslutet fattades.")},
    )
    meeting = MeetingField(required=False, help_text=_("Lämna tomt vid ett delegationsbeslut."))
    decided_on = PastDateField(label=_("Beslutat den"), initial=today, help_text=_("År-månad-dag."))

    def clean(self) -> dict[str, Any]:
        """A decision has a meeting or is delegated: one of the two."""
        filled = super().clean() or {}
        if "meeting" in self.errors or "how" in self.errors:
            return filled
        if filled["how"] == DELEGATED and filled.get("meeting"):
            self.add_error("meeting", _("Ett delegationsbeslut fattas utan möte. Lämna mötet tomt, eller välj På ett möte."))
        if filled["how"] == AT_A_MEETING and not filled.get("meeting"):
            self.add_error("meeting", _("Välj mötet som beslutade. Fattades beslutet utan möte väljer du Enligt delegation."))
        if filled.get("when") == ADJUSTED:
            return filled  # decided on the day of the meeting, whichever that is
        if filled.get("meeting") and filled.get("decided_on") and timezone.localdate(filled["meeting"].starts_at) > filled["decided_on"]:
            self.add_error("decided_on", _("Dagen ligger före mötet. Kontrollera dagen och mötet."))
        return filled


class DecisionForm(SittingForm, StepForm):
    """When and where Idékom decided on one case."""

    paragraph = ParagraphField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Numret i Idékoms protokoll."))

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        known = {"meeting": case.meeting_id, "paragraph": case.paragraph}
        super().__init__(*args, case=case, initial=known | kwargs.pop("initial", {}), **kwargs)


class DeclineForm(DecisionForm):
    """The same, and why not."""

    note = NoteField(
        label=_("Skäl till avslag"), missing=_("Skriv skälet till avslaget."), help_text=_("Den sökande läser skälet i mejlet och på ärendets sida.")
    )


class CommonForm(SittingForm):
    """What the decisions of one sitting have in common."""

    when = forms.ChoiceField(
        label=_("När ska besluten gälla?"),
        choices=[(NOW, _("Besluta nu")), (ADJUSTED, _("När protokollet är justerat"))],
        initial=NOW,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Väntar besluten på justeringen gäller de från mötets dag, och mejlen går när protokollet är justerat."),
        error_messages={"invalid_choice": _("Välj när besluten ska gälla.")},
    )

    first_paragraph = forms.IntegerField(
        label=_("Första paragrafen"),
        required=False,
        min_value=1,
        max_value=99999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}),
        help_text=_("Ärenden med beslut får löpande paragrafer härifrån, i listans ordning. En paragraf som du skriver själv står kvar."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Skriv paragrafen med siffror, till exempel 7.")),
    )

    def clean(self) -> dict[str, Any]:
        """Only what a meeting decides can wait for its minutes."""
        filled = super().clean()
        if filled.get("when") == ADJUSTED and filled.get("how") == DELEGATED:
            self.add_error("when", _("Ett delegationsbeslut väntar inte på något protokoll. Välj Besluta nu."))
        return filled

    @property
    def waits(self) -> bool:
        """Whether the decisions wait for the minutes."""
        return bool(self.cleaned_data.get("when") == ADJUSTED)


class RowForm(PortalForm):
    """The decision on one of several applications."""

    CHOICES = [("leave", _("Avvakta")), ("approve", _("Godkänn")), ("decline", _("Avslå"))]

    choice = forms.ChoiceField(
        label=_("Beslut"), choices=CHOICES, initial="leave", widget=forms.RadioSelect, error_messages={"invalid_choice": _("Välj ett av besluten.")}
    )
    paragraph = ParagraphField(label=_("Paragraf"), max_length=20, required=False)
    note = ReasonField(label=_("Skäl, vid avslag"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_note(self) -> str:
        """The reason; a decline must have one."""
        note: str = self.cleaned_data["note"]
        if self.cleaned_data.get("choice") == "decline" and not note:
            raise ValidationError(_("Skriv skälet till avslaget."))
        return note

    @property
    def is_decided(self) -> bool:
        """Whether the row holds a decision."""
        return self.cleaned_data.get("choice") in {"approve", "decline"}
