"""What a rule says: who is let in, with which methods, and what one does there in words."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Who(Enum):
    """Who is let in."""

    EVERYBODY = "everybody"
    SECRET = "has the address"  # noqa: S105
    """Whoever has the secret address."""
    SIGNED_IN = "signed in"
    ACTS = "acts for a party"
    """Whoever acts for the party, in any role."""
    NOMINATES = "nominates for seats"
    """Administrators and reporters of a body that names people for seats in the council. This does not depend on affiliation."""
    REPORTS = "reports for a party"
    """Its administrators and reporters."""
    ADMINISTERS = "administers a party"
    """Its administrators."""
    ASKED = "is asked"
    """Whoever is asked which times they can."""
    EVALUATES = "evaluates"
    """Whoever is invited to make the external evaluation."""
    ADJUSTS = "adjusts minutes"
    """Whoever is to adjust the minutes of the meeting."""
    MEMBER = "is a member of the council"
    """Whoever holds a seat in the council today."""
    SITS = "sits in the council"
    """Whoever holds a seat in the body on the day of the meeting."""
    SEES_OFFICE = "sees the office"
    """Staff with the right to view."""
    WORKS_IN_OFFICE = "works in the office"
    """Staff with the right to change."""


@dataclass(frozen=True)
class Rule:
    """Who may open an address, with which methods, and what one does there in words."""

    who: Who
    does: str | Promise
    methods: tuple[str, ...] = ("GET",)
    writer: Who | None = None
    """Who may POST, where not everybody who may look may."""

    def admits(self, method: str) -> Who:
        """Who is let in with the method."""
        return self.writer if self.writer and method == "POST" else self.who


BOTH, POST = ("GET", "POST"), ("POST",)

USE_DATA = _("använda öppna data och bädda in listan på en egen webbplats")
LEARN = _("läsa på: goda exempel, kontakter i staden, länkar, historien och kursen om den andra sidan")
STAND = _("svara på om man tackar ja till en nominering")
OFFICE = _("arbeta på kansliet")
