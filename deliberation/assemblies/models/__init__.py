"""Assemblies, their phases, who runs them, who takes part, and what people say of themselves."""

from deliberation.assemblies.models.assemblies import AgendaItem, Assembly, Phase
from deliberation.assemblies.models.imports import Import
from deliberation.assemblies.models.members import Agreement, Consent, Invitation, Membership
from deliberation.assemblies.models.staff import Role, SignedIn, StaffInvitation, Tries
from deliberation.assemblies.models.strata import Belonging, Stratum

__all__ = [
    "AgendaItem",
    "Agreement",
    "Assembly",
    "Belonging",
    "Consent",
    "Import",
    "Invitation",
    "Membership",
    "Phase",
    "Role",
    "SignedIn",
    "StaffInvitation",
    "Stratum",
    "Tries",
]
