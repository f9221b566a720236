"""Times of weighing, values to weigh, and what is said to them."""

from datetime import timedelta

from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from elicitation.graph.models import Endorsement, Value

AGREE, PASS, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.PASS, Endorsement.Says.DISAGREE
WEIGH, SAID = "/a/water/weigh/", "/a/water/weigh/said/"


def set_weighing(assembly, starts=-1, ends=24):
    now = timezone.now()
    span = (now + timedelta(hours=starts), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, Phase.Kind.WEIGHING, *span)


def make_value(inquiry, title, **more):
    return Value.objects.create(
        inquiry=inquiry, title=title, policies=["TREES"], language="en", **more
    )


def say(client, value, says, **more):
    return client.post(WEIGH, {"value": str(value.pk), "says": says}, **more)
