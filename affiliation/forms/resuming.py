"""What the owner of a draft fills in to go on with it another day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from idekom.lib.forms import PortalForm


class ResumeForm(PortalForm):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Hit mejlar vi länken, och påminner innan utkastet raderas."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Skriv den e-postadress som länken ska till."),
            "invalid": _("Skriv e-postadressen med @, till exempel styrelsen@foreningen.se."),
        },
    )
