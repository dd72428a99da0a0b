"""What the secretary fills in about a proposal: its words and whom it is for, which meeting takes it up, and what was decided."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Version
from council.models import Meeting, Proposal
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, PortalModelForm

NOW, ADJUSTED = "now", "adjusted"


class ProposalForm(PortalModelForm[Proposal]):
    """The words of a draft, whom it is for and which commitments it serves."""

    class Meta:
        model = Proposal
        fields = ("title", "slug", "aim", "text", "addressed", "chosen", "commitments")
        widgets = {
            "aim": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 12}),
            "addressed": forms.RadioSelect,
            "commitments": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "commitments" in self.fields:
            field: Any = self.fields["commitments"]
            field.queryset = Commitment.objects.filter(version=Version.objects.in_force(today())).order_by("number")

    def clean(self) -> dict[str, Any]:
        """Parties are chosen when it is for chosen ones, and only then."""
        filled: dict[str, Any] = super().clean() or {}
        is_chosen = filled.get("addressed") == Proposal.Addressed.CHOSEN
        if is_chosen and not filled.get("chosen"):
            self.add_error("chosen", _("Välj minst en part, eller låt förslaget rikta sig till en sida."))
        elif not is_chosen and filled.get("chosen"):
            self.add_error("addressed", _("Ni har valt parter nedan. Välj ”de parter som väljs nedan”, eller ta bort valet."))
        return filled


class AgendaForm(PortalForm):
    """Which meeting takes it up."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Möte"), error_messages={"required": _("Välj ett möte.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = Meeting.objects.coming(timezone.now()).filter(status__in=["planned", "called"]).select_related("body")


class DecisionForm(PortalForm):
    """What the council decided, and from when it counts."""

    choice = forms.ChoiceField(
        label=_("Beslut"), choices=Proposal.Choice.choices, widget=forms.RadioSelect, error_messages={"required": _("Välj vad rådet beslutade.")}
    )
    when = forms.ChoiceField(
        label=_("När gäller beslutet?"),
        choices=[(ADJUSTED, _("när protokollet är justerat")), (NOW, _("nu"))],
        initial=ADJUSTED,
        widget=forms.RadioSelect,
    )
