"""What the mails about a meeting have in common: when and where, the agenda, the papers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from council.models import Meeting, Paper
from council.models.reading import agenda, papers
from idekom.lib import mail
from idekom.lib.dated import hours_in_words

MOST = 8 * 1024 * 1024
"""Bytes of papers in one mail: with what a mail adds by itself it is still let in everywhere. The rest are links."""


def about(meeting: Meeting, *, internal: bool) -> dict[str, Any]:
    """What a mail tells of the meeting to somebody who may read what is internal, or not, in the language in use."""
    lines = agenda(meeting, internal=internal)
    attached, linked = divide(papers(lines))
    return {
        "meeting": meeting,
        "when": hours_in_words(meeting.starts_at, meeting.ends_at),
        "lines": lines,
        "link": meeting.link if internal else "",
        "attachments": attached,
        "has_papers": bool(attached),
        "linked": [{"name": paper.name, "url": mail.absolute(address(meeting, paper))} for paper in linked],
        "meeting_url": mail.absolute(reverse("council:member_meeting", args=[meeting.pk])),
    }


def address(meeting: Meeting, paper: Paper) -> str:
    """Where a member who is signed in finds a paper."""
    return reverse("council:member_paper", args=[meeting.pk, paper.pk])


def divide(found: Iterable[Paper]) -> tuple[list[mail.Attached], list[Paper]]:
    """The papers that go with a mail, and those that are only linked: they are too big together, or their file is gone."""
    attached: list[mail.Attached] = []
    linked: list[Paper] = []
    room = MOST
    for number, paper in enumerate(found, start=1):
        try:
            content = paper.file.open("rb").read() if paper.file.size <= room else b""
        except OSError:
            content = b""
        if content:
            attached.append(mail.Attached(f"{number:02d}-{slugify(paper.name)[:60] or 'underlag'}.pdf", content, "application/pdf"))
            room -= len(content)
        else:
            linked.append(paper)
    return attached, linked
