"""The mail about the book: that it could not be made."""

from django.conf import settings
from django.urls import reverse

from followup.models import Compilation, CompilationEvent
from idekom.lib.mail import absolute, send


def notify(event: CompilationEvent) -> None:
    """Tell the secretariat when a job has been given up; whoever cancels one knows it already."""
    if event.action == "fail":
        failed(event.subject, key=f"compilation-{event.pk}", error=event.note)


def failed(compilation: Compilation, *, key: str, error: str) -> None:
    """To the secretariat: the book could not be made, why, and what to do."""
    send(
        "followup/compilation_failed",
        to=settings.PORTAL["contact_email"],
        language="sv",
        key=key,
        compilation=compilation,
        error=error,
        url=absolute(reverse("admin:followup_compilation_change", args=[compilation.pk])),
    )
