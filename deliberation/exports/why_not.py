"""Why a release could not be made, in words who runs the assembly understands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUR_FAULT = _("This is our fault, not yours. Ask again; if it goes on, tell whoever runs this site.")  # fmt: skip
WHY: dict[str, Promise] = {
    "StandsOut": _("Laid beside what is public already, it would tell of a few people alone. It was kept back, and nothing of it is public. Ask again once more people have said something; if it goes on, tell whoever runs this site."),
    "StillWeighing": _("Weighing was opened again meanwhile. Ask again once it is over."),
}  # fmt: skip


def why_not(failure: str) -> str:
    """Why, by what the worker noted."""
    return str(WHY.get(failure, OUR_FAULT))
