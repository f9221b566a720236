"""The package of the real moral graph, brought along, decided and judged, opens with the programs researchers have."""

import json
import shutil
from collections import defaultdict

from deliberation.exports import writing
from deliberation.moderation import queries
from deliberation.moderation.actions import cards as deciding
from deliberation.moderation.why import FITS
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.models import Showing, Transition
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.models import Respondent
from tests.journeys import _moral_graph as moral
from tests.journeys._opened import opened

SAYS = {"wiser": "to", "not_wiser": "from", "unsure": "unsure"}
TURNED = {"to": "from", "from": "to"}


def decided(bench):
    """Every card in the value the study put it in. Returns the values by the study's numbers."""
    values = {}
    while card := queries.queue(bench.assembly).first():
        canonical = moral.cards()[card.revision.text][0]
        if value := values.get(canonical):
            deciding.merge(bench, card, card.version, value, moral.SAME)
        else:
            values[canonical] = deciding.accept(bench, card, card.version, FITS).value
    return values


def judged(inquiry, values):
    """What participants of the study said of each transition, which is one whichever way they were asked. Returns how many judgements."""
    contexts = dict(zip(moral.contexts(), inquiry.contexts.order_by("pk"), strict=True))
    people, transitions = defaultdict(Respondent.objects.create), {}
    here = [row for row in moral.edges() if {row["from_value"], row["to_value"]} <= values.keys()]
    for row in here:
        ends = values[row["from_value"]], values[row["to_value"]]
        key = frozenset(ends), row["context"]
        if key not in transitions:
            told = {"inquiry": inquiry, "context": contexts[row["context"]], "source": "pairing"}
            transitions[key] = Transition.objects.create(from_value=ends[0], to_value=ends[1], **told)  # fmt: skip
        where, person = transitions[key], people[row["participant"]]
        showing, _ = Showing.objects.get_or_create(respondent=person, transition=where, defaults={"forward": where.from_value == ends[0], "to_left": False, "with_story": False, "route": "few"})  # fmt: skip
        says = SAYS[row["judgement"]]
        if where.from_value != ends[0]:
            says = TURNED.get(says, says)
        judge(showing, Saying(says, row["reason"].strip()[:LONGEST], "en"))
    return len(here)


def test_the_package_of_the_real_moral_graph_opens_with_what_researchers_have(hall, tmp_path):
    bench = hall[0]
    inquiry = bench.assembly.inquiries.get()
    values = decided(bench)
    number = judged(inquiry, values)
    manifest = writing.write(bench.assembly, tmp_path / "package")
    assert manifest["rows"]["values"] == len(values) > 20
    assert 300 < manifest["rows"]["judgements"] <= number
    graph = json.loads((tmp_path / f"package/graph/{inquiry.pk}.json").read_text())
    assert len(graph["edges"]) > 20
    told = opened(tmp_path / "package")
    assert "all rows" in told["frictionless"]
    assert ("LibreOffice" in told) == bool(shutil.which("soffice"))
