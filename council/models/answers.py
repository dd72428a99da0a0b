"""Who comes to a meeting, as the secretary sees it: seat by seat, with the substitutes that the portal has asked."""

from collections import Counter
from dataclasses import dataclass

from council.models.composition import Seat
from council.models.meetings import Meeting
from council.models.people import Person
from council.models.reading import reader
from council.models.replies import Reply
from council.models.substitutes import SubstituteRequest


@dataclass(frozen=True)
class Answer:
    """A seat at a coming meeting: its member, what they have answered, and who has been asked instead."""

    seat: Seat
    person: Person | None
    reply: Reply | None
    requests: list[SubstituteRequest]

    @property
    def status(self) -> str:
        """What the member has answered; "vacant" for a seat without one."""
        if self.person is None:
            return "vacant"
        return self.reply.status if self.reply else Reply.Status.WAITING

    @property
    def substitute(self) -> Person | None:
        """Who comes instead."""
        return next((one.person for one in self.requests if one.status == SubstituteRequest.Status.ACCEPTED), None)

    @property
    def is_served(self) -> bool:
        """Whether somebody comes for the seat, as far as is known."""
        return self.status == Reply.Status.COMING or self.substitute is not None

    @property
    def cannot_be_mailed(self) -> bool:
        """Whether the portal knows no address of the member."""
        return self.person is not None and reader(self.person) is None


@dataclass(frozen=True)
class Answers:
    """All the seats at a meeting."""

    meeting: Meeting
    rows: list[Answer]

    @classmethod
    def of(cls, meeting: Meeting) -> "Answers":
        """The answers as they stand now."""
        replies = {(reply.seat_id, reply.person_id): reply for reply in meeting.replies.select_related("person__user")}
        asked: dict[int, list[SubstituteRequest]] = {}
        for request in meeting.requests.select_related("person"):
            asked.setdefault(request.seat_id, []).append(request)
        seats = meeting.body.seats.on(meeting.on).with_holders(meeting.on).prefetch_related("serving__person__user")
        rows = []
        for seat in seats:
            person = seat.holder
            rows.append(Answer(seat, person, replies.get((seat.pk, person.pk)) if person else None, asked.get(seat.pk, [])))
        return cls(meeting, rows)

    @property
    def served(self) -> int:
        """For how many seats somebody comes."""
        return sum(row.is_served for row in self.rows)

    @property
    def counts(self) -> Counter[str]:
        """{answer: how many}"""
        return Counter("away" if row.status in {"absent", "sends"} else row.status for row in self.rows)
