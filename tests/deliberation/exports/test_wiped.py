"""An entry of the record is erased with a rehearsal only where it names something of it, and not where a number happens to be the same."""

from uuid import UUID

import pytest

from deliberation.exports.wiped import Wiped

KEY, OTHER = (str(UUID(int=n)) for n in (1, 2))
WIPED = Wiped(
    "water-rehearsal",
    {("graph.value", KEY), ("graph.endorsement", "7"), ("assemblies.invitation", "5")},
)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("phase.set", "assembly", "water-rehearsal"),
        ("value.admitted", "value", KEY),
        ("clauses.proposed", "clauses", [OTHER, KEY]),
        ("value.endorsed", "endorsement", 7),
        ("invitation.made", "invitation", 5),
    ],
)
def test_what_names_something_that_is_gone_is_known(kind, name, said):
    assert WIPED.names(kind, name, said)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("phase.set", "assembly", "water"),
        ("value.admitted", "value", OTHER),
        ("value.endorsed", "endorsement", 5),
        ("norm.endorsed", "endorsement", 7),
        ("colleague.invited", "invitation", 5),
        ("budget.settled", "cost", 7),
        ("prompt.versioned", "version", "7"),
        ("record.erased", "entries", [5, 7]),
        ("consent.given", "aloud", True),
        ("judgement.given", "replaces", None),
    ],
)
def test_what_names_something_else_stays(kind, name, said):
    assert not WIPED.names(kind, name, said)
