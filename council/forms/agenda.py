"""What the secretary writes about an item of an agenda, and the paper that goes with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.models import AgendaItem, Meeting, Paper
from idekom.lib.fields import PDFField
from idekom.lib.forms import PortalForm, PortalModelForm

LONGEST_ITEM = 600


class ItemForm(PortalModelForm[AgendaItem]):
    """An item, or a part of one. A paper can be added with it."""

    minutes = forms.IntegerField(
        label=_("Minuter"),
        required=False,
        min_value=1,
        max_value=LONGEST_ITEM,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10", "class": "width-4"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Skriv tiden i hela minuter, till exempel 15.")),
    )
    paper = PDFField(label=_("Underlag som pdf"), required=False, help_text=_("Högst 10 MB. Flera underlag läggs till ett i taget."))
    paper_name = forms.CharField(label=_("Underlagets namn"), required=False, max_length=120, help_text=_("Står i dagordningen och i kallelsen."))
    paper_is_internal = forms.BooleanField(label=_("Underlaget är bara för ledamöter"), required=False)

    class Meta:
        model = AgendaItem
        fields = ("title", "description", "kind", "parent", "minutes", "responsible", "is_internal")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        labels = {"is_internal": _("Punkten är bara för ledamöter"), "parent": _("Del av punkten")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.queryset = AgendaItem.objects.filter(meeting=self.instance.meeting_id, parent=None).exclude(pk=self.instance.pk)
        field.empty_label = _("Ingen, den står för sig själv")
        if self.instance.pk and self.instance.parts.exists():
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        """A paper has a name."""
        filled = super().clean() or {}
        if filled.get("paper") and not filled.get("paper_name"):
            self.add_error("paper_name", _("Skriv vad underlaget heter. Välj också filen igen."))
        if filled.get("paper_name") and not filled.get("paper") and "paper" not in self.errors:
            self.add_error("paper", _("Välj filen, eller ta bort namnet."))
        return filled

    def store(self) -> AgendaItem:
        """Keep the item and its new paper, if there is one. Raises WrongStatus."""
        item: AgendaItem = self.instance
        with Meeting.objects.being_recorded(item.meeting_id) as meeting:
            if item.pk:
                item.save()
            else:
                item = AgendaItem.objects.add(meeting, **{name: self.cleaned_data.get(name) for name in self.Meta.fields})
            if self.cleaned_data["paper"]:
                named = {"name": self.cleaned_data["paper_name"], "is_internal": self.cleaned_data["paper_is_internal"]}
                Paper.objects.create(item=item, file=self.cleaned_data["paper"], **named)
        return item


class OrderForm(PortalForm):
    """Which way one item moves, or how all of them stand."""

    item = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    way = forms.ChoiceField(choices=[("upp", ""), ("ned", "")], required=False)
    ids = forms.CharField(required=False, max_length=4000)

    def clean_ids(self) -> list[int]:
        """The items in their order."""
        parts = [part for part in self.cleaned_data["ids"].split(",") if part]
        if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
            raise ValidationError(_("Ordningen gick inte att läsa. Läs om sidan."))
        return [int(part) for part in parts]
