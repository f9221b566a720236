"""Who decides, where, and on what."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from deliberation.assemblies.models import Assembly
from deliberation.moderation.models import Thing


@dataclass(frozen=True, slots=True)
class Bench:
    """A moderator at work in an assembly."""

    assembly: Assembly
    moderator: AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits, as it stood at `version`."""

    kind: Thing
    thing: UUID
    version: int = 1
