"""Examples, newsletters and followers to test on."""

from datetime import date
from typing import Any

from django.utils import timezone

from affiliation.models import Follower, Wish
from agreement.models import Representative
from followup.models import Answer, Example, Newsletter, Report
from tests import builders

MONTH = date(2026, 3, 1)


def told(words: str = "Vi började med fika.", *, quoted: bool = True, private: bool = False, report: Report | None = None) -> Answer:
    """What a party has told as an example to spread, in a report that has been handed in."""
    filed = report or builders.report()
    commitment = filed.commitments.first() or builders.commitment()
    marks: dict[str, Any] = {"quoted": ["example"] if quoted else [], "private": ["example"] if private else []}
    for one in filed.commitments:
        filed.answer(one, progress="started")
    filed.answer(commitment, example=words, **marks)
    filed.submit(by=builders.user())
    return Answer.objects.get(report=filed, question__key="example")


def published(answer: Answer | None = None, **fields: Any) -> Answer:
    """The same, in a book that is out."""
    found = answer or told(**fields)
    builders.book(found.report.round)
    return found


def example(answer: Answer | None = None, *, shown: bool = True, headline: str = "Börja med fika") -> Example:
    """An example, shown unless told."""
    made = Example.objects.choose(answer or published(), headline=headline, by=builders.user())
    if shown:
        made.publish(by=builders.user())
    return made


def asked(of: Example | None = None, **of_user: Any) -> Example:
    """An example whose contact has been asked."""
    found = of or example()
    person = builders.representative(found.report.party, builders.user(**of_user), role=Representative.Role.REPORTER)
    found.ask_for_contact(person, by=builders.user())
    return found


def newsletter(month: date = MONTH, *, shown: bool = True, **texts: str) -> Newsletter:
    """A newsletter; published unless told. `texts`: {category: Swedish words}."""
    words = texts or {"parties": "- Bryggan är ny", "links": "- Läs om samråd"}
    made = Newsletter.objects.draft(
        month, {Wish(key): {"text_sv": text, "text_en": f"{text} (en)"} for key, text in words.items()}, by=builders.user()
    )
    if shown:
        made.publish(by=builders.user())
    return made


def follower(email: str = "lina@example.org", wishes: tuple[str, ...] = ("parties",), **fields: Any) -> Follower:
    """One who has said yes."""
    now = timezone.now()
    kept = {"confirmed_at": now, "told_until": now, "notified_at": now}
    return Follower.objects.create(**{"email": email, "wishes": list(wishes), **kept, **fields})
