"""The portal's one form that belongs to no subject: what is hard to get at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from idekom.lib.forms import PortalForm


class AccessibilityReport(PortalForm):
    """Something that somebody cannot get at. No name is asked for."""

    where = forms.CharField(label=_("På vilken sida?"), help_text=_("Adressen, eller vad sidan handlar om."), max_length=300, required=False)
    what = forms.CharField(
        label=_("Vad är det som inte går?"),
        help_text=_("Berätta gärna vilket hjälpmedel ni använder."),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv vad det är som inte går.")},
    )
    reply_to = forms.EmailField(
        label=_("E-postadress, om ni vill ha svar"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Skriv adressen så här: namn@forening.se.")},
    )
