"""What moderators decide, why, what waits for them, and what people say to it."""

from deliberation.moderation.models.appeals import Appeal, Meaning
from deliberation.moderation.models.decisions import Decision, Reason, Touch
from deliberation.moderation.models.proposals import MachineProposal
from deliberation.moderation.models.rooms import OnScreen, Room
from deliberation.moderation.models.waiting import Claim, Doubling, Opening, SecondLook, Thing

__all__ = [
    "Appeal",
    "Claim",
    "Decision",
    "Doubling",
    "MachineProposal",
    "Meaning",
    "OnScreen",
    "Opening",
    "Reason",
    "Room",
    "SecondLook",
    "Thing",
    "Touch",
]
