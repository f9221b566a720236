"""Every address of the site, and three assemblies, one of them another organisation's, with everybody who may stand before it."""

from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver, reverse

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.organising import give_place
from deliberation.assemblies.models import Colleague, Role
from tests.accepting import accepted
from tests.conftest import found, newcomer
from tests.furnished import an_account, furnish
from tests.houses import house

FORMS = {"graph_file": "json", "brought_file": "json", "file": "json"}


def addresses(resolver=None, spaces=()):
    """Every address as (full name, what it asks for)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), tuple(sorted(pattern.pattern.converters))


def closed(response):
    """The same answer, with its file closed and the connection kept."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response


class Hall:
    """Two assemblies of one organisation and one of another, with everything in them, and everybody who is something to any of them."""

    def __init__(self, folder):
        ada, bo = an_account("ada"), an_account("bo")
        self.water = furnish(found("water", ada), ada, folder)
        self.fire = furnish(found("fire", bo), bo, folder)
        di, fay, abe = (an_account(name) for name in ("di", "fay", "abe"))
        self.air = furnish(found("air", fay, house("sky")), fay, folder)
        give_place(self.water.assembly.organisation, di, Colleague.Kind.STEWARD)
        give_place(self.water.assembly.organisation, abe, Colleague.Kind.MEMBER)
        give_place(self.air.assembly.organisation, fay, Colleague.Kind.STEWARD)
        reader = an_account("cy")
        setting_up.give_role(self.water.assembly, reader, Role.Kind.RESEARCHER)
        accepted(self.water.assembly, reader)
        self.accounts = {"facilitator": ada, "elsewhere": bo, "researcher": reader, "stranger": an_account("eve"), "steward": di, "belongs": abe, "abroad": fay}  # fmt: skip
        setting_up.give_role(self.fire.assembly, reader, Role.Kind.FACILITATOR)
        Role.objects.filter(user=ada, kind="researcher").delete()
        self.members = {
            "author": self.water.member,
            "another": newcomer(self.water.assembly.invitations.get()),
            "member elsewhere": self.fire.member,
            "member abroad": self.air.member,
        }

    def client(self, who):
        client = Client()
        if who in self.accounts:
            client.force_login(self.accounts[who])
        if who in self.members:
            member = self.members[who]
            session = client.session
            session["members"] = {"water": member.pk, member.assembly.slug: member.pk}
            session.save()
        return client

    def at(self, address, asks, other="", whose=None):
        """An address of the first assembly; what is named `other` in it is the second's, or `whose` else."""
        of = {name: (whose or self.fire) if name == other else self.water for name in asks}
        return reverse(address, kwargs={name: of[name].named(address, name) for name in asks})
