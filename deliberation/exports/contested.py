"""The part of the data dictionary about what people hold against documents. Free of Django."""

from deliberation.exports.table import Table

OBJECTIONS = Table(
    "objections",
    "Objections to clauses of drafts that were not taken back. Whose they are is told to nobody.",
    {
        "objection": "Id (UUID).",
        "clause": "The clause (UUID).",
        "language": "Language tag of the words.",
        "reason": "What is held against the clause.",
        "rewording": "Other words for it; empty where none were offered.",
        "as_it_read": "What the clause said when it was made.",
        "state": "open, sustained or answered.",
        "answer": "What was answered in public; empty while it is open.",
        "satisfied": "Whether its author says that the answer satisfies; null for nothing said.",
        "stands": "Whether it still speaks against the clause (decision 0027).",
        "seconded": "How many others share it.",
        "at": "When it was made (ISO 8601, UTC).",
        "answered_at": "When it was answered last (ISO 8601, UTC); null while it is open.",
    },
)
MINORITY = Table(
    "minority",
    "Minority statements on documents that were not withdrawn. Whose they are, and who signed, is told to nobody.",
    {
        "statement": "Id (UUID).",
        "artifact": "Id of the document (UUID).",
        "clause": "The clause it is against (UUID); null for the document as a whole.",
        "language": "Language tag of the words.",
        "text": "The statement.",
        "signed": "How many signed it.",
        "at": "When it was stated (ISO 8601, UTC).",
    },
)
