"""A facilitator lets programs in, and sends them away."""

from deliberation.assemblies.models import Role
from deliberation.web import programs


class Programs(programs.Programs):
    kind = Role.Kind.FACILITATOR


class Ending(programs.Ending):
    kind = Role.Kind.FACILITATOR
