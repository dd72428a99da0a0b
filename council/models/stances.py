"""What a party says to a proposal, in the words that its page, its history and its papers share."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from idekom.lib.dated import today


class Stance(models.TextChoices):
    """How a party stands to a proposal."""

    OPEN = "open", _("har inte behandlat")
    YES = "yes", _("ja")
    CHANGED = "changed", _("ja med ändring")
    NO = "no", _("nej")
    NOT_FOR_US = "not_for_us", _("inget för oss")

    @classmethod
    def decided(cls) -> tuple["Stance", ...]:
        """Those that a body of the party has decided."""
        return cls.YES, cls.CHANGED, cls.NO

    @classmethod
    def binding(cls) -> tuple["Stance", ...]:
        """Those that bind the party."""
        return cls.YES, cls.CHANGED


OLDEST = 1990


def document_name(instance: models.Model, filename: str) -> str:
    """Where a party's document is kept: a random name, nothing of what the user called it."""
    return f"decisions/{secrets.token_hex(16)}.pdf"


class Stand(models.Model):
    """A party's decision: when, by whom of theirs, under which paragraph, from when it binds, and what it changes."""

    decided_on = models.DateField(_("beslutat"), null=True, editable=False)
    binds_on = models.DateField(_("gäller från"), null=True, editable=False)
    body = models.CharField(_("beslutande organ"), max_length=120, blank=True, editable=False)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True, editable=False)
    change = models.TextField(_("ändringen i ord"), blank=True, editable=False)
    comment = models.TextField(_("kommentar"), blank=True, editable=False)
    document = models.FileField(_("handling"), upload_to=document_name, blank=True, editable=False)
    shows_document = models.BooleanField(_("handlingen får visas för alla"), default=False, editable=False)
    paper_source = models.CharField(_("inlagt av kansliet från papper"), max_length=160, blank=True, editable=False)

    class Meta:
        abstract = True


NOTHING: dict[str, Any] = {
    "decided_on": None,
    "binds_on": None,
    "shows_document": False,
    **dict.fromkeys(("body", "paragraph", "change", "comment", "document", "paper_source"), ""),
}
"""How it stands before anything is decided."""


@dataclass(frozen=True)
class Given:
    """What a party answers. `binds_on` is the day of the decision when nothing else is said; `document` is a new file, or None."""

    stance: str
    decided_on: date | None = None
    binds_on: date | None = None
    body: str = ""
    paragraph: str = ""
    change: str = ""
    comment: str = ""
    document: "File[Any] | None" = None
    shows_document: bool = False
    paper_source: str = ""

    def check(self, day: date | None = None) -> None:
        """Raises ValidationError with what is missing or cannot be, by field; `day` is today."""
        now, missing = day or today(), {}
        decides, binds = self.stance in Stance.decided(), self.stance in Stance.binding()
        if self.stance not in Stance.values or self.stance == Stance.OPEN:
            missing["stance"] = _("Välj vad ni säger om förslaget.")
        if self.decided_on is None and decides:
            missing["decided_on"] = _("Skriv vilken dag ni beslutade.")
        elif self.decided_on and self.decided_on > now:
            missing["decided_on"] = _("Dagen ligger i framtiden. Skriv den dag då ni beslutade.")
        elif self.decided_on and self.decided_on.year < OLDEST:
            missing["decided_on"] = _("Dagen ligger långt tillbaka. Kontrollera året.")
        if decides and not self.body.strip():
            missing["body"] = _("Skriv vilket organ hos er som beslutade, till exempel styrelsen eller nämnden.")
        if self.stance == Stance.CHANGED and not self.change.strip():
            missing["change"] = _("Skriv ändringen med ord.")
        if binds and self.binds_on and self.decided_on and self.binds_on < self.decided_on:
            missing["binds_on"] = _("Det kan inte gälla från en dag före beslutet. Ändra en av dagarna.")
        if missing:
            raise ValidationError(missing)

    def columns(self, day: date) -> dict[str, Any]:
        """The fields as they are kept, without the file; what does not belong to the answer is left out."""
        decided_on = self.decided_on or day
        decides, binds = self.stance in Stance.decided(), self.stance in Stance.binding()
        return {
            "decided_on": decided_on,
            "binds_on": (self.binds_on or decided_on) if binds else None,
            "body": self.body.strip() if decides else "",
            "paragraph": self.paragraph.strip() if decides else "",
            "change": self.change.strip() if self.stance == Stance.CHANGED else "",
            "comment": self.comment.strip(),
            "shows_document": self.shows_document,
            "paper_source": self.paper_source.strip(),
        }
