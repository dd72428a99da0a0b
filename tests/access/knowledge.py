"""The part of the world that one learns from: an example with a contact to ask, a newsletter, and a follower who moves."""

from dataclasses import dataclass
from typing import Any

from affiliation.models import NewAddress
from followup.models import Example, Newsletter
from tests.followup import knowing


@dataclass
class KnowledgeWorld:
    """One of each."""

    example: Example
    newsletter: Newsletter
    new_address: NewAddress


def world() -> KnowledgeWorld:
    """One of each."""
    moving = knowing.follower("flyttar@example.org")
    moving.move("ny-adress@example.org")
    return KnowledgeWorld(knowing.asked(), knowing.newsletter(), NewAddress.objects.get(follower=moving))


ADDRESSES = {
    "agreement:contacts", "agreement:links", "agreement:links_feed", "agreement:courses", "agreement:course", "council:communication",
    "followup:knowledge", "followup:history", "followup:examples", "followup:example_contact", "followup:newsletters", "followup:newsletter",
    "affiliation:new_address", "admin:followup_example_choose", "admin:followup_example_step", "admin:followup_newsletter_draft",
    "admin:followup_newsletter_preview", "admin:followup_newsletter_step",
}  # fmt: skip


def knows(name: str) -> bool:
    """Whether the address is one of these."""
    return name in ADDRESSES


def arguments(name: str, here: KnowledgeWorld) -> dict[str, Any]:
    """What an address is made of."""
    told: dict[str, dict[str, Any]] = {
        "agreement:course": {"slug": "staden"},
        "followup:example_contact": {"token": here.example.token},
        "followup:newsletter": {"month": here.newsletter.month},
        "affiliation:new_address": {"token": here.new_address.token},
        "admin:followup_example_step": {"pk": here.example.pk, "verb": "take_back"},
        "admin:followup_newsletter_preview": {"pk": here.newsletter.pk},
        "admin:followup_newsletter_step": {"pk": here.newsletter.pk, "verb": "take_back"},
    }
    return told.get(name, {})
