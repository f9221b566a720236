"""Make the pictures that wait: take one, set it with no transaction open, keep it. The worker's alone: it loads what sets them."""

import logging

from deliberation.artifacts.actions import picture_keeping
from deliberation.artifacts.formats import picture
from deliberation.artifacts.models import Picture
from deliberation.artifacts.sharing import groups_of
from deliberation.opinion.models import Analysis
from deliberation.opinion.shown import for_everybody

MOST = 20  # in one turn
log = logging.getLogger(__name__)


def paint() -> int:
    """Make what waits, MOST at a time. Returns how many were made. A fault in one leaves the others."""
    made = 0
    for _ in range(MOST):
        waiting = picture_keeping.claim()
        if waiting is None:
            break
        made += _made(waiting)
    return made


def _made(waiting: Picture) -> bool:
    try:
        content = picture.make({**waiting.card, "groups": _groups(waiting)})
    except Exception:  # whatever a library does: it is tried again, and the others go on
        log.exception("picture %s could not be made", waiting)
        return False
    return picture_keeping.keep(waiting, content)


def _groups(waiting: Picture) -> list[dict[str, object]]:
    analysis = Analysis.objects.filter(pk=waiting.card.get("analysis")).first()
    return groups_of(for_everybody(analysis.result)) if analysis else []
