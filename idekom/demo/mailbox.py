"""Mail in the demo goes to files that the browser can show."""

import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def folder() -> Path:
    """Where the demo's mails are kept, one .eml file each."""
    path: Path = settings.DATA_DIR / "mail"
    path.mkdir(parents=True, exist_ok=True)
    return path


class MailboxBackend(BaseEmailBackend):
    """Writes each mail to a file whose name sorts by time."""

    def send_messages(self, email_messages: Any) -> int:
        """Keep the mails; returns how many."""
        for message in email_messages:
            self._keep(message)
        return len(email_messages)

    @staticmethod
    def _keep(message: EmailMessage) -> None:
        name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
        draft = folder() / f"{name}.part"
        draft.write_bytes(message.message().as_bytes())
        draft.rename(folder() / f"{name}.eml")
