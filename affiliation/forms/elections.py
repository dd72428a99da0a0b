"""Naming a person in an election, voting, and what the secretary writes after the close."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from affiliation.forms.fields import PastDateField
from affiliation.models import Candidate, VoterRoll
from agreement.models import Party
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm


class PartyField(forms.ChoiceField):
    """For which of one's parties. Who acts for one alone is not asked."""

    def __init__(self, label: Any, message: Any) -> None:
        super().__init__(label=label, widget=forms.RadioSelect, error_messages={"required": message, "invalid_choice": message})

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """What there is to choose."""
        self.choices = choices
        if len(choices) == 1:
            self.widget = forms.HiddenInput()
            self.initial = choices[0][0]


class CandidateForm(PortalModelForm[Candidate]):
    """Who is named, and what the voters will read."""

    party = PartyField(_("Vilka nominerar?"), _("Välj vilka som nominerar."))

    class Meta:
        model = Candidate
        fields = ("name", "email", "phone", "presentation")
        widgets = {"name": forms.TextInput({"autocomplete": "off"}), "presentation": forms.Textarea({"rows": 6})}
        labels = {"name": _("Namn"), "email": _("E-postadress"), "phone": _("Telefon"), "presentation": _("Presentation")}
        help_texts = {"presentation": _("Några meningar om personen. Visas för alla när personen har sagt ja.")}
        error_messages = {
            "name": {"required": _("Skriv personens namn."), "max_length": _("Skriv namnet med högst 120 tecken.")},
            "email": {"required": _("Skriv personens e-postadress."), "invalid": _("Skriv en e-postadress, till exempel namn@exempel.se.")},
            "phone": {"max_length": _("Skriv numret med högst 40 tecken.")},
            "presentation": {"max_length": _("Skriv högst 1 500 tecken.")},
        }

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party"]
        field.offer([(str(party.pk), party.name) for party in parties])
        self.parties = {str(party.pk): party for party in parties}
        self.order_fields(["party"])

    def clean_party(self) -> Party:
        """The party itself."""
        return self.parties[self.cleaned_data["party"]]

    @property
    def told(self) -> dict[str, str]:
        """What was written about the person."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class VoteForm(PortalForm):
    """The ballot: at most as many as there are places, or blank."""

    roll = PartyField(_("Vilka röstar?"), _("Välj vilka som röstar."))
    choices = forms.MultipleChoiceField(
        label=_("Kandidater"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Välj bland kandidaterna."), "invalid_list": _("Välj bland kandidaterna.")},
    )
    is_blank = forms.BooleanField(label=_("Vi röstar blankt"), required=False)

    def __init__(self, *args: Any, rolls: list[VoterRoll], candidates: list[Candidate], places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roll: Any = self.fields["roll"]
        roll.offer([(str(one.pk), one.party.name) for one in rolls])
        self.rolls, self.places = {str(one.pk): one for one in rolls}, places
        field: Any = self.fields["choices"]
        field.choices = [(str(candidate.pk), candidate.name) for candidate in candidates]
        field.is_either = True  # one of the two is wanted: the page calls neither optional
        field.help_text = ngettext("Välj högst %(number)d.", "Välj högst %(number)d.", places) % {"number": places}

    def clean_roll(self) -> VoterRoll:
        """The party's line on the roll."""
        return self.rolls[self.cleaned_data["roll"]]

    def clean(self) -> dict[str, Any]:
        """Somebody, at most as many as the places; or blank."""
        filled = super().clean() or {}
        chosen = set(filled.get("choices", ()))
        if "choices" in self.errors:
            return filled
        if len(chosen) > self.places:
            self.add_error("choices", _("Ni har valt %(number)d. Välj högst %(places)d.") % {"number": len(chosen), "places": self.places})
        elif chosen and filled.get("is_blank"):
            self.add_error("choices", _("Välj kandidater eller rösta blankt, inte båda."))
        elif not chosen and not filled.get("is_blank"):
            self.add_error("choices", _("Välj minst en kandidat, eller kryssa i att ni röstar blankt."))
        return filled

    @property
    def chosen(self) -> list[int]:
        """The candidates that are voted for."""
        return sorted({int(one) for one in self.cleaned_data["choices"]})


class LotForm(PortalForm):
    """The order in which the lots were drawn."""

    def __init__(self, *args: Any, tied: tuple[Candidate, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tied = tied
        choices = [("", _("Välj")), *((str(one.pk), one.name) for one in tied)]
        wrong = {"required": _("Välj vem lotten gav platsen i ordningen."), "invalid_choice": _("Välj bland dem som har lika många röster.")}
        for number in range(1, len(tied) + 1):
            label = _("Nummer %(number)d i ordningen") % {"number": number}
            self.fields[f"order_{number}"] = forms.ChoiceField(label=label, choices=choices, error_messages=wrong)
        self.fields["drawn_on"] = PastDateField(label=_("Lotten drogs den"), initial=today, help_text=_("År-månad-dag."))
        missing = {"required": _("Skriv vilka som såg lottningen."), "max_length": _("Skriv högst 200 tecken.")}
        self.fields["witnesses"] = forms.CharField(label=_("Vittnen"), max_length=200, error_messages=missing)

    def clean(self) -> dict[str, Any]:
        """Each of them once."""
        filled = super().clean() or {}
        if not self.errors and len(set(self.order)) != len(self.tied):
            self.add_error("order_1", _("Var och en ska stå en gång i ordningen."))
        return filled

    @property
    def order(self) -> list[int]:
        """The candidates in the order that was drawn."""
        return [int(self.cleaned_data[f"order_{number}"]) for number in range(1, len(self.tied) + 1)]


class SettleForm(PortalForm):
    """Who counted."""

    teller_one = forms.CharField(label=_("Första rösträknaren"), max_length=120, error_messages={"required": _("Skriv rösträknarens namn.")})
    teller_two = forms.CharField(label=_("Andra rösträknaren"), max_length=120, error_messages={"required": _("Skriv rösträknarens namn.")})
    settled_on = PastDateField(label=_("Protokollets dag"), initial=today, help_text=_("År-månad-dag."))


class CancelForm(PortalForm):
    """Why it is called off."""

    note = forms.CharField(
        label=_("Varför ställs valet in?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Texten visas för alla, och står i mejlet till dem som kunde rösta."),
        error_messages={"required": _("Skriv varför valet ställs in.")},
    )
