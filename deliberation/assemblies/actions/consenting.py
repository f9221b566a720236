"""What members agree to beyond taking part, purpose by purpose: as easily taken back as given, open at any time."""

from deliberation.assemblies.models import Agreement, Membership
from elicitation.extraction import at_work
from elicitation.extraction.actions.withholding import withhold_quotes
from elicitation.extraction.models import NormCandidate
from elicitation.graph.actions.norm_keeping import hold_rule
from elicitation.graph.actions.norms import release_norm
from elicitation.interview.actions import permit_reading, permit_research
from elicitation.record.actions import append, recorded

Purpose = Agreement.Purpose


@recorded
def decide(
    member: Membership, purpose: Agreement.Purpose, given: bool, *, aloud: bool = False
) -> Agreement:
    """Keep what a member says to one purpose, and act on it at once.

    A model elsewhere: answers read from now on stay here without it. Quotes: taken back, every released quote is withheld, and rules leave
    the shared ones; given, each is still released one by one. Research: their rows are in the next file, or not.
    """
    host = at_work.host() if purpose == Purpose.MODEL else ""
    said = Agreement.objects.create(
        membership=member,
        purpose=purpose,
        host=host,
        text_version=member.assembly.consent_version,
        given=given,
        aloud=aloud,
    )
    ACTS[purpose](member, given, host)
    append(
        "agreement.decided",
        respondent=str(member.respondent_id),
        purpose=str(purpose),
        given=given,
        version=said.text_version,
        **({"aloud": True} if aloud else {}),
    )
    return said


def _model(member: Membership, given: bool, host: str) -> None:
    permit_reading(member.respondent, host if given else "")


def _quotes(member: Membership, given: bool, _host: str) -> None:
    if given:
        return
    mine = NormCandidate.objects.filter(
        reading__revision__response__respondent=member.respondent_id, evidence__isnull=False
    )
    list(member.respondent.responses.select_for_update().order_by("pk"))
    for rule in mine.order_by("pk"):
        hold_rule(rule)
        release_norm(rule)
    withhold_quotes(member.respondent)


def _research(member: Membership, given: bool, _host: str) -> None:
    permit_research(member.respondent, given)


ACTS = {Purpose.MODEL: _model, Purpose.QUOTES: _quotes, Purpose.RESEARCH: _research}
