"""What the secretary fills in about a case, or a party, without deciding anything."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from affiliation.forms.fields import PastDateField
from affiliation.models.handling import colleagues
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm
from idekom.lib.text import cleaned

if TYPE_CHECKING:
    from idekom.users.models import User

TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")


class NoteForm(PortalForm):
    """An internal note."""

    text = forms.CharField(
        label=_("Ny intern anteckning"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den sökande ser den aldrig. Den kan bli allmän handling."),
        error_messages={"required": _("Skriv anteckningen."), "max_length": TOO_LONG},
    )


class RegistryForm(PortalForm):
    """The case in the City's register."""

    number = forms.CharField(
        label=_("Diarienummer"), max_length=40, required=False, help_text=_("Till exempel 0390/26."), error_messages={"max_length": TOO_LONG}
    )
    url = forms.CharField(
        label=_("Länk till diariet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Börjar med https:// eller http://."),
        error_messages={"max_length": TOO_LONG},
        validators=[URLValidator(schemes=["http", "https"], message=_("Skriv hela adressen, till exempel https://diariet.example.org/0390-26."))],
    )


class HandlerForm(PortalForm):
    """One of those who can handle a case."""

    handler: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Handläggare"),
        queryset=None,
        empty_label=_("Välj en kollega"),
        error_messages={"required": _("Välj en kollega."), "invalid_choice": _("Välj en av kollegorna i listan.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = colleagues()  # type: ignore[attr-defined]


class ComingDateField(PastDateField):
    """A day from today on, typed in any of the ways that people type days."""

    def clean(self, value: Any) -> date | None:
        """The day, if it has not been and lies within a few years."""
        day: date | None = forms.DateField.clean(self, cleaned(value) if isinstance(value, str) else value)
        if day and day < today():
            raise ValidationError(_("Dagen har varit. Sista dagen kan vara i dag eller senare."))
        if day and day > today() + timedelta(days=5 * 366):
            raise ValidationError(_("Dagen ligger långt fram. Kontrollera året."))
        return day


class LeaveForm(PortalForm):
    """The last day of a party that leaves."""

    last_day = ComingDateField(label=_("Sista dagen som ansluten"), initial=today, help_text=_("År-månad-dag. I dag eller senare."))
