"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ValueGone(DomainError):
    code = "value_gone"
    message = _("Nobody stands behind this value any more. Leave it, and go on with another.")
    status = 409


class OtherInquiry(DomainError):
    code = "other_inquiry"
    message = _("This card and this value answer different questions and cannot become one.")
    status = 409


class ValueInUse(DomainError):
    code = "value_in_use"
    message = _("A clause rests on this value. Take the value out of the clause first, then undo.")
    status = 409


class ValueShared(DomainError):
    code = "value_shared"
    message = _("Other cards have joined this value since. Undo those decisions first.")
    status = 409


class TransitionGone(DomainError):
    """One of the two values fell silent, or the transition was closed, since it was put."""

    code = "transition_gone"
    message = _(
        "These two are no longer compared. What you said before is kept; go on with the next."
    )
    status = 409


class DependsOnWhat(DomainError):
    code = "depends_on_what"
    message = _("Please say on what it depends, in a few words.")
    status = 422


class PairUnfit(DomainError):
    code = "pair_unfit"
    message = _("Choose two different values that people here stand behind.")
    status = 422


class ProposalsFull(DomainError):
    code = "proposals_full"
    message = _("You have proposed %(most)s comparisons already. Thank you; leave some to others.")
    status = 409


class ComparisonEnded(DomainError):
    code = "comparison_ended"
    message = _(
        "The people who run this assembly have ended this comparison. Nobody is asked about it any more, so nothing was added."
    )
    status = 409


class StoryChanged(DomainError):
    code = "story_changed"
    message = _(
        "Somebody changed or decided on this story since you opened the page. Look again, then decide."
    )
    status = 409


class StoryStands(DomainError):
    code = "story_stands"
    message = _(
        "Another story of the same move and language is released already. Leave that one out first."
    )
    status = 409


class StoryUnfit(DomainError):
    code = "story_unfit"
    message = _("A story needs some words, at most %(most)s characters of them.")
    status = 422


class TellingClaimed(DomainError):
    """Another worker is at it, or there is nothing left to do. Not a fault: the bell rang twice."""

    code = "telling_claimed"
    message = _("This is being worked on already.")
    status = 409


class OwnValue(DomainError):
    code = "own_value"
    message = _("Your own words stand behind this value. It is for others to say what they think.")
    status = 409


class ValueWeighed(DomainError):
    code = "value_weighed"
    message = _(
        "People have said already what they think of this value, and that is not thrown away. It cannot be undone; fold it into another value instead."
    )
    status = 409


class NotSuggested(DomainError):
    code = "not_suggested"
    message = _(
        "This suggestion is not open any more: it was answered, or a value has changed since. Nothing was changed by you."
    )
    status = 409


class SameValue(DomainError):
    code = "same_value"
    message = _("A value cannot be folded into itself. Choose another.")
    status = 422


class FoldGone(DomainError):
    code = "fold_gone"
    message = _("This was undone already. Nothing was changed by you.")
    status = 409


class SplitUnfit(DomainError):
    code = "split_unfit"
    message = _(
        "Choose cards that stand in this value now: at least one, and not all of them. To change the words of the whole, reword it."
    )
    status = 422


class WordsUnfit(DomainError):
    code = "words_unfit"
    message = _(
        "A value needs a short title and one to seven lines of what is attended to, and contexts of its own question."
    )
    status = 422


class NormGone(DomainError):
    code = "norm_gone"
    message = _("Nobody stands behind this rule any more. Leave it, and go on with another.")
    status = 409


class OwnNorm(DomainError):
    code = "own_norm"
    message = _("Your own words stand behind this rule. It is for others to say what they think.")
    status = 409


class NormShared(DomainError):
    code = "norm_shared"
    message = _("Other people's rules have joined this one since. Undo those decisions first.")
    status = 409


class NormWeighed(DomainError):
    code = "norm_weighed"
    message = _(
        "People have said already what they think of this rule, and that is not thrown away. It cannot be undone."
    )
    status = 409


class NormInUse(DomainError):
    code = "norm_in_use"
    message = _("A clause upholds this rule. Take the rule out of the clause first, then undo.")
    status = 409
