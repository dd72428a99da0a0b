"""What the pages of the application have in common: what is required, what may be changed now, and what others have changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.models import Application
from affiliation.models.answers import FILES
from affiliation.models.aside import put_aside, take_up
from affiliation.models.sections import Answer, Section, answered, in_words, labels, required
from idekom.lib.forms import PortalModelForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CHOOSE = gettext_lazy("Välj ett av alternativen.")
LATER = "later"
"""The name of the button "Spara och fortsätt senare"."""


@dataclass(frozen=True)
class Conflict:
    """An answer that somebody else has given meanwhile, beside the one that this person gives."""

    name: str
    label: str
    theirs: str
    mine: str
    control: str
    is_file: bool


@dataclass(frozen=True)
class Unsaved:
    """What was typed and could not be kept, and how to mend it."""

    name: str
    label: str
    typed: str
    told: list[str]


class SectionForm(PortalModelForm[Application]):
    """A page of the application. What is required is said in `affiliation.models.sections`; errors say how to mend."""

    instance: Application
    REQUIRED: dict[str, Any] = {}

    def __init__(self, data: Any = None, files: Any = None, *, section: Section, instance: Application | None = None, **kwargs: Any) -> None:
        self.tickets: dict[str, str] = {}
        super().__init__(data, self._with_put_aside(data, files, instance), instance=instance, **kwargs)
        self.section = section
        self.is_later = LATER in self.data and self.instance.status == Application.Status.DRAFT
        self.conflicts: list[Conflict] = []
        self._seen = str(self.data.get("seen", "")) if self.is_bound else self.instance.fingerprint(self.Meta.fields)  # type: ignore[attr-defined]
        for name in [name for name in self.fields if self._is_closed(name)]:
            del self.fields[name]
        for name, field in self.fields.items():
            self._say_how_to_mend(name, field)

    @property
    def seen(self) -> str:
        """The fingerprint of the answers that the page shows."""
        return self._seen

    @property
    def guard(self) -> str | None:
        """The same, of the page that was sent in."""
        return self._seen if "seen" in self.data else None

    def to_save(self) -> list[str]:
        """The names of the answers that are good. A file that nobody has chosen is left as it is."""
        chosen = [name for name in self._asked() if name not in FILES or self.files.get(name)]
        return [name for name in chosen if name in self.cleaned_data and name not in self.errors]

    def kept(self) -> list[str]:
        """The names of the answers that are good, when not all are: uploaded files, which cannot be typed again."""
        return [name for name in self.to_save() if name in FILES]

    def answers(self) -> dict[str, Any]:
        """The good answers by name."""
        return {name: self.cleaned_data[name] for name in self.to_save()}

    def saved(self, names: list[str]) -> None:
        """These have been kept though others must be mended: the page shows them as they are now."""
        self._seen += f" {self.instance.fingerprint(names)}"
        for name in names:
            self.tickets.pop(name, None)
        self.tell_what_is_uploaded()

    def tell_what_is_uploaded(self) -> None:
        """Say beside the fields which files are kept already; most pages have none."""

    def overtaken(self, stored: Application) -> None:
        """Somebody else has given other answers: tell both, and let the next press of the button mean this person's."""
        names = self.to_save()
        self.conflicts = [
            Conflict(
                name,
                labels(stored, [name])[0],
                theirs=_told(stored, name),
                mine=_told(self.instance, name),
                control=self._control(name),
                is_file=name in FILES and bool(getattr(stored, name)),
            )
            for name in self._asked()
            if name in stored.differing(self.instance, names)
        ]
        self._seen = stored.fingerprint(self._asked())
        for name in self.kept():
            self.tickets[name] = put_aside(cast("UploadedFile[Any]", self.files[name]), stored.token)
        for name in FILES:  # what is shown as uploaded is theirs
            setattr(self.instance, name, getattr(stored, name))
        self.tell_what_is_uploaded()

    def unsaved(self) -> list[Unsaved]:
        """What was typed and is not good."""
        return [
            Unsaved(name, labels(self.instance, [name])[0], str(self.data.get(name, ""))[:200], [str(error) for error in errors])
            for name, errors in self.errors.items()
            if name in self._asked()
        ]

    def locked(self) -> list[Answer]:
        """The answers of this page that are not the applicant's to change now, in words."""
        (part,) = (part for part in answered(self.instance) if part.section == self.section)
        return [answer for answer in part.answers if self._is_closed(answer.name)]

    def _asked(self) -> list[str]:
        """The names of the fields that are answers."""
        return [name for name in self.fields if name in self.Meta.fields]  # type: ignore[attr-defined]

    def _control(self, name: str) -> str:
        """The id of the field's first control."""
        return self[name].id_for_label or f"{self[name].auto_id}_0"

    def _is_closed(self, name: str) -> bool:
        return name not in self.instance.open_fields

    def _with_put_aside(self, data: Any, files: Any, draft: Application | None) -> Any:
        """The files of the request, and those that were put aside when an earlier try met somebody else's."""
        if data is None or draft is None:
            return files
        found: MultiValueDict[str, Any] = MultiValueDict(dict(files.lists()) if files else {})
        for name in FILES:
            ticket = str(data.get(f"aside_{name}", ""))
            file = take_up(ticket, draft.token) if ticket and not found.get(name) else None
            if file is not None:
                found[name] = file
                self.tickets[name] = ticket
        return found

    def _say_how_to_mend(self, name: str, field: forms.Field) -> None:
        field.required = name in required(self.instance, self.section) and not self.is_later
        field.error_messages |= {"required": self.REQUIRED.get(name, _("Svara på frågan."))}
        if isinstance(field, forms.ChoiceField):  # ModelChoiceField is one as well
            field.error_messages["invalid_choice"] = CHOOSE
        if isinstance(field.widget, forms.RadioSelect):
            field.widget.choices = [(value, capfirst(str(label))) for value, label in field.widget.choices if value]
        elif isinstance(field, forms.CharField) and "max_length" not in field.error_messages:
            field.error_messages["max_length"] = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")


def _told(case: Application, name: str) -> str:
    """An answer in words; of a file, its size as well, by which two files can be told apart."""
    kept = getattr(case, name)
    return f"{in_words(case, name)}, {filesizeformat(kept.size)}" if name in FILES and kept else in_words(case, name)
