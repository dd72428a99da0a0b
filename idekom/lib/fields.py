"""Fields of forms that several apps use: a day, and an uploaded PDF that is known by its content."""

from datetime import date
from typing import Any

import puremagic
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from idekom.lib.text import cleaned

MEGABYTE = 1024 * 1024
LARGEST_PDF = 10 * MEGABYTE


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
