"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class PhaseClosed(DomainError):
    code = "phase_closed"
    message = _("This is not open now. What was sent before is kept.")
    status = 409


class NotHere(DomainError):
    code = "not_here"
    message = _("There is nothing here for you. Check the link or the code, or ask for a new one.")
    status = 404


class SeatUnknown(NotHere):
    """This browser carries no seat here: it never did, or its session is over."""


class NoSeatLeft(DomainError):
    code = "no_seat_left"
    message = _("All places of this invitation are taken. Ask the people who run it for another.")
    status = 409


class SeatTaken(DomainError):
    code = "seat_taken"
    message = _(
        "Nobody can be written down at this seat: it is taken, or there is none of this number."
    )
    status = 409


class NothingSaid(DomainError):
    code = "nothing_said"
    message = _("Write down at least one answer.")
    status = 422


class ConsentMissing(DomainError):
    code = "consent_missing"
    message = _("Please say first whether you agree to how your words are used.")
    status = 403


class InvitationUsed(DomainError):
    code = "invitation_used"
    message = _("This link was used already, or is over. Ask who sent it for another.")
    status = 409


class LastFacilitator(DomainError):
    code = "last_facilitator"
    message = _("Somebody has to run this assembly. Invite another facilitator first.")
    status = 409


class LastSteward(DomainError):
    code = "last_steward"
    message = _("Somebody has to be a steward of this organisation. Invite another steward first.")
    status = 409


class NobodyElseRuns(DomainError):
    code = "nobody_else_runs"
    message = _(
        "Nobody else runs: %(titles)s. Invite somebody to run that first; then you can let this person go."
    )
    status = 409


class OrganisationNameTaken(DomainError):
    code = "organisation_name_taken"
    message = _("There is an organisation with this short name already. Choose another.")
    status = 409


class NameTaken(DomainError):
    code = "name_taken"
    message = _("Somebody here has this name already. Choose another.")
    status = 409


class TooManyTries(DomainError):
    code = "too_many_tries"
    message = _("That did not fit too many times. Wait %(seconds)s seconds, then try again.")
    status = 429


class Hurried(DomainError):
    code = "hurried"
    message = _(
        "Many come in from where you are, or this went faster than people read. Nothing is lost: wait %(seconds)s seconds, then press again."
    )
    status = 429


class CodeWrong(DomainError):
    code = "code_wrong"
    message = _("That does not fit. A code of the app holds for half a minute and works once.")
    status = 422


class PasskeyWrong(DomainError):
    code = "passkey_wrong"
    message = _("That passkey did not fit here. Try again, or sign in another way.")
    status = 422


class NotVouchedFor(DomainError):
    code = "not_vouched_for"
    message = _("We could not make sure who you are, so nothing was done. Please try once more.")
    status = 403


class IdentityTaken(DomainError):
    code = "identity_taken"
    message = _("That belongs to another account here, or this account has one already.")
    status = 409


class SecondFactorMissing(DomainError):
    code = "second_factor_missing"
    message = _("This site asks everybody who works here for a second step. Set one up first.")
    status = 403


class OtherContentSameKey(DomainError):
    code = "other_content_same_key"
    message = _(
        "This was sent before with something else in it. What was sent first is kept. Open the page anew, then send what you want to change."
    )
    status = 409


class SlugTaken(DomainError):
    code = "slug_taken"
    message = _("There is an assembly with this short name already. Choose another.")
    status = 409


class PhaseBackwards(DomainError):
    code = "phase_backwards"
    message = _("The end must come after the start.")
    status = 422


class ImportForgotten(DomainError):
    code = "import_forgotten"
    message = _("Nobody took this file in for a while, so it was erased. Bring it again.")
    status = 409


class ImportUnderWay(DomainError):
    code = "import_under_way"
    message = _("This file is being taken in already.")
    status = 409


class StrataFixed(DomainError):
    code = "strata_fixed"
    message = _("Somebody has answered already, so what is asked stays as it is.")
    status = 409


class StratumUnfit(DomainError):
    code = "stratum_unfit"
    message = _(
        "A question about people needs words, and two to twelve answers, each in the first language of the assembly at least."
    )
    status = 422


class SurveyClosed(DomainError):
    code = "survey_closed"
    message = _("These questions are not asked any more. What you said stays, and you can erase it.")  # fmt: skip
    status = 409


class SurveyUnfit(DomainError):
    code = "survey_unfit"
    message = _("Each of these questions takes a number from 1 to 5, or nothing.")
    status = 422


class TargetsUnfit(DomainError):
    code = "targets_unfit"
    message = _("Shares are whole numbers from 1 to 100, and together 100 at most. Make one of them smaller, or leave it empty.")  # fmt: skip
    status = 422


class AgreementMissing(DomainError):
    """An account may study the assembly and has not accepted its agreement as it is now. `assembly`: its short name."""

    code = "agreement_missing"
    message = _("Before you take data along, accept the agreement with researchers: it opens from the page of the data.")  # fmt: skip
    status = 403


class TermsMoved(DomainError):
    code = "terms_moved"
    message = _("The agreement has changed since you opened it. Read it again, then accept it.")
    status = 409


class PurposeUnfit(DomainError):
    code = "purpose_unfit"
    message = _("Say what you study in some words, 500 characters at most.")
    status = 422


class ScopeBeyondRole(DomainError):
    code = "scope_beyond_role"
    message = _("A program can be let do only what you may do yourself here. Choose less, or ask whoever runs the assembly.")  # fmt: skip
    status = 422


class OutOfScope(DomainError):
    code = "out_of_scope"
    message = _("This token is not for this: it is of another assembly, or was made without the scope this needs. Make one that has it.")  # fmt: skip
    status = 403


class AddressUnfit(DomainError):
    code = "address_unfit"
    message = _("Programs are told things at an address that begins with https:// and names a host. Check it.")  # fmt: skip
    status = 422


class SentenceUnfit(DomainError):
    code = "sentence_unfit"
    message = _("Say in one sentence what it is about, in at most 500 characters.")
    status = 422


class OutlineClaimed(DomainError):
    """Another worker is at this draft, or it no longer waits."""

    code = "outline_claimed"
    message = _("This draft is being worked on already.")
    status = 409


class WordsUnfit(DomainError):
    code = "words_unfit"
    message = _("Title, question and prompts need words, in a language of this assembly.")
    status = 422


class QuestionAnswered(DomainError):
    code = "question_answered"
    message = _("People have answered this question already, so its words stay as they are.")
    status = 409


class PromptAnswered(DomainError):
    code = "prompt_answered"
    message = _("Somebody has answered this already, so it stays. You can put it in other words.")
    status = 409


class LastPrompt(DomainError):
    code = "last_prompt"
    message = _("People have to be asked something: this is the last prompt. Add another first.")
    status = 409


class RehearsalTooLate(DomainError):
    code = "rehearsal_too_late"
    message = _("People are here already, so this is rehearsed no more.")
    status = 409


class RehearsalThere(DomainError):
    code = "rehearsal_there"
    message = _("A rehearsal is there already. Wipe it, then begin another.")
    status = 409


class RehearsalBusy(DomainError):
    code = "rehearsal_busy"
    message = _("Made-up people are still coming in. Wait half a minute, then wipe it.")
    status = 409


class AddressWrong(DomainError):
    code = "address_wrong"
    message = _("Say at which address, and about what, you want to be written to.")
    status = 422


class AskedTooOften(DomainError):
    code = "asked_too_often"
    message = _("Enough letters were asked for today. Try again tomorrow.")
    status = 429
