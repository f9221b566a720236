"""Links that sign an account in: signed, short-lived, void once the password changes."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="groundwork.sign-in")


def token_for(user: User) -> str:
    """A token for `user` that holds for SIGN_IN_LINK_AGE seconds."""
    return SIGNER.sign_object({"user": user.pk, "seal": _seal(user)})


def user_of(token: str) -> User | None:
    """The account of a token, or None where it is forged, too old, or the password has changed since."""
    try:
        said = SIGNER.unsign_object(token, max_age=settings.SIGN_IN_LINK_AGE)
    except BadSignature:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    return user if user and _seal(user) == said["seal"] else None


def _seal(user: User) -> str:
    """A part of what the session itself is checked against; nothing of the password can be learned from it."""
    return user.get_session_auth_hash()[:16]
