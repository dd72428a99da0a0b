"""The demo's mailbox: every mail that the portal has sent, readable in the browser."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from idekom.demo.mailbox import folder

NAME = re.compile(r"\d+-[0-9a-f]{8}")
PER_PAGE = 50


@dataclass(frozen=True)
class Mail:
    """A mail as it was sent."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    text: str


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails, the newest first."""
    files = sorted(folder().glob("*.eml"), reverse=True)
    page = Paginator(files, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "demo/mailbox.html", {"page_obj": page, "mails": [_read(path) for path in page]})


@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, its text with links that can be followed."""
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return render(request, "demo/mail.html", {"mail": _read(path)})


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), EmailMessage, policy=default)
    body = message.get_body(("plain",))
    at = datetime.fromtimestamp(int(path.stem.split("-")[0]) / 1e9, tz=timezone.get_current_timezone())
    return Mail(path.stem, at, message["To"] or "", message["From"] or "", message["Subject"] or "", body.get_content() if body else "")
