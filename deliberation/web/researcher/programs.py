"""A researcher lets programs in, and sends them away."""

from deliberation.assemblies.models import Role
from deliberation.web import programs


class Programs(programs.Programs):
    kind = Role.Kind.RESEARCHER


class Ending(programs.Ending):
    kind = Role.Kind.RESEARCHER
