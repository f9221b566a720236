"""The data dictionary of moderation and of people: what was decided, whether authors agree, what they appealed against, what they say of themselves.

Free of Django.
"""

from deliberation.exports.table import Table

DECISIONS = Table(
    "decisions",
    "What moderators decided; undone decisions stay, marked.",
    {
        "decision": "Id (UUID).",
        "moderator": "Pseudonym of the moderator, stable within the assembly.",
        "kind": "accept, merge, fold, split, rename, edit, move, send_back, hide, reject, restore, accept_rule, join_rule, drop_rule, remove_rule, show_ai or drop_ai (an AI system's proposal put before people, or left out).",
        "candidate": "The card it is about, or null: it is about a value or an answer, or the card's author has withdrawn it.",
        "card_version": "Version of the card or rule that was decided on; null where it is about neither.",
        "value": "The value made, joined, folded, split, worded or moved; null for none.",
        "other": "The value folded into, or the one a split made; null for none.",
        "answer": "The answer whose quotes were hidden or shown again; null for none.",
        "rule": "The person's rule it is about (UUID), or null.",
        "norm": "The shared norm made or joined (UUID), or null.",
        "proposal": "The AI system's proposal it is about (UUID of ai_proposals.jsonl), or null.",
        "grounds": "Code of the reason of the assembly's published list; null for none.",
        "reason": "The reason in the moderator's own words, where there is one.",
        "question": "The question it was sent back with.",
        "suggested": "What the machine suggested of the card: same, narrower, wider or new; null for nothing.",
        "suggested_value": "The value that suggestion names (UUID), or null.",
        "followed": "Whether the card was decided as suggested; null where nothing was, or it was left out or sent back.",
        "waited": "Seconds the card had waited.",
        "at": "ISO 8601, UTC.",
        "undone_at": "ISO 8601, UTC; null while it stands.",
        "undone_by": "Pseudonym of who undid it, or null.",
        "undone_grounds": "Code of the reason for undoing it, or null.",
    },
)
MEANINGS = Table(
    "meanings",
    "Authors asked whether a value in other words than theirs still says what they meant. What they wrote to it is not told.",
    {
        "meaning": "Id (UUID).",
        "candidate": "The card (UUID).",
        "value": "The value it ended in (UUID).",
        "value_version": "Version of that value's words.",
        "decision": "The decision that brought it there, or changed the words (UUID).",
        "answer": "same, not_quite or no; empty while nothing is said.",
        "is_current": "Whether this is what was asked of the card last.",
        "asked_at": "ISO 8601, UTC.",
        "answered_at": "ISO 8601, UTC, or null.",
    },
)
STRATA = Table(
    "strata",
    "What people may say of themselves: the questions, and the answers offered.",
    {
        "stratum": "Code of the question.",
        "question": "The question (language tag -> wording).",
        "option": "Code of an answer.",
        "wording": "The answer (language tag -> wording).",
        "target": "The share of people (per cent, of those who said anything to the question) whoever runs the assembly aimed at with this answer; null where none was set. Set beside the shares in belongings, it tells how representative who came is.",
    },
)
BELONGINGS = Table(
    "belongings",
    "What respondents said of themselves. Private: tell nothing of fewer than ten people.",
    {
        "respondent": "Pseudonym of the respondent (UUID).",
        "stratum": "Code of the question.",
        "option": "Code of the answer.",
    },
)
EXCLUSIONS = Table(
    "exclusions",
    "Seats that were judged to be one person's several, by question. Results leave out those that do not count (filter one_person_counts_once); every other table has them all.",
    {
        "twins": "Which seats were judged to be the same person's (UUID).",
        "inquiry": "The question (UUID).",
        "respondent": "Pseudonym of the seat's respondent (UUID).",
        "counts": "Whether this seat counts for all of them; the others are left out.",
        "judged_at": "ISO 8601, UTC.",
    },
)
APPEALS = Table(
    "appeals",
    "Authors who asked that another moderator looks at a decision again. What was written on both sides is not told.",
    {
        "appeal": "Id (UUID).",
        "decision": "The decision it is against (UUID).",
        "candidate": "The author's card (UUID), or null.",
        "rule": "The author's rule (UUID), where it is about no card; or null.",
        "state": "open, upheld (the decision stays), overturned (it was undone) or withdrawn.",
        "moderator": "Pseudonym of who answered, or null.",
        "at": "ISO 8601, UTC.",
        "answered_at": "ISO 8601, UTC, or null.",
    },
)
