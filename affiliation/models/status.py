"""Where a case stands, and which steps lead from where to where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from idekom.lib.history import Transitions


class Status(models.TextChoices):
    """Where a case stands."""

    DRAFT = "draft", _("utkast")
    SUBMITTED = "submitted", _("inskickad")
    UNDER_REVIEW = "under_review", _("granskas")
    NEEDS_COMPLETION = "needs_completion", _("behöver kompletteras")
    ON_AGENDA = "on_agenda", _("på dagordningen")
    APPROVED = "approved", _("godkänd")
    DECLINED = "declined", _("avslagen")
    WITHDRAWN = "withdrawn", _("återtagen")


DRAFT_DAYS = 90
"""How long a draft is kept: this is told on the privacy page."""
FORGET_MONTHS = 24
"""How long a case that came to nothing keeps its personal data: this is told on the privacy page too."""
TO_FORGET = [Status.DECLINED, Status.WITHDRAWN]
"""Came to nothing."""
UNDECIDED = [Status.SUBMITTED, Status.UNDER_REVIEW, Status.ON_AGENDA]
"""With Idékom: these can be decided."""
OPEN = [*UNDECIDED, Status.NEEDS_COMPLETION]
"""Sent in and not ended."""
TONES = {
    Status.SUBMITTED: "waiting",
    Status.UNDER_REVIEW: "waiting",
    Status.ON_AGENDA: "waiting",
    Status.APPROVED: "good",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "bad",
}
EDITABLE = [Status.DRAFT, Status.NEEDS_COMPLETION]
"""With the applicant: the answers can be changed."""


TRANSITIONS: Transitions = {
    "submit": ({Status.DRAFT}, Status.SUBMITTED),
    "start_review": ({Status.SUBMITTED}, Status.UNDER_REVIEW),
    "ask_for_completion": ({*UNDECIDED}, Status.NEEDS_COMPLETION),
    "complete": ({Status.NEEDS_COMPLETION}, Status.UNDER_REVIEW),
    "put_on_agenda": ({*UNDECIDED}, Status.ON_AGENDA),  # again, when the meeting did not come to it
    "approve": ({*UNDECIDED}, Status.APPROVED),
    "decline": ({*UNDECIDED}, Status.DECLINED),
    "withdraw": ({*OPEN}, Status.WITHDRAWN),
}
