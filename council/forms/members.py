"""What members and substitutes answer, say is done, and report back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.models import ReportBack
from idekom.lib.forms import PortalForm, PortalModelForm

CHOOSE = _("Välj ett av svaren.")
TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


class AnswerForm(PortalForm):
    """Which of the buttons was pressed."""

    def __init__(self, verbs: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["svar"] = forms.ChoiceField(
            choices=[(verb, verb) for verb in verbs], error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
        )


class FinishForm(PortalForm):
    """That an assignment is done, and how it went."""

    note = forms.CharField(
        label=_("Hur gick det?"),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("Några rader som nästa möte kan läsa."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs.pop("maxlength", None)


class ReportBackForm(PortalModelForm[ReportBack]):
    """With whom one has spoken of the meeting, and when."""

    on = forms.DateField(
        label=_("När?"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"class": "width-10"}, "%Y-%m-%d"),
        help_text=_("år-månad-dag"),
        error_messages={
            "required": _("Skriv dagen som år-månad-dag, till exempel 2026-03-12."),
            "invalid": _("Skriv dagen som år-månad-dag, till exempel 2026-03-12."),
        },
    )

    class Meta:
        model = ReportBack
        fields = ["with_whom", "on", "words", "may_be_shown"]
        labels = {
            "with_whom": _("Med vilka?"),
            "words": _("Vad kom fram?"),
            "may_be_shown": _("Det jag skriver om vad som kom fram får visas för alla"),
        }
        help_texts = {"with_whom": _("Till exempel styrelsen, ett medlemsmöte eller nätverket i sektorn. Visas inte för andra.")}
        error_messages = {
            "with_whom": {"required": _("Skriv med vilka du har pratat."), "max_length": TOO_LONG},
            "words": {"max_length": TOO_LONG},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("with_whom", "words"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["words"].widget.attrs["rows"] = 4
