"""The forms around minutes: the prose, the adjusters, a remark, an addendum, a file to compare."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from agreement.models import Side
from council.models import Addendum, Meeting, Minutes, Person
from council.models.agenda import Numbered
from idekom.lib.forms import PortalForm, PortalModelForm

MOST_BYTES = 40 * 1024 * 1024
ROWS = {"rows": 4}


class ProseForm(PortalForm):
    """What the secretary writes in the minutes: before the paragraphs, and under each."""

    note = forms.CharField(label=_("Inledning"), help_text=_("Står före paragraferna."), required=False, widget=forms.Textarea(ROWS))

    def __init__(self, minutes: Minutes, *args: Any, **kwargs: Any) -> None:
        self.minutes = minutes
        self.numbered = [one for top in minutes.meeting.items.numbered() for one in (top, *top.parts)]
        super().__init__(*args, initial={"note": minutes.note}, **kwargs)
        for one in self.numbered:
            self._ask(f"said-{one.item.pk}", _("Vad som sades"), one.item.discussion)
            self._ask(f"words-{one.item.pk}", _("Beslutet i ord"), one.item.outcome_words)

    def _ask(self, name: str, label: Any, initial: str) -> None:
        self.fields[name] = forms.CharField(label=label, initial=initial, required=False, max_length=20_000, widget=forms.Textarea(ROWS))
        self.fields[name].strip = False  # type: ignore[attr-defined]

    @property
    def before(self) -> list[BoundField]:
        """What stands before the paragraphs."""
        return [self["note"]]

    def paragraphs(self) -> Iterator[tuple[Numbered, list[BoundField]]]:
        """Each item with its number, and the fields for what was said and for the decision."""
        for one in self.numbered:
            yield one, [self[f"said-{one.item.pk}"], self[f"words-{one.item.pk}"]]

    @transaction.atomic
    def save(self) -> None:
        """Write down what has changed."""
        self.minutes.write(self.cleaned_data["note"])
        for one in self.numbered:
            said, words = self.cleaned_data[f"said-{one.item.pk}"], self.cleaned_data[f"words-{one.item.pk}"]
            if (said, words) != (one.item.discussion, one.item.outcome_words):
                one.item.discussion, one.item.outcome_words = said, words
                one.item.save(update_fields=["discussion", "outcome_words"])


class AdjustersForm(PortalForm):
    """Who is to adjust the minutes: at least one from each side."""

    city = forms.ModelMultipleChoiceField(Person.objects.none(), label=_("Justerare för staden"), widget=forms.CheckboxSelectMultiple)
    civil_society = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Justerare för civilsamhället"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in Side:
            field: Any = self.fields[side.value]
            field.queryset = Person.objects.filter(attendances__meeting=meeting, attendances__serves=True, attendances__seat__group__side=side)
            field.label_from_instance = _with_account

    def chosen(self) -> dict[Side, list[Person]]:
        """The people of each side."""
        return {side: list(self.cleaned_data[side.value]) for side in Side}


def _with_account(person: Person) -> str:
    return person.name if person.user_id else str(_("%(name)s (har inget konto och kan inte logga in)") % {"name": person.name})


class ReasonForm(PortalForm):
    """A few words on why."""

    note = forms.CharField(label=_("Vad behöver ändras?"), max_length=2000, widget=forms.Textarea(ROWS))


class AddendumForm(PortalModelForm[Addendum]):
    """What is added to minutes that stand."""

    class Meta:
        model = Addendum
        fields = ("words", "is_internal")
        widgets = {"words": forms.Textarea(ROWS)}


class CompareForm(PortalForm):
    """A file that somebody has got from somewhere."""

    fil = forms.FileField(
        label=_("Filen"),
        help_text=_("Välj en pdf. Den jämförs och sparas inte."),
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Välj den fil som ni vill jämföra.")},
    )

    def clean_fil(self) -> Any:
        """The file, when it is not larger than any of ours."""
        file = self.cleaned_data["fil"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen är större än något av rådets protokoll. Välj en annan fil."))
        return file
