"""The data dictionary: every table and column a researcher gets, and what each means. Free of Django."""

from collections.abc import Mapping

from deliberation.exports.ballot_tables import TALLIES, VOTES
from deliberation.exports.contested import MINORITY, OBJECTIONS
from deliberation.exports.decided import (
    APPEALS,
    BELONGINGS,
    DECISIONS,
    EXCLUSIONS,
    MEANINGS,
    STRATA,
)
from deliberation.exports.measured import EDITS, RATINGS, SECOND_LOOKS, SURVEY
from deliberation.exports.norm_tables import NORM_ENDORSEMENTS, NORMS, RULES
from deliberation.exports.proposed import AI_PROPOSALS
from deliberation.exports.table import Table

SPAN = {
    "revision": "The revision it is a span of.",
    "start": "First code point, counted from 0.",
    "end": "Code point after the last.",
    "start_utf16": "The same start in UTF-16 code units, as JavaScript counts.",
    "end_utf16": "The same end in UTF-16 code units.",
    "text": "The words.",
    "public": "Whether its author agreed that it may be shown in public. Do not publish it where false.",
    "by_helper": "Whether a helper wrote these words down for their author.",
}
RESPONSES = Table(
    "responses",
    "Standing answers, one row a revision of the words. A withdrawn answer has no row: its words are erased.",
    {
        "response": "Id of the answer (UUID).",
        "revision": "Id of this state of its words (UUID).",
        "number": "1 for the first words, counting up with each change.",
        "is_latest": "Whether these are the words as they stand.",
        "respondent": "Pseudonym of who wrote it (UUID), the same in all tables of this export.",
        "respondent_kind": "person, institution or ai_agent; an ai_agent never counts as support.",
        "follows": "Id of the answer it says more about (UUID), where its author was asked once more; null otherwise.",
        "inquiry": "Id of the question it belongs to (UUID).",
        "prompt": "Id of the prompt's wording it answers (UUID).",
        "prompt_version": "Version of that wording.",
        "asked": "The prompt as it was put, in the language of the answer where there is such a wording; or the question beneath, as its author read it.",
        "language": "Language tag given with the answer.",
        "text": "The words, exactly as written; empty where a moderator keeps them from others (status hidden).",
        "channel": "typed, imported or sample.",
        "by_helper": "Whether a helper wrote these words down for their author, who said them aloud or on paper.",
        "received_at": "When the answer was received (ISO 8601, UTC).",
        "written_at": "When this revision was received (ISO 8601, UTC).",
        "status": "How far the answer has come: waiting, read, nothing_found, not_yet (a goal, feeling, rule or slogan), person_will_look, confirmed, in_value, in_clause; or hidden: a moderator keeps its words from others.",
    },
)
READINGS = Table(
    "readings",
    "Each attempt of an engine, or of a person, to read a revision.",
    {
        "reading": "Id of the reading (UUID).",
        "revision": "The revision that was read.",
        "engine": "offline, openai, or person for a card written by hand.",
        "model": "Name of the model or encoder.",
        "prompt_version": "First 12 hexadecimal digits of the SHA-256 of the prompt; empty for the offline engine.",
        "parameters": "Parameters of the engine (object).",
        "state": "open, done, failed or lost (its worker never came back).",
        "failure": "Class of the failure, for failed ones.",
        "refusals": "Reasons why proposals were not kept, with counts (object).",
        "tokens_in": "Tokens sent.",
        "tokens_out": "Tokens received.",
        "calls": "Calls to the model.",
        "cost": "What it cost, in millionths of the currency unit the prices are set in.",
        "started_at": "ISO 8601, UTC.",
        "ended_at": "ISO 8601, UTC; null while open.",
    },
)
CANDIDATES = Table(
    "candidates",
    "Proposed cards and what their authors said to them. One that its author rejected, a moderator left out, or whose answer is hidden keeps its row and not its words.",
    {
        "candidate": "Id of the card (UUID).",
        "reading": "The reading that proposed it.",
        "respondent": "Pseudonym of the author of the answer.",
        "title": "Title, as its author left it.",
        "context": 'Situation, to follow "when"; may be empty.',
        "policies": "What is attended to: a list of {position, text, by_author}.",
        "language": "Language tag of the answer.",
        "state": "proposed, confirmed, edited (in the author's words), rejected, superseded (the answer was changed).",
        "answered_at": "When its author answered; null before.",
        "value": "The value it stands in (UUID), or null.",
    },
)
QUOTES = Table(
    "quotes",
    "Spans of answers on which the policies rest; text equals the span. Those of cards and answers without words here are left out.",
    {
        "quote": "Id (UUID).",
        "candidate": "The card.",
        "position": "Position of the policy in the card.",
        **SPAN,
    },
)
MARKS = Table(
    "marks",
    "Spans of answers that are something else than a value or a rule; text equals the span.",
    {
        "mark": "Id (UUID).",
        "reading": "The reading that made it.",
        "kind": "experience, claim or proposal.",
        **SPAN,
    },
)
VALUES = Table(
    "values",
    "Canonical values of the graph, retired ones too. Every id ever given stays; where it was folded into another, root tells into which.",
    {
        "value": "Id (UUID).",
        "inquiry": "The question it belongs to (UUID).",
        "title": "Title.",
        "context": 'Situation, to follow "when"; may be empty.',
        "policies": "What is attended to (list of texts).",
        "language": "Language tag.",
        "cards": "How many cards stand in it, without those of values folded into it.",
        "voices": "How many distinct people and institutions stand behind it, counted likewise.",
        "admitted_at": "ISO 8601, UTC.",
        "retired_at": "When the last card left it, or it was folded into another; null while it stands.",
        "root": "The value it goes on as part of (UUID), through all folds; its own id where it was not folded.",
    },
)
ENDORSEMENTS = Table(
    "endorsements",
    "What people said to values. A change of mind is a row more; what somebody erased has no row.",
    {
        "endorsement": "Number of the row, rising with time.",
        "respondent": "Pseudonym of who said it (UUID).",
        "respondent_kind": "person, institution or ai_agent; an ai_agent is never counted.",
        "value": "The value it was said to (UUID).",
        "says": "agree, pass or disagree.",
        "at": "When it was said (ISO 8601, UTC).",
        "replaced_at": "When something else was said, or it was taken back; null while it stands.",
        "is_standing": "Whether this is what the respondent says now: of several values folded into one, the last thing said.",
    },
)
EXPOSURES = Table(
    "exposures",
    "Which value was put before whom, and why: whether or not something was said to it.",
    {
        "respondent": "Pseudonym of who saw it (UUID).",
        "value": "The value (UUID).",
        "route": "The rule that chose it: priority, few_seen or tells_apart.",
        "chance": "The chance with which it was drawn among all it could have been, over all rules together (above 0, at most 1).",
        "at": "When it was first shown (ISO 8601, UTC).",
    },
)
TRANSITIONS = Table(
    "transitions",
    "Comparisons: in a context, may the second value be wiser than the first? One a pair and context.",
    {
        "transition": "Id of the comparison.",
        "inquiry": "The question it belongs to (UUID).",
        "from_value": "The first value (UUID).",
        "to_value": "The second value (UUID).",
        "context": "Id of the context; null for in general.",
        "phrase": 'The context in each language (object), to follow "when"; null for in general.',
        "source": "model, pairing (found by the offline pairing) or person.",
        "proposed_by": "Pseudonym of the person who proposed it; null otherwise.",
        "likeness": "How likely both values speak of the same, from 0 to 1, where it was paired; null otherwise.",
        "shown": "How often it was put to people and institutions, also to those who erased what they said since.",
        "judged": "How many judgements of people and institutions were ever taken in; those erased since are left out.",
        "proposed_at": "ISO 8601, UTC.",
        "closed_at": "When it ceased to be asked (ISO 8601, UTC); null while it is.",
    },
)
STORIES = Table(
    "stories",
    "Stories of how somebody comes from one value to the other. Only released ones were ever shown.",
    {
        "story": "Id of the story.",
        "transition": "The comparison it belongs to.",
        "towards": "The value somebody comes to (UUID).",
        "text": "The story; empty where it was left out.",
        "language": "Language tag.",
        "engine": "openai where a model told it; empty where a person did.",
        "model": "Name of the model.",
        "prompt_version": "First 12 hexadecimal digits of the SHA-256 of the prompt it was told with.",
        "written_by": "Pseudonym of the person who told it; null otherwise.",
        "status": "to_decide, released or left_out. Do not publish what is not released.",
        "edited_at": "When a facilitator changed it (ISO 8601, UTC); null otherwise.",
        "at": "When it was told (ISO 8601, UTC).",
    },
)
SHOWINGS = Table(
    "showings",
    "How comparisons were put to respondents, judged or not: sides, direction and story were drawn.",
    {
        "showing": "Id of the showing.",
        "respondent": "Pseudonym of the respondent (UUID).",
        "respondent_kind": "person, institution or ai_agent; an ai_agent is never counted.",
        "transition": "The comparison.",
        "forward": "Whether it was put as a move from the first value to the second; else the other way.",
        "to_left": "Whether the second value stood first (left, or on top).",
        "story_ready": "Id of the released story that stood ready for this direction and language; null for none, or where it was erased since (with_story still tells).",
        "with_story": "Whether it was shown: drawn, one of each two for whom it stood ready.",
        "own": "Whether a card of the respondent stood in one of the two values.",
        "route": "The rule that chose it: few (shown to the fewest, unlike the respondent's own cards), few_like_own.",
        "at": "ISO 8601, UTC.",
    },
)
JUDGEMENTS = Table(
    "judgements",
    "What respondents said to comparisons. A change of mind is a row more.",
    {
        "judgement": "Number of the row, rising with time.",
        "showing": "The showing it answers.",
        "respondent": "Pseudonym of the respondent (UUID).",
        "transition": "The comparison.",
        "answer": "to (the second is wiser), from (the first is wiser), depends, same, both (they differ, and both are needed) or unsure.",
        "reason": "Why, or on what it depends, in the respondent's words; empty where none was given, or it was erased.",
        "reason_public": "Always false: reasons are private. Do not publish them.",
        "language": "Language tag of the reason.",
        "at": "When it was said (ISO 8601, UTC).",
        "replaced_at": "When something else was said (ISO 8601, UTC); null while it stands.",
    },
)
CLAUSES = Table(
    "clauses",
    "Clauses of documents, drafts too.",
    {
        "clause": "Id (UUID).",
        "artifact": "Id of the document (UUID).",
        "title": "Title of the document.",
        "kind": "charter, constitution or brief.",
        "version": "Version of the document.",
        "published_at": "ISO 8601, UTC; null for a draft.",
        "number": "Number of the clause in its version, from 1.",
        "section": "Code of its section; empty for none.",
        "text": "The clause.",
        "written": "person, template or model: who wrote the words as they stand.",
        "accepted_at": "When a person took words of a template or model as they read (ISO 8601, UTC); null for none.",
        "follows": "The clause it was in the version before (UUID); null for none.",
        "norms": "The shared rules it upholds (list of ids of norms.jsonl).",
        "values": "The values it rests on (list of ids).",
        "quotes": "The quotes cited under it and not taken back since (list of ids).",
    },
)
TABLES: Mapping[str, Table] = {
    t.name: t
    for t in (
        RESPONSES,
        READINGS,
        CANDIDATES,
        QUOTES,
        RULES,
        MARKS,
        VALUES,
        NORMS,
        ENDORSEMENTS,
        NORM_ENDORSEMENTS,
        EXPOSURES,
        TRANSITIONS,
        STORIES,
        SHOWINGS,
        JUDGEMENTS,
        DECISIONS,
        MEANINGS,
        APPEALS,
        STRATA,
        BELONGINGS,
        EXCLUSIONS,
        CLAUSES,
        VOTES,
        TALLIES,
        OBJECTIONS,
        MINORITY,
        AI_PROPOSALS,
        RATINGS,
        EDITS,
        SECOND_LOOKS,
        SURVEY,
    )
}
