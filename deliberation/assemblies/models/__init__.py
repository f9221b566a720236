"""Organisations, their assemblies, phases, who runs them, who takes part, what people say of themselves, and what runs by itself."""

from deliberation.assemblies.models.assemblies import AgendaItem, Assembly, Phase
from deliberation.assemblies.models.done import Done
from deliberation.assemblies.models.imports import Import
from deliberation.assemblies.models.members import Agreement, Consent, Invitation, Membership
from deliberation.assemblies.models.organisations import Colleague, Organisation
from deliberation.assemblies.models.staff import Role, SignedIn, StaffInvitation, Tries
from deliberation.assemblies.models.strata import Belonging, Stratum
from deliberation.assemblies.models.turns import Turn

__all__ = [
    "AgendaItem",
    "Agreement",
    "Assembly",
    "Belonging",
    "Colleague",
    "Consent",
    "Done",
    "Import",
    "Invitation",
    "Membership",
    "Organisation",
    "Phase",
    "Role",
    "SignedIn",
    "StaffInvitation",
    "Stratum",
    "Tries",
    "Turn",
]
