"""The pages that one learns from, and those behind them at the office."""

from collections.abc import Iterator

from django.urls import reverse

from affiliation.models import Follower, NewAddress
from followup.models import Example, Newsletter
from idekom.demo import content
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """Each, with and without something in it."""
    names = ("followup:knowledge", "followup:history", "followup:examples", "followup:newsletters")
    yield from (Place(reverse(name)) for name in names)
    yield from (Place(reverse(name)) for name in ("agreement:contacts", "agreement:links", "agreement:courses", "council:communication"))
    for query in ("?q=lokal", "?q=finnsinte", "?amne=bidrag&stadsomrade=hisingen"):
        yield Place(reverse("agreement:contacts") + query)
    yield Place(reverse("agreement:links") + "?atagande=forstarkt-samspel-och-tidigt-samrad")
    for slug in ("staden", "foreningslivet"):
        for query in ("?steg=1", "?steg=2&svar=a", "?steg=2&svar=b", "?steg=8"):
            yield Place(reverse("agreement:course", args=[slug]) + query)
    yield from (Place(one.get_absolute_url()) for one in Newsletter.objects.shown())
    yield from (Place(one.get_consent_url()) for one in Example.objects.exclude(contact_consent=""))
    follower = Follower.objects.active()[0]
    yield Place(reverse("affiliation:following_choices", args=[follower.token]))
    follower.move("ny-adress@nyheter.example.org")
    yield Place(reverse("affiliation:new_address", args=[NewAddress.objects.get(follower=follower).token]))
    yield Place(reverse("admin:followup_example_choose"), content.SECRETARY)
    yield from (Place(reverse("admin:followup_newsletter_preview", args=[one.pk]), content.SECRETARY) for one in Newsletter.objects.all())
