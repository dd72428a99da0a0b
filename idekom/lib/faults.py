"""Points at which a test may kill the process, as a power cut would."""

import os
import signal

from django.conf import settings


def faultpoint(name: str) -> None:
    """Kill this process and its group at once when a test run has set FAULT to `name`; otherwise nothing."""
    if settings.TESTING and os.environ.get("FAULT") == name:
        os.killpg(0, signal.SIGKILL)
