"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ClauseWithoutValue(DomainError):
    code = "clause_without_value"
    message = _(
        "Clause %(number)s rests on no value that somebody stands behind. Give it one, or take it out; then publish."
    )
    status = 409


class NothingToPublish(DomainError):
    code = "nothing_to_publish"
    message = _("There is no clause yet. Write one from an accepted value, then publish.")
    status = 409


class Fixed(DomainError):
    code = "version_fixed"
    message = _("This version is published and fixed. Start the next version to change it.")
    status = 409


class ClauseEmpty(DomainError):
    code = "clause_empty"
    message = _("A clause needs words and at least one value of this assembly.")
    status = 422


class TitleMissing(DomainError):
    code = "title_missing"
    message = _("Please give the document a title.")
    status = 422


class BallotOpened(DomainError):
    code = "ballot_opened"
    message = _(
        "The vote on this version was opened; its words are fixed. Once it is counted you can start the next version."
    )
    status = 409


class VoteUnderWay(DomainError):
    code = "vote_under_way"
    message = _("People are voting on this. Wait until the vote is over and counted.")
    status = 409


class NotAdopted(DomainError):
    code = "not_adopted"
    message = _(
        "The assembly did not adopt this version, so it is not published. Start the next version."
    )
    status = 409


class ThresholdsFrozen(DomainError):
    code = "thresholds_frozen"
    message = _(
        "The thresholds were settled when the draft was put before the assembly, or to the vote. They stay for this document."
    )
    status = 409


class ThresholdsUnreasonable(DomainError):
    code = "thresholds_unreasonable"
    message = _("A share lies between 0 and 100 percent, and a number of ballots is not negative.")
    status = 422


class RatifyingNotSet(DomainError):
    code = "ratifying_not_set"
    message = _("Say first when people vote on the document, in a time that is not over yet.")
    status = 409


class NotOnRoll(DomainError):
    code = "not_on_roll"
    message = _(
        "The roll was closed when this vote was opened, and you joined later. You can read."
    )
    status = 403


class BallotIncomplete(DomainError):
    code = "ballot_incomplete"
    message = _("Please say one thing to every clause, and one to the document as a whole.")
    status = 422


class VoteInterrupted(DomainError):
    code = "vote_interrupted"
    message = _(
        "The key of this site was changed while people vote, so ballots cannot be told apart. Tell the people who run it; ballots cast before are safe."
    )
    status = 409


class StatementFaulty(DomainError):
    code = "statement_faulty"
    message = _("A minority statement needs words, and at most %(most)s characters.")
    status = 422


class StatementSigned(DomainError):
    code = "statement_signed"
    message = _("Others have signed these words, so they cannot be changed any more.")
    status = 409


class StatementGone(DomainError):
    code = "statement_gone"
    message = _("This statement was withdrawn by its author.")
    status = 409


class AlreadyStated(DomainError):
    code = "already_stated"
    message = _("You have a statement on this already. Change that one, or withdraw it.")
    status = 409


class StatingClosed(DomainError):
    code = "stating_closed"
    message = _(
        "Statements are taken from the beginning of the vote until the document is published. What was stated before is kept."
    )
    status = 409


class ClauseChanged(DomainError):
    code = "clause_changed"
    message = _(
        "Somebody saved other words for this clause since you opened it. Yours are kept here, beside theirs: bring both together, then save."
    )
    status = 409


class ClauseUnread(DomainError):
    code = "clause_unread"
    message = _(
        "Clause %(number)s was proposed and no person has edited or accepted it. Read it first."
    )
    status = 409


class NothingChosen(DomainError):
    code = "nothing_chosen"
    message = _("Choose at least one value of this assembly to draft from.")
    status = 422


class SignOffsMissing(DomainError):
    code = "sign_offs_missing"
    message = _(
        "%(needed)s people who run the assembly have to stand by a version as it is before it is published."
    )
    status = 409


class ObjectionsOpen(DomainError):
    code = "objections_open"
    message = _("Somebody objects to clause %(number)s, and nobody has answered yet.")
    status = 409


class ClauseRejectable(DomainError):
    code = "clause_rejectable"
    message = _(
        "In an opinion group more people than the assembly settled stand behind objections to clause %(number)s. Change it, answer them, or strike it."
    )
    status = 409


class ObjectionFaulty(DomainError):
    code = "objection_faulty"
    message = _(
        "An objection needs a reason; reason, other words and answer have at most %(most)s characters each."
    )
    status = 422


class AlreadyObjected(DomainError):
    code = "already_objected"
    message = _(
        "You object to this clause already. Take that objection back first, or stand by it."
    )
    status = 409


class ObjectionGone(DomainError):
    code = "objection_gone"
    message = _("This objection was taken back by its author, or the clause was struck.")
    status = 409


class NotUnderReview(DomainError):
    code = "not_under_review"
    message = _("People object to a draft while it is put before them. This one is not now.")
    status = 409


class PhrasingClaimed(DomainError):
    code = "phrasing_claimed"
    message = _("This is being worked on already.")
    status = 409
