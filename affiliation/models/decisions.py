"""Idékom's decision on an application: when, and where it stands."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from council.models import Meeting

if TYPE_CHECKING:
    from affiliation.models.affiliations import Affiliation
    from affiliation.models.applications import Application


@dataclass(frozen=True)
class Decision:
    """When and where Idékom decided: the day, and the meeting and paragraph when there was one, or that it was delegated."""

    on: date
    meeting: Meeting | None = None
    paragraph: str = ""
    is_delegated: bool = False

    def __str__(self) -> str:
        """As it is cited: "Idékom 12 mars 2026, § 7", or "delegationsbeslut 12 mars 2026"."""
        words = {"day": date_format(self.on, "j F Y"), "paragraph": self.paragraph}
        if self.is_delegated:
            return (_("delegationsbeslut %(day)s, § %(paragraph)s") if self.paragraph else _("delegationsbeslut %(day)s")) % words
        return (_("Idékom %(day)s, § %(paragraph)s") if self.paragraph else _("Idékom %(day)s")) % words

    @classmethod
    def of(cls, row: "Application | Affiliation") -> "Decision | None":
        """The decision that a case or an affiliation has; older rows have none."""
        if row.idekom_decided_on is None:
            return None
        return cls(row.idekom_decided_on, row.meeting, row.paragraph, row.is_delegated)

    def columns(self) -> dict[str, Any]:
        """The same as columns of a case or an affiliation."""
        return {"idekom_decided_on": self.on, "meeting": self.meeting, "paragraph": self.paragraph, "is_delegated": self.is_delegated}
