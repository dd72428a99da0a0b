"""What the secretary fills in about a proposal: which meeting takes it up, and what was decided."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.models import Meeting, Proposal
from idekom.lib.forms import PortalForm

NOW, ADJUSTED = "now", "adjusted"


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
