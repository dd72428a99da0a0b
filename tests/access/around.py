"""What the addresses of a council's meetings are made of."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from council.models import Assignment, AssignmentReminder, Person, SubstituteRequest
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.council.gathering import Gathering, add, adjusted, gather


@dataclass
class Sitting:
    """A coming meeting and one whose minutes are adjusted; whoever is seated has the seat of both, and what its member has taken on."""

    person: Person
    arguments: dict[str, dict[str, Any]]

    def seat_member(self, user: User) -> None:
        """Let the user be the one who holds the seat."""
        Person.objects.filter(pk=self.person.pk).update(user=user)


def sitting() -> Sitting:
    """Two meetings of a council, with one of everything that members get."""
    here = gather()
    past = here.meeting
    adjusted(here)
    coming = _coming(here)
    reply, person = coming.reply(0), here.member(0)
    request = SubstituteRequest.objects.create(
        meeting=coming.meeting, seat=here.seats[0], person=here.substitute(0), reply=reply, asked_at=timezone.now(), answer_by=timezone.now()
    )
    item = coming.meeting.items.get()
    assignment = Assignment.objects.create(item=item, what="Skriv till bolagen", person=person, due_on=today())
    reminder = AssignmentReminder.objects.create(assignment=assignment, due_on=today(), step=0)
    pk = {"pk": coming.meeting.pk}
    return Sitting(
        person,
        {
            "council:reply": {"token": reply.token},
            "council:substitute": {"token": request.token},
            "council:assignment": {"token": reminder.token},
            "council:member_meeting": pk,
            "council:member_answer": pk,
            "council:member_paper": pk | {"paper": item.papers.get().pk},
            "council:brief": {"pk": past.pk},
            "council:member_assignment": {"pk": assignment.pk},
            "admin:council_reply_answers": pk,
            "admin:council_reply_remind": pk,
            "admin:council_reply_answer": {"pk": reply.pk},
        },
    )


def _coming(here: Gathering) -> Gathering:
    """The same council's next meeting, called, with a paper."""
    meeting = builders.meeting(here.meeting.body)
    add(meeting, "Samverkan om lokaler", "Lokalrapporten")
    coming = Gathering(meeting, here.seats, here.office)
    coming.call()
    return coming
