"""What came of an item: the outcome, the words, and who has taken something on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.models import AgendaItem, Assignment, Person
from idekom.lib.fields import DayField
from idekom.lib.forms import PortalForm, PortalModelForm


class OutcomeField(forms.ChoiceField):
    """What came of it; until then, nothing."""

    is_conditional = True  # needed or not by how far the meeting has come: the page does not call it optional


class GroupField(forms.CharField):
    """Needed when the item is referred."""

    is_conditional = True


class ConvenerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Needed when the item is referred."""

    is_conditional = True


class OutcomeForm(PortalForm):
    """The outcome of one item."""

    outcome = OutcomeField(
        label=_("Utfall"),
        choices=[*AgendaItem.Outcome.choices, ("", _("inte behandlad än"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Välj ett av utfallen.")},
    )
    words = forms.CharField(label=_("Beslutet i ord"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    discussion = forms.CharField(label=_("Vad som sades"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 6}))
    working_group = GroupField(label=_("Arbetsgrupp"), required=False, max_length=120, help_text=_("När frågan lämnas till en arbetsgrupp."))
    convener = ConvenerField(
        label=_("Sammankallande"), queryset=Person.objects.all(), required=False, error_messages={"invalid_choice": _("Välj en av personerna.")}
    )

    @classmethod
    def of(cls, item: AgendaItem, typed: Any) -> "OutcomeForm":
        """The form as the item stands."""
        known = {"outcome": item.outcome, "words": item.outcome_words, "discussion": item.discussion}
        return cls(typed, initial={**known, "working_group": item.working_group, "convener": item.convener_id})

    def clean(self) -> dict[str, Any]:
        """What is referred goes to a group that somebody calls together."""
        filled = super().clean() or {}
        if filled.get("outcome") == AgendaItem.Outcome.REFERRED:
            if not filled.get("working_group") and "working_group" not in self.errors:
                self.add_error("working_group", _("Skriv vilken arbetsgrupp frågan går till."))
            if not filled.get("convener") and "convener" not in self.errors:
                self.add_error("convener", _("Välj vem som är sammankallande."))
        return filled


class AssignmentForm(PortalModelForm[Assignment]):
    """Something to do: what, who, for whom, until when."""

    due_on = DayField(label=_("Senast"), required=False, help_text=_("År-månad-dag."))

    class Meta:
        model = Assignment
        fields = ("what", "person", "doer", "for_whom", "due_on")
        labels = {"what": _("Vad som ska göras"), "person": _("Vem som gör det"), "doer": _("Eller med ord"), "for_whom": _("Till vem")}

    def clean(self) -> dict[str, Any]:
        """It is somebody's."""
        filled = super().clean() or {}
        if filled.get("what") and not filled.get("person") and not filled.get("doer") and not {"person", "doer"} & set(self.errors):
            self.add_error("person", _("Välj vem som gör det, eller skriv det med ord."))
        return filled

    def validate_constraints(self) -> None:
        """Whose it is, is told above, beside its field."""


AssignmentFormSet = forms.modelformset_factory(Assignment, form=AssignmentForm, extra=2, max_num=40)


class NoteForm(PortalForm):
    """How it went with an assignment."""

    note = forms.CharField(
        label=_("Hur gick det?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv med några ord hur det gick.")},
    )
