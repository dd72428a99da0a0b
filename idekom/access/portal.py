"""Who may open which address of the portal itself."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, USE_DATA, Rule, Who

_ABOUT = _("läsa om portalen, tillgängligheten och hur personuppgifter hanteras")

ADDRESSES: dict[str, Rule] = {
    "health": Rule(Who.EVERYBODY, _ABOUT),
    "start": Rule(Who.EVERYBODY, _ABOUT),
    "about": Rule(Who.EVERYBODY, _ABOUT),
    "accessibility": Rule(Who.EVERYBODY, _ABOUT),
    "accessibility_report": Rule(Who.EVERYBODY, _("anmäla brister i tillgängligheten"), BOTH),
    "privacy": Rule(Who.EVERYBODY, _ABOUT),
    "equal_treatment": Rule(Who.EVERYBODY, _ABOUT),
    "open_data": Rule(Who.EVERYBODY, USE_DATA),
    "my_pages": Rule(Who.SIGNED_IN, _("se vad man har att göra")),
}
