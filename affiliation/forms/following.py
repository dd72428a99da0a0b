"""Where to mail what is new in the register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from idekom.lib.forms import PortalForm


class FollowForm(PortalForm):
    """One address, and nothing else."""

    email = forms.EmailField(
        label=_("E-postadress"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Skriv den adress som mejlen ska gå till."),
            "invalid": _("Skriv adressen så här: namn@forening.se."),
            "max_length": _("Adressen är för lång. Skriv en adress på högst %(limit_value)d tecken."),
        },
    )
