"""The mails that belong to no subject."""

from uuid import uuid4

from django.conf import settings

from idekom.lib import mail


def accessibility_report(*, where: str, what: str, reply_to: str) -> None:
    """To the secretary: somebody cannot get at something. Raises what the mail backend raises."""
    mail.send(
        "idekom/accessibility_report", to=settings.PORTAL["contact_email"], language="sv", key=uuid4().hex, where=where, what=what, reply_to=reply_to
    )
