"""The part of the data dictionary about rules people state, the shared ones, and what people said to these. Free of Django."""

from deliberation.exports.table import Table

RULES = Table(
    "rules",
    "Rules read from answers, in the parts of institutional grammar, and what their authors said to them. One that its author rejected, a moderator left out, or whose answer is hidden keeps its row and not its words.",
    {
        "rule": "Id of the rule (UUID).",
        "norm": "The shared norm it stands in (UUID), or null.",
        "meant": "Whether its author finds it in words of that norm that are somebody else's: same, or empty while not said.",
        "reading": "The reading that proposed it.",
        "respondent": "Pseudonym of the author of the answer.",
        "attribute": "Who; empty where the answer does not say.",
        "deontic": "must, must not, may or should; empty without words.",
        "aim": "What is to be done or left.",
        "acted_on": "What it is done to, where a passive names nobody; empty otherwise.",
        "conditions": "When; empty where the answer does not say.",
        "or_else": "Or else what; empty where the answer does not say.",
        "by_author": "Whether it is in its author's own later wording.",
        "serves": "The cards it is for (list of UUIDs).",
        "language": "Language tag of the answer.",
        "state": "proposed, confirmed, edited (in the author's words), rejected, superseded (the answer was changed).",
        "answered_at": "When its author answered; null before.",
        "quotes": "The words it rests on: a list of {revision, start, end, start_utf16, end_utf16, text, public}.",
    },
)
NORMS = Table(
    "norms",
    "Shared rules (canonical norms of the graph), retired ones too, in the parts of institutional grammar. A part nobody said is empty.",
    {
        "norm": "Id (UUID).",
        "inquiry": "The question it belongs to (UUID).",
        "attribute": "Who.",
        "deontic": "must, must not, may or should.",
        "aim": "Does what; empty once nobody stands behind it.",
        "acted_on": "What a passive sentence speaks of.",
        "conditions": "When.",
        "or_else": "What otherwise.",
        "language": "Language tag.",
        "serves": "The values it serves, as the cards of its authors tell (list of ids of values.jsonl).",
        "voices": "How many distinct people and institutions stand behind it.",
        "admitted_at": "ISO 8601, UTC.",
        "retired_at": "When the last rule left it; null while it stands.",
    },
)
NORM_ENDORSEMENTS = Table(
    "norm_endorsements",
    "What people said to shared rules. A change of mind is a row more; what somebody erased has no row.",
    {
        "endorsement": "Number of the row, rising with time.",
        "respondent": "Pseudonym of who said it (UUID).",
        "respondent_kind": "person, institution or ai_agent; an ai_agent is never counted.",
        "norm": "The norm it was said to (UUID).",
        "says": "agree, pass or disagree.",
        "at": "When it was said (ISO 8601, UTC).",
        "replaced_at": "When something else was said, or it was taken back; null while it stands.",
    },
)
