"""Which parties a proposal is laid before, besides those that have it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from idekom.lib.forms import PortalForm


class AddresseesForm(PortalForm):
    """Affiliated parties that have not been given it."""

    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Parter som är anslutna i dag och inte har fått förslaget"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Välj minst en part."),
            "invalid_choice": _("Någon av parterna har fått förslaget redan. Läs om sidan."),
            "invalid_pk_value": _("Välj bland parterna."),
        },
    )

    def __init__(self, *args: Any, parties: QuerySet[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parties"]
        field.queryset = parties
