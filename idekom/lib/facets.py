"""Filters of a list: what one may choose, and how much each choice would show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice of a filter, and how many rows it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, its heading, its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_used(self) -> bool:
        """Whether any of its choices is chosen."""
        return any(option.is_chosen for option in self.options)
