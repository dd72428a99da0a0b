"""Builders for the agreement's text."""

from contextlib import AbstractContextManager

import pgtrigger


def unfrozen() -> AbstractContextManager[None]:
    """Lets a test build in a version in force, or take it away, which nobody else can."""
    models = ("Goal", "Principle", "Commitment", "CommitmentTag")
    names = (f"agreement.{model}:text_in_force_never_changes" for model in models)
    return pgtrigger.ignore(*names, "agreement.Version:a_version_in_force_stays")
