"""What members say to the values and rules of others, while weighing is open."""

from django.db.models import Exists

from deliberation.assemblies.conditions import ensure_agreed, ensure_open, terms
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from elicitation.graph.actions import endorsing, upholding
from elicitation.graph.models import Endorsement, Exposure, Norm, NormEndorsement, Value
from elicitation.record.actions import recorded


@recorded
def weigh(member: Membership, value: Value, says: Endorsement.Says) -> Endorsement:
    """Take in what a member says to a value, in place of what it said before.

    Raises PhaseClosed, ConsentMissing and NotHere (a value of another assembly), checked in the transaction of the write; ValueGone,
    OwnValue.
    """
    _ensure_may(member, value)
    return endorsing.endorse(member.respondent, value, says)


@recorded
def take_back(member: Membership, value: Value) -> Endorsement | None:
    """Let nothing stand of what a member said to a value. Raises PhaseClosed, ConsentMissing, NotHere, ValueGone."""
    _ensure_may(member, value)
    return endorsing.take_back(member.respondent, value)


@recorded
def show(member: Membership, value: Value, route: str, chance: float) -> Exposure:
    """Note that a value is put before a member, and why this one. Raises PhaseClosed, ConsentMissing, NotHere, ValueGone."""
    is_here = Exists(member.assembly.inquiries.filter(values=value.pk))
    asked = terms(member, Phase.Kind.WEIGHING, is_here=is_here)
    return endorsing.expose(member.respondent, value, route, chance, asked)


@recorded
def uphold(member: Membership, norm: Norm, says: Endorsement.Says) -> NormEndorsement:
    """Take in what a member says to a rule, in place of what it said before.

    Raises PhaseClosed, ConsentMissing and NotHere (a rule of another assembly), checked in the transaction of the write; NormGone,
    OwnNorm.
    """
    _ensure_may_uphold(member, norm)
    return upholding.endorse_norm(member.respondent, norm, says)


@recorded
def take_back_upheld(member: Membership, norm: Norm) -> NormEndorsement | None:
    """Let nothing stand of what a member said to a rule. Raises PhaseClosed, ConsentMissing, NotHere, NormGone."""
    _ensure_may_uphold(member, norm)
    return upholding.take_back_norm(member.respondent, norm)


@recorded
def erase_said(member: Membership) -> int:
    """Erase all a member ever said to values and rules. Open at any time, as taking one's words back is. Returns how many votes went."""
    votes = endorsing.erase_endorsements(member.respondent)
    return votes + upholding.erase_norm_endorsements(member.respondent)


def _ensure_may(member: Membership, value: Value) -> None:
    ensure_open(member.assembly, Phase.Kind.WEIGHING)
    ensure_agreed(member)
    if not member.assembly.inquiries.filter(values=value.pk).exists():
        raise NotHere


def _ensure_may_uphold(member: Membership, norm: Norm) -> None:
    ensure_open(member.assembly, Phase.Kind.WEIGHING)
    ensure_agreed(member)
    if not member.assembly.inquiries.filter(norms=norm.pk).exists():
        raise NotHere
