"""The part of the data dictionary about what AI systems propose. No other table counts or names a proposal but decisions. Free of Django."""

from deliberation.exports.table import Table

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
