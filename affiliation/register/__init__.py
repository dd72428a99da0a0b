"""The public register: who is affiliated on a day, searched and filtered, as rows for the page and for the files."""

from affiliation.register.listing import Register
from affiliation.register.search import Search

__all__ = ["Register", "Search"]
