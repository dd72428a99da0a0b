"""The file to read in, and one row of it: checked like any other form, so that it says the same things."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from affiliation.forms.fields import PastDateField, RegistrationNumberField, WebsiteField
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm
from idekom.lib.text import cleaned

TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")


class FileForm(PortalForm):
    """The file."""

    file = forms.FileField(
        label=_("CSV-fil"),
        help_text=_("Samma kolumner som i filen från förteckningen. Högst 5 MB och 4 000 rader."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Välj en fil."), "invalid": _("Välj en fil."), "empty": _("Filen är tom. Välj en annan fil.")},
    )


class LabelField(forms.CharField):
    """One of several named things, by its name in either language and in any case. `choices` is {name in lower case: the thing}."""

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": missing}, **kwargs)
        self.choices: Mapping[str, Any] = {}
        self.names: list[str] = []

    def clean(self, value: Any) -> Any:
        """The thing, or None of an empty cell."""
        name = super().clean(value)
        if not name:
            return None
        if name.casefold() not in self.choices:
            told = gettext("”%(name)s” finns inte att välja. Skriv något av: %(names)s.")
            raise ValidationError(told % {"name": name[:80], "names": ", ".join(self.names[:20]) or "–"})
        return self.choices[name.casefold()]


class StartField(PastDateField):
    """The first day of an affiliation, which may lie a year ahead."""

    def clean(self, value: Any) -> date | None:
        """The day."""
        day: date | None = forms.DateField.clean(self, cleaned(value).strip() if isinstance(value, str) else value)
        if day and not date(1990, 1, 1) <= day <= today() + timedelta(days=366):
            raise ValidationError(gettext("Dagen ligger långt bort. Kontrollera året."))
        return day


class RowForm(PortalForm):
    """The cells of one row, under the names of their columns. Only those that are given are checked."""

    namn = forms.CharField(max_length=160, error_messages={"required": _("Skriv partens namn."), "max_length": TOO_LONG})
    slag = LabelField(missing=_("Skriv vilket slag av part det är."))
    juridisk_form = LabelField(missing=_("Skriv den juridiska formen."))
    sektor = LabelField(missing="", required=False)
    stadsomrade = LabelField(missing="", required=False)
    ansluten_sedan = StartField()
    version = LabelField(missing="", required=False)
    webbplats = WebsiteField(required=False, max_length=200)
    beskrivning = forms.CharField(max_length=1000, required=False, error_messages={"max_length": TOO_LONG})
    organisationsnummer = RegistrationNumberField(required=False)

    def __init__(self, cells: dict[str, str], choices: Mapping[str, Mapping[str, Any]], names: Mapping[str, list[str]], *, is_new: bool) -> None:
        super().__init__(cells)
        for name, field in list(self.fields.items()):
            if name not in cells:
                del self.fields[name]
            elif isinstance(field, LabelField):
                field.choices, field.names = choices[name], names[name]
        if not is_new and "ansluten_sedan" in self.fields:
            self.fields["ansluten_sedan"].required = False  # an empty cell leaves the day as it is

    def reads(self, cells: dict[str, str]) -> bool:
        """Whether the cells of another row with the same columns are sound: one form serves a long file."""
        self.data, self._errors = cells, None
        return self.is_valid()

    def clean_namn(self) -> str:
        """The name on one line."""
        return " ".join(str(self.cleaned_data["namn"]).split())
