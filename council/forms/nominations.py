"""Naming a person for a seat, and the council's decision on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.models import Mandate, Meeting, Nomination, Person, Seat, SeatingDecision
from idekom.lib.dated import today
from idekom.lib.fields import DayField
from idekom.lib.forms import PortalForm, PortalModelForm


class NominationForm(PortalModelForm[Nomination]):
    """Who is named, as what and from when."""

    from_on = DayField(label=_("Från och med"), help_text=_("år-månad-dag"))
    until_on = DayField(label=_("Till och med"), required=False, help_text=_("år-månad-dag. Lämna tomt om slutet inte är bestämt."))

    class Meta:
        model = Nomination
        fields = ("role", "name", "email", "phone", "from_on", "until_on")
        labels = {"role": _("Som"), "name": _("Namn"), "email": _("E-postadress"), "phone": _("Telefon")}
        widgets = {"role": forms.RadioSelect, "name": forms.TextInput({"autocomplete": "off"})}
        error_messages = {
            "role": {"required": _("Välj ordinarie eller ersättare."), "invalid_choice": _("Välj ordinarie eller ersättare.")},
            "name": {"required": _("Skriv personens namn."), "max_length": _("Skriv namnet med högst 120 tecken.")},
            "email": {"required": _("Skriv personens e-postadress."), "invalid": _("Skriv en e-postadress, till exempel namn@exempel.se.")},
            "phone": {"max_length": _("Skriv numret med högst 40 tecken.")},
        }

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, instance=Nomination(seat=seat), initial={"from_on": max(today(), seat.from_on)}, **kwargs)
        role: Any = self.fields["role"]
        role.choices = list(Mandate.Role.choices) if seat.has_substitute else [Mandate.Role.choices[0]]


class OfficeNominationForm(forms.ModelForm[Nomination]):
    """A nomination that has come by letter, mail or telephone, typed in by the secretary."""

    class Meta:
        model = Nomination
        fields = ("seat", "role", "name", "email", "phone", "from_on", "until_on", "source_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source_note" in self.fields:
            self.fields["source_note"].required = True


class NoteForm(PortalForm):
    """A few words with a step."""

    note = forms.CharField(label=_("Hur ni fick svaret, eller varför"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class ConditionalCharField(forms.CharField):
    """Needed or not by another answer: the page does not call it optional."""

    is_conditional = True


class ConditionalMeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The same, for a meeting."""

    is_conditional = True


class DecisionForm(PortalForm):
    """Where the council's decision stands: a meeting and its paragraph, or words, and the day."""

    meeting = ConditionalMeetingField(
        label=_("Möte"),
        queryset=Meeting.objects.select_related("body"),
        required=False,
        help_text=_("Lämna tomt om beslutet fattades på annat sätt, och skriv det i ord."),
        error_messages={"invalid_choice": _("Välj ett av mötena.")},
    )
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Numret i protokollet, till exempel 7."))
    text = ConditionalCharField(label=_("Beslutet i ord"), max_length=200, required=False, help_text=_("Till exempel: Beslut per capsulam."))
    decided_on = DayField(label=_("Beslutat den"), initial=today, help_text=_("år-månad-dag"))

    def clean(self) -> dict[str, Any]:
        """A decision stands somewhere."""
        filled = super().clean() or {}
        if "meeting" not in self.errors and not filled.get("meeting") and not filled.get("text"):
            self.add_error("meeting", _("Välj mötet som beslutade, eller skriv beslutet i ord."))
        decided_on = filled.get("decided_on")
        if decided_on and decided_on > today():
            self.add_error("decided_on", _("Dagen har inte varit än. Skriv den dag då beslutet fattades."))
        return filled

    @property
    def decision(self) -> SeatingDecision:
        """The decision that was filled in."""
        filled = self.cleaned_data
        return SeatingDecision(filled["decided_on"], filled["meeting"], filled["paragraph"], filled["text"])


class DeclineForm(DecisionForm):
    """The same, and why not."""

    note = forms.CharField(
        label=_("Skäl"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Den som nominerade och personen läser skälet i mejlet."),
        error_messages={"required": _("Skriv skälet.")},
    )


class SeatForm(DecisionForm):
    """The same, and from when the person sits, and who it is."""

    from_on = DayField(label=_("Mandatet börjar"), help_text=_("år-månad-dag"))
    until_on = DayField(label=_("Mandatet slutar"), required=False, help_text=_("år-månad-dag. Lämna tomt om slutet inte är bestämt."))
    person = forms.ModelChoiceField(
        label=_("Samma person som"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("En ny person"),
        help_text=_("Välj här om personen redan har suttit i rådet."),
        error_messages={"invalid_choice": _("Välj en av personerna.")},
    )
    ends_predecessor = forms.BooleanField(label=_("Avsluta företrädarens mandat dagen före"), required=False)

    def __init__(self, *args: Any, nomination: Nomination, **kwargs: Any) -> None:
        alike = nomination.lookalikes.first()
        known = {"from_on": nomination.from_on, "until_on": nomination.until_on, "person": alike.pk if alike else None}
        super().__init__(*args, initial=known, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = Person.objects.all()

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        filled = super().clean()
        first, last = filled.get("from_on"), filled.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("Sista dagen måste komma efter den första."))
        return filled
