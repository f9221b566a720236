"""A guest's seat: which membership this browser's session carries, an assembly each."""

from django.http import HttpRequest
from django.utils.translation import get_language

from deliberation.assemblies import gates
from deliberation.assemblies.models import Membership

MEMBERS = "members"


def seat(request: HttpRequest, slug: str) -> Membership:
    """The membership of this session in an assembly. Raises NotHere."""
    return gates.member(slug, request.session.get(MEMBERS, {}).get(slug))


def seated(request: HttpRequest, slug: str) -> Membership | None:
    """The same, or None where this session carries none."""
    held = request.session.get(MEMBERS, {}).get(slug)
    return Membership.objects.filter(pk=held, assembly__slug=slug).first() if held else None


def sit(request: HttpRequest, member: Membership) -> None:
    """Let this session carry a membership; its key is made anew, so that a key known before is worth nothing."""
    request.session.cycle_key()
    members = request.session.get(MEMBERS, {})
    request.session[MEMBERS] = {**members, member.assembly.slug: member.pk}


def tongue() -> str:
    """The language the page is shown in."""
    return get_language() or "en"
