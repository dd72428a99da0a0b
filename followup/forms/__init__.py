"""What a party fills in about one commitment, and the language that a reader chooses for mails."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from followup.models import Answer, Progress
from idekom.lib.forms import PortalForm, PortalModelForm

PROGRESS = [
    *((progress.value, progress.label) for progress in Progress if progress != Progress.NO_OPINION),
    (_("Eller"), [(Progress.NO_OPINION.value, Progress.NO_OPINION.label)]),
]
"""The choices, with "no opinion" apart from the others."""


TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


class AnswerForm(PortalModelForm[Answer]):
    """One commitment. Everything may wait, so that a draft can always be saved."""

    unmarked = True  # the labels say themselves what is optional

    progress = forms.ChoiceField(label=_("Hur långt har det kommit?"), choices=PROGRESS, widget=forms.RadioSelect, required=False)

    class Meta:
        model = Answer
        fields = ["progress", "done", "example", "plan"]
        labels = {
            "done": _("Vad har ni gjort under året? (frivilligt)"),
            "example": _("Ett exempel att sprida (frivilligt)"),
            "plan": _("Vad planerar ni för nästa år? (frivilligt)"),
        }
        help_texts = {
            "done": _("Några meningar räcker."),
            "example": _("Något som andra kan lära av. Det visas också i åtagandets kapitel i boken."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("done", "example", "plan"):
            field = self.fields[name]
            field.widget.attrs |= {"rows": 5}
            field.widget.attrs.pop("maxlength", None)  # what is too long is told in words, not cut off
            for validator in field.validators:
                if isinstance(validator, MaxLengthValidator):
                    validator.message = TOO_LONG


class LanguageForm(PortalForm):
    """The language of the mails."""

    language = forms.ChoiceField(label=_("Språk i mejlen till dig"), choices=settings.LANGUAGES)
