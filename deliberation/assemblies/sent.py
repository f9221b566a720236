"""What was sent, as digests: its key with who sent it, what was in it, and who that is."""

from dataclasses import dataclass
from hashlib import sha256
from hmac import digest

from django.conf import settings

from deliberation.assemblies.models import Membership

LONGEST = 200  # of a key


@dataclass(frozen=True, slots=True)
class Sent:
    """`actor`: "" where nothing may tell whose it is."""

    key: str
    content: str
    act: str
    actor: str


def sent(key: str, act: str, actor: str, content: bytes, *, named: bool = True) -> Sent:
    """What was sent with `key` by `actor`: a key is nobody's but its sender's.

    The key itself is part of both digests and is not kept, so that nobody who reads them can try out contents.
    """
    return Sent(
        key=_digest(f"key\0{key}\0{actor}".encode()),
        content=_digest(f"content\0{key}\0{act}\0".encode() + content),
        act=act,
        actor=digest_of(actor) if named else "",
    )


def digest_of(actor: str) -> str:
    """Who somebody is, as rows of Done have it."""
    return _digest(f"actor\0{actor}".encode())


def as_member(pk: int) -> str:
    """A member as an actor."""
    return f"member {pk}"


def as_staff(pk: int) -> str:
    """An account as an actor."""
    return f"account {pk}"


def digest_of_member(member: Membership) -> str:
    """A member, as rows of Done have it."""
    return digest_of(as_member(member.pk))


def _digest(what: bytes) -> str:
    return digest(settings.SECRET_KEY.encode(), what, sha256).hex()
