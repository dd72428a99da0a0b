"""The council's pages."""

from council.views.council import council

__all__ = ["council"]
