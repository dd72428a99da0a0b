"""Builders for the agreement's text."""

from contextlib import AbstractContextManager

import pgtrigger


def unfrozen() -> AbstractContextManager[None]:
    """Lets a test build in a version in force, which nobody else can."""
    models = ("Goal", "Principle", "Commitment", "CommitmentTag")
    return pgtrigger.ignore(*(f"agreement.{model}:text_in_force_never_changes" for model in models))
