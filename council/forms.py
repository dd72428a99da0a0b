"""Which day the council is asked for."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from idekom.lib.dated import today
from idekom.lib.forms import PortalForm


class DayForm(PortalForm):
    """A day; without one, or with one that cannot be read, it means today."""

    datum = forms.DateField(
        label=_("Visa rådet den dag"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv datumet som år-månad-dag, till exempel 2010-03-05. Sidan visar rådet i dag.")},
    )

    @property
    def day(self) -> date:
        """The day that the page is about."""
        asked: date | None = self.cleaned_data.get("datum") if self.is_valid() else None
        return asked or today()
