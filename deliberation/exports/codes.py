"""In what unit a column counts, which codes it may hold, and what it says where it is empty. Free of Django."""

from collections.abc import Mapping, Sequence

from deliberation.exports.kinds import Kind, kind_of

KINDS = "person institution ai_agent"
STATES = "proposed confirmed edited rejected superseded"
SAYS = "agree pass disagree"
UNITS: Mapping[str, str] = {
    "start": "code points", "end": "code points", "start_utf16": "UTF-16 code units", "end_utf16": "UTF-16 code units",
    "tokens_in": "tokens", "tokens_out": "tokens", "calls": "calls", "cost": "millionths of the currency unit prices are set in",
    "cards": "cards", "voices": "people and institutions", "chance": "probability", "likeness": "probability",
    "shown": "times", "judged": "judgements", "waited": "seconds", "signed": "people", "seconded": "people",
    "roll": "people", "ballots": "ballots", "quorum": "ballots", "approve": "ballots", "aside": "ballots", "object": "ballots",
    "words": "words", "changed": "words", "answer": "points of 1 to 5", "approve_share": "share of 1", "group_share": "share of 1", "target": "per cent of people",
}  # fmt: skip
# Whole numbers that count nothing: ids, places in an order, versions.
NUMBERED = frozenset(
    [
        "number",
        "position",
        "version",
        "prompt_version",
        "card_version",
        "value_version",
        "endorsement",
        "transition",
        "story",
        "story_ready",
        "showing",
        "judgement",
        "context",
        "look",
    ]
)
VALUES: Mapping[tuple[str, str], str] = {
    ("responses", "respondent_kind"): KINDS,
    ("responses", "channel"): "typed imported sample",
    ("responses", "status"): "waiting read nothing_found not_yet person_will_look confirmed in_value in_clause hidden",
    ("readings", "state"): "open done failed lost",
    ("candidates", "state"): STATES,
    ("rules", "state"): STATES,
    ("marks", "kind"): "experience claim proposal",
    ("endorsements", "respondent_kind"): KINDS,
    ("endorsements", "says"): SAYS,
    ("norm_endorsements", "respondent_kind"): KINDS,
    ("norm_endorsements", "says"): SAYS,
    ("exposures", "route"): "priority few_seen tells_apart",
    ("transitions", "source"): "model pairing person",
    ("stories", "status"): "to_decide released left_out",
    ("showings", "respondent_kind"): KINDS,
    ("judgements", "answer"): "to from depends same both unsure",
    ("clauses", "kind"): "charter constitution brief",
    ("clauses", "written"): "person template model",
    ("objections", "state"): "open sustained answered",
    ("ai_proposals", "kind"): "value norm",
    ("ai_proposals", "state"): "waiting shown left_out withdrawn",
    ("appeals", "state"): "open upheld overturned withdrawn",
}  # fmt: skip


def unit_of(table: str, column: str) -> str:
    """The unit of a column; "" where it counts nothing."""
    kind = kind_of(table, column)
    if kind == Kind.MOMENT:
        return "UTC"
    return UNITS.get(column, "") if kind in (Kind.INTEGER, Kind.NUMBER) else ""


def values_of(table: str, column: str) -> Sequence[str]:
    """The codes a column may hold, in their order; none where it is free."""
    return VALUES.get((table, column), "").split()


def missing_of(table: str, column: str) -> str:
    """What stands there for nothing, in JSON Lines and in CSV."""
    kind = kind_of(table, column)
    if kind == Kind.TEXT:
        return "null or an empty text; an empty cell"
    return "[] or {}" if kind in (Kind.LIST, Kind.OBJECT) else "null; an empty cell"
