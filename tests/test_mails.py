"""Every mail: sent in a story, valid HTML, complete in both languages."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from idekom.lib import mail as portal_mail
from tests import html_rules, mails

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_mail_is_sent_and_is_valid_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    sent: set[str] = set()
    render = portal_mail.render

    def noting(name: str, **context: Any) -> portal_mail.Rendered:
        sent.add(name)
        return render(name, **context)

    monkeypatch.setattr(portal_mail, "render", noting)
    mails.send_all(language)
    assert {path.relative_to(FOLDER).as_posix().removesuffix(".subject.txt") for path in FOLDER.rglob("*.subject.txt")} - sent == set()
    folder = tmp_path / "mails"
    folder.mkdir()
    outbox: list[Any] = mail.outbox
    for number, message in enumerate(outbox):
        (html, kind) = message.alternatives[0]
        assert kind == "text/html"
        assert message.body.strip()
        assert "None" not in message.subject + message.body
        (folder / f"{number:03d}.html").write_text(str(html))
    assert html_rules.errors(folder) == []
