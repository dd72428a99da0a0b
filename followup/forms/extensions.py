"""What is filled in about a report's time: a party asks for more, the secretary answers and reminds."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followup.models.extensions import outside
from followup.models.reminders import Recipient
from idekom.lib.fields import DayField
from idekom.lib.forms import PortalForm

TOO_LONG = gettext_lazy("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


class MoreTimeForm(PortalForm):
    """Until when, and why if one likes."""

    until_on = DayField(label=gettext_lazy("Till och med vilken dag?"))
    why = forms.CharField(
        label=gettext_lazy("Varför?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Några ord räcker. Bara kansliet läser dem."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, days: tuple[date, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        first, last = (date_format(day, "j F Y") for day in days)
        told = _("År-månad-dag. Den kan vara från den %(first)s till den %(last)s.") % {"first": first, "last": last}
        self.fields["until_on"].help_text = told
        self.fields["why"].widget.attrs.pop("maxlength", None)  # what is too long is told in words, not cut off

    def clean_until_on(self) -> date:
        """A day that may be asked for."""
        until_on: date = self.cleaned_data["until_on"]
        if not self.days[0] <= until_on <= self.days[1]:
            raise ValidationError(outside(*self.days))
        return until_on


class WordForm(PortalForm):
    """A word to whoever asked."""

    note = forms.CharField(label=gettext_lazy("Några ord till den som bad"), max_length=500, required=False, error_messages={"max_length": TOO_LONG})


class RemindForm(PortalForm):
    """Whom to remind, of those who can be."""

    to = forms.MultipleChoiceField(
        label=gettext_lazy("Mottagare"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Kryssa för minst en mottagare."),
            "invalid_choice": gettext_lazy("Listan har ändrats sedan sidan visades. Se efter vilka som är kvar, och skicka igen."),
            "invalid_list": gettext_lazy("Kryssa för minst en mottagare."),
        },
    )

    def __init__(self, *args: Any, recipients: list[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {one.key: one for one in recipients}
        choices = [(key, f"{one.report.party}: {one.user.name or one.user.email}") for key, one in self.recipients.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].initial = list(self.recipients)

    @property
    def chosen(self) -> list[Recipient]:
        """Those that were ticked."""
        return [self.recipients[key] for key in self.cleaned_data["to"]]
