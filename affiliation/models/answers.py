"""What an organisation answers when it applies."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreement.models import District, Party, Sector
from agreement.models.parties import LegalForm

FILES = ("minutes", "statutes")


def upload_name(instance: models.Model, filename: str) -> str:
    """Where an uploaded PDF is kept: a random name, nothing of what the user called it."""
    return f"applications/{secrets.token_hex(16)}.pdf"


class Answers(models.Model):
    """What an organisation answers when it applies."""

    class DecidedBy(models.TextChoices):
        BOARD = "board", _("styrelsen")
        ANNUAL_MEETING = "annual_meeting", _("årsmötet")

    KINDS = [(Party.Kind.ORGANISATION.value, Party.Kind.ORGANISATION.label), (Party.Kind.UMBRELLA.value, Party.Kind.UMBRELLA.label)]

    name = models.CharField(_("organisationens namn"), max_length=160, blank=True)
    registration_number = models.CharField(_("organisationsnummer"), max_length=10, blank=True)
    legal_form = models.CharField(_("juridisk form"), max_length=24, blank=True, choices=LegalForm)
    kind = models.CharField(_("slag av organisation"), max_length=16, blank=True, choices=KINDS)
    members = models.TextField(_("medlemsorganisationer"), max_length=4000, blank=True)
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, verbose_name=_("stadsområde"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    description = models.TextField(_("kort beskrivning"), max_length=1000, blank=True)
    address = models.CharField(_("gatuadress"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("postnummer"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{3} ?\d{2}$", _("Skriv postnumret med fem siffror, till exempel 411 03."))],
    )
    city = models.CharField(_("postort"), max_length=60, blank=True)
    website = models.URLField(_("webbplats"), blank=True)
    signatory_name = models.CharField(_("firmatecknarens namn"), max_length=120, blank=True)
    signatory_role = models.CharField(_("firmatecknarens roll"), max_length=80, blank=True)
    contact_name = models.CharField(_("kontaktpersonens namn"), max_length=120, blank=True)
    contact_email = models.EmailField(_("kontaktpersonens e-post"), blank=True)
    contact_phone = models.CharField(_("kontaktpersonens telefon"), max_length=30, blank=True)
    decided_by = models.CharField(_("vem fattade beslutet"), max_length=16, blank=True, choices=DecidedBy)
    decided_on = models.DateField(_("när fattades beslutet"), null=True, blank=True)
    decided_paragraph = models.CharField(_("paragraf i ert protokoll"), max_length=20, blank=True)
    minutes = models.FileField(_("protokollet"), upload_to=upload_name, blank=True)
    statutes = models.FileField(_("stadgarna"), upload_to=upload_name, blank=True)
    stands_behind_agreement = models.BooleanField(_("vi står bakom hela överenskommelsen"), default=False)
    meets_democratic_criteria = models.BooleanField(_("vi uppfyller de demokratiska villkoren"), default=False)
    publishes_website = models.BooleanField(_("visa webbplatsen i förteckningen"), default=False)
    publishes_address = models.BooleanField(_("visa adressen i förteckningen"), default=False)
    publishes_description = models.BooleanField(_("visa beskrivningen i förteckningen"), default=False)

    class Meta:
        abstract = True

    def fingerprint(self, names: Iterable[str]) -> str:
        """Stands for the answers with these names, each for itself: what is put in a page, to be compared with what is stored later."""
        return " ".join(f"{name}:{self._mark(name)}" for name in sorted(names))

    def changed_since(self, seen: str, names: Iterable[str]) -> set[str]:
        """Which of the answers with these names are not what they were in the fingerprint; what it does not tell of counts as changed."""
        marks = dict(mark.split(":", 1) for mark in seen.split() if ":" in mark)
        return {name for name in names if marks.get(name) != self._mark(name)}

    def differing(self, other: "Answers", names: Iterable[str]) -> set[str]:
        """Which of the answers with these names are not the same in the other."""
        return {name for name in names if self._mark(name) != other._mark(name)}

    def _mark(self, name: str) -> str:
        value = getattr(self, _column(self._meta.get_field(name)))
        return hashlib.sha256(str(value or "").encode("utf-8", "replace")).hexdigest()[:16]


def _column(field: Any) -> str:
    """Where a field's own value is: the key of a foreign key."""
    name: str = field.attname
    return name
