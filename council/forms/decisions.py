"""What a party answers to a proposal, from its own page or from a paper; and what one is asked around it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreement.models import ActionPlan, Activity, Sector, Version
from council.models import Anchoring, Given, PartyDecision, Stance
from idekom.lib.dated import today
from idekom.lib.fields import DayField, PDFField
from idekom.lib.forms import PortalForm, PortalModelForm

ANSWERS = [
    (Stance.YES, _("Ja")),
    (Stance.CHANGED, _("Ja, med en ändring")),
    (Stance.NO, _("Nej")),
    (Stance.NOT_FOR_US, _("Det här är inget för oss")),
]
CHOOSE = {"required": _("Välj vad ni säger om förslaget."), "invalid_choice": _("Välj ett av svaren.")}
CHOOSE_ONE = {"invalid_choice": _("Välj ett av alternativen.")}


def conditional(field: forms.Field) -> Any:
    """Needed or not by another answer: the page does not call it optional."""
    field.is_either = field.is_conditional = True  # type: ignore[attr-defined]
    return field


class DecisionForm(PortalForm):
    """What the party has decided. Which fields are needed hangs on the answer; the model says which."""

    stance = forms.ChoiceField(label=_("Vad säger ni om förslaget?"), choices=ANSWERS, widget=forms.RadioSelect, error_messages=CHOOSE)
    change = conditional(
        forms.CharField(
            label=_("Ändringen, i ord"),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 3}),
            help_text=_("Bara om ni säger ja med en ändring."),
        )
    )
    decided_on = conditional(DayField(label=_("Vilken dag beslutade ni?"), required=False, help_text=_("År-månad-dag.")))
    body = conditional(
        forms.CharField(
            label=_("Vem hos er beslutade?"), required=False, max_length=120, help_text=_("Till exempel styrelsen, årsmötet eller nämnden.")
        )
    )
    paragraph = forms.CharField(label=_("Paragraf i ert protokoll"), required=False, max_length=20)
    binds_on = DayField(
        label=_("Gäller från"), required=False, help_text=_("År-månad-dag. Lämna tomt om det gäller från den dag ni beslutade. Används bara vid ja.")
    )
    document = PDFField(label=_("Protokollsutdrag, som pdf"), required=False, help_text=_("Högst 10 MB. Kansliet kan läsa det."))
    shows_document = forms.BooleanField(
        label=_("Alla får läsa protokollsutdraget"), required=False, help_text=_("Kryssa bara i om det inte har några personuppgifter.")
    )
    comment = forms.CharField(
        label=_("Kommentar"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Visas för alla. Skriv inga namn på personer."),
    )
    corrects = forms.BooleanField(
        label=_("Det som står nu är fel, och det här rättar det"), required=False, help_text=_("Kryssa inte i om ni har fattat ett nytt beslut.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, row: PartyDecision, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": row.revision}, **kwargs)
        if row.is_open:
            del self.fields["corrects"]

    @property
    def given(self) -> Given:
        """The answer."""
        filled = dict(self.cleaned_data)
        return Given(**{name: filled[name] for name in Given.__dataclass_fields__ if name in filled})

    @property
    def corrects_old(self) -> bool:
        """Whether it puts right what stands."""
        return bool(self.cleaned_data.get("corrects"))

    def clean(self) -> dict[str, Any]:
        """What is missing is told beside its field."""
        filled: dict[str, Any] = super().clean() or {}
        if "stance" in filled:
            self._check()
        return filled

    def _check(self) -> None:
        try:
            self.given.check()
        except ValidationError as error:
            for name, told in error.message_dict.items():
                if name not in self.errors:
                    self.add_error(name, told)


class PaperDecisionForm(DecisionForm):
    """The same, by the secretary, from a paper."""

    paper_source = forms.CharField(
        label=_("Vilket papper?"),
        max_length=160,
        help_text=_("Visas för alla, till exempel: protokollsutdrag, inkommet den 3 mars 2026. Inga namn på personer."),
        error_messages={"required": _("Skriv vilket papper beslutet är hämtat från.")},
    )

    field_order = ["paper_source"]


class TakeBackForm(PortalForm):
    """Why what stands was a mistake."""

    note = forms.CharField(label=_("Varför?"), max_length=400, error_messages={"required": _("Skriv med några ord vad som var fel.")})
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class HinderForm(PortalForm):
    """One sentence about what is in the way."""

    answer = forms.CharField(
        label=_("Vad hindrar er?"),
        max_length=400,
        help_text=_("En mening räcker. Bara kansliet läser den."),
        error_messages={"required": _("Skriv en mening om vad som hindrar.")},
    )


class AnchoringForm(PortalModelForm[Anchoring]):
    """Whom one has asked about a proposal, and what they said."""

    asked_on = DayField(label=_("När frågade du?"), help_text=_("År-månad-dag."))

    class Meta:
        model = Anchoring
        fields = ("party", "sector", "group", "side", "asked_on", "how", "said")
        labels = {"party": _("En part"), "sector": _("En sektor"), "group": _("Eller en grupp, i ord"), "how": _("Hur?"), "said": _("Vad sade de?")}
        widgets = {"how": forms.RadioSelect, "said": forms.Textarea({"rows": 4})}
        error_messages = {
            "how": {"required": _("Välj hur du frågade."), "invalid_choice": _("Välj ett av sätten.")},
            "said": {"required": _("Skriv vad de sade, med några ord.")},
            "party": CHOOSE_ONE,
            "sector": CHOOSE_ONE,
            "side": CHOOSE_ONE,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["sector"].queryset = Sector.objects.on(today())
        fields["how"].choices = Anchoring.How.choices
        for name in ("party", "sector", "group", "side"):
            conditional(fields[name])

    def clean_asked_on(self) -> Any:
        """Nobody has been asked tomorrow."""
        day = self.cleaned_data["asked_on"]
        if day and (day > today() or day.year < 2000):
            raise ValidationError(_("Skriv den dag då du frågade. Den kan inte ligga i framtiden eller långt tillbaka."))
        return day


class ActivityForm(PortalForm):
    """Which activity a yes becomes: a new one in a plan, or one that there is."""

    plan = conditional(forms.ModelChoiceField(ActionPlan.objects.none(), label=_("Ny aktivitet i planen"), required=False, error_messages=CHOOSE_ONE))
    activity = conditional(
        forms.ModelChoiceField(Activity.objects.none(), label=_("Eller en aktivitet som redan finns"), required=False, error_messages=CHOOSE_ONE)
    )

    def __init__(self, *args: Any, row: PartyDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["plan"].queryset = ActionPlan.objects.all()
        fields["activity"].queryset = Activity.objects.exclude(status=Activity.Status.CANCELLED)
        others = Activity.objects.filter(decisions__proposal=row.proposal_id).distinct()
        fields["activity"].initial = others.first()

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        filled: dict[str, Any] = super().clean() or {}
        if bool(filled.get("plan")) == bool(filled.get("activity")) and not self.errors:
            self.add_error("plan", _("Välj en plan för en ny aktivitet, eller en aktivitet som finns: ett av dem."))
        return filled


class VersionForm(PortalForm):
    """Which coming version takes it in."""

    version = forms.ModelChoiceField(
        Version.objects.none(), label=_("Utkast till version"), error_messages={**CHOOSE_ONE, "required": _("Välj ett utkast.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["version"].queryset = Version.objects.filter(status=Version.Status.DRAFT)
