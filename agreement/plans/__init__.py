"""The action plans as the public reads them: lists, files, sums, both plans side by side, the timeline."""

from agreement.plans.listing import Listing
from agreement.plans.search import Search

__all__ = ["Listing", "Search"]
