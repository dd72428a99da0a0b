"""What the public, the evaluators and the secretariat fill in about an evaluation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Party
from followup.models import Addressee, CommitmentMark, Completion, Effect, Evaluation, Finding, Recommendation, Reply
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm

TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")
DAY = {"invalid": _("Skriv dagen så här: 2028-05-31.")}


def _day_field(label: Any, **options: Any) -> forms.DateField:
    errors = {"required": _("Skriv en dag, till exempel 2028-05-31."), **DAY}
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=errors, **options)


def _words(form: forms.BaseForm, rows: dict[str, int]) -> None:
    """Let text areas have so many rows, and tell what is too long in words."""
    for name, tall in rows.items():
        field = form.fields[name]
        field.widget.attrs |= {"rows": tall}
        field.widget.attrs.pop("maxlength", None)
        for validator in field.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG


class CommentForm(PortalForm):
    """A comment on a draft."""

    text = forms.CharField(
        label=_("Er synpunkt"),
        help_text=_("Skriv gärna vilken iakttagelse eller rekommendation det gäller."),
        max_length=5000,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv vad ni vill säga om utkastet.")},
    )
    name = forms.CharField(
        label=_("Namn"),
        help_text=_("Ert eller organisationens namn. Det visas tillsammans med synpunkten. Lämna tomt om det inte ska stå något namn."),
        max_length=120,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"text": 8})


class IntroductionForm(PortalModelForm[Evaluation]):
    """The beginning of the evaluation."""

    class Meta:
        model = Evaluation
        fields = ["summary", "introduction"]
        help_texts = {
            "summary": _("Det viktigaste i några meningar, för den som bara läser en sak."),
            "introduction": _("Uppdraget, metoden och läget. Rubriker skrivs med två nummertecken först på raden: ## Metod. Punkter med streck."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"summary": 5, "introduction": 16})


class FindingForm(PortalModelForm[Finding]):
    """Something that has been found."""

    class Meta:
        model = Finding
        fields = ["title", "text", "commitment"]
        error_messages = {
            "title": {"required": _("Skriv en rubrik som säger vad ni har funnit.")},
            "text": {"required": _("Skriv vad ni har funnit, och hur ni vet det.")},
        }
        help_texts = {"commitment": _("Välj ett åtagande om iakttagelsen gäller just det.")}

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["commitment"]
        field.queryset = Commitment.objects.filter(version=evaluation.version_id).order_by("number")
        field.empty_label = gettext("Inget särskilt åtagande")
        _words(self, {"text": 8})


class RecommendationForm(PortalModelForm[Recommendation]):
    """What somebody ought to do."""

    addressee = forms.ChoiceField(
        label=_("Vem är den till?"),
        choices=Addressee.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem rekommendationen är till."), "invalid_choice": _("Välj ett av alternativen.")},
    )
    party = forms.ModelChoiceField(
        label=_("Vilken part?"),
        help_text=_("Bara om ni valde En part."),
        queryset=Party.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Välj en part i listan.")},
    )
    due_on = _day_field(_("När bör det vara gjort?"))

    class Meta:
        model = Recommendation
        fields = ["text", "addressee", "party", "due_on"]
        error_messages = {"text": {"required": _("Skriv vad som bör göras.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party"]
        field.queryset = Party.objects.filter(affiliations__isnull=False).distinct().order_by("sort_name", "pk")
        field.empty_label = gettext("Ingen särskild part")
        _words(self, {"text": 6})

    def clean(self) -> dict[str, Any]:
        """A party is named when it is for one, and else it is not."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("addressee") != Addressee.PARTY:
            told["party"] = None
        elif not told.get("party") and "party" not in self.errors:
            self.add_error("party", ValidationError(gettext("Välj vilken part rekommendationen är till.")))
        return told


class MarkForm(PortalModelForm[CommitmentMark]):
    """The two marks of a commitment."""

    completion = forms.ChoiceField(
        label=_("Hur mycket av åtagandet är genomfört?"),
        choices=Completion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur mycket som är genomfört."), "invalid_choice": _("Välj ett av alternativen.")},
    )
    effect = forms.ChoiceField(
        label=_("Vilken skillnad har det gjort?"),
        choices=Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilken skillnad det har gjort."), "invalid_choice": _("Välj ett av alternativen.")},
    )

    class Meta:
        model = CommitmentMark
        fields = ["completion", "effect", "reasons"]
        error_messages = {"reasons": {"required": _("Skriv vad ni bygger bedömningen på.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"reasons": 6})


class EvaluatorForm(PortalForm):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("Utvärderarens e-postadress"),
        help_text=_("Ett mejl tar dit. Den som bjuds in läser allt från perioden, men ser inga kontaktuppgifter till personer."),
        max_length=254,
        error_messages={"required": _("Skriv adressen så här: namn@universitet.se."), "invalid": _("Skriv adressen så här: namn@universitet.se.")},
    )


class CommentDaysForm(PortalForm):
    """Between which days comments are taken in."""

    first = _day_field(_("Första dagen för synpunkter"))
    last = _day_field(_("Sista dagen för synpunkter"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError(gettext("Skriv en dag som kommer efter den första.")))
        return told


class _Line(PortalForm):
    """Something to write in the ledger of a recommendation."""

    on = _day_field(_("Dag"))

    def clean_on(self) -> date:
        """A day that has been."""
        on: date = self.cleaned_data["on"]
        if on > today():
            raise ValidationError(gettext("Skriv en dag som har varit."))
        return on


class ReplyForm(_Line):
    """The answer of those that a recommendation was made to."""

    reply = forms.ChoiceField(
        label=_("Svaret"),
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad de svarar."), "invalid_choice": _("Välj ett av alternativen.")},
    )
    by_whom = forms.CharField(
        label=_("Vem svarar?"),
        help_text=_("Organisationens eller nämndens namn och gärna paragrafen, inte en persons namn."),
        max_length=160,
        error_messages={"required": _("Skriv vem som svarar."), "max_length": TOO_LONG},
    )
    text = forms.CharField(label=_("Med egna ord"), max_length=4000, required=False, widget=forms.Textarea)
    field_order = ["reply", "by_whom", "text", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"text": 5})


class DoneForm(_Line):
    """That a recommendation has been carried out, or is taken up again."""

    text = forms.CharField(
        label=_("Vad har gjorts?"), max_length=4000, widget=forms.Textarea, error_messages={"required": _("Skriv vad som har gjorts.")}
    )
    field_order = ["text", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"text": 5})
