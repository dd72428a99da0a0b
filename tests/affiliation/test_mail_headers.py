"""Names with line ends in them: every mail of joining and the register has the headers that it should have, and no more."""

import re
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone

from affiliation.emails import applications, corrections, followers
from affiliation.models import Application, ApplicationEvent, Correction, CorrectionEvent, Follower
from idekom.lib import mail as portal_mail

pytestmark = pytest.mark.django_db
ENDS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\n\n", "\r\n\t", "=?utf-8?q?=0d=0a?="]
FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
SUBJECTS = sorted(path.relative_to(FOLDER).as_posix().removesuffix(".subject.txt") for path in FOLDER.glob("affiliation/*.subject.txt"))
KNOWN = {
    "subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip


def headers(message: Any) -> dict[str, str]:
    """The headers as a receiving server reads them; each of them once, and none but ours."""
    raw = message.message().as_bytes()
    found = message_from_bytes(raw).items()
    assert len(found) == len({name.lower() for name, _value in found})
    assert {name.lower() for name, _value in found} <= KNOWN
    assert not re.search(rb"(?im)^bcc:", raw.split(b"\n\n")[0])
    return {name.lower(): value for name, value in found}


def the_mail() -> Any:
    """The one mail that went."""
    (message,) = mail.outbox
    assert headers(message)["to"] == message.to[0]
    assert "\n" not in message.subject
    return message


def evil(end: str) -> str:
    """A name that would like to be a header."""
    return f"Föreningen{end}Bcc: alla@example.org{end}{end}Hej"


TO_APPLICANT = sorted(set(applications.MAILS) - {"assign"})
OFFICE = str(settings.PORTAL["contact_email"])


@pytest.mark.parametrize("action", TO_APPLICANT)
def test_no_name_in_an_application_becomes_a_header(make: Any, action: str) -> None:
    case = make.application()
    for end in ENDS:
        mail.outbox.clear()
        words = dict.fromkeys(("name", "contact_name", "signatory_name", "description", "decided_paragraph"), evil(end))
        changes = words | {"decided_paragraph": evil(end)[:20], "number": f"ANS{end}Bcc: x"[:20]}
        Application.objects.filter(pk=case.pk).update(**changes)
        event = ApplicationEvent.objects.create(subject=Application.objects.get(pk=case.pk), action=action, note=evil(end))
        applications.notify(event)
        told = [headers(message)["to"] for message in mail.outbox]
        assert sorted(told) == sorted(["kim@provet.example.org", *([OFFICE] if action == "withdraw" else [])])


@pytest.mark.parametrize("end", ENDS)
def test_no_name_becomes_a_header_of_the_mail_to_a_colleague(make: Any, end: str) -> None:
    case, by, handler = make.application(name=evil(end)), make.user(name=evil(end)), make.user("kollega@example.org", name=evil(end))
    case.assign(handler, by=by)
    applications.notify(case.events.get(action="assign"))
    assert the_mail().to == ["kollega@example.org"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("action", corrections.MAILS)
def test_no_name_in_a_correction_becomes_a_header(make: Any, action: str, end: str) -> None:
    party = make.party(evil(end))
    correction = Correction.suggest(party, field="name", value=evil(end), comment=evil(end), email="kim@example.org")
    corrections.notify(CorrectionEvent(pk=1, subject=correction, action=action, note=evil(end)))
    assert "alla@example.org" in the_mail().subject  # as words of one line


@pytest.mark.parametrize("end", ENDS)
def test_no_party_becomes_a_header_of_the_news(make: Any, end: str) -> None:
    before = timezone.now() - timedelta(days=1)
    Follower.objects.create(email="lina@example.org", confirmed_at=before, told_until=before)
    make.affiliation(make.party(evil(end)))
    followers.tell()
    assert headers(the_mail())["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_an_address_with_a_line_end_is_mailed_to_nobody(make: Any, end: str) -> None:
    address = f"kim@example.org{end}Bcc: alla@example.org"
    correction = Correction(party=make.party(), email=address)
    sends: list[Any] = [
        lambda: followers.notify(Follower(pk=1, email=address)),
        lambda: applications.notify(ApplicationEvent(pk=1, subject=make.application(contact_email=address), action="submit")),
        lambda: corrections.notify(CorrectionEvent(pk=1, subject=correction, action="decline")),
    ]
    for send in sends:
        with pytest.raises(ValueError, match="newline"):
            send()
    assert mail.outbox == []


@pytest.mark.parametrize("name", SUBJECTS)
def test_whatever_a_subject_is_made_of_it_is_one_line(name: str) -> None:
    """For every mail that there is, also those that are written later: all that its subject names is hostile."""
    source = (FOLDER / f"{name}.subject.txt").read_text()
    assert "autoescape off" in source or "{{" not in source
    numbers = set(re.findall(r"count (?:\w+=)?(\w+)", source))
    days = set(re.findall(r"=(\w+)\|date", source))
    numbers |= set(re.findall(r"if (\w+) <", source))
    words = set(re.findall(r"(?:\{\{ ?|=|with |and )(\w+)", source)) - numbers - days - {"portal"}
    for end in ENDS:
        context: dict[str, Any] = dict.fromkeys(words, Hostile(evil(end))) | dict.fromkeys(numbers, 90) | dict.fromkeys(days, timezone.now())
        folded = portal_mail.folded(render_to_string(f"emails/{name}.subject.txt", {"portal": settings.PORTAL, **context}))
        assert headers(mail.EmailMessage(folded, "", to=["kim@example.org"]))["to"] == "kim@example.org"


class Hostile(str):
    """A text whose every part is the same text, but for moments."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return timezone.now() if name.endswith("_at") else self


def test_what_would_fold_nothing_is_refused() -> None:
    """The control: the same subject, not through the portal's own rendering, is not sent by Django at all."""
    with pytest.raises(ValueError, match="newline"):
        mail.EmailMessage(evil("\n"), "", to=["kim@example.org"]).message()
