"""The mails about seats: a mandate that runs out, a seat that nobody has."""

from datetime import date

from django.urls import reverse
from django.utils import translation

from council.models import SeatNotice
from idekom.lib import mail
from idekom.lib.dated import today


def notify(notice: SeatNotice, day: date | None = None) -> None:
    """Mail about it, unless it has been seen to by today, or by `day`."""
    if notice.is_stale(day or today()):
        return
    name = "seat_ending" if notice.kind == SeatNotice.Kind.ENDING else "seat_vacant"
    with translation.override(notice.language):
        url = mail.absolute(notice.seat.get_absolute_url())
        board_url = mail.absolute(reverse("admin:council_body_board", args=[notice.seat.body_id])) if notice.is_to_secretariat else ""
    mail.send(
        f"council/{name}",
        to=notice.email,
        language=notice.language,
        key=f"seat-notice-{notice.pk}",
        seat=notice.seat,
        body=notice.seat.body,
        mandate=notice.mandate,
        due_on=notice.due_on,
        url=url,
        board_url=board_url,
    )
