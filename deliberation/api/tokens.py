"""Programs come in with a token (`Authorization: Bearer`): who they speak for, and what they may do.

REST framework loads this before its own views, so nothing of those is imported here.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from deliberation.assemblies import tokens
from deliberation.assemblies.actions.tokens import note_use
from deliberation.assemblies.errors import OutOfScope
from deliberation.assemblies.models import Token
from deliberation.assemblies.second_factors import asked_of

READING = {"GET": Token.Scope.READ}
EXPORTING = {"GET": Token.Scope.EXPORT, "POST": Token.Scope.EXPORT}
IMPORTING = {"GET": Token.Scope.IMPORT, "POST": Token.Scope.IMPORT}
PROPOSING = {"GET": Token.Scope.PROPOSE, "POST": Token.Scope.PROPOSE}
RELEASING = {"GET": Token.Scope.RELEASE}
MODERATING = {"GET": Token.Scope.MODERATE, "POST": Token.Scope.MODERATE}


def scope_for(view: Any, method: str) -> str | None:
    """The scope a token needs at a view; None where no token helps."""
    found: str | None = getattr(view, "scopes", READING).get("GET" if method == "HEAD" else method)
    return found


class ByToken(BaseAuthentication):
    """The account a token speaks for, as `request.user`, and the token itself, as `request.auth`."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        kind, *rest = get_authorization_header(request).split() or [b""]
        if kind.lower() != b"bearer":
            return None
        token = tokens.living(rest[0].decode("latin-1")) if len(rest) == 1 else None
        if token is None or (settings.STAFF_SECOND_FACTOR and not asked_of(token.account)):
            raise AuthenticationFailed(_("This token opens nothing: it is mistyped, ended, over, or whose it is has no role here any more."))  # fmt: skip
        today = timezone.now().date()
        if token.last_used_on != today:
            note_use(token, today)
        return token.account, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class InScope(BasePermission):
    """A token opens what its scopes say, in its own assembly. Whoever comes without one is let on to the gates."""

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        if isinstance(token, Token):
            slug = view.kwargs.get("slug", token.assembly.slug)
            if slug != token.assembly.slug or scope_for(view, request.method or "") not in token.scopes:  # fmt: skip
                raise OutOfScope
        return True
