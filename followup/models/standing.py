"""Where a recommendation stands: what its ledger comes to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from followup.models.ledger import LedgerEntry


class Kind(models.TextChoices):
    """What a line in the ledger tells."""

    ANSWER = "answer", _("svar")
    DONE = "done", _("gjort")
    TAKEN_UP_AGAIN = "taken_up_again", _("tas upp igen")


class Reply(models.TextChoices):
    """What those addressed say to a recommendation."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej")


class Standing:
    """What a ledger comes to: the newest answer, and whether the thing is done."""

    def __init__(self, entries: "Iterable[LedgerEntry]") -> None:
        self.answer: LedgerEntry | None = None
        self.done: LedgerEntry | None = None
        for entry in entries:
            if entry.kind == Kind.ANSWER:
                self.answer = entry
            else:
                self.done = entry if entry.kind == Kind.DONE else None

    @property
    def reply(self) -> str:
        """The newest answer's yes, partly or no; "" before there is one."""
        return self.answer.reply if self.answer else ""

    @property
    def is_done(self) -> bool:
        """Whether it has been done."""
        return self.done is not None

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        if self.is_done:
            return str(_("Gjort"))
        told = {Reply.YES: _("Svarat ja"), Reply.PARTLY: _("Svarat delvis"), Reply.NO: _("Svarat nej")}
        return str(told[Reply(self.reply)]) if self.reply else str(_("Väntar på svar"))
