"""The letters to members: a mail with the letter as a PDF."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from council.models import Mandate, MandateLetter
from council.models.letters import served
from idekom.lib import mail

NAMES = {MandateLetter.Kind.START: "mandate_started", MandateLetter.Kind.END: "mandate_ended"}
FILES = {MandateLetter.Kind.START: "brev-uppdrag.pdf", MandateLetter.Kind.END: "brev-tack.pdf"}


def notify(row: MandateLetter, *, letter: Callable[[Mandate, MandateLetter.Kind], bytes]) -> None:
    """Mail the letter, which `letter` sets. A mandate that has been declared void meanwhile has none, and neither has a member without an address."""
    reader, kind, mandate = row.reader, MandateLetter.Kind(row.kind), row.mandate
    if reader is None or mandate.voided_at is not None:
        return
    to, language = reader
    with translation.override(language):
        file = mail.Attached(FILES[kind], letter(mandate, kind), "application/pdf")
        context: dict[str, Any] = {
            "mandate": mandate,
            "seat": mandate.seat,
            "served": served(mandate),
            "council_url": mail.absolute(reverse("council:council")),
        }
        role = mandate.get_role_display()
    mail.send(f"council/{NAMES[kind]}", to=to, language=language, key=f"mandate-letter-{row.pk}", attachments=[file], role=role, **context)
