"""The data dictionary of how a study went: what authors made of their cards, what two moderators made of the same cases, how it was for people. Free of Django."""

from deliberation.exports.table import Table

RATINGS = Table(
    "ratings",
    "Authors who said whether a card, as it was read, says what they care about. Asked of everybody, of each card, answered by who likes to; what was taken back has no row.",
    {
        "candidate": "The card (UUID); its reading names engine, model and prompt version.",
        "respondent": "Pseudonym of its author (UUID).",
        "says": "yes, partly or no.",
        "at": "When it was said last (ISO 8601, UTC).",
    },
)
EDITS = Table(
    "edits",
    "Each time an author put a card in other words. Cards changed before this was counted have state edited and no row.",
    {
        "candidate": "The card (UUID).",
        "version": "Version of the card it made.",
        "words": "Words of title, situation and policies before. In scripts without spaces a letter is a word.",
        "changed": "The fewest words to put in, strike or replace to come from those to the new ones, each part compared with itself.",
        "at": "ISO 8601, UTC.",
    },
)
SECOND_LOOKS = Table(
    "second_looks",
    "Cases two moderators judged, the second without seeing what the first said. The second judgement changes nothing. Cases that wait for it are left out.",
    {
        "look": "Number of the row.",
        "case": "card, rule (a person's) or pair (two values that seem to be one).",
        "candidate": "The card (UUID), or null.",
        "rule": "The person's rule (UUID), or null.",
        "values": "The two values that seem to be one (list of ids); empty for other cases.",
        "card_version": "Version of the card or rule both judged; null for a pair.",
        "first": "accept, merge or reject of a card; accept_rule, join_rule or drop_rule of a rule; fold or apart of a pair: as it was judged first, though undone since.",
        "first_to": "The value or shared rule (UUID) it was joined to first; null for none. Of values folded since, the one they went into.",
        "first_moderator": "Pseudonym of who judged first; null where the account is gone.",
        "second": "The same of the second judgement.",
        "second_to": "The value or shared rule (UUID) the second would have joined it to; null for none.",
        "second_moderator": "Pseudonym of who judged second; null where the account is gone.",
        "asked_at": "When it was judged first (ISO 8601, UTC).",
        "said_at": "When it was judged second (ISO 8601, UTC).",
    },
)
SURVEY = Table(
    "survey",
    "How far people agree with six sentences about the assembly, where it asked: one row a person and sentence. They cover what the study of the first moral graph asked of (Klingefjord, Lowe and Edelman 2024), in words of our own (decision 0051). Who did not come to it, or erased it, has no row. Private: tell nothing of fewer than ten people.",
    {
        "respondent": "Pseudonym of the respondent (UUID).",
        "question": "represented, learned, respect, clarity, trust or fairness.",
        "sentence": "What was asked, in English.",
        "answer": "1 (not at all), 2 (hardly), 3 (partly), 4 (mostly) or 5 (fully); null for rather not say, also where all was left out.",
        "at": "When the person changed anything of it last (ISO 8601, UTC).",
    },
)
