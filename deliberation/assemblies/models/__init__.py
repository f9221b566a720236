"""Organisations, their assemblies, phases, who runs them, who takes part, what people say of themselves, and what runs by itself."""

from deliberation.assemblies.models.agents import Agent
from deliberation.assemblies.models.assemblies import AgendaItem, Assembly, Phase
from deliberation.assemblies.models.done import Done
from deliberation.assemblies.models.hooks import Delivery, Hook
from deliberation.assemblies.models.imports import Import
from deliberation.assemblies.models.letters import Address, Letter
from deliberation.assemblies.models.lots import Lot, Pool
from deliberation.assemblies.models.members import (
    Agreement,
    Consent,
    ConsentText,
    Invitation,
    Membership,
)
from deliberation.assemblies.models.organisations import Colleague, Organisation
from deliberation.assemblies.models.outlines import Outline
from deliberation.assemblies.models.rehearsals import Rehearsal
from deliberation.assemblies.models.research import LONGEST_PURPOSE, Undertaking
from deliberation.assemblies.models.staff import Role, SignedIn, StaffInvitation, Tries
from deliberation.assemblies.models.strata import Belonging, Stratum
from deliberation.assemblies.models.survey import Survey, SurveyAnswer, SurveyReply
from deliberation.assemblies.models.tokens import Token
from deliberation.assemblies.models.turns import Turn
from deliberation.assemblies.models.unsent import Unsent

__all__ = [
    "LONGEST_PURPOSE",
    "Address",
    "AgendaItem",
    "Agent",
    "Agreement",
    "Assembly",
    "Belonging",
    "Colleague",
    "Consent",
    "ConsentText",
    "Delivery",
    "Done",
    "Hook",
    "Import",
    "Invitation",
    "Letter",
    "Lot",
    "Membership",
    "Organisation",
    "Outline",
    "Phase",
    "Pool",
    "Rehearsal",
    "Role",
    "SignedIn",
    "StaffInvitation",
    "Stratum",
    "Survey",
    "SurveyAnswer",
    "SurveyReply",
    "Token",
    "Tries",
    "Turn",
    "Undertaking",
    "Unsent",
]
