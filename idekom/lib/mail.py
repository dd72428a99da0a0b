"""One mail from a template triple: <name>.subject.txt, <name>.txt and <name>.html under templates/emails/."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


def send(name: str, *, to: str, language: str, key: str, **context: Any) -> None:
    """Render and send the mail `name` to one address, in the reader's language.

    `key` identifies this very mail: it becomes the Message-ID, so that a mail sent twice is known as one.
    Raises what the mail backend raises; the caller's outbox tries again.
    """
    with translation.override(language):
        context = {"portal": settings.PORTAL, "site_url": settings.SITE_URL, "language": language, **context}
        subject = " ".join(render_to_string(f"emails/{name}.subject.txt", context).split())
        text = render_to_string(f"emails/{name}.txt", context)
        html = render_to_string(f"emails/{name}.html", context)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMultiAlternatives(subject, text, to=[to], headers={"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"})
    message.attach_alternative(html, "text/html")
    message.send()


def absolute(path: str) -> str:
    """The full address of a path on this portal, for mails and PDFs."""
    return f"{settings.SITE_URL}{path}"


def signature() -> str:
    """How the portal signs its mails."""
    return _("%(name)s, %(place)s") % settings.PORTAL
