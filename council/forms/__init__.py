"""What is asked about the council."""

from council.forms.days import DayForm

__all__ = ["DayForm"]
