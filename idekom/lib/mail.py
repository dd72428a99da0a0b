"""One mail from a template triple: <name>.subject.txt, <name>.txt and <name>.html under templates/emails/."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Rendered:
    """A mail's words, before it is sent to anybody."""

    subject: str
    text: str
    html: str


def render(name: str, *, language: str, **context: Any) -> Rendered:
    """The words of the mail `name` in the reader's language."""
    with translation.override(language):
        context = {"portal": settings.PORTAL, "site_url": settings.SITE_URL, "language": language, **context}
        subject = folded(render_to_string(f"emails/{name}.subject.txt", context))
        return Rendered(subject, render_to_string(f"emails/{name}.txt", context), render_to_string(f"emails/{name}.html", context))


def folded(subject: str) -> str:
    """The subject on one line, whatever line ends somebody's name has: no name becomes a header."""
    return " ".join(subject.split())


@dataclass(frozen=True)
class Attached:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str


def send(
    name: str, *, to: str, language: str, key: str, headers: dict[str, str] | None = None, attachments: Sequence[Attached] = (), **context: Any
) -> None:
    """Render and send the mail `name` to one address, in the reader's language.

    `key` identifies this very mail: it becomes the Message-ID, so that a mail sent twice is known as one. `headers` are added.
    Raises what the mail backend raises; the caller's outbox tries again.
    """
    words = render(name, language=language, **context)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    fixed = {"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(words.subject, words.text, to=[to], headers={**(headers or {}), **fixed})
    message.attach_alternative(words.html, "text/html")
    for file in attachments:
        message.attach(file.name, file.content, file.media_type)
    message.send()


def absolute(path: str) -> str:
    """The full address of a path on this portal, for mails and PDFs."""
    return f"{settings.SITE_URL}{path}"


def signature() -> str:
    """How the portal signs its mails."""
    return _("%(name)s, %(place)s") % settings.PORTAL
