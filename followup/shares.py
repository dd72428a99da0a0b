"""Shares of favourable answers: of each side, the gap between the sides, and from year to year. "No opinion" is never in a share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreement.models import Side
from idekom.lib.charts import WIDTH

Counts = Counter[tuple[str, str]]
"""{(side, choice): how many}"""


@dataclass(frozen=True)
class Share:
    """A side's view of a question: how many of those with an opinion chose the favourable answers."""

    side: Side
    favourable: int
    opinions: int

    @property
    def percent(self) -> int | None:
        """In whole percent; None when nobody of the side has an opinion."""
        return round(100 * self.favourable / self.opinions) if self.opinions else None

    @property
    def in_words(self) -> str:
        """The figures."""
        if not self.opinions:
            return _("ingen med en åsikt")
        return _("%(some)d av %(all)d, %(percent)d procent") % {"some": self.favourable, "all": self.opinions, "percent": self.percent}

    @property
    def x(self) -> float:
        """Where its mark stands on the line from 0 to 100, in percent of the picture's width."""
        return round(3 + 0.94 * (self.percent or 0), 2)

    @property
    def unit(self) -> float:
        """The same in units of the book's picture, which is as wide as its charts."""
        return round(self.x * WIDTH / 100, 2)


@dataclass(frozen=True)
class Gap:
    """Both sides' view of the same question."""

    city: Share
    civil_society: Share

    @property
    def points(self) -> int | None:
        """How far apart they are, in percentage points; None when one side has no opinion."""
        if self.city.percent is None or self.civil_society.percent is None:
            return None
        return abs(self.city.percent - self.civil_society.percent)

    @property
    def shares(self) -> list[Share]:
        """Both."""
        return [self.city, self.civil_society]

    @property
    def in_words(self) -> str:
        """Both shares, and how far they are apart."""
        told = " ".join(f"{share.side.label}: {share.in_words}." for share in self.shares)
        return f"{told} {self._difference}"

    @property
    def _difference(self) -> str:
        if self.points is None:
            return _("De två sidorna går inte att jämföra.")
        if self.points == 0:
            return _("Båda sidor ser det lika.")
        return ngettext("Det skiljer %(points)d procentenhet.", "Det skiljer %(points)d procentenheter.", self.points) % {"points": self.points}


@dataclass(frozen=True)
class YearShare:
    """A year's share of favourable answers, both sides together. `share` is None for a year without a book, or without an opinion."""

    year: int
    favourable: int
    opinions: int

    @property
    def share(self) -> int | None:
        """In whole percent."""
        return round(100 * self.favourable / self.opinions) if self.opinions else None


def query(question: str, side: str, choice: str, *, commitment: int | None = None) -> str:
    """What asks for the answers behind a figure."""
    about = {} if commitment is None else {"atagande": commitment}
    return urlencode({"fraga": question, **about, "hos": side, "val": choice})


def gap_of(counts: Counts, favourable: Iterable[str], no_opinion: str) -> Gap | None:
    """How the two sides see a question, where `favourable` are the good answers; None when nobody has an opinion."""
    good = list(favourable)
    shares = {}
    for side in Side:
        opinions = sum(count for (whose, choice), count in counts.items() if whose == side and choice != no_opinion)
        shares[side] = Share(side, sum(counts[side, choice] for choice in good), opinions)
    return Gap(shares[Side.CITY], shares[Side.CIVIL_SOCIETY]) if any(share.opinions for share in shares.values()) else None
