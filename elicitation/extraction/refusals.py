"""What is not a value, and why a proposal is not kept. Free of Django.

Own words of people are never judged here, only what an engine proposes of them: an answer whose proposals are all refused is asked
beneath, or goes to a person.
"""

from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.quotes import DENSE
from elicitation.interview.texts import fault

# What an engine may call a policy that is no value -> beneath which kind of words one asks ("" where one does not).
NOT_VALUES = {
    "goal": "goal",
    "rule": "rule",
    "mood": "feeling",
    "vague": "slogan",
    "party": "slogan",
    "approval": "goal",
    "instrumental": "goal",
}
MOST_TITLE_WORDS, MOST_TITLE_DENSE = 6, 24  # words; code points in scripts without spaces
VAGUE_WORDS, VAGUE_DENSE = 1, 2  # a word alone says too little
MOST_POLICIES = 7
LONGEST_TITLE, LONGEST_CONTEXT, LONGEST_PART = 200, 400, 600  # code points


def policy_refused(policy: PolicyProposal) -> str:
    """Why a policy is not kept: "policy_unfit", a key of NOT_VALUES or "no_quote"; "" where nothing stands against it."""
    if unfit(policy.text):
        return "policy_unfit"
    if policy.kind in NOT_VALUES:
        return policy.kind
    if not any(quote.strip() for quote in policy.quotes):
        return "no_quote"
    return "vague" if is_vague(policy.text) else ""


def card_refused(value: ValueProposal) -> str:
    """Why a whole card is not kept, "" where nothing stands against it."""
    if unfit(value.title, LONGEST_TITLE) or len(value.context) > LONGEST_CONTEXT:
        return "title_or_context_unfit"
    if _size(value.title) > _limit(value.title, MOST_TITLE_WORDS, MOST_TITLE_DENSE):
        return "title_too_long"
    return "too_many_policies" if len(value.policies) > MOST_POLICIES else ""


def unfit(text: str, longest: int = LONGEST_PART) -> bool:
    """Whether `text` is empty, cannot be stored, or is longer than `longest` code points."""
    return bool(fault(text)) or len(text) > longest


def is_vague(text: str) -> bool:
    """Whether a policy is a word alone, with nothing that makes it precise."""
    return _size(text) <= _limit(text, VAGUE_WORDS, VAGUE_DENSE)


def _size(text: str) -> int:
    if _dense(text):
        return sum(map(str.isalnum, text))
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _limit(text: str, words: int, dense: int) -> int:
    return dense if _dense(text) else words


def _dense(text: str) -> bool:
    return len(DENSE.findall(text)) * 2 > len(text)
