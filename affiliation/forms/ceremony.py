"""Signing at a ceremony on one page, and the list of those who are invited to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.forms.application import FORMS
from affiliation.models import SECTIONS, CeremonyInvitation
from affiliation.models.sections import BY_SLUG
from idekom.lib.forms import PortalForm

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (BY_SLUG["organisationen"].title, ("name", "kind", "legal_form", "registration_number", "sector", "description")),
    (BY_SLUG["beslutet"].title, ("decided_by", "decided_on")),
    (BY_SLUG["kontakt"].title, ("signatory_name", "signatory_role", "contact_name", "contact_email")),
    (BY_SLUG["intyganden"].title, ("stands_behind_agreement", "meets_democratic_criteria")),
)
MOST_ROWS = 300
MOST_ERRORS = 20
LONGEST_NAME = CeremonyInvitation._meta.get_field("name").max_length or 0


class SignForm(PortalForm):
    """What must be answered to sign, on one page: the application's own fields, with its labels, rules and errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {name: field for section in SECTIONS for name, field in FORMS[section.slug](section=section).fields.items()}
        self.fields.update({name: known[name] for _title, names in GROUPS for name in names})
        form: Any = self.fields["legal_form"]  # a long list of radio buttons is too long on a phone
        form.widget = forms.Select(choices=[("", gettext_lazy("Välj juridisk form")), *form.choices])

    @property
    def groups(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


class InviteForm(PortalForm):
    """Organisations to invite, pasted from wherever the list is kept."""

    rows = forms.CharField(
        label=gettext_lazy("Organisationer att bjuda in"),
        help_text=gettext_lazy(
            "En på varje rad: namnet, semikolon, e-postadressen. Två kolumner ur ett kalkylblad går också bra. Högst 300 åt gången."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "cols": 60, "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Skriv minst en organisation, till exempel: Föreningen Bryggan; info@bryggan.se")},
    )

    def clean_rows(self) -> list[tuple[str, str]]:
        """(name, e-mail) of each row; every row that is wrong is told by its number."""
        lines = [(number, line) for number, line in enumerate(self.cleaned_data["rows"].split("\n"), start=1) if line.strip()]
        if len(lines) > MOST_ROWS:
            raise ValidationError(_("Det är %(rows)d rader. Klistra in högst 300 åt gången.") % {"rows": len(lines)})
        found: dict[str, str] = {}
        wrong: list[str] = []
        for number, line in lines:
            try:
                name, email = _row(line)
                if email in found:
                    raise ValidationError(_("Adressen står redan på en tidigare rad. Ta bort den ena."))
                found[email] = name
            except ValidationError as error:
                wrong.append(_("Rad %(number)d: %(error)s") % {"number": number, "error": error.messages[0]})
        if wrong:
            raise ValidationError(_shortened(wrong))
        return [(name, email) for email, name in found.items()]


def _row(line: str) -> tuple[str, str]:
    """The name and the address of one row."""
    name, mark, email = line.replace("\t", ";").rstrip(" ;").rpartition(";")
    name, email = " ".join(name.replace(";", " ").split()), email.strip().lower()
    if not mark:
        raise ValidationError(_("Skriv namnet, semikolon och e-postadressen, till exempel: Föreningen Bryggan; info@bryggan.se"))
    if not name:
        raise ValidationError(_("Skriv organisationens namn före semikolonet."))
    if len(name) > LONGEST_NAME:
        raise ValidationError(_("Korta namnet till högst %(most)d tecken.") % {"most": LONGEST_NAME})
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(_("”%(email)s” är ingen e-postadress. Skriv den med @.") % {"email": email[:80]}) from error
    if len(email) > 254:
        raise ValidationError(_("E-postadressen är för lång."))
    return name, email


def _shortened(wrong: list[str]) -> list[str]:
    """The first errors, and how many more there are."""
    more = len(wrong) - MOST_ERRORS
    return [*wrong[:MOST_ERRORS], _("Och %(count)d rader till.") % {"count": more}] if more > 0 else wrong
