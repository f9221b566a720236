"""What AI systems propose: reading what was put before people, proposing, and taking back what one proposed."""

import json
from typing import Any
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.api.keyed import KEY, keyed
from deliberation.api.lists import Asked, asked, listed, lists
from deliberation.api.paging import Order
from deliberation.api.throttles import Pace, ProposingPace
from deliberation.api.tokens import PROPOSING
from deliberation.artifacts import plain
from deliberation.assemblies import gates
from deliberation.assemblies.actions.done_keeping import Before
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Token
from deliberation.moderation.actions import proposing
from deliberation.moderation.machine_words import (
    LONGEST,
    LONGEST_POLICY,
    MOST_POLICIES,
    Wording,
)
from deliberation.moderation.models import MachineProposal
from deliberation.opinion import reading
from elicitation.extraction.models import Ruling

BY_TIME = Order(("made_at", "id"))
WRITTEN_BY = "an AI system; nobody of the assembly said it, and no figure counts it"
Kind = MachineProposal.Kind
BOTH = {"GET": Token.Scope.READ, "POST": Token.Scope.PROPOSE}


class ProposalShape(serializers.Serializer[Any]):
    """A value or a rule in a machine's words. Of a value the parts of a rule are empty, and the other way round."""

    id = serializers.UUIDField()
    inquiry = serializers.UUIDField(source="inquiry_id")
    kind = serializers.CharField(help_text="value or norm")
    written_by = serializers.SerializerMethodField(help_text="That these are a machine's words")
    agent = serializers.CharField(source="agent.name", help_text="The AI system, by the name of its token")  # fmt: skip
    title = serializers.CharField(help_text="Of a value")
    policies = serializers.ListField(child=serializers.CharField())
    when = serializers.CharField(source="context")
    text = serializers.SerializerMethodField(help_text="A rule as a sentence; empty for a value")
    attribute = serializers.CharField(help_text="Who")
    deontic = serializers.CharField(help_text="must, must not, may, or should")
    aim = serializers.CharField(help_text="Does what")
    acted_on = serializers.CharField(help_text="What a passive speaks of")
    conditions = serializers.CharField(help_text="When")
    or_else = serializers.CharField(help_text="Or what")
    language = serializers.CharField()
    made_at = serializers.DateTimeField()

    def get_written_by(self, _proposal: MachineProposal) -> str:
        """The same of every proposal, so that nobody takes it for what somebody said."""
        return WRITTEN_BY

    def get_text(self, proposal: MachineProposal) -> str:
        """Put together from its parts."""
        return plain.of_norm(proposal, proposal.language) if proposal.aim else ""


class OwnProposalShape(ProposalShape):
    state = serializers.ChoiceField(choices=MachineProposal.State.values)
    reason = serializers.SerializerMethodField(help_text="Of the published list, where it was left out for one of these")  # fmt: skip

    def get_reason(self, proposal: MachineProposal) -> str:
        """The code of the reason a moderator gave last, "" for none of the list."""
        last = proposal.decisions.living().select_related("grounds").last()
        return last.grounds.code if last and last.grounds else ""


class ProposingShape(serializers.Serializer[Any]):
    """A value has a title and policies; a rule an aim and who must, must not, may or should do it. No quotation marks: a machine quotes nobody."""

    inquiry = serializers.UUIDField(help_text="The question it belongs to")
    kind = serializers.ChoiceField(choices=Kind.values)
    language = serializers.CharField(max_length=12)
    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["title"], help_text="Twelve words at most")  # fmt: skip
    policies = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_POLICY),
        required=False,
        default=list,
        max_length=MOST_POLICIES,
        help_text="What is attended to",
    )
    when = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["context"], help_text="To follow “when”")  # fmt: skip
    attribute = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["attribute"], help_text="Who")  # fmt: skip
    deontic = serializers.ChoiceField(choices=["", *Ruling.Deontic.values], required=False, default="")  # fmt: skip
    aim = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["aim"], help_text="Does what")  # fmt: skip
    acted_on = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["acted_on"])  # fmt: skip
    conditions = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["conditions"], help_text="When")  # fmt: skip
    or_else = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST["or_else"])  # fmt: skip

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        """Refuse what says more than one thing, or not what it is said to be."""
        needed = "aim" if told["kind"] == Kind.NORM else "title"
        other = "title" if told["kind"] == Kind.NORM else "aim"
        if not told[needed]:
            raise serializers.ValidationError({needed: [_("This field is required.")]})
        if told[other]:
            raise serializers.ValidationError({other: [_("A value or a rule, not both at once.")]})
        return told

    @property
    def wording(self) -> Wording:
        """What is proposed."""
        told = {**self.validated_data, "context": self.validated_data["when"]}
        return Wording(**{name: told[name] for name in ("language", "policies", "deontic", *LONGEST)})  # fmt: skip


class WantedProposals(Asked):
    inquiry = serializers.UUIDField(required=False, help_text="Of this question alone")
    kind = serializers.ChoiceField(choices=Kind.values, required=False)
    language = serializers.CharField(required=False, allow_blank=True, max_length=12)


class Proposals(APIView):
    """What AI systems propose."""

    scopes = BOTH
    everybody = ("GET",)
    throttle_classes = [Pace, ProposingPace]

    @lists("proposals", ProposalShape, WantedProposals)
    def get(self, request: Request, slug: str) -> Response:
        """List what AI systems proposed and a moderator put before people, the oldest first. These are words of machines: nobody said them, and nothing counts them."""
        assembly = reading.reader(slug, request.user).assembly
        wanted = asked(request, WantedProposals).wanted()
        found = MachineProposal.objects.shown().filter(assembly=assembly, **wanted)
        return listed(request, found.select_related("agent"), BY_TIME, ProposalShape)

    @extend_schema(
        operation_id="propose",
        request=ProposingShape,
        responses={201: OwnProposalShape},
        parameters=[KEY],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Propose a value or a rule as an AI system, where the assembly lets AI systems propose. It waits for a moderator; `Location` is where to see what became of it."""
        token = request.auth
        if not isinstance(token, Token):
            raise NotHere
        sent = ProposingShape(data=request.data)
        sent.is_valid(raise_exception=True)
        told = json.dumps([token.pk, sent.validated_data], default=str, sort_keys=True)
        inquiry = sent.validated_data["inquiry"]
        done = keyed(request, told.encode(), lambda: proposing.propose(token, inquiry, sent.wording), _address)  # fmt: skip
        if isinstance(done, Before):
            done = token.assembly.machine_proposals.get(pk=resolve(done.reply).kwargs["proposal_id"])  # fmt: skip
        return Response(OwnProposalShape(done).data, status=201, headers={"Location": _address(done)})  # fmt: skip


class OneProposal(APIView):
    """One proposal, for who proposed it and who runs the assembly."""

    scopes = PROPOSING
    everybody = False

    @extend_schema(operation_id="read_proposal", responses=OwnProposalShape)
    def get(self, request: Request, slug: str, proposal_id: UUID) -> Response:
        """Tell what became of a proposal of one's own."""
        return Response(OwnProposalShape(_own(request, slug, proposal_id)).data)

    @extend_schema(
        operation_id="take_back_proposal",
        request=None,
        responses=OwnProposalShape,
        parameters=[KEY],
    )
    def post(self, request: Request, slug: str, proposal_id: UUID) -> Response:
        """Take a proposal of one's own back: its words are erased, wherever it has come. Twice is once."""
        found = _own(request, slug, proposal_id)
        by = "proposer" if isinstance(request.auth, Token) else "facilitator"
        taken = keyed(request, b"", lambda: proposing.take_back_proposal(found, by), _address)
        if isinstance(taken, Before):
            taken = _own(request, slug, proposal_id)
        return Response(OwnProposalShape(taken).data)


def _own(request: Request, slug: str, proposal_id: UUID) -> MachineProposal:
    """A proposal of the account a token speaks for; any of the assembly for who runs it and comes without a token. Raises NotHere."""
    token = request.auth
    found = MachineProposal.objects.select_related("agent", "assembly").filter(pk=proposal_id)
    if isinstance(token, Token):
        found = found.filter(assembly=token.assembly, agent__token__account=token.account)
    else:
        found = found.filter(assembly=gates.facilitator(slug, request.user))
    if one := found.first():
        return one
    raise NotHere


def _address(proposal: MachineProposal) -> str:
    return reverse("api:proposal", args=[proposal.assembly.slug, proposal.pk])
