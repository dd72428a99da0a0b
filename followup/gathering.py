"""What happened in a month, as the draft of its newsletter: one line of Markdown for each thing, in both languages."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import DateField, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from affiliation.models import Affiliation, Wish
from agreement.models import Link
from council.models import Meeting, Minutes, Proposal
from followup.models import Compilation, Example, Forum
from idekom.lib.mail import absolute


class Month:
    """A month: its first day, the first of the next, and the same as moments."""

    def __init__(self, day: date) -> None:
        self.first = day.replace(day=1)
        self.next = (self.first.replace(day=28) + timedelta(days=4)).replace(day=1)
        self.starts_at, self.ends_at = _midnight(self.first), _midnight(self.next)

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)


def gather(day: date) -> dict[Wish, dict[str, str]]:
    """{category: {"text_sv": …, "text_en": …}} of the month that `day` is in. What is not public is not in it."""
    month = Month(day)
    texts: dict[Wish, dict[str, str]] = {wish: {} for wish in Wish.categories()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for wish, told in TOLD.items():
                texts[wish][f"text_{language}"] = "\n".join(f"- {line}" for line in told(month))
    return texts


def _parties(month: Month) -> Iterable[str]:
    """Who was affiliated in the month. A party that goes on under another version is not new."""
    earlier = Affiliation.objects.filter(
        party=OuterRef("party"), period__adjacent_to=OuterRef("period"), period__startswith__lt=OuterRef("period__startswith")
    )
    began = Coalesce("idekom_decided_on", "period__startswith", output_field=DateField())
    new = Affiliation.objects.alias(began=began).filter(began__gte=month.first, began__lt=month.next).exclude(Exists(earlier))
    for one in new.select_related("party").order_by("party__sort_name", "pk"):
        yield _link(one.party.name, one.party.get_absolute_url())


def _meetings(month: Month) -> Iterable[str]:
    held = Meeting.objects.filter(status=Meeting.Status.HELD, starts_at__gte=month.starts_at, starts_at__lt=month.ends_at)
    for meeting in held.select_related("body").order_by("starts_at"):
        title = _("%(body)s möttes den %(day)s") % {"body": meeting.body, "day": date_format(meeting.on, "j F Y")}
        yield _link(title, meeting.get_absolute_url())
    adjusted = Minutes.objects.adjusted().filter(adjusted_at__gte=month.starts_at, adjusted_at__lt=month.ends_at)
    for minutes in adjusted.select_related("meeting__body").order_by("adjusted_at"):
        day = date_format(minutes.meeting.on, "j F Y")
        yield _link(_("Protokollet från mötet den %(day)s är justerat") % {"day": day}, minutes.address)


def _proposals(month: Month) -> Iterable[str]:
    decided = Proposal.objects.shown().filter(status=Proposal.Status.ADOPTED, decided_on__gte=month.first, decided_on__lt=month.next)
    for proposal in decided.order_by("decided_on", "pk"):
        yield _("FÖRSLAG: %(link)s. Det binder ingen förrän en part själv har beslutat.") % {
            "link": _link(proposal.title, proposal.get_absolute_url())
        }


def _followup(month: Month) -> Iterable[str]:
    books = Compilation.objects.published().filter(published_at__gte=month.starts_at, published_at__lt=month.ends_at)
    for year in books.order_by("round__year").values_list("round__year", flat=True).distinct():
        book = books.filter(round__year=year).select_related("round")[0]
        yield _link(_("Sammanställningen för %(year)s är publicerad") % {"year": year}, book.round.get_absolute_url())
    for forum in Forum.objects.public().filter(starts_at__gte=month.starts_at, starts_at__lt=month.ends_at).order_by("starts_at"):
        day = date_format(timezone.localtime(forum.starts_at), "j F Y")
        yield _link(_("Dialogforum den %(day)s") % {"day": day}, forum.get_absolute_url())


def _examples(month: Month) -> Iterable[str]:
    for example in Example.objects.published_between(month.starts_at, month.ends_at).order_by("published_at", "pk"):
        yield f"{_link(example.headline, example.get_absolute_url())}, {_plain(example.report.party.name)}"


def _links(month: Month) -> Iterable[str]:
    for link in Link.objects.filter(published_on__gte=month.first, published_on__lt=month.next).order_by("published_on", "pk"):
        yield f"[{_plain(link.title)}](<{link.url.replace('<', '%3C').replace('>', '%3E')}>): {_plain(link.why)}"


TOLD: dict[Wish, Callable[[Month], Iterable[str]]] = {
    Wish.PARTIES: _parties,
    Wish.MEETINGS: _meetings,
    Wish.PROPOSALS: _proposals,
    Wish.FOLLOWUP: _followup,
    Wish.EXAMPLES: _examples,
    Wish.LINKS: _links,
}


def _link(title: str, path: str) -> str:
    return f"[{_plain(title)}]({absolute(path)})"


def _plain(text: str) -> str:
    """The text as nothing but text: no sign in a name becomes a heading or a link."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>])", r"\\\1", " ".join(text.split()))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
