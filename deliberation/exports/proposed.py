"""What AI systems propose, as a table of its own: its dictionary and its rows. No other table counts or names a proposal but decisions."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from deliberation.exports.pseudonyms import stamp
from deliberation.exports.table import Table

if TYPE_CHECKING:  # the dictionary is free of Django
    from deliberation.assemblies.models import Assembly

CHUNK = 1000
PARTS = ("title", "context", "attribute", "deontic", "aim", "acted_on", "conditions", "or_else")
AI_PROPOSALS = Table(
    "ai_proposals",
    "Values and rules AI systems proposed, where the assembly let them. They are words of machines: nobody said them, they stand in no other table, and no count, group, ranking or result knows of them. One that waits, was left out or was taken back keeps its row and not its words.",
    {
        "proposal": "Id (UUID).",
        "inquiry": "The question it was proposed to (UUID).",
        "respondent": "Pseudonym of the AI system (UUID); its kind is ai_agent, and it is never counted.",
        "agent": "Name of the AI system: that of the token it came with.",
        "kind": "value or norm.",
        "title": "Title of a value.",
        "context": 'Situation of a value, to follow "when"; may be empty.',
        "policies": "What a value attends to (list of texts).",
        "attribute": "Who, of a rule.",
        "deontic": "must, must not, may or should; empty for a value.",
        "aim": "Does what, of a rule.",
        "acted_on": "What it is done to, where a passive names nobody; empty otherwise.",
        "conditions": "When, of a rule.",
        "or_else": "Or else what, of a rule.",
        "language": "Language tag.",
        "state": "waiting, shown (a moderator put it before people), left_out, or withdrawn (taken back, its words erased).",
        "made_at": "ISO 8601, UTC.",
        "withdrawn_at": "ISO 8601, UTC; null while it is not taken back.",
    },
)


def ai_proposals(assembly: "Assembly") -> Iterator[dict[str, Any]]:
    """Rows of AI_PROPOSALS."""
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
