"""The mail to a colleague at the secretariat who has got cases to handle."""

from django.urls import reverse

from affiliation.models import ApplicationEvent
from idekom.lib import mail


def assigned(event: ApplicationEvent) -> None:
    """Cases have come to a colleague: one mail for all that came at once, and none to who took them.

    The first event of those that were made together sends it; the others are passed over. So it does not matter which worker
    takes which event, nor in what order.
    """
    together = ApplicationEvent.objects.filter(action="assign", actor=event.actor, at=event.at, note=event.note)
    events = list(together.select_related("subject__handler").order_by("pk"))
    cases = [one.subject for one in events if str(one.subject.handler) == one.note]  # else: passed on since
    handler = cases[0].handler if cases else None
    if events[0].pk != event.pk or handler is None or handler == event.actor:
        return
    changelist = mail.absolute(reverse("admin:affiliation_application_changelist"))
    mail.send(
        "affiliation/assigned",
        to=handler.email,
        language=handler.language,
        key=f"application-event-{event.pk}",
        handler=handler,
        actor=event.actor,
        cases=[(case, mail.absolute(reverse("admin:affiliation_application_change", args=[case.pk]))) for case in cases],
        count=len(cases),
        inbox_url=f"{changelist}?handlaggare=mina",
    )
