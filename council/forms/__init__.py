"""What is asked about the council, and what the secretary writes about its meetings."""

from council.forms.agenda import ItemForm, OrderForm
from council.forms.attendance import RoomForm
from council.forms.days import DayForm
from council.forms.meetings import CancelForm, DetailsForm, PlanForm, TimesForm
from council.forms.outcomes import AssignmentForm, AssignmentFormSet, NoteForm, OutcomeForm

__all__ = [
    "AssignmentForm",
    "AssignmentFormSet",
    "CancelForm",
    "DayForm",
    "DetailsForm",
    "ItemForm",
    "NoteForm",
    "OrderForm",
    "OutcomeForm",
    "PlanForm",
    "RoomForm",
    "TimesForm",
]
