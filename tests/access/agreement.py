"""The agreement's part of the world: a draft of its next version, and a text of it that is being checked."""

from dataclasses import dataclass
from typing import Any

from agreement.models import Version, Wording
from tests.agreement import wordings


@dataclass
class AgreementWorld:
    """A draft version, and a draft of its official text with a passage that has no place yet."""

    version: Version
    wording: Wording


def world() -> AgreementWorld:
    """One of each."""
    wording = wordings.wording(wordings.WHOLE + wordings.STRAY)
    return AgreementWorld(wording.version, wording)


def knows(name: str) -> bool:
    """Whether the address is one of reading a text in, or of putting a version in force."""
    return name.startswith(("admin:agreement_wording_", "admin:agreement_version_"))


def arguments(name: str, here: AgreementWorld) -> dict[str, Any]:
    """What an address is made of."""
    if name in {"admin:agreement_version_read_in", "admin:agreement_version_template"}:
        return {}
    return {"pk": here.version.pk if "version" in name else here.wording.pk}
