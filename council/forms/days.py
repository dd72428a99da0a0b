"""Which day the council is asked for."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from idekom.lib.dated import today
from idekom.lib.forms import PortalForm

HOW = _("Skriv datumet som år-månad-dag, till exempel 2010-03-05. Sidan visar rådet i dag.")


class DayForm(PortalForm):
    """A day. Before one is asked for, or when it cannot be read, it means today."""

    datum = forms.DateField(
        label=_("Visa rådet den dag"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"class": "width-10"}, format="%Y-%m-%d"),
        help_text=_("år-månad-dag"),
        error_messages={"invalid": HOW, "required": HOW},
    )

    @property
    def day(self) -> date:
        """The day that the page is about."""
        return self.cleaned_data["datum"] if self.is_valid() else today()
