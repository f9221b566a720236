"""Who decides, and where."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from deliberation.assemblies.models import Assembly


@dataclass(frozen=True, slots=True)
class Bench:
    """A moderator at work in an assembly."""

    assembly: Assembly
    moderator: AbstractBaseUser
