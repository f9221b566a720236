"""A guest's seat: which membership this browser's session carries, an assembly each."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from deliberation.artifacts import before_all
from deliberation.assemblies import gates
from deliberation.assemblies.gates import MEMBERS
from deliberation.assemblies.models import Membership

READS = ("GET", "HEAD")


def seat(request: HttpRequest, slug: str) -> Membership:
    """The membership of this session in an assembly. Raises NotHere."""
    if request.method in READS:  # its pages say what is open now, and whether one has agreed
        columns = before_all.columns(OuterRef("assembly"))
        member = gates.onlooker(slug, request.session, **columns)
        before_all.tell(member.assembly, member)
        return member
    return gates.seat(slug, request.session)


def seated(request: HttpRequest, slug: str) -> Membership | None:
    """The same, or None where this session carries none."""
    held = request.session.get(MEMBERS, {}).get(slug)
    return Membership.objects.filter(pk=held, assembly__slug=slug).first() if held else None


def sit(request: HttpRequest, member: Membership) -> None:
    """Let this session carry a membership; its key is made anew, so that a key known before is worth nothing."""
    request.session.cycle_key()
    members = request.session.get(MEMBERS, {})
    request.session[MEMBERS] = {**members, member.assembly.slug: member.pk}


def leave(request: HttpRequest, slug: str) -> None:
    """Let this session carry no membership in an assembly any more; the receipt opens it again."""
    members = request.session.get(MEMBERS, {})
    request.session[MEMBERS] = {kept: pk for kept, pk in members.items() if kept != slug}
    request.session.cycle_key()


def spoken(request: HttpRequest, languages: Sequence[str]) -> str:
    """Which of `languages` to speak with this visitor: chosen here, asked for by the browser, or the first.

    Not the page's own language: an assembly may be held in one the pages are not translated into.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for tag in (chosen, *(tag for tag, _ in asked), tongue()):
        for wanted in (tag.lower(), _base(tag)):
            for offered in languages:
                if wanted and wanted in (offered.lower(), _base(offered)):
                    return offered
    return next(iter(languages), tongue())


def tongue() -> str:
    """The language the page is shown in."""
    return get_language() or "en"


def _base(tag: str) -> str:
    return tag.lower().split("-")[0]
