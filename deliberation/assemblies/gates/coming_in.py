"""Who comes in by a code, a session or an account, and to which assembly."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from deliberation.assemblies import codes
from deliberation.assemblies.errors import AgreementMissing, NotHere, SeatUnknown
from deliberation.assemblies.models import (
    AgendaItem,
    Assembly,
    Consent,
    Invitation,
    Membership,
    Organisation,
    Outline,
    Phase,
    Role,
    StaffInvitation,
    Undertaking,
)
from deliberation.assemblies.places import stewarded
from deliberation.assemblies.terms import standing

Account = AbstractBaseUser | AnonymousUser
MEMBERS = "members"  # where a session keeps its memberships: slug -> id


def invitation(code: str) -> Invitation:
    """The invitation of a typed or scanned code. Raises NotHere."""
    open_ones = Invitation.objects.filter(closed_at=None).select_related("assembly")
    if found := open_ones.filter(code_digest=codes.digest(code)).first():
        return found
    raise NotHere


def staff_invitation(code: str) -> StaffInvitation:
    """The open invitation of a colleague's link. Raises NotHere."""
    found = (
        StaffInvitation.objects.filter(code_digest=codes.digest(code))
        .select_related("assembly", "organisation")
        .first()
    )
    if found and found.is_open:
        return found
    raise NotHere


def returning(code: str) -> Membership:
    """The membership of a receipt code. Raises NotHere."""
    if found := _memberships().filter(code_digest=codes.digest(code)).first():
        return found
    raise NotHere


def outline(account: Account, outline_id: UUID) -> Outline:
    """What this account wants an assembly to be about. Raises NotHere."""
    if account.is_authenticated and (
        found := Outline.objects.filter(account_id=account.pk, pk=outline_id).first()
    ):
        return found
    raise NotHere


def member(
    slug: str, membership_id: int | None, among: QuerySet[Membership] | None = None
) -> Membership:
    """The membership a session carries, in this assembly. Raises NotHere."""
    rows = _memberships() if among is None else among
    if membership_id and (found := rows.filter(assembly__slug=slug, pk=membership_id).first()):
        return found
    raise NotHere


def seat(slug: str, session: Mapping[str, Any]) -> Membership:
    """The membership a browser's session carries in this assembly. Raises SeatUnknown where it carries none, else NotHere."""
    return member(slug, _carried(slug, session))


def onlooker(slug: str, session: Mapping[str, Any], **more: Combinable) -> Membership:
    """The same for a page that only shows: with the assembly's phases and questions at hand, `has_agreed`, and `more` columns of a membership, in one query. What writes asks anew."""
    found: Any = member(slug, _carried(slug, session), _looking().annotate(**more))
    found.assembly.tell_phases(zip(found.kinds, found.begin, found.end, strict=True))
    found.assembly.told_questions = found.questions
    shown: Membership = found
    return shown


def _carried(slug: str, session: Mapping[str, Any]) -> int:
    if held := session.get(MEMBERS, {}).get(slug):
        carried: int = held
        return carried
    raise SeatUnknown


def staff(slug: str, account: Account, kind: str) -> Assembly:
    """The assembly in which `account` holds the role `kind`. Raises NotHere."""
    if account.is_authenticated:
        held = Role.objects.filter(assembly__slug=slug, user_id=account.pk, kind=kind)
        if role := held.select_related("assembly").first():
            return role.assembly
    raise NotHere


def facilitator(slug: str, account: Account) -> Assembly:
    """The assembly `account` runs. Raises NotHere."""
    return staff(slug, account, Role.Kind.FACILITATOR)


def researcher(slug: str, account: Account) -> Assembly:
    """The assembly `account` may export. Raises NotHere."""
    return staff(slug, account, Role.Kind.RESEARCHER)


def taking(slug: str, account: Account) -> Undertaking:
    """What `account` accepted before taking data of this assembly along. Raises NotHere, AgreementMissing."""
    assembly = researcher(slug, account)
    if found := standing(assembly, account.pk):
        return found
    raise AgreementMissing(assembly=slug)


def steward(slug: str, account: Account) -> Organisation:
    """The organisation `account` is a steward of. Raises NotHere."""
    if found := stewarded(account).filter(slug=slug).first():
        return found
    raise NotHere


def founder(account: Account) -> list[Organisation]:
    """The organisations in which `account` may found an assembly, one at least. Raises NotHere."""
    if found := list(stewarded(account)):
        return found
    raise NotHere


def public(slug: str) -> Assembly:
    """An assembly whose results everybody may read. Raises NotHere."""
    if found := Assembly.objects.filter(slug=slug, is_public=True).first():
        return found
    raise NotHere


def receipt_code(membership: Membership) -> str | None:
    """The member's receipt code, or None where the site's key has changed since (the old code still works)."""
    code = codes.derive(settings.SECRET_KEY, "receipt", membership.salt)
    return code if codes.digest(code) == membership.code_digest else None


def staff_code(invited: StaffInvitation) -> str | None:
    """The code of a colleague's link, or None where the site's key has changed since."""
    code = codes.derive(settings.SECRET_KEY, "colleague", invited.salt)
    return code if codes.digest(code) == invited.code_digest else None


def invitation_code(invited: Invitation) -> str | None:
    """The invitation's code, or None where the site's key has changed since (the old code still works)."""
    code = codes.derive(settings.SECRET_KEY, "invitation", invited.salt)
    return code if codes.digest(code) == invited.code_digest else None


@cache
def _looking() -> QuerySet[Membership]:
    """What onlooker asks, put together once in a process: every page of a seat starts with it."""
    phases = Phase.objects.filter(assembly=OuterRef("assembly")).order_by("starts_at", "pk")
    agenda = AgendaItem.objects.filter(assembly=OuterRef("assembly"))
    taken = Consent.objects.filter(
        membership=OuterRef("pk"), text_version=OuterRef("assembly__consent_version")
    )
    return _memberships().annotate(
        has_agreed=Exists(taken),
        questions=ArraySubquery(agenda.values("inquiry")),
        kinds=ArraySubquery(phases.values("kind")),
        begin=ArraySubquery(phases.values("starts_at")),
        end=ArraySubquery(phases.values("ends_at")),
    )


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("assembly", "respondent")
