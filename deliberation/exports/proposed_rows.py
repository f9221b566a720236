"""The rows of what AI systems propose. Words of what no moderator put before people are left out."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp

CHUNK = 1000
PARTS = ("title", "context", "attribute", "deontic", "aim", "acted_on", "conditions", "or_else")


def ai_proposals(assembly: Assembly) -> Iterator[dict[str, Any]]:
    """Rows of proposed.AI_PROPOSALS."""
    found = assembly.machine_proposals.select_related("agent").order_by("made_at", "id")
    for one in found.iterator(CHUNK):
        shown = one.state == "shown"
        said = {part: getattr(one, part) if shown else "" for part in PARTS}
        yield {
            "proposal": str(one.pk),
            "inquiry": str(one.inquiry_id),
            "respondent": str(one.agent.respondent_id),
            "agent": one.agent.name,
            "kind": one.kind,
            "title": said.pop("title"),
            "context": said.pop("context"),
            "policies": one.policies if shown else [],
            **said,
            "language": one.language,
            "state": one.state,
            "made_at": stamp(one.made_at),
            "withdrawn_at": stamp(one.withdrawn_at),
        }
