"""The part of the data dictionary about votes on documents. Free of Django."""

from deliberation.exports.table import Table

VOTES = Table(
    "votes",
    "Votes on documents by secret ballot, once they are counted; single ballots are given to nobody.",
    {
        "artifact": "Id of the document (UUID).",
        "version": "Version of the document.",
        "opened_at": "When the vote was opened and the words were fixed (ISO 8601, UTC).",
        "counted_at": "When the ballots were counted (ISO 8601, UTC).",
        "roll": "How many might vote.",
        "ballots": "How many did.",
        "approve_share": "Of all who approve or object, the share that had to approve.",
        "group_share": "The same within each opinion group.",
        "quorum": "Ballots that were needed.",
    },
)
TALLIES = Table(
    "tallies",
    "What the ballots of a counted vote say, one row a question and group. Nothing is told of fewer than five ballots.",
    {
        "artifact": "Id of the document (UUID).",
        "version": "Version of the document.",
        "clause": "The clause (UUID); null for the document as a whole.",
        "group": "Label of an opinion group; empty for everybody in no group or in one too small to be told; null for all ballots together.",
        "approve": "Ballots that approve; null where too few were cast to tell.",
        "aside": "Ballots that stand aside; null where too few were cast to tell.",
        "object": "Ballots that object; null where too few were cast to tell.",
        "passed": "Whether the question was adopted; null in the rows of groups.",
    },
)
