"""Who may come through which door: one table, which pages show, the docs repeat, and a test holds every address to.

A door is the namespace of an address, or one address by its full name where it differs from the others of its namespace. Whoever may not come in gets the
answer of a thing that is not there.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Colleague, Role


class Who(StrEnum):
    """Who somebody is to an assembly, or to the organisation that holds it."""

    ANYBODY = "anybody"
    MEMBER = "member"
    ACCOUNT = "account"
    FACILITATOR = "facilitator"
    RESEARCHER = "researcher"
    STEWARD = "steward"


MAY: Mapping[str, str | Promise] = {
    Role.Kind.FACILITATOR: _("runs it: moderates, writes documents, invites"),
    Role.Kind.RESEARCHER: _("studies it: takes the data along, decides nothing"),
}
BELONGS: Mapping[str, str | Promise] = {
    Colleague.Kind.MEMBER: _("member: may run or study its assemblies, where invited to"),
    Colleague.Kind.STEWARD: _("steward: founds its assemblies, invites people, lets them go"),
}
DOORS: Mapping[str, Who] = {
    "": Who.ANYBODY,  # health, and the language of the pages
    "public": Who.ANYBODY,
    "api": Who.ANYBODY,
    "citizen": Who.MEMBER,
    "facilitator": Who.FACILITATOR,
    "researcher": Who.RESEARCHER,
    "steward": Who.STEWARD,
    "staff": Who.ACCOUNT,
    "api:readings": Who.FACILITATOR,
    "api:imports": Who.FACILITATOR,
    "api:import": Who.FACILITATOR,
    "api:cards": Who.FACILITATOR,
    "api:card": Who.FACILITATOR,
    "api:proposal": Who.FACILITATOR,
    "api:release_requests": Who.FACILITATOR,
    "api:release_request": Who.FACILITATOR,
    "api:export": Who.RESEARCHER,
    "api:measures": Who.RESEARCHER,
    "api:packages": Who.RESEARCHER,
    "api:package": Who.RESEARCHER,
    "api:package_file": Who.RESEARCHER,
    "api:polis": Who.RESEARCHER,
    "citizen:join": Who.ANYBODY,
    "citizen:welcome": Who.ANYBODY,
    "citizen:back_typed": Who.ANYBODY,
    "citizen:back": Who.ANYBODY,
    "facilitator:home": Who.ACCOUNT,
    "facilitator:founding": Who.STEWARD,
    "facilitator:outlining": Who.STEWARD,
    "facilitator:outlined": Who.STEWARD,
    "researcher:home": Who.ACCOUNT,
    "staff:second": Who.ANYBODY,  # whoever has begun to sign in
    "staff:second_asked": Who.ANYBODY,
    "staff:passkey": Who.ANYBODY,
    "staff:passkey_asked": Who.ANYBODY,
    "staff:by": Who.ANYBODY,
    "staff:by_back": Who.ANYBODY,
}


def who_may(address: str) -> Who:
    """Who may come in at an address, by its full name ("facilitator:queue"). Raises KeyError for a namespace nobody decided on."""
    return DOORS.get(address) or DOORS[address.rpartition(":")[0]]
