"""Assemblies, and the files that wait to be taken in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.models import (
    Agreement,
    Assembly,
    Belonging,
    Consent,
    ConsentText,
    Import,
    Membership,
    Rehearsal,
    Role,
)
from elicitation.extraction import at_work
from elicitation.extraction.models import NormQuote, Quote, Reading, ReadingRequest
from elicitation.interview.models import Prompt, Respondent, Response


@dataclass(frozen=True, slots=True)
class AgreedTo:
    """One version of the text a member agreed to; `text` is None where that version was not kept."""

    consent: Consent
    text: ConsentText | None


def said_to(member: Membership) -> dict[str, bool]:
    """What a member says now to each purpose they were asked about; to a model at another host than now, nothing."""
    said: dict[str, bool] = {}
    for one in member.agreements.order_by("pk"):
        if one.purpose != Agreement.Purpose.MODEL or one.host == at_work.host():
            said[one.purpose] = one.given
    return said


def agreed_to(member: Membership) -> list[AgreedTo]:
    """Every version of the text a member agreed to, in order."""
    kept = {one.version: one for one in ConsentText.objects.filter(assembly=member.assembly_id)}
    given = member.consents.order_by("text_version")
    return [AgreedTo(one, kept.get(one.text_version)) for one in given]


def texts_agreed_to(assembly: Assembly) -> QuerySet[ConsentText]:
    """The versions of the text that somebody agreed to, in order, those that are kept."""
    given = Consent.objects.filter(membership__assembly=assembly)
    return assembly.consent_texts.filter(version__in=given.values("text_version"))


def released_by(member: Membership) -> int:
    """How many quotes of this member's words they released, rules' included."""
    mine = {"revision__response__respondent": member.respondent_id, "public": True}
    return sum(quotes.filter(**mine).count() for quotes in (Quote.objects, NormQuote.objects))


def imports_to_take() -> QuerySet[Import]:
    """Started imports no worker is at."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    return Import.objects.filter(free, state=Import.State.RUNNING).select_related("assembly")


def uploads_left(before: datetime) -> QuerySet[Import]:
    """Files that were looked at, or broke off, before then, and that nobody took in since: what people wrote lies in them."""
    left = Import.objects.filter(state__in=[Import.State.SHOWN, Import.State.FAILED])
    return left.filter(made_at__lt=before).exclude(path="")


def inquiries_of(assembly: Assembly) -> list[UUID]:
    """The keys of an assembly's questions: a list by question is read along one index, which a join would hide."""
    return list(assembly.inquiries.order_by("pk").values_list("pk", flat=True))


def prompts_of(assembly: Assembly) -> QuerySet[Prompt]:
    """The prompts now asked, in the order people meet them."""
    asked = Prompt.objects.current().filter(inquiry__assemblies=assembly)
    return asked.select_related("inquiry").order_by("inquiry__agenda_item__position", "position")


def prompts_for(member: Membership) -> Any:
    """The prompts now asked, each with `answered`: whether this member has a standing answer to it, in this or an earlier wording."""
    told = Response.objects.standing().filter(
        respondent=member.respondent_id,
        prompt__inquiry=OuterRef("inquiry"),
        prompt__position=OuterRef("position"),
    )
    return prompts_of(member.assembly).annotate(answered=Exists(told))


def next_prompt(member: Membership) -> Prompt | None:
    """The first prompt this member has no standing answer to; None once all are answered."""
    found: Prompt | None = prompts_for(member).filter(answered=False).first()
    return found


def held_by(account: AbstractBaseUser, kind: str) -> QuerySet[Assembly]:
    """The assemblies in which an account holds a role."""
    return Assembly.objects.filter(roles__user_id=account.pk, roles__kind=kind).distinct()


def laid_out(assembly: Assembly) -> list[Membership]:
    """The seats laid out last that nobody has taken, by their number."""
    free = assembly.memberships.exclude(laid_out_at=None).filter(consents=None)
    newest = free.aggregate(at=Max("laid_out_at"))["at"]
    return list(free.filter(laid_out_at=newest).select_related("assembly").order_by("pk"))


def kinds_of(assembly: Assembly) -> dict[int, tuple[UUID, tuple[str, ...]]]:
    """Of each seat somebody has taken, by its number: whose it is, and what they said of themselves, "" for nothing, stratum by stratum."""
    taken = assembly.memberships.exclude(consents=None).exclude(
        respondent__kind=Respondent.Kind.AI_AGENT
    )
    said = {
        (who, stratum): option
        for who, stratum, option in Belonging.objects.filter(
            stratum__assembly=assembly
        ).values_list("respondent_id", "stratum_id", "option")
    }
    strata = list(assembly.strata.values_list("pk", flat=True))
    rows = taken.order_by("pk").values_list("pk", "respondent_id").distinct()
    return {pk: (who, tuple(said.get((who, one), "") for one in strata)) for pk, who in rows}


def requests_of(assembly: Assembly) -> QuerySet[ReadingRequest]:
    """The reading requests of an assembly's answers."""
    return ReadingRequest.objects.filter(revision__response__prompt__inquiry__assemblies=assembly)


def readings_of(assembly: Assembly) -> QuerySet[Reading]:
    """The readings of an assembly's answers."""
    return Reading.objects.filter(revision__response__prompt__inquiry__assemblies=assembly)


def voices_of(assembly: Assembly) -> int:
    """How many people and institutions have a standing answer here."""
    speaking = Respondent.objects.filter(
        responses__prompt__inquiry__assemblies=assembly, responses__withdrawn_at=None
    )
    return speaking.exclude(kind=Respondent.Kind.AI_AGENT).distinct().count()


def is_facilitator(account: AbstractBaseUser, assembly: Assembly) -> bool:
    """Whether an account runs the assembly."""
    return assembly.roles.filter(user_id=account.pk, kind=Role.Kind.FACILITATOR).exists()


def has_begun(assembly: Assembly) -> bool:
    """Whether somebody has agreed to take part here, or answered."""
    seats = assembly.memberships.exclude(consents=None)
    return seats.exists() or Response.objects.filter(prompt__inquiry__assemblies=assembly).exists()


def everybodys() -> QuerySet[Assembly]:
    """The assemblies everybody is told of: the public ones, but no rehearsal."""
    return Assembly.objects.filter(is_public=True, rehearses=None)


def rehearsal_of(assembly: Assembly) -> Rehearsal | None:
    """The rehearsal of an assembly, or the one it is itself."""
    either = Rehearsal.objects.filter(Q(original=assembly) | Q(copy=assembly))
    return either.select_related("original", "copy", "account").first()
