"""What authors do with the rules that were read from their words, and with the norms these stand in. Open at any time."""

from elicitation.extraction.actions.norms import Rule, confirm_norm, edit_norm, reject_norm
from elicitation.extraction.models import NormCandidate
from elicitation.graph.actions.norm_keeping import hold_rule
from elicitation.graph.actions.norms import mean_norm, release_norm
from elicitation.graph.models import NormEvidence
from elicitation.record.actions import recorded


@recorded
def own_rule(rule: NormCandidate, public: bool) -> NormCandidate:
    """Say yes to a rule. Whose words are not released stands in no norm. Raises CardGone."""
    hold_rule(rule)
    if not public:
        release_norm(rule)
    return confirm_norm(rule, public)


@recorded
def reword_rule(rule: NormCandidate, words: Rule, public: bool) -> NormCandidate:
    """Put a rule in one's own words. One that stood in a norm is taken out of it, for a moderator to look at its new words.

    Raises CardGone, RuleIncomplete.
    """
    hold_rule(rule)
    release_norm(rule)
    return edit_norm(rule, words, public)


@recorded
def disown_rule(rule: NormCandidate) -> NormCandidate:
    """Say: that is not it. The rule leaves the graph. Raises CardGone."""
    hold_rule(rule)
    release_norm(rule)
    return reject_norm(rule)


@recorded
def find_same(rule: NormCandidate) -> NormEvidence:
    """Say that the words of the norm one's rule stands in are what one meant. Raises NormGone."""
    hold_rule(rule)
    return mean_norm(rule)


@recorded
def keep_apart(rule: NormCandidate) -> NormCandidate:
    """Say that they are not: the rule leaves the norm at once, and waits for a moderator as one of its own. Raises CardGone."""
    hold_rule(rule)
    release_norm(rule)
    return confirm_norm(rule, public=True)
