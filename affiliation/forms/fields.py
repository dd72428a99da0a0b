"""Fields of the application that know how their answer must look, and say how to mend it."""

import re
from datetime import date
from typing import Any

import puremagic
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from stdnum.se import orgnr

from idekom.lib.dated import today
from idekom.lib.text import cleaned

MEGABYTE = 1024 * 1024
LARGEST_PDF = 10 * MEGABYTE


class RegistrationNumberField(forms.CharField):
    """A Swedish organisation number, kept as ten digits. A personal identity number is refused, and so never kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean(self, value: Any) -> str:
        """Ten digits, or nothing."""
        digits = re.sub(r"[\s\-‐-―−]", "", super().clean(value))
        if not digits:
            return ""
        if len(digits) == 12 and digits.startswith("16"):
            digits = digits[2:]
        if re.fullmatch(r"(19|20)?\d{10}", digits) and int(digits[-8:-6]) < 20:
            raise ValidationError(
                _("Det här ser ut som ett personnummer, och det ska ni inte lämna. Skriv organisationens nummer, eller lämna fältet tomt.")
            )
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise ValidationError(_("Skriv organisationsnumret med 10 siffror, till exempel 802002-4256."))
        if not orgnr.is_valid(digits):
            raise ValidationError(_("Numret stämmer inte: någon siffra är fel. Jämför med registreringsbeviset, eller lämna fältet tomt."))
        return digits


class WebsiteField(forms.URLField):
    """A web address over http or https; `example.se` is completed."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        message = _("Skriv webbplatsens adress, till exempel www.foreningen.se.")
        super().__init__(assume_scheme="https", error_messages={"invalid": message}, **kwargs)
        self.validators = [URLValidator(schemes=["http", "https"], message=message), *self.validators[1:]]
        self.widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"})


class DayField(forms.DateField):
    """A day, typed in any of the ways that people type days."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%y%m%d", "%Y%m%d", "%Y.%m.%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m %Y"]
        told = _("Skriv dagen som år-månad-dag, till exempel 2026-03-12.")
        messages = {"invalid": told, "required": told}
        super().__init__(input_formats=formats, error_messages=messages, **kwargs)
        self.widget = forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off", "maxlength": "20"})

    def clean(self, value: Any) -> date | None:
        """The day."""
        day: date | None = super().clean(cleaned(value) if isinstance(value, str) else value)
        return day


class PastDateField(DayField):
    """A day that has been."""

    def clean(self, value: Any) -> date | None:
        """The day, if it is not in the future nor before anybody's memory."""
        day = super().clean(value)
        if day and day > today():
            raise ValidationError(_("Dagen ligger i framtiden. Skriv den dag då beslutet fattades."))
        if day and day.year < 1990:
            raise ValidationError(_("Dagen ligger långt tillbaka. Kontrollera året."))
        return day


class ComingDateField(DayField):
    """Today, or a day to come."""

    def clean(self, value: Any) -> date | None:
        """The day, if it has not been and is within ten years."""
        day = super().clean(value)
        if day and day < today():
            raise ValidationError(_("Dagen har redan varit. Skriv dagens datum eller en dag som kommer."))
        if day and day.year > today().year + 10:
            raise ValidationError(_("Dagen ligger långt fram. Kontrollera året."))
        return day


class PDFInput(forms.FileInput):
    """A file input that never tells where a kept file lies."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "application/pdf,.pdf"})


class PDFField(forms.FileField):
    """An uploaded PDF: known by its content, not by its name, and of a reasonable size."""

    widget = PDFInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"empty": _("Filen är tom. Välj en annan fil.")}, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file; what is kept already when nothing new comes."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if (file.size or 0) > LARGEST_PDF:
                raise ValidationError(_("Filen är större än 10 MB. Spara den i ett mindre format, eller mejla den till oss."))
            if not _is_pdf(file):
                raise ValidationError(_("Filen är inte en PDF. Spara dokumentet som PDF och välj den filen."))
        return file


def _is_pdf(file: UploadedFile[Any]) -> bool:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    try:
        kinds = {str(match.mime_type) for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return False
    return head.startswith(b"%PDF-") and "application/pdf" in kinds


class ParagraphField(forms.CharField):
    """The number of a paragraph in minutes; a paragraph sign before it is taken away."""

    def to_python(self, value: Any) -> str:
        """The number alone."""
        return str(super().to_python(value)).lstrip("§ ")
